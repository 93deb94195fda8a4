using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An add-on that the cloud installs in a cluster: CoreDNS, a CSI driver, the Pod Identity agent.</summary>
public sealed class AddOn : Fact
{
    /// <summary>Fields of add-ons.</summary>
    public static Shape Fields { get; } = new(
        "add_on",
        "An add-on that EKS installs in a cluster.",
        Shape.Field<AddOn>("name", FieldType.Text, "Name of the add-on: coredns, vpc-cni.", addOn => addOn.Name),
        Shape.Field<AddOn>("cluster", FieldType.Of("cluster"), "The cluster it is installed in.", addOn => addOn.Cluster));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name of the add-on.</summary>
    public required Value Name { get; init; }

    /// <summary>The cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;
}
