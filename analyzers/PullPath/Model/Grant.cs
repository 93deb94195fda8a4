using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A permission that somebody is given: a policy attached to a role, a role assignment, an IAM binding.</summary>
public sealed class Grant : Fact
{
    /// <summary>Fields of grants.</summary>
    public static Shape Fields { get; } = new(
        "grant",
        "A policy attached to a role, an Azure role assignment, a Google IAM member.",
        Shape.Field<Grant>("identity", FieldType.Of("identity"), "Who is given it.", grant => grant.Identity),
        Shape.Field<Grant>("principal", FieldType.Text, "The written value that names who is given it.", grant => grant.Principal),
        Shape.Field<Grant>("role", FieldType.Text, "What is given: policy ARN or name, role name or id.", grant => grant.Role),
        Shape.Field<Grant>("policy", FieldType.Any, "AWS: the policy document, decoded; null elsewhere.", grant => grant.Policy),
        Shape.Field<Grant>("scope", FieldType.Text, "Azure: the written scope. Google: project or repository.", grant => grant.Scope),
        Shape.Field<Grant>("reaches_registries", FieldType.Bool, "Azure: false where the scope is a thing that has no registries in it, such as a cluster; null elsewhere.", grant => grant.ReachesRegistries),
        Shape.Field<Grant>("pulls", FieldType.Bool, "Whether it lets its identity pull from the registries it covers.", grant => grant.Pulls),
        Shape.Field<Grant>("pulls_by_registry", FieldType.Bool, "Azure: whether its role pulls from a registry with permissions for the whole of it (LegacyRegistryPermissions); null elsewhere.", grant => grant.PullsByRegistry),
        Shape.Field<Grant>("pulls_by_repository", FieldType.Bool, "Azure: whether its role pulls from a registry with permissions for each repository (AbacRepositoryPermissions); null elsewhere.", grant => grant.PullsByRepository),
        Shape.Field<Grant>("condition", FieldType.Text, "Azure: the written condition under which the role is given; null for none, and elsewhere.", grant => grant.Condition),
        Shape.Field<Grant>("excess", FieldType.Text, "Azure, of a grant to the identity with which nodes of AKS pull: what it lets them do besides, a phrase, at the value that says so; null for nothing, and for others.", grant => grant.Excess),
        Shape.Field<Grant>("late_member", FieldType.Text, "Azure, of a grant to a group: the address of what puts an identity into it that AKS makes itself, and with which nodes pull; null for none.", grant => grant.LateMember),
        Shape.Field<Grant>("pulls_until", FieldType.Text, "Google: the instant at which its condition ends a right to pull; null for none.", grant => grant.PullsUntil),
        Shape.Field<Grant>("overruled_by", FieldType.Of("grant"), "Google: the binding or policy that decides alone who has the role there, and leaves its identity out: each apply of the one undoes the other; null for none.", grant => grant.OverruledBy),
        Shape.Field<Grant>("reads_buckets", FieldType.Bool, "Google: whether it lets its identity read objects in storage, which is what Container Registry asked for until it was shut down.", grant => grant.ReadsBuckets),
        Shape.Field<Grant>("switched_by", FieldType.Any, "Of a grant that is written and switched off: the value that says no, the place to edit; null for others.", grant => grant.SwitchedBy),
        Shape.Field<Grant>("principal_kind", FieldType.Text, "Azure: kubelet, control-plane, add-on, wrong-field (an id that is no object id), identity, other.", grant => grant.PrincipalKind),
        Shape.Field<Grant>("is_separate", FieldType.Bool, "True for a resource of its own, false when it stands inside the identity's own resource.", grant => grant.IsSeparate),
        Shape.Field<Grant>("detached_by", FieldType.Text, "AWS: the declaration that takes it away again whenever it is applied, because it names all policies of the role or all roles of the policy; null for none.", grant => grant.DetachedBy),
        Shape.Field<Grant>("is_account_wide", FieldType.Bool, "AWS: whether its declaration takes the policy away from everybody else of the account.", grant => grant.IsAccountWide),
        Shape.Field<Grant>("fault", FieldType.Text, "AWS: why it cannot be attached: path, spelling, partition, no-arn (of the policy), other-resource (something that is no policy), role-arn (an ARN where the name of the role belongs); null for none.", grant => grant.Fault),
        Shape.Field<Grant>("meant", FieldType.Text, "AWS: what was meant where there is a fault.", grant => grant.Meant));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Who is given it.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>The value that names who is given it.</summary>
    public Value Principal { get; set; } = NullValue.Instance;

