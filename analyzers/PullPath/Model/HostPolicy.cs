using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Something that filters what nodes themselves send, not only their pods.</summary>
public sealed class HostPolicy : Fact
{
    /// <summary>Fields of policies.</summary>
    public static Shape Fields { get; } = new(
        "host_policy",
        "A policy of Cilium or Calico for hosts, or a DaemonSet that writes rules of iptables for what its nodes send: all that meets kubelets too.",
        Shape.Field<HostPolicy>("kind", FieldType.Text, "cilium, calico or iptables.", policy => new TextValue(policy.Kind)),
        Shape.Field<HostPolicy>("metadata_block", FieldType.Text, "What keeps its nodes from the metadata service of their cloud, as written; null for nothing.", policy => policy.MetadataBlock));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary><c>cilium</c>, <c>calico</c> or <c>iptables</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What keeps nodes from the metadata service.</summary>
    public required Value MetadataBlock { get; init; }
}
