using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A use of AAD Pod Identity, the forerunner of workload identity on AKS.</summary>
public sealed class RetiredIdentity : Fact
{
    /// <summary>Fields of such uses.</summary>
    public static Shape Fields { get; } = new(
        "retired_identity",
        "What installs AAD Pod Identity; where nothing does, what binds identities with it; where nothing is bound, pods that wait for it.",
        Shape.Field<RetiredIdentity>("kind", FieldType.Text, "installation: a chart or the DaemonSet of its agent; binding: an AzureIdentityBinding; label: pods with its label.", use => new TextValue(use.Kind)),
        Shape.Field<RetiredIdentity>("value", FieldType.Text, "Name of the chart or image, the selector, the label: the place to edit. Empty for pods that nothing selects.", use => use.Value));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary><c>installation</c>, <c>binding</c> or <c>label</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What is written there.</summary>
    public required Value Value { get; init; }
}