    /// <summary>What is given.</summary>
    public required Value Role { get; init; }

    /// <summary>AWS policy document, decoded.</summary>
    public Value Policy { get; set; } = NullValue.Instance;

    /// <summary>Scope as written.</summary>
    public Value Scope { get; set; } = NullValue.Instance;

    /// <summary>Azure: whether there may be registries in its scope; set by the join.</summary>
    public Value ReachesRegistries { get; set; } = NullValue.Instance;

    /// <summary>Whether it lets its identity pull.</summary>
    public Value Pulls
    {
        get => field ??= PullsWhenAsked?.Invoke(this) ?? BoolValue.False;
        set;
    }

    /// <summary>Answers <see cref="Pulls"/> to the first who asks: evaluating a policy is dear, and of most nobody asks.</summary>
    public Func<Grant, Value>? PullsWhenAsked { get; init; }

    /// <summary>Azure: whether its role pulls from a registry with permissions for the whole of it.</summary>
    public Value PullsByRegistry { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether its role pulls from a registry with permissions for each repository.</summary>
    public Value PullsByRepository { get; init; } = NullValue.Instance;

    /// <summary>Azure: the condition under which the role is given.</summary>
    public Value Condition { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether its role changes what is in registries.</summary>
    public Value Pushes { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether its role is for everything, as Contributor and Owner are.</summary>
    public Value DoesEverything { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether its role lets its holder give managed identities to clusters.</summary>
    public Value AssignsIdentities { get; init; } = NullValue.Instance;

    /// <summary>Azure: what it lets nodes do besides pulling; set by the join.</summary>
    public Value Excess { get; set; } = NullValue.Instance;

    /// <summary>Azure: what puts an identity that AKS makes into the group; set by the join.</summary>
    public Value LateMember { get; set; } = NullValue.Instance;

    /// <summary>Google: when its condition ends a right to pull.</summary>
    public Value PullsUntil { get; init; } = NullValue.Instance;

    /// <summary>Google: what takes it away again; set by the join.</summary>
    public Value OverruledBy { get; set; } = NullValue.Instance;

    /// <summary>Google: whether it lets its identity read objects in storage.</summary>
    public Value ReadsBuckets { get; set; } = BoolValue.False;

    /// <summary>What switches it off.</summary>
    public Value SwitchedBy { get; init; } = NullValue.Instance;

    /// <summary>Azure: which of a cluster's principals it names.</summary>
    public Value PrincipalKind { get; set; } = NullValue.Instance;

    /// <summary>Whether it is a resource of its own.</summary>
    public Value IsSeparate { get; set; } = BoolValue.True;

    /// <summary>AWS: what takes it away again; set by the join.</summary>
    public Value DetachedBy { get; set; } = NullValue.Instance;

    /// <summary>AWS: the written ARN of a managed policy, the name of an inline one.</summary>
    public Value Written { get; init; } = NullValue.Instance;

    /// <summary>AWS: the written list the policy is an element of; null for one that is written alone.</summary>
    public Value Listed { get; init; } = NullValue.Instance;

    /// <summary>AWS: whether the policy is written into the role, in whatever declaration.</summary>
    public bool IsInline { get; init; }

    /// <summary>AWS: whether the policy is taken away from everybody else.</summary>
    public Value IsAccountWide { get; init; } = BoolValue.False;

    /// <summary>AWS: why it cannot be attached; set by the join.</summary>
    public Value Fault { get; set; } = NullValue.Instance;

    /// <summary>AWS: what was meant.</summary>
    public Value Meant { get; set; } = NullValue.Instance;
}
