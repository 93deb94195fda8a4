using System.Buffers;
using System.Text.RegularExpressions;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What the <c>images</c> entries of a kustomization make of the images of its objects: in lists of containers at any depth, and in the fields that are configured.</summary>
internal static class ImageChanges
{
    private const string Rest = @"(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$";

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"*+?[](){}|\^$");

    /// <summary>Changes the images of all objects, one entry after the other.</summary>
    internal static void Apply(Kustomization by, IEnumerable<MapValue> entries, BuildState state)
    {
        foreach (var entry in entries)
        {
            if (ObjectId.Text(entry["name"]) is not { Length: > 0 } name)
            {
                by.Refuse("an image has no name", entry);
                continue;
            }

            var change = new Change(entry, name, by);
            foreach (var each in state.Objects)
            {
                if (each.Current.Kind == "CustomResourceDefinition")
                {
                    continue;
                }

                var body = (MapValue)Walk(each.Body, change, []);
                foreach (var field in state.Settings.Images)
                {
                    body = field.Fits(each.Current) ? field.Apply(body, image => change.Of(image!)) : body;
                }

                each.Body = body;
            }

            state.Images.Add(new ImageUse(by, entry, name, change.IsUsed));
        }
    }

    /// <summary>Name, tag and digest; the colon of a port belongs to the name.</summary>
    internal static (string Name, string Tag, string Digest) Split(string image)
    {
        var slash = Math.Max(0, image.IndexOf('/', StringComparison.Ordinal));
        var digest = image.IndexOf('@', slash);
        var rest = digest < 0 ? image : image[..digest];
        var colon = rest.IndexOf(':', slash);
        return (colon < 0 ? rest : rest[..colon], colon < 0 ? "" : rest[(colon + 1)..], digest < 0 ? "" : image[(digest + 1)..]);
    }

    private static Value Walk(Value value, Change change, Dictionary<Value, Value> done)
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
            MapValue map => map.WithEntries(entry =>
            {
                var inner = Walk(entry.Value, change, done);
                return entry.Key is "containers" or "initContainers" && inner is ListValue list ? list.WithItems(item => InContainer(item, change)) : inner;
            }),
            ListValue list => list.WithItems(item => Walk(item, change, done)),
            _ => value,
        };
        done[value] = result;
        return result;
    }

    private static Value InContainer(Value container, Change change) =>
        container is MapValue map && map["image"] is { } image ? map.WithEntry("image", change.Of(image)) : container;

    /// <summary>One entry. Its name is a pattern: dots in it match anything.</summary>
    private sealed class Change
    {
        private readonly MapValue _entry;
        private readonly string _name;
        private readonly Kustomization _by;
        private readonly Regex? _pattern;
        private readonly bool _isBroken;

        internal Change(MapValue entry, string name, Kustomization by)
        {
            (_entry, _name, _by) = (entry, name, by);
            if (name.AsSpan().ContainsAny(Signs))
            {
                try
                {
                    _pattern = new Regex("^" + name + Rest, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
                }
                catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
                {
                    _isBroken = true;
                }
            }
        }

        /// <summary>Whether any image was one of those that it is for.</summary>
        internal bool IsUsed { get; private set; }

        internal Value Of(Value image)
        {
            if (image is not TextValue { Known: { } written } || !Matches(written))
            {
                return image;
            }

            IsUsed = true;

            var (name, tag, digest) = Split(written);
            var (newName, newTag, newDigest, suffix) = (Given("newName"), Given("newTag"), Given("digest"), Given("tagSuffix"));
            (tag, digest) = (newTag, newDigest, suffix) switch
            {
                ({ }, { }, _) => (newTag, newDigest),
                ({ }, null, _) => (newTag, ""),
                (null, { }, _) => ("", newDigest),
                (null, null, { }) => (tag + suffix, ""),
                _ => (tag, digest),
            };
            var text = (newName ?? name) + (tag.Length > 0 ? ":" + tag : "") + (digest.Length > 0 ? "@" + digest : "");
            if (text == written)
            {
                return image;
            }

            // Where the kustomization says what is pulled, that is the place; else it only says which version of it.
            var said = _entry[newName is not null ? "newName" : newTag is not null ? "newTag" : newDigest is not null ? "digest" : "tagSuffix"]!;
            return new TextValue(text).With(newName is not null && said.Trace is { } way
                ? new Trace(StepKind.Overlay, "images", image.Trace?.Place ?? way.Place, way)
                : new Trace(StepKind.Overlay, "images", _by.PlaceOf(said), image.Trace));
        }

        private string? Given(string key) => ObjectId.Text(_entry[key]) is { Length: > 0 } text ? text : null;

        private bool Matches(string image)
        {
            if (_pattern is not null || _isBroken)
            {
                return _pattern?.IsMatch(image) ?? false;
            }

            if (image.Length < _name.Length)
            {
                return false;
            }

            for (var at = 0; at < _name.Length; at++)
            {
                if (_name[at] != image[at] && _name[at] != '.')
                {
                    return false;
                }
            }

            return IsTagAndDigest(image.AsSpan(_name.Length));
        }

        private static bool IsTagAndDigest(ReadOnlySpan<char> rest)
        {
            var at = rest.IndexOf('@');
            var tag = at < 0 ? rest : rest[..at];
            if (tag.Length > 0 && (tag[0] != ':' || !IsWord(tag[1..])))
            {
                return false;
            }

            if (at < 0)
            {
                return true;
            }

            var digest = rest[(at + 1)..];
            var colon = digest.IndexOf(':');
            return colon > 0 && char.IsAsciiLetterOrDigit(digest[0]) && IsWord(digest[(colon + 1)..]);
        }

        private static bool IsWord(ReadOnlySpan<char> text)
        {
            foreach (var unit in text)
            {
                if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('_' or '.' or '{' or '}' or '-'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
