using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A name among the imagePullSecrets of pods or of a service account, and what it leads to.</summary>
public sealed class SecretReference : Fact
{
    /// <summary>Fields of references.</summary>
    public static Shape Fields { get; } = new(
        "secret_reference",
        "A name among the imagePullSecrets of pods or of a service account, and what it leads to.",
        Shape.Field<SecretReference>("name", FieldType.Text, "The name: the place to edit.", reference => reference.Name),
        Shape.Field<SecretReference>("namespace", FieldType.Text, "Namespace in which it is looked for; unknown when nothing says it.", reference => reference.Namespace),
        Shape.Field<SecretReference>("workloads", FieldType.List(FieldType.Of("workload")), "Workloads whose pods pull with it; open for those that may.", reference => reference.Workloads),
        Shape.Field<SecretReference>("is_declared", FieldType.Bool, "Whether anything makes a secret of this name there: a manifest, an operator, Terraform. False only where all that is applied together was seen and nothing of the repository speaks of the name.", reference => reference.IsDeclared),
        Shape.Field<SecretReference>("elsewhere", FieldType.List(FieldType.Text), "Other namespaces of the same set that have a secret of this name, at the places of those secrets; empty where one copies it.", reference => reference.Elsewhere),
        Shape.Field<SecretReference>("renamed", FieldType.Text, "What a kustomization calls the secret that had this name before; null where none had it.", reference => reference.Renamed),
        Shape.Field<SecretReference>("neighbours", FieldType.List(FieldType.Text), "Names of the other secrets for pulling that the same set makes in the namespace.", reference => reference.Neighbours),
        Shape.Field<SecretReference>("fault", FieldType.Text, "Why the secret that is meant cannot be used for pulling, at the place to edit; null for nothing.", reference => reference.Fault),
        Shape.Field<SecretReference>("fault_is_fatal", FieldType.Bool, "Whether the fault costs the pods all their other credentials too.", reference => reference.FaultIsFatal),
        Shape.Field<SecretReference>("sole_images", FieldType.List(FieldType.Text), "Images of the pods that nothing else has credentials for: they lie in registries that secrets of the same set are made for, and nodes have no identity there. Open where that is not known.", reference => reference.SoleImages));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The name.</summary>
    public required Value Name { get; init; }

    /// <summary>The namespace.</summary>
    public required Value Namespace { get; init; }

    /// <summary>Workloads that use it.</summary>
    public required Value Workloads { get; init; }

    /// <summary>Whether it is there.</summary>
    public required Value IsDeclared { get; init; }

    /// <summary>Namespaces in which one of its name is.</summary>
    public required Value Elsewhere { get; init; }

    /// <summary>The new name of the secret that was called so.</summary>
    public Value Renamed { get; init; } = NullValue.Instance;

    /// <summary>Other secrets for pulling beside it.</summary>
    public required Value Neighbours { get; init; }

    /// <summary>What is wrong with the secret.</summary>
    public required Value Fault { get; init; }

    /// <summary>Whether the fault costs all credentials.</summary>
    public required Value FaultIsFatal { get; init; }

    /// <summary>Images that only it could have credentials for.</summary>
    public required Value SoleImages { get; init; }
}
