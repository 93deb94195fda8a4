using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Where images lie: a declared registry or repository, or one that only image names tell of.</summary>
public sealed class Registry : Fact
{
    /// <summary>Fields of registries.</summary>
    public static Shape Fields { get; } = new(
        "registry",
        "An ECR, ACR or Artifact Registry registry or repository; or a host that images name.",
        Shape.Field<Registry>("kind", FieldType.Text, "ecr, ecr-public, acr, gar, gcr, docker-hub, other.", registry => new TextValue(registry.Kind)),
        Shape.Field<Registry>("name", FieldType.Text, "Name as written.", registry => registry.Name),
        Shape.Field<Registry>("host", FieldType.Text, "Host of its image names, as far as known.", registry => registry.Host),
        Shape.Field<Registry>("account", FieldType.Text, "AWS account, Azure subscription or Google project.", registry => registry.Account),
        Shape.Field<Registry>("region", FieldType.Text, "Region or location.", registry => registry.Region),
        Shape.Field<Registry>("format", FieldType.Text, "Google: what it keeps: DOCKER, NPM, HELM; null for other clouds.", registry => registry.Format),
        Shape.Field<Registry>("upstream", FieldType.Text, "Google: the public registry of which it keeps copies, such as DOCKER_HUB; null for one that keeps its own images.", registry => registry.Upstream),
        Shape.Field<Registry>("upstream_credentials", FieldType.Any, "Google: with whose name it asks there, as written; null for none.", registry => registry.UpstreamCredentials),
        Shape.Field<Registry>("is_declared", FieldType.Bool, "Whether the repository declares it.", registry => BoolValue.Of(registry.Resource is { IsData: false })),
        Shape.Field<Registry>("is_public", FieldType.Bool, "Whether anybody may pull.", registry => registry.IsPublic),
        Shape.Field<Registry>("admin_user", FieldType.Bool, "Azure: whether it has an admin user, who signs in with a lasting password; null elsewhere.", registry => registry.AdminUser),
        Shape.Field<Registry>("admin_user_needs", FieldType.List(FieldType.Text), "Azure: addresses of what is declared that needs its admin user: workspaces of Machine Learning, and pull secrets with that user's password; null elsewhere.", registry => registry.AdminUserNeeds),
        Shape.Field<Registry>("quarantine", FieldType.Bool, "Azure: whether pushed images are hidden until somebody releases them; null elsewhere.", registry => registry.Quarantine),
        Shape.Field<Registry>("role_mode", FieldType.Text, "Azure: which roles it honours, as written: LegacyRegistryPermissions or AbacRepositoryPermissions; null when not written, and elsewhere.", registry => registry.RoleMode),
        Shape.Field<Registry>("sku", FieldType.Text, "Azure: Basic, Standard or Premium; null elsewhere.", registry => registry.Sku),
        Shape.Field<Registry>("premium_features", FieldType.List(FieldType.Text), "Azure: what is written for it that only a registry of the sku Premium has; open where that depends; null elsewhere.", registry => registry.PremiumFeatures),
        Shape.Field<Registry>("public_access", FieldType.Bool, "Azure: whether it answers on its public address; null elsewhere.", registry => registry.PublicAccess),
        Shape.Field<Registry>("default_action", FieldType.Text, "Azure: what it does to addresses that no rule lets in: Allow or Deny; null elsewhere.", registry => registry.DefaultAction),
        Shape.Field<Registry>("address_rules", FieldType.List(FieldType.Text), "Azure: address ranges that rules let in; null elsewhere.", registry => registry.AddressRules),
        Shape.Field<Registry>("unserved_subnets", FieldType.List(FieldType.Text), "Azure: ids of subnets that it has rules for and that lack the service endpoint Microsoft.ContainerRegistry, as written there; null elsewhere.", registry => registry.UnservedSubnets),
        Shape.Field<Registry>("subnet_rules", FieldType.List(FieldType.Any), "Azure: its rules for subnets, which azurerm has up to 3.x; null elsewhere.", registry => registry.SubnetRules),
        Shape.Field<Registry>("may_have_subnet_rules", FieldType.Bool, "Azure: whether the version of azurerm in use knows rules for subnets; null elsewhere.", registry => registry.MayHaveSubnetRules),
        Shape.Field<Registry>("private_endpoints", FieldType.List(FieldType.Of("private_endpoint")), "Azure: private endpoints that lead to it; open when something unseen may make some; null elsewhere.", registry => registry.PrivateEndpoints),
        Shape.Field<Registry>("is_on_internet", FieldType.Bool, "Whether it is reached over the internet alone, seen from a network of AWS: another cloud's, a well-known public one.", registry => registry.IsOnInternet));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Kind of registry.</summary>
    public required string Kind { get; init; }

    /// <summary>Name as written.</summary>
    public required Value Name { get; init; }

    /// <summary>Host.</summary>
    public required Value Host { get; init; }

    /// <summary>Account, subscription or project.</summary>
    public Value Account { get; set; } = NullValue.Instance;

    /// <summary>Region or location.</summary>
    public Value Region { get; set; } = NullValue.Instance;

    /// <summary>Google: format of what it keeps.</summary>
    public Value Format { get; init; } = NullValue.Instance;

    /// <summary>Google: the public registry behind it.</summary>
    public Value Upstream { get; init; } = NullValue.Instance;

    /// <summary>Google: with whose name it asks there.</summary>
    public Value UpstreamCredentials { get; init; } = NullValue.Instance;

    /// <summary>Whether anybody may pull.</summary>
    public Value IsPublic { get; set; } = BoolValue.False;

    /// <summary>Azure: whether pushed images are hidden at first.</summary>
    public Value Quarantine { get; init; } = NullValue.Instance;

    /// <summary>Azure: which roles it honours.</summary>
    public Value RoleMode { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether it has an admin user.</summary>
    public Value AdminUser { get; init; } = NullValue.Instance;

    /// <summary>Azure: what needs its admin user; set by the join.</summary>
    public Value AdminUserNeeds { get; set; } = NullValue.Instance;

    /// <summary>Azure: its sku.</summary>
    public Value Sku { get; init; } = NullValue.Instance;

    /// <summary>Azure: what needs the sku Premium; the join adds private endpoints.</summary>
    public Value PremiumFeatures { get; set; } = NullValue.Instance;

    /// <summary>Azure: whether its public address answers.</summary>
    public Value PublicAccess { get; init; } = NullValue.Instance;

    /// <summary>Azure: what it does to other addresses.</summary>
    public Value DefaultAction { get; init; } = NullValue.Instance;

    /// <summary>Azure: address ranges that are let in.</summary>
    public Value AddressRules { get; init; } = NullValue.Instance;

    /// <summary>Azure: subnets whose rule has no effect; set by the join.</summary>
    public Value UnservedSubnets { get; set; } = NullValue.Instance;

    /// <summary>Azure: rules for subnets.</summary>
    public Value SubnetRules { get; init; } = NullValue.Instance;

    /// <summary>Azure: whether the provider knows rules for subnets.</summary>
    public Value MayHaveSubnetRules { get; init; } = NullValue.Instance;

    /// <summary>Azure: its private endpoints; set by the join.</summary>
    public Value PrivateEndpoints { get; set; } = NullValue.Instance;

    /// <summary>Whether only the internet leads to it.</summary>
    public Value IsOnInternet { get; init; } = BoolValue.False;

    /// <summary>True for a registry that is certainly of another account than everything that is declared.</summary>
    public bool IsForeign { get; init; }
}
