using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>The way that nodes of AKS have through networks of Azure to a registry that they pull from.</summary>
public sealed class RegistryPath : Fact
{
    /// <summary>Fields of ways.</summary>
    public static Shape Fields { get; } = new(
        "registry_path",
        "The way from the nodes of an AKS cluster to an Azure container registry that they pull from.",
        Shape.Field<RegistryPath>("use", FieldType.Of("registry_use"), "The cluster and the registry.", path => Links.To(path.Use)),
        Shape.Field<RegistryPath>("is_certain", FieldType.Bool, "Whether the cluster certainly pulls from the registry: a workload names an image in it, or the cluster's own images come from it.", path => BoolValue.Of(path.Use.Evidence is "image" or "bootstrap")),
        Shape.Field<RegistryPath>("is_admitted", FieldType.Bool, "Whether rules of the registry let an address in with which the nodes leave, or a subnet; false where there are no rules that let anybody in.", path => path.IsAdmitted),
        Shape.Field<RegistryPath>("is_connected", FieldType.Bool, "Whether a network of the nodes is, or is peered with, one in which an endpoint of the registry is; unknown where others may lead there.", path => path.IsConnected),
        Shape.Field<RegistryPath>("is_in_closed_network", FieldType.Bool, "Whether all nodes stand in the network that AKS makes for them, and nothing that is declared leads there.", path => path.IsInClosedNetwork),
        Shape.Field<RegistryPath>("shadows", FieldType.List(FieldType.Text), "Links of private DNS zones that hide the registry's name from the nodes: the zone answers for all registries with private endpoints, and has no record of this one.", path => path.Shadows),
        Shape.Field<RegistryPath>("limited_subnets", FieldType.List(FieldType.Text), "Subnets of the nodes from which a policy lets storage accounts of its list be asked, and no others, such as those with layers of the registry.", path => path.LimitedSubnets),
        Shape.Field<RegistryPath>("firewall", FieldType.Text, "Address of the firewall through which routes lead all nodes; null for none, and where that is not known.", path => path.Firewall),
        Shape.Field<RegistryPath>("firewall_lacks", FieldType.List(FieldType.Text), "What rules of that firewall do not let through: registry, data (from its data endpoints), storage (layers of a registry without them). Open where that is not known.", path => path.FirewallLacks),
        Shape.Field<RegistryPath>("firewall_allows_storage", FieldType.Bool, "Whether its rules let the storage through in which layers of registries without data endpoints are.", path => path.FirewallAllowsStorage));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The cluster and the registry.</summary>
    public required RegistryUse Use { get; init; }

    /// <summary>Whether rules of the registry let the nodes in.</summary>
    public Value IsAdmitted { get; set; } = BoolValue.True;

    /// <summary>Whether an endpoint is in reach.</summary>
    public Value IsConnected { get; set; } = BoolValue.True;

    /// <summary>Whether nothing leads to the network of the nodes.</summary>
    public Value IsInClosedNetwork { get; set; } = BoolValue.False;

    /// <summary>Links that hide its name.</summary>
    public Value Shadows { get; set; } = ListValue.Empty;

    /// <summary>Subnets with a policy.</summary>
    public Value LimitedSubnets { get; set; } = ListValue.Empty;

    /// <summary>The firewall.</summary>
    public Value Firewall { get; set; } = NullValue.Instance;

    /// <summary>What the firewall keeps back.</summary>
    public Value FirewallLacks { get; set; } = ListValue.Empty;

    /// <summary>Whether storage is let through.</summary>
    public Value FirewallAllowsStorage { get; set; } = BoolValue.False;
}
