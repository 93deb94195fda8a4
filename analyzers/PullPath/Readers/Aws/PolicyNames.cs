using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Which document a policy ARN means: one of AWS, one that is declared, or nobody knows.</summary>
internal sealed class PolicyNames
{
    private const int DepthLimit = 8;

    private readonly World _world;
    private readonly Dictionary<string, Resource?> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Address, Value> _documents = [];

    private PolicyNames(World world)
    {
        _world = world;
        foreach (var policy in world.Managed(Types))
        {
            if (NameOf(policy) is TextValue { Known: { } name } && !_byName.TryAdd(name, policy))
            {
                _byName[name] = null; // Two of one name: the ARN does not say which.
            }
        }
    }

    /// <summary>The index of the declared policies.</summary>
    internal static PolicyNames Of(World world) => world.Shared(static world => new PolicyNames(world));

    /// <summary>Types of declared policies.</summary>
    private static string[] Types { get; } = ["aws_iam_policy", "AWS::IAM::ManagedPolicy", "awscc_iam_managed_policy"];

    /// <summary>The document of a policy ARN: a map, null for null, an unknown with its reasons, or a choice of these.</summary>
    internal Value DocumentOf(Value arn, string scope) => Resolve(arn, scope, DepthLimit);

    /// <summary>A short name for messages: <c>AmazonEKS_CNI_Policy</c>, the name of a declared policy, else the ARN itself.</summary>
    internal Value ShortName(Value arn)
    {
        if (arn is TextValue text && AwsResources.LastPart(text) is { Length: > 0 } name)
        {
            return new TextValue(name).With(arn.Trace);
        }

        return _world.Inventory.Referents(arn).FirstOrDefault() is { } policy
            ? (NameOf(policy) is TextValue { Known: not null } written ? written : new TextValue(policy.Address.Path)).With(arn.Trace)
            : arn;
    }

    private static Value NameOf(Resource policy) => policy.Type == "aws_iam_policy" ? policy.At("name") : policy.Field("managed_policy_name", "ManagedPolicyName");

    private Value Resolve(Value arn, string scope, int depth)
    {
        if (depth == 0)
        {
            return UnknownValue.From(null, arn);
        }

        switch (arn)
        {
            case NullValue:
                return arn;
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Resolve(each.Value, scope, depth - 1) }));
        }

        if (arn is TextValue text && ManagedPolicies.NameOf(text) is { } name)
        {
            return Of(name, arn);
        }

        foreach (var target in _world.Inventory.Referents(arn))
        {
            if (OfResource(target, depth) is { } found)
            {
                return found;
            }
        }

        // A policy of the account by its ARN, if one of that name is declared.
        return arn is TextValue written && written.ToString().Contains(":policy/", StringComparison.Ordinal) && AwsResources.LastPart(written) is { } last
            && _byName.TryGetValue(last, out var declared) && declared is not null
            ? OfResource(declared, depth) ?? UnknownValue.From(null, arn)
            : Links.Undeclared(arn, "policy");
    }

    private static Value Of(string name, Value written) => ManagedPolicies.Find(name) is { } document
        ? document.With(written.Trace)
        : new UnknownValue(UnknownReason.External, $"AWS has no policy \"{name}\" that is known here", written.Trace?.Place);

    private Value? OfResource(Resource target, int depth)
    {
        if (target.IsData && target.Type == "aws_iam_policy")
        {
            return target.At("arn") is not NullValue and var arn ? Resolve(arn, target.Address.Scope, depth - 1)
                : target.At("name") is TextValue { Known: { } name } written
                    && ManagedPolicies.Names.FirstOrDefault(each => each == name || each.EndsWith("/" + name, StringComparison.Ordinal)) is { } known
                    ? Of(known, written)
                    : UnknownValue.From(null, target.At("name"));
        }

        if (!Types.Contains(target.Type))
        {
            return null;
        }

        return _documents.GetOrAdd(target.Address, static (_, policy) =>
            PolicyText.Decode(policy.Type == "aws_iam_policy" ? policy.At("policy") : policy.Field("policy_document", "PolicyDocument")), target);
    }
}
