using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An Azure container app that pulls from a registry that is declared or looked up, with a managed identity that is declared too.</summary>
public sealed class ContainerApp : Fact
{
    /// <summary>Fields of container apps.</summary>
    public static Shape Fields { get; } = new(
        "container_app",
        "A container app of Azure, and a registry from which it pulls with a managed identity: both are declared or looked up, and so is the identity.",
        Shape.Field<ContainerApp>("registry", FieldType.Of("registry"), "The registry.", app => Links.To(app.Registry)),
        Shape.Field<ContainerApp>("pulls", FieldType.Bool, "Whether its first revision has an image of the registry; unknown where the image is not known.", app => app.Pulls),
        Shape.Field<ContainerApp>("is_own_identity", FieldType.Bool, "Whether it pulls with the identity that it gets when it is made, so that nobody can grant it anything before.", app => app.IsOwnIdentity),
        Shape.Field<ContainerApp>("grants", FieldType.List(FieldType.Of("grant")), "Grants that let this identity pull from the registry; open when somebody unseen could grant it.", app => app.Grants));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The registry.</summary>
    public required Registry Registry { get; init; }

    /// <summary>Whether it starts with an image of the registry.</summary>
    public required Value Pulls { get; init; }

    /// <summary>Whether the identity is made with it.</summary>
    public required Value IsOwnIdentity { get; init; }

    /// <summary>What lets it pull.</summary>
    public required Value Grants { get; init; }
}
