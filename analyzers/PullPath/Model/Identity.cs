using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Somebody a cloud knows: an IAM role, a managed identity, a Google service account.</summary>
public sealed class Identity : Fact
{
    /// <summary>Fields of identities.</summary>
    public static Shape Fields { get; } = new(
        "identity",
        "An IAM role, an Azure managed identity or service principal, a Google service account.",
        Shape.Field<Identity>("kind", FieldType.Text, "aws-role, azure-managed-identity, azure-service-principal, google-service-account.", identity => new TextValue(identity.Kind)),
        Shape.Field<Identity>("name", FieldType.Text, "Name as written; the address where none is.", identity => identity.Name),
        Shape.Field<Identity>("grants", FieldType.List(FieldType.Of("grant")), "What it may do; open when somebody unseen could grant more.", identity => identity.Grants),
        Shape.Field<Identity>("near_right", FieldType.Text, "Google: what of all that is written comes nearest to a right to pull, should it have none. excluded: a binding that decides alone who may read leaves it out; off: a grant is switched off; buckets: a role is for buckets only, made or switched off; none.", identity => identity.NearRight),
        Shape.Field<Identity>("near_grant", FieldType.Of("grant"), "Google: the grant or binding of near_right; null for none. The principal of a binding is the list of its members.", identity => identity.NearGrant),
        Shape.Field<Identity>("federations", FieldType.List(FieldType.Of("federation")), "Azure: who outside may become it; open when somebody unseen could add one.", identity => identity.Federations),
        Shape.Field<Identity>("tenant", FieldType.Text, "Azure: the tenant it is in, as its provider says.", identity => identity.Tenant),
        Shape.Field<Identity>("told", FieldType.List(FieldType.Text), "Azure: addresses of what else is told its object id, and may give it rights: access policies, groups, databases, modules.", identity => identity.Told),
        Shape.Field<Identity>("is_default", FieldType.Bool, "A default of the cloud that nobody declares: Google's Compute Engine account, the kubelet identity AKS makes itself.", identity => identity.IsDefault),
        Shape.Field<Identity>("is_disabled", FieldType.Bool, "Google: whether it is switched off, so that nobody gets a token for it.", identity => identity.IsDisabled),
        Shape.Field<Identity>("default_action", FieldType.Text, "Google: what a declaration does to the default account of its project: DEPRIVILEGE takes its roles, DISABLE switches it off, DELETE removes it; null for nothing.", identity => identity.DefaultAction),
        Shape.Field<Identity>("trust", FieldType.Any, "AWS: the trust policy as a value, null for none.", identity => identity.Trust),
        Shape.Field<Identity>("trust_value", FieldType.Any, "AWS: the written trust policy: the place to edit.", identity => identity.TrustValue),
        Shape.Field<Identity>("trusts_tokens", FieldType.Bool, "AWS: whether its trust policy has a statement for tokens of a Kubernetes issuer (sts:AssumeRoleWithWebIdentity).", identity => identity.TrustsTokens),
        Shape.Field<Identity>("boundary", FieldType.Any, "AWS: the permissions boundary as a policy document, null for none.", identity => identity.Boundary),
        Shape.Field<Identity>("boundary_value", FieldType.Text, "AWS: the written value that names the boundary: the place to edit.", identity => identity.BoundaryValue),
        Shape.Field<Identity>("node_pools", FieldType.List(FieldType.Of("node_pool")), "AWS: pools whose nodes have it.", identity => identity.NodePools));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Kind of identity.</summary>
    public required string Kind { get; init; }

    /// <summary>Name as written.</summary>
    public required Value Name { get; init; }

    /// <summary>Its grants; set by the join.</summary>
    public Value Grants
    {
        get => field ??= GrantsWhenAsked?.Invoke(this) ?? ListValue.Empty;
        set;
    }

    /// <summary>Answers <see cref="Grants"/> to the first who asks: of most roles nobody does.</summary>
    internal Func<Identity, Value>? GrantsWhenAsked { get; set; }

    /// <summary>AWS: the values that switch off policies which may let it pull; set by the join.</summary>
    internal IReadOnlyList<Value> SwitchedOff => field ??= SwitchedOffWhenAsked?.Invoke(this) ?? [];

    /// <summary>Answers <see cref="SwitchedOff"/> to the first who asks.</summary>
    internal Func<Identity, IReadOnlyList<Value>>? SwitchedOffWhenAsked { get; set; }

    /// <summary>Google: what comes nearest to a right to pull; set by the join.</summary>
    public Value NearRight { get; set; } = NullValue.Instance;

    /// <summary>Google: the grant that comes nearest; set by the join.</summary>
    public Value NearGrant { get; set; } = NullValue.Instance;

    /// <summary>Azure: who outside may become it; set by the join.</summary>
    public Value Federations { get; set; } = ListValue.Empty;

    /// <summary>Azure: the tenant it is in.</summary>
    public Value Tenant { get; init; } = NullValue.Instance;

    /// <summary>Azure: what else is told its object id; set by the join.</summary>
    public Value Told => field ??= ToldWhenAsked?.Invoke(this) ?? NullValue.Instance;

    /// <summary>Answers <see cref="Told"/> to the first who asks: only a rule that is off does, and everything in the repository is looked at for it.</summary>
    internal Func<Identity, Value>? ToldWhenAsked { get; set; }

    /// <summary>True for a cloud's default.</summary>
    public Value IsDefault { get; set; } = BoolValue.False;

    /// <summary>Google: whether it is switched off.</summary>
    public Value IsDisabled { get; init; } = BoolValue.False;

    /// <summary>Google: what is done to the default account of a project.</summary>
    public Value DefaultAction { get; init; } = NullValue.Instance;

    /// <summary>AWS trust policy, decoded.</summary>
    public Value Trust { get; set; } = NullValue.Instance;

    /// <summary>AWS trust policy as written.</summary>
    public Value TrustValue { get; set; } = NullValue.Instance;

    /// <summary>Whether tokens of a Kubernetes issuer are trusted at all.</summary>
    public Value TrustsTokens => field ??= TrustsTokensWhenAsked?.Invoke(this) ?? BoolValue.False;

    /// <summary>Answers <see cref="TrustsTokens"/> to the first who asks.</summary>
    internal Func<Identity, Value>? TrustsTokensWhenAsked { get; init; }

    /// <summary>AWS permissions boundary, decoded.</summary>
    public Value Boundary { get; set; } = NullValue.Instance;

    /// <summary>AWS permissions boundary as written.</summary>
    public Value BoundaryValue { get; set; } = NullValue.Instance;

    /// <summary>AWS: pools whose nodes have it; set by the join.</summary>
    public Value NodePools { get; set; } = NullValue.Instance;
}
