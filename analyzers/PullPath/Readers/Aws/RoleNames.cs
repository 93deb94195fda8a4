using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Which role a written value means: an ARN, a name, an id of a role or of an instance profile, by reference first and by equal text second.</summary>
internal sealed class RoleNames
{
    private const int DepthLimit = 8;

    private readonly World _world;
    private readonly Dictionary<string, List<Identity>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Identity>> _withHoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Resource>> _profiles = new(StringComparer.Ordinal);
    private bool? _several;

    private RoleNames(World world)
    {
        _world = world;
        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == RoleReader.Kind))
        {
            Index(_byName, identity.Name, identity);
            if (identity.Name is TextValue { Known: null })
            {
                Add(_withHoles, identity.Address.Scope, identity);
            }
        }

        foreach (var profile in world.Managed(InstanceProfiles))
        {
            Index(_profiles, profile.Field("name", "InstanceProfileName"), profile);
        }
    }

    /// <summary>The index of the roles and instance profiles that were read.</summary>
    internal static RoleNames Of(World world) => world.Shared(static world => new RoleNames(world));

    private static string[] InstanceProfiles { get; } = ["aws_iam_instance_profile", "AWS::IAM::InstanceProfile", "awscc_iam_instance_profile"];

    /// <summary>The role a value means: a link, null for null, an unknown with its reasons, or a choice of these.</summary>
    /// <param name="written">ARN, name or id.</param>
    /// <param name="scope">Where it is written: a name is looked for there first.</param>
    internal Value RoleOf(Value written, string scope) => Resolve(written, scope, ofProfile: false, DepthLimit);

    /// <summary>The role of the instance profile that a value means.</summary>
    internal Value RoleOfProfile(Value written, string scope) => Resolve(written, scope, ofProfile: true, DepthLimit);

    private Value Resolve(Value written, string scope, bool ofProfile, int depth)
    {
        if (depth == 0)
        {
            return UnknownValue.From(null, written);
        }

        if (written is NullValue)
        {
            return written;
        }

        // A name under conditions that was read from a role is that role's name under all of them.
        foreach (var reference in written.References.Where(each => each.Attribute is not ("unique_id" or "RoleId")))
        {
            if (ByReference(reference, scope, depth) is { } found)
            {
                return found;
            }
        }

        switch (written)
        {
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Resolve(each.Value, scope, ofProfile, depth - 1) }));
            case ListValue { Items: [var only], IsOpen: false }:
                return Resolve(only.Value, scope, ofProfile, depth - 1);
        }

        return written is TextValue text ? ByText(text, scope, ofProfile, depth) : UnknownValue.From(null, written);
    }

    private Value? ByReference(Reference reference, string scope, int depth)
    {
        Value? answer = null;
        foreach (var target in _world.Inventory.ReferentsOf(reference))
        {
            var found = OfResource(target, depth);
            if (found is null)
            {
                return null;
            }

            if (answer is not null && answer.EqualTo(found) != Truth.Yes)
            {
                return new UnknownValue(UnknownReason.Ambiguous, $"{reference} may be any of several roles", null, reference);
            }

            answer = found;
        }

        return answer;
    }

    private Value? OfResource(Resource target, int depth)
    {
        if (_world.FactOf<Identity>(target) is { } identity)
        {
            return Links.To(identity);
        }

        return target.Type switch
        {
            "aws_iam_instance_profile" => Resolve(target.At("role"), target.Address.Scope, ofProfile: false, depth - 1),
            "AWS::IAM::InstanceProfile" or "awscc_iam_instance_profile" => Resolve(target.Field("roles", "Roles"), target.Address.Scope, ofProfile: false, depth - 1),
            "aws_iam_role" or "aws_iam_roles" when target.IsData => target.At("name") switch
            {
                NullValue => new UnknownValue(UnknownReason.External, $"{target.Address.Path} is made elsewhere", target.Place),
                var name => Resolve(name, target.Address.Scope, ofProfile: false, depth - 1),
            },
            _ => null,
        };
    }

    private Value ByText(TextValue text, string scope, bool ofProfile, int depth)
    {
        // "arn:aws:iam::1:role/${aws_iam_role.x.name}": the hole at the end names the role.
        if (text.Parts is [.., { Hole: { } last }] && Resolve(last, scope, ofProfile, depth - 1) is FactValue named
            && (text.Parts.Length == 1 || text.Parts[^2].Literal is not { } before || before.EndsWith('/')))
        {
            return named;
        }

        if (ofProfile)
        {
            return LastPart(text) is { } profile && Unique(_profiles, profile, scope, each => each.Address.Scope) is { } found
                ? Doubt(text, scope, found) ?? OfResource(found, depth) ?? UnknownValue.From(null, text)
                : Elsewhere(text);
        }

        if (LastPart(text) is { } name && Unique(_byName, name, scope, each => each.Address.Scope) is { Resource: { } resource } role)
        {
            return Doubt(text, scope, resource) ?? Links.To(role);
        }

        // Names with equal holes: "${var.cluster}-node" here and there.
        var same = _withHoles.GetValueOrDefault(scope, []).Where(each => each.Name.EqualTo(text) == Truth.Yes).Take(2).ToList();
        return same is [var one] ? Links.To(one) : Elsewhere(text);
    }

    /// <summary>
    /// Why an ARN may mean another thing than the one of its name: that is in another account, or in another root and nobody knows in which of several accounts. Null where there is no doubt.
    /// </summary>
    private UnknownValue? Doubt(TextValue text, string scope, Resource named)
    {
        if (Accounts.InArn(text) is not { } account)
        {
            return null;
        }

        if (Accounts.Of(named)?.Known is { } own)
        {
            return own == account ? null : Elsewhere(text);
        }

        return named.Address.Scope == scope || !(_several ??= HasSeveralAccounts()) ? null
            : new UnknownValue(UnknownReason.Ambiguous, $"whether {named.Address.Path} is made in account {account} is not known, and there are several", text.Trace?.Place);
    }

    /// <summary>Whether providers and the ARNs of roles that are used here name more than one account.</summary>
    private bool HasSeveralAccounts()
    {
        var written = _world.Facts.All<NodePool>(NodePool.Fields).Select(pool => pool.IdentityValue)
            .Concat(_world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Select(account => account.IdentityValue))
            .Concat(_world.Facts.All<Cluster>(Cluster.Fields).Select(cluster => cluster.Resource!.Field("role_arn", "RoleArn")))
            .Concat(_world.Facts.All<Association>(Association.Fields).Select(association => association.IdentityValue));
        var numbers = written.OfType<TextValue>().Select(Accounts.InArn).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var providers = new HashSet<MapValue>(ReferenceEqualityComparer.Instance);
        foreach (var resource in _world.Inventory.Resources)
        {
            if (numbers.Count > 1)
            {
                return true;
            }

            if (resource.Provider is { } provider && providers.Add(provider) && Accounts.Of(resource)?.Known is { } number)
            {
                numbers.Add(number);
            }
        }

        return numbers.Count > 1;
    }

    private static UnknownValue Elsewhere(TextValue text) =>
        new([.. Cause.Of(text).Append(new Cause(UnknownReason.External, $"\"{text}\" is not declared here", text.Trace?.Place, null)).Take(Cause.Limit)]);

    private static string? LastPart(TextValue text) => AwsResources.LastPart(text);

    /// <summary>The only one of a name: in the scope, else anywhere.</summary>
    private static T? Unique<T>(Dictionary<string, List<T>> index, string name, string scope, Func<T, string> scopeOf)
        where T : class
    {
        if (!index.TryGetValue(name, out var all))
        {
            return null;
        }

        var near = all.Where(each => scopeOf(each) == scope).Take(2).ToList();
        return near is [var here] ? here : near.Count == 0 && all is [var only] ? only : null;
    }

    private static void Index<T>(Dictionary<string, List<T>> index, Value name, T value)
    {
        if (name is TextValue { Known: { } known })
        {
            Add(index, known, value);
        }
    }

    private static void Add<T>(Dictionary<string, List<T>> index, string key, T value)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        list.Add(value);
    }
}
