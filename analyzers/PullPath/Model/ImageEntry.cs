using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An entry of <c>images</c> in a kustomization for which no build found an image.</summary>
public sealed class ImageEntry : Fact
{
    /// <summary>Fields of entries.</summary>
    public static Shape Fields { get; } = new(
        "image_entry",
        "An entry of images in a kustomization for which no build that has it found an image.",
        Shape.Field<ImageEntry>("name", FieldType.Text, "The name it looks for: the place to edit.", entry => entry.Name),
        Shape.Field<ImageEntry>("is_used", FieldType.Bool, "Whether it changes anything; unknown where not all that is built is seen.", entry => entry.IsUsed),
        Shape.Field<ImageEntry>("meant", FieldType.Text, "An image of the build that is probably meant: one of the same last part or nearly of its name; null for none.", entry => entry.Meant));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The name.</summary>
    public required Value Name { get; init; }

    /// <summary>Whether it changes anything.</summary>
    public required Value IsUsed { get; init; }

    /// <summary>The image that is probably meant.</summary>
    public required Value Meant { get; init; }
}
