using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An object that brings a lasting credential of a cloud into a cluster, or may: pods that are given one, or a Secret that holds one. The credential itself is never kept.</summary>
public sealed class KeyHolder : Fact
{
    /// <summary>Fields of such objects.</summary>
    public static Shape Fields { get; } = new(
        "key_holder",
        "A Kubernetes object whose containers have variables for lasting credentials of a cloud (AWS_SECRET_ACCESS_KEY, AZURE_CLIENT_SECRET, a key of a Google service account), or a Secret that holds such a credential. Values are never shown.",
        Shape.Field<KeyHolder>("kind", FieldType.Text, "Kind of the object: Deployment, Secret.", holder => new TextValue(holder.Kind)),
        Shape.Field<KeyHolder>("name", FieldType.Text, "metadata.name", holder => holder.Name),
        Shape.Field<KeyHolder>("keys", FieldType.List(FieldType.Any), "Objects of name (of the variable, or of the key in a Secret) and from: literal for a credential that is written in the object, secret for one that comes out of a Secret; open where it is not known whether there is one.", holder => holder.Keys),
        Shape.Field<KeyHolder>("workloads", FieldType.List(FieldType.Of("workload")), "Of a Secret: workloads whose pods are given what it holds.", holder => holder.Workloads));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Which credentials, by name and origin.</summary>
    public required ListValue Keys { get; init; }

    /// <summary>Who is given what a Secret holds; set by the join.</summary>
    public Value Workloads { get; set; } = ListValue.Empty;
}
