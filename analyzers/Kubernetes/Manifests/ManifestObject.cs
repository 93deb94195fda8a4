using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Manifests;

/// <summary>One object of a manifest, as written.</summary>
/// <param name="Body">The whole object.</param>
/// <param name="ApiVersion">Its <c>apiVersion</c>.</param>
/// <param name="Kind">Its <c>kind</c>.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Index">Its number in the file, from 0, counting the elements of lists.</param>
internal sealed record ManifestObject(MapValue Body, string ApiVersion, string Kind, SourceFile File, int Index)
{
    private const string RuleFileKind = "RuleFile";

    /// <summary>What stands for a part of a name of which nothing can be told.</summary>
    private const string Nameless = "<?>";

    /// <summary>A file of alerting rules, which has neither version nor kind: it goes by its own name.</summary>
    internal static ManifestObject RuleFile(MapValue body, SourceFile file, int index) => new(body, "prometheus/v1", RuleFileKind, file, index);

    /// <summary>Group without version; empty for the core group.</summary>
    internal string Group => ApiVersion.LastIndexOf('/') is > 0 and var slash ? ApiVersion[..slash] : "";

    /// <summary><c>metadata</c>, empty if there is none.</summary>
    internal MapValue Metadata => Body["metadata"] as MapValue ?? MapValue.Empty;

    /// <summary><c>metadata.name</c> as far as it is text: placeholders show as they are written, a generated name ends in <c>*</c>; empty for none.</summary>
    internal string Name => Spell(Metadata["name"]) ?? (Spell(Metadata["generateName"]) is { } prefix ? prefix + "*" : Kind == RuleFileKind ? File.Path[(File.Path.LastIndexOf('/') + 1)..] : "");

    /// <summary><c>metadata.namespace</c>, spelled like the name; null for none.</summary>
    internal string? Namespace => Spell(Metadata["namespace"]);

    /// <summary>Where the object names itself: its name, else its kind.</summary>
    internal Span Place => PlaceOf(Metadata["name"]) ?? PlaceOf(Metadata["generateName"]) ?? PlaceOf(Body["kind"]) ?? Whole;

    /// <summary>The whole object.</summary>
    internal Span Whole => Body.Place ?? File.Whole;

    private static Span? PlaceOf(Value? value) => value?.Trace?.Source.Place;

    /// <summary>A scalar as text, placeholders as they are written; null for anything else.</summary>
    internal static string? Spell(Value? value) => value switch
    {
        TextValue text => text.Known ?? string.Concat(text.Parts.Select(static part => part.Literal ?? Spell(part.Hole) ?? Nameless)),
        NumberValue number => number.Number.ToString(),
        BoolValue flag => flag.Value ? "true" : "false",
        UnknownValue unknown => unknown.Placeholder ?? Nameless,
        _ => null,
    };
}
