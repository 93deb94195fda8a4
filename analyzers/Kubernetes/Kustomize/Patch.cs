using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// One patch or replacement of a kustomization. It is not carried out: what it may change becomes unknown in the objects it may mean, and what it leaves alone stays.
/// </summary>
internal sealed class Patch
{
    private readonly MapValue? _target;
    private readonly Value? _content;
    private readonly IReadOnlyList<string[]> _paths;
    private readonly Cause _cause;

    private Patch(MapValue? target, Value? content, IReadOnlyList<string[]> paths, Span place)
    {
        _target = target;
        _content = content;
        _paths = paths;
        _cause = new Cause(UnknownReason.NotComputed, "a patch of a kustomization may change it", place, null);
    }

    /// <summary>The patches and replacements of a kustomization; an unreadable one means anything.</summary>
    internal static List<Patch> Of(Kustomization by, FileTree files, ProblemLog problems)
    {
        var patches = new List<Patch>();
        foreach (var entry in by.Items("patchesStrategicMerge"))
        {
            var source = entry is TextValue { Known: { } text } && text.Contains('\n', StringComparison.Ordinal) ? ScalarText.Embed(entry) : FileOf(entry);
            Read(source, null, by.PlaceOf(entry));
        }

        foreach (var entry in by.Items("patches").Concat(by.Items("patchesJson6902")))
        {
            var map = entry as MapValue;
            var inline = map?["patch"] is { } patch and not NullValue ? ScalarText.Embed(patch) : null;
            Read(inline ?? FileOf(map?["path"]), map?["target"] as MapValue, by.PlaceOf(entry));
        }

        foreach (var entry in by.Items("replacements"))
        {
            var targets = (entry as MapValue)?["targets"] as ListValue;
            foreach (var target in targets?.Values ?? [NullValue.Instance])
            {
                var map = target as MapValue;
                var paths = (map?["fieldPaths"] as ListValue)?.Values.OfType<TextValue>().Select(path => path.ToString().Split('.')).ToList();
                patches.Add(new Patch(map?["select"] as MapValue, null, paths ?? [], by.PlaceOf(entry)));
            }
        }

        return patches;

        SourceFile? FileOf(Value? path) => path is TextValue { Known: { } text } && FileTree.Resolve(by.Folder, text) is { } found ? files.Read(found) : null;

        void Read(SourceFile? source, MapValue? target, Span place)
        {
            var documents = source is null ? [] : YamlReader.Read(source, YamlOptions.Kubernetes, problems);
            if (documents.Count == 0)
            {
                patches.Add(new Patch(target, null, [], place));
            }

            foreach (var document in documents)
            {
                if (document.Root is ListValue operations)
                {
                    var paths = operations.Values.OfType<MapValue>().SelectMany(operation => new[] { operation["path"], operation["op"] is TextValue { Known: "move" } ? operation["from"] : null })
                        .OfType<TextValue>().Select(path => Pointer(path.ToString())).ToList();
                    patches.Add(new Patch(target, null, paths, place));
                }
                else if (document.Root is not NullValue)
                {
                    patches.Add(new Patch(target, document.Root, [], place));
                }
            }
        }
    }

    /// <summary>The object, with what this patch may change unknown; and whether the patch may delete it.</summary>
    internal (MapValue Body, bool MayGo) Blur(ManifestObject each)
    {
        if (!MayMean(each))
        {
            return (each.Body, false);
        }

        if (_content is MapValue content)
        {
            var deletes = content["$patch"] is TextValue { Known: "delete" };
            return (content["$patch"] is null ? (MapValue)Merge(each.Body, content) : deletes ? each.Body : Whole(each.Body), deletes);
        }

        var body = each.Body;
        foreach (var path in _paths)
        {
            body = At(body, path) as MapValue ?? body;
        }

        return (_content is null && _paths.Count > 0 ? body : Whole(each.Body), false);
    }

    private bool MayMean(ManifestObject each) => _target is not null
        ? Fits(_target["kind"], each.Kind) && Fits(_target["name"], each.Name) && Fits(_target["group"], each.Group)
        : _content is not MapValue content || (Fits(content["kind"], each.Kind) && Fits((content["metadata"] as MapValue)?["name"], each.Name));

    /// <summary>Selectors are patterns; those that are not plain words may fit anything.</summary>
    private static bool Fits(Value? selector, string text) =>
        selector is not TextValue { Known: { Length: > 0 } word } || word == text || !word.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '/');

    /// <summary>Everything that a rule could ask for may be different; kind and name are not.</summary>
    private MapValue Whole(MapValue body) => body.WithEntries(entry => entry.Key switch
    {
        "apiVersion" or "kind" => entry.Value,
        "metadata" when entry.Value is MapValue metadata => metadata.WithEntry("labels", Unknown(metadata["labels"])).WithEntry("annotations", Unknown(metadata["annotations"])),
        _ => Unknown(entry.Value),
    });

    private Value Merge(Value value, Value patch)
    {
        switch (value, patch)
        {
            case (MapValue map, MapValue changes) when changes["$patch"] is null:
                var result = map;
                foreach (var change in changes.Entries)
                {
                    result = result.WithEntry(change.Key, result[change.Key] is { } written ? Merge(written, change.Value) : Unknown(null));
                }

                return result;
            case (ListValue list, ListValue changes) when changes.Values.All(change => NameOf(change) is not null):
                var merged = list.WithItems(item => changes.Values.FirstOrDefault(change => NameOf(change) is { } name && name == NameOf(item)) is { } change ? Merge(item, change) : item);
                return changes.Values.All(change => list.Values.Any(item => NameOf(item) == NameOf(change))) ? merged : merged.Opened(_cause);
            default:
                return value.EqualTo(patch) == Truth.Yes ? value : Unknown(value);
        }
    }

    private static string? NameOf(Value value) => value is MapValue map && map["$patch"] is null && map["name"] is TextValue { Known: { } name } ? name : null;

    private Value At(Value value, ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
        {
            return Unknown(value);
        }

        var key = path[0];
        var rest = path[1..];
        switch (value)
        {
            case MapValue map:
                return map.WithEntry(key, map[key] is { } written ? At(written, rest) : Unknown(null));
            case ListValue list when key == "-":
                return list.Opened(_cause);
            case ListValue list when rest.Length > 0 && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length:
                var changed = At(list.Items[index].Value, rest);
                return list.WithItems(item => ReferenceEquals(item, list.Items[index].Value) ? changed : item);
            case ListValue list when rest.Length > 0:
                var items = new List<Value>();
                foreach (var item in list.Values)
                {
                    items.Add(At(item, rest));
                }

                return ListValue.Of(items).With(list.Trace);
            default:
                return Unknown(value);
        }
    }

    private static string[] Pointer(string path) =>
        [.. path.TrimStart('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private Value Unknown(Value? value) => new UnknownValue([_cause]).With(value?.Trace);
}
