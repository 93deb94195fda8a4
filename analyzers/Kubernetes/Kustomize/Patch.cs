using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>One patch of a kustomization.</summary>
/// <param name="Target">Which objects it is for; null where the patch itself names them.</param>
/// <param name="Merges">Objects to merge.</param>
/// <param name="Operations">Operations of a JSON patch; null for a patch that is merged.</param>
/// <param name="MayRename">Whether it may change names.</param>
/// <param name="MayTurn">Whether it may change kinds.</param>
/// <param name="Written">The entry of the kustomization.</param>
/// <param name="Unread">Why it cannot be read; null if it was.</param>
internal sealed record Patch(Selector? Target, IReadOnlyList<MapValue> Merges, IReadOnlyList<Value>? Operations, bool MayRename, bool MayTurn, Value Written, string? Unread)
{
    /// <summary>True where its file is not there: a script may write it before the build.</summary>
    internal bool IsAbsent { get; init; }

    /// <summary>Whether there may be placeholders of templating tools in it.</summary>
    internal bool MayHavePlaceholders { get; init; }
}

/// <summary>Reads the patches of a kustomization, from its own text and from files.</summary>
internal sealed class PatchReader(Kustomization by, FileTree files, ProblemLog problems)
{
    /// <summary>The patches under a key.</summary>
    internal IReadOnlyList<Patch> Read(string key)
    {
        var patches = new List<Patch>();
        foreach (var entry in by.Items(key))
        {
            patches.Add(entry switch
            {
                MapValue map => OfEntry(map),
                TextValue { Known: { } text } => OfText(text.Contains('\n', StringComparison.Ordinal) ? ScalarText.Embed(entry) : FileOf(text), null, null, entry),
                _ => new Patch(null, [], null, false, false, entry, "it is not text"),
            });
        }

        return patches;
    }

    /// <summary>One patch with a target, or of objects that name theirs.</summary>
    internal Patch OfEntry(MapValue entry)
    {
        var target = entry["target"] is MapValue written ? new Selector(written) : null;
        if (target is { IsBroken: true })
        {
            by.Refuse("a pattern of the target is none", entry["target"]);
            return new Patch(null, [], [], false, false, entry, null);
        }

        var inline = entry["patch"] ?? entry["jsonOp"];
        if (inline is TextValue { Known: { Length: > 0 } })
        {
            return OfText(ScalarText.Embed(inline), target, entry["options"] as MapValue, entry);
        }

        if (inline is MapValue or ListValue)
        {
            by.Refuse("patch must be text; a \"|\" is missing", inline);
        }

        return OfText(entry["path"] is TextValue { Known: { } path } ? FileOf(path) : null, target, entry["options"] as MapValue, entry);
    }

    private SourceFile? FileOf(string path) => FileTree.Resolve(by.Folder, path) is { } found ? files.Read(found) : null;

    private Patch OfText(SourceFile? source, Selector? target, MapValue? options, Value entry)
    {
        var (mayRename, mayTurn) = (options?["allowNameChange"] is BoolValue { Value: true }, options?["allowKindChange"] is BoolValue { Value: true });
        if (source is null)
        {
            return new Patch(target, [], null, mayRename, mayTurn, entry, "the file of a patch is not in the repository") { IsAbsent = true };
        }

        var own = new ProblemLog();
        var documents = YamlReader.Read(source, YamlOptions.Kubernetes, own);
        foreach (var problem in own.Sorted())
        {
            problems.Add(problem);
        }

        if (own.Sorted().Any(problem => problem.Severity != ProblemSeverity.Information))
        {
            return new Patch(target, [], null, mayRename, mayTurn, entry, "it does not parse");
        }

        var merges = new List<MapValue>();
        IReadOnlyList<Value>? operations = null;
        foreach (var document in documents)
        {
            switch (document.Root)
            {
                case ListValue list:
                    operations ??= [.. list.Values];
                    break;
                case MapValue map when map["items"] is ListValue items && ObjectId.Text(map["kind"]).EndsWith("List", StringComparison.Ordinal):
                    merges.AddRange(items.Values.OfType<MapValue>().Select(PlainWords.Read));
                    break;
                case MapValue map:
                    merges.Add(PlainWords.Read(map));
                    break;
            }
        }

        return new Patch(target, merges, operations, mayRename, mayTurn, entry, null) { MayHavePlaceholders = Placeholders.MayBeIn(source.Bytes.Span) };
    }
}
