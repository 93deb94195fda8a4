using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Attachments that AWS refuses when they are applied: by an ARN that names nothing, or to an ARN where the name of a role belongs.</summary>
internal sealed class AttachmentFaults : IReader
{
    private const string OtherResource = "other-resource";
    private const string PolicyArn = "the ARN of an IAM policy";

    /// <summary>What modules call the policies that they attach to a role; other things are called policies too.</summary>
    private static readonly string[] TakePolicies = ["role_policy_arn", "role_policy_arns", "iam_policy_arn", "iam_policy_arns", "iam_role_policy_arns", "iam_role_additional_policies"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        world.Each(world.Facts.All<Grant>(Grant.Fields).Where(grant => grant.Policy is not NullValue || grant.Written is TextValue), grant => (grant.Fault, grant.Meant) = FaultOf(grant, world));

        // A module that is not seen gives them to nobody knows whom, and it is seen that they are none.
        foreach (var gap in world.Inventory.Gaps.Where(gap => gap is { Inputs: not null, Source: not null } && gap.Hides("aws_iam_role_policy_attachment")))
        {
            foreach (var arn in gap.Inputs!.Entries.Where(input => TakePolicies.Contains(input.Key, StringComparer.Ordinal)).SelectMany(input => Elements(input.Value)).Where(arn => NamesAnother(arn, world)))
            {
                world.Add(new Grant
                {
                    Address = gap.Address,
                    Place = gap.Place,
                    Guard = gap.Guard,
                    Identity = new UnknownValue([World.Because(gap)]),
                    Role = arn,
                    Written = arn,
                    Fault = AnotherNamed(arn),
                    Meant = new TextValue(PolicyArn),
                });
            }
        }
    }

    private static IEnumerable<Value> Elements(Value policies) => policies switch
    {
        ListValue list => list.Items.Where(static item => item.Guard.IsAlways).Select(static item => item.Value),
        MapValue map => map.Entries.Where(static entry => entry.Guard.IsAlways).Select(static entry => entry.Value),
        _ => [policies],
    };

    private static (Value Fault, Value Meant) FaultOf(Grant grant, World world) =>
        grant.IsSeparate is BoolValue { Value: true } && NamesByArn(grant.Principal)
            ? (new TextValue("role-arn").With(grant.Principal.Trace), grant.Identity.As<Identity>()?.Name ?? new TextValue("the name of the role"))
        : grant.IsInline ? (NullValue.Instance, NullValue.Instance)
        : grant.Written is TextValue && PolicyArnFault.Of(grant.Written, grant.Resource is { } resource ? (AwsResources.RegionOf(resource) as TextValue)?.Known : null) is { } fault
            ? (new TextValue(fault.Kind).With(grant.Written.Trace), new TextValue(fault.Meant))
        : NamesAnother(grant.Written, world)
            ? (AnotherNamed(grant.Written), new TextValue(PolicyArn))
        : grant.Written is UnknownValue && !world.Inventory.Referents(grant.Written).Any()
            ? (UnknownValue.From(DataType.Text, grant.Written), NullValue.Instance)
        : (NullValue.Instance, NullValue.Instance);

    /// <summary>Whether a policy is named by the id or ARN of something that is none. Other attributes may hold an ARN of a policy.</summary>
    private static bool NamesAnother(Value written, World world) => written is UnknownValue { Reference: { Attribute: "id" or "arn" } }
        && world.Inventory.Referents(written).Distinct().Take(2).ToList() is [{ IsData: false, Type: var type }] && type.StartsWith("aws_", StringComparison.Ordinal) && type != "aws_iam_policy";

    /// <summary>The fault, where the attribute is read: what is known after it is made came by no way.</summary>
    private static Value AnotherNamed(Value written) =>
        new TextValue(OtherResource).With(written.Trace ?? (Cause.Of(written).FirstOrDefault()?.Place is { } place ? new Trace(StepKind.Literal, "", place) : null));

    /// <summary>Whether a role is named by its ARN.</summary>
    private static bool NamesByArn(Value role) => role is TextValue text ? text.Prefix.StartsWith("arn:", StringComparison.Ordinal)
        : role is UnknownValue { Reference: { Attribute: "arn" or "Arn" } };
}
