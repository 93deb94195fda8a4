using System.Buffers;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What the <c>images</c> entries of kustomizations make of the images of an object.</summary>
internal static class ImageChanges
{
    private static readonly SearchValues<char> Pattern = SearchValues.Create(@"*+?[](){}|\^$");

    /// <summary>The object with changed images: in lists of containers at any depth, and in image volumes.</summary>
    internal static MapValue Apply(MapValue body, ManifestSet set) =>
        !set.Changers.Any(each => each.Images.Any()) ? body : (MapValue)Walk(body, set, []);

    private static Value Walk(Value value, ManifestSet set, Dictionary<Value, Value> done)
    {
        if (value is not (MapValue or ListValue))
        {
            return value;
        }

        if (done.TryGetValue(value, out var known))
        {
            return known;
        }

        var result = value switch
        {
            MapValue map => map.WithEntries(entry => entry.Key switch
            {
                "containers" or "initContainers" => InEach(entry.Value, set, "image"),
                "volumes" => InEach(entry.Value, set, "image", "reference"),
                _ => Walk(entry.Value, set, done),
            }),
            ListValue list => list.WithItems(item => Walk(item, set, done)),
            _ => value,
        };
        done[value] = result;
        return result;
    }

    private static Value InEach(Value value, ManifestSet set, params string[] path) => value is ListValue list ? list.WithItems(item => At(item, set, path)) : value;

    private static Value At(Value value, ManifestSet set, ReadOnlyMemory<string> path) =>
        path.Length == 0 ? Change(value, set)
        : value is MapValue map ? map.WithEntries(entry => entry.Key == path.Span[0] ? At(entry.Value, set, path[1..]) : entry.Value)
        : value;

    private static Value Change(Value image, ManifestSet set)
    {
        var whole = Outcome.Of(set, image, "image", AllEntries, image is TextValue text ? text.ToString() : "");
        if (whole is not UnknownValue || image is not TextValue || set.Chains is null)
        {
            return whole;
        }

        // Overlays often differ in the tag alone; then the rest is known.
        var name = Outcome.Of(set, NameOf(image), "image", static (value, by) => NameOf(AllEntries(value, by)), "");
        return name is TextValue known ? TextValue.Of([new TextPart(known), new TextPart(":"), new TextPart(whole)]).With(new Trace(StepKind.Overlay, "images", set.Changers[0].File.Whole, image.Trace)) : whole;
    }

    private static Value NameOf(Value image) => image is TextValue { Known: { } known } ? new TextValue(Split(known).Name).With(image.Trace) : image;

    private static Value AllEntries(Value image, Kustomization by)
    {
        foreach (var entry in by.Images)
        {
            image = OneEntry(image, entry, by);
        }

        return image;
    }

    private static Value OneEntry(Value image, MapValue entry, Kustomization by)
    {
        var (name, tag, digest) = image is TextValue { Known: { } known } ? Split(known) : (null, "", "");
        var matches = Matches(entry["name"], name, image);
        if (matches == Truth.No)
        {
            return image;
        }

        var place = by.PlaceOf(entry["newName"] ?? entry["newTag"] ?? entry["digest"] ?? entry["name"] ?? entry);
        if (matches == Truth.Unknown || name is null)
        {
            return new UnknownValue(UnknownReason.NotComputed, "a kustomization may replace this image", place, type: DataType.Text).With(image.Trace);
        }

        var parts = new List<TextPart> { new(entry["newName"] is { } newName and not NullValue ? newName : new TextValue(name)) };
        var (newTag, newDigest, suffix) = (Text(entry["newTag"]), Text(entry["digest"]), Text(entry["tagSuffix"]));
        if (suffix is not null)
        {
            parts.AddRange([new TextPart(":" + (tag.Length > 0 ? tag : "latest")), new TextPart(suffix)]);
        }
        else if (newTag is null && newDigest is null)
        {
            parts.AddRange([new TextPart(tag.Length > 0 ? ":" + tag : ""), new TextPart(digest.Length > 0 ? "@" + digest : "")]);
        }
        else
        {
            parts.AddRange(newTag is null ? [] : [new TextPart(":"), new TextPart(newTag)]);
            parts.AddRange(newDigest is null ? [] : [new TextPart("@"), new TextPart(newDigest)]);
        }

        return TextValue.Of(parts).With(new Trace(StepKind.Overlay, "images", place, image.Trace));
    }

    private static Value? Text(Value? value) => value switch
    {
        null or NullValue or TextValue { Known: "" } => null,
        NumberValue number => new TextValue(number.Number.ToString()),
        _ => value,
    };

    /// <summary>The name of an entry is a pattern: its dots match anything. Other signs of patterns are not decided.</summary>
    private static Truth Matches(Value? entry, string? name, Value image)
    {
        if (entry is not TextValue { Known: { } pattern } || pattern.AsSpan().ContainsAny(Pattern))
        {
            return entry is null or NullValue ? Truth.No : Truth.Unknown;
        }

        if (name is null)
        {
            var prefix = (image as TextValue)?.Prefix ?? "";
            return prefix.StartsWith(pattern, StringComparison.Ordinal) || pattern.StartsWith(prefix, StringComparison.Ordinal) ? Truth.Unknown : Truth.No;
        }

        if (pattern.Length != name.Length)
        {
            return Truth.No;
        }

        for (var at = 0; at < name.Length; at++)
        {
            if (pattern[at] != name[at] && pattern[at] != '.')
            {
                return Truth.No;
            }
        }

        return Truth.Yes;
    }

    /// <summary>Name, tag and digest; the colon of a port belongs to the name.</summary>
    private static (string Name, string Tag, string Digest) Split(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var rest = digest < 0 ? image : image[..digest];
        var colon = rest.LastIndexOf(':');
        var hasTag = colon > rest.LastIndexOf('/');
        return (hasTag ? rest[..colon] : rest, hasTag ? rest[(colon + 1)..] : "", digest < 0 ? "" : image[(digest + 1)..]);
    }
}
