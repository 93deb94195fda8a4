using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Something of a workload that signs in with an identity of its node, or may.</summary>
public sealed class NodeIdentityUse : Fact
{
    /// <summary>Fields of such uses.</summary>
    public static Shape Fields { get; } = new(
        "node_identity_use",
        "What signs in to Azure with an identity of the node it runs on: a SecretProviderClass that says how, or containers that are told the client id of the kubelet identity.",
        Shape.Field<NodeIdentityUse>("kind", FieldType.Text, "secret-class or variable.", use => new TextValue(use.Kind)),
        Shape.Field<NodeIdentityUse>("name", FieldType.Text, "metadata.name", use => use.Name),
        Shape.Field<NodeIdentityUse>("is_used", FieldType.Bool, "Whether it certainly does.", use => use.IsUsed),
        Shape.Field<NodeIdentityUse>("value", FieldType.Any, "The written value that says so: the place to edit.", use => use.Value));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary><c>secret-class</c> or <c>variable</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Whether the identity of the node is used.</summary>
    public required Value IsUsed { get; init; }

    /// <summary>What says so.</summary>
    public required Value Value { get; init; }
}
