using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// The first thing that keeps the nodes of a pool from pulling any private image, in the order in which they are to be repaired. One that is proven speaks, whatever is not known
/// of the others; where none is proven, the answer is a choice of those that may be.
/// </summary>
internal sealed class PullObstacles(RoleAccess access, Proof proof)
{
    /// <summary>Nothing names a role.</summary>
    internal const string NoRole = "no-role";

    /// <summary>The service may not take the role.</summary>
    internal const string Trust = "trust";

    /// <summary>What lets the role pull is taken away again by another declaration.</summary>
    internal const string Exclusive = "exclusive-policies";

    /// <summary>A policy denies it.</summary>
    internal const string Deny = "deny";

    /// <summary>The permissions boundary does not let it through.</summary>
    internal const string Boundary = "boundary";

    /// <summary>No policy allows it.</summary>
    internal const string Missing = "missing";

    /// <summary>The token is allowed for repositories only, of which it knows nothing.</summary>
    internal const string TokenScope = "token-scope";

    /// <summary>The obstacle of a pool: text, null for none, unknown or a choice.</summary>
    internal Value Of(NodePool pool) => pool.Identity switch
    {
        FactValue { Fact: Identity { Kind: "aws-role" } role } => Of(pool, role),
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with
        {
            Value = each.Value.As<Identity>() is { Kind: "aws-role" } role ? Of(pool, role) : UnknownValue.From(DataType.Text, each.Value),
        })),
        NullValue => new TextValue(NoRole),
        var unknown => UnknownValue.From(DataType.Text, unknown),
    };

    private Value Of(NodePool pool, Identity role)
    {
        var pull = PullRequests.EcrActions.Select(action => access.Decide(role, action, PullTarget.Any)).ToList();
        var causes = pull.SelectMany(each => each.Causes).Distinct().Take(Cause.Limit).ToList();
        var missing = IsMissing(pull[0]);
        var scoped = missing == Truth.No ? Truth.No : IsTokenScoped(role);
        var trusts = ServicesOf(pool).Select(service => TrustPolicies.DecideService(role.Trust, service, SourceOf(pool))).ToList();
        Obstacle[] all =
        [
            new(Trust, role.Trust is NullValue ? Truth.Unknown : trusts.Select(static each => each.Result).Any().Not(), [.. trusts.SelectMany(static each => each.Causes)]),
            new(Exclusive, IsContested(pull), causes),
            new(Deny, pull.Any(each => each.Denied), causes),
            new(Boundary, pull.Any(each => IsBounded(each)), causes),
            new(Missing, pull.Skip(1).Any(each => IsMissing(each)).Or(missing.And(scoped.Not())), causes),
            new(TokenScope, missing.And(scoped), causes),
        ];
        if (Array.Find(all, each => each.IsThere == Truth.Yes) is { Name: { } proven })
        {
            return proof.Resting(new TextValue(proven), GroundsOf(pool, role));
        }

        return ChoiceValue.Of([
            .. all.Where(each => each.IsThere == Truth.Unknown).Select(each => new Alternative(MayBe(pool, each.Name, each.Causes), new TextValue(each.Name))),
            new Alternative(Guard.Always, NullValue.Instance),
        ]);
    }

    /// <summary>What keeps a role from pulling, and whether it does.</summary>
    private sealed record Obstacle(string Name, Truth IsThere, IReadOnlyList<Cause> Causes);

    private static Guard MayBe(NodePool pool, string obstacle, IReadOnlyList<Cause> causes) =>
        Guard.When($"{pool.Address.Scope}|{pool.Address.Path} obstacle {obstacle}", true, $"{obstacle} keeps it from pulling", [.. causes]);

    /// <summary>With what is contested the role could pull, without it it could not.</summary>
    private static Truth IsContested(List<Access> pull) => pull.All(each => each.MayBeGranted)
        .And(pull.Any(each => each.Granted.Allow.Not().And(each.Contested.Allow)));

    private static Truth IsBounded(Access access) => access.MayBeGranted == Truth.No ? Truth.No
        : access.Boundary.Deny.Or(access.Boundary.Allow.Not().And(access.Repository.Allow.Not()));

    private static Truth IsMissing(Access access) => access.MayBeGranted.Or(access.Repository.Allow).Not();

    private Truth IsTokenScoped(Identity role) => role.Grants is ListValue grants
        ? Answer.Has(grants, each => each.As<Grant>() is { } grant ? access.MeansToAllow(grant, PullRequests.Token).Allow : Truth.Unknown)
        : Truth.Unknown;

    /// <summary>The services of which one has to be let in.</summary>
    private static IEnumerable<string> ServicesOf(NodePool pool) => pool.Kind == NodePool.Hybrid ? [pool.Service!, "rolesanywhere.amazonaws.com"] : [pool.Service!];

    /// <summary>For what a service takes the role of a Fargate profile: the profiles of its cluster.</summary>
    private static TextValue? SourceOf(NodePool pool)
    {
        if (pool.Kind != "eks-fargate")
        {
            return null;
        }

        var cluster = pool.Cluster.As<Cluster>()?.Name is TextValue name ? name : (Value)new UnknownValue(UnknownReason.External, "the cluster is not declared here", pool.Place);
        return TextValue.Of([
            new TextPart("arn:"), Hole("partition", pool.Place), new TextPart(":eks:"), Hole("region", pool.Place), new TextPart(":"), Hole("account", pool.Place),
            new TextPart(":fargateprofile/"), new TextPart(cluster), new TextPart("/"), Hole("profile", pool.Place),
        ]);
    }

    private static TextPart Hole(string what, Span place) => new(new UnknownValue(UnknownReason.NoValue, what, place));

    private static IEnumerable<Value> GroundsOf(NodePool pool, Identity role) =>
        role.Grants.Each<Grant>().SelectMany(grant => (Value[])[grant.Role, grant.Policy, grant.Listed]).Append(pool.IdentityValue).Append(role.Trust).Append(role.Boundary).Concat(role.SwitchedOff);
}
