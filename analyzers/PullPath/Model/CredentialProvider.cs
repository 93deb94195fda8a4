using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A plug-in that gives the kubelet credentials for some images, as a CredentialProviderConfig configures it.</summary>
public sealed class CredentialProvider : Fact
{
    /// <summary>Fields of credential providers.</summary>
    public static Shape Fields { get; } = new(
        "credential_provider",
        "A plug-in that gives the kubelet credentials for images, out of a CredentialProviderConfig: a file of its own, in a ConfigMap, in the files of a KubeadmConfig.",
        Shape.Field<CredentialProvider>("name", FieldType.Text, "Its name; null for a configuration without providers.", provider => provider.Name),
        Shape.Field<CredentialProvider>("registry_kind", FieldType.Text, "ecr, acr or gar, by its name; null for others.", provider => provider.RegistryKind),
        Shape.Field<CredentialProvider>("match_images", FieldType.List(FieldType.Text), "Patterns of the images for which it is asked.", provider => provider.MatchImages),
        Shape.Field<CredentialProvider>("cache_value", FieldType.Text, "How long its answers are kept unless it says so itself, as written.", provider => provider.CacheValue),
        Shape.Field<CredentialProvider>("cache_seconds", FieldType.Number, "The same in seconds.", provider => provider.CacheSeconds),
        Shape.Field<CredentialProvider>("token_seconds", FieldType.Number, "How long tokens of its registry live; null where that is not known.", provider => provider.TokenSeconds),
        Shape.Field<CredentialProvider>("annotation_keys", FieldType.List(FieldType.Text), "Annotations of service accounts that it is given; empty for a plug-in that knows nothing of pods.", provider => provider.AnnotationKeys),
        Shape.Field<CredentialProvider>("faults", FieldType.List(FieldType.Text), "Why the kubelet does not start with it, each at its place.", provider => provider.Faults),
        Shape.Field<CredentialProvider>("is_of_all_nodes", FieldType.Bool, "Whether all nodes that Cluster API makes here, of its only cluster, are configured so: it is written into their machines.", provider => provider.IsOfAllNodes),
        Shape.Field<CredentialProvider>("unmatched_images", FieldType.List(FieldType.Text), "Images of its registry that no provider of the repository is asked for; open where other nodes may pull them.", provider => provider.UnmatchedImages));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Kind of registry, by the name.</summary>
    public Value RegistryKind { get; init; } = NullValue.Instance;

    /// <summary>Patterns.</summary>
    public ListValue MatchImages { get; init; } = ListValue.Empty;

    /// <summary>Duration of the cache as written.</summary>
    public Value CacheValue { get; init; } = NullValue.Instance;

    /// <summary>Duration of the cache.</summary>
    public Value CacheSeconds { get; init; } = NullValue.Instance;

    /// <summary>Life of tokens.</summary>
    public Value TokenSeconds { get; init; } = NullValue.Instance;

    /// <summary>Annotations it is given.</summary>
    public ListValue AnnotationKeys { get; init; } = ListValue.Empty;

    /// <summary>What is wrong with it.</summary>
    public Value Faults { get; init; } = ListValue.Empty;

    /// <summary>Whether all nodes have it; set by the join.</summary>
    public Value IsOfAllNodes { get; set; } = BoolValue.False;

    /// <summary>Images nobody is asked for; set by the join.</summary>
    public Value UnmatchedImages { get; set; } = ListValue.Empty;
}
