using System.Text.RegularExpressions;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Which objects of a build a patch or replacement is for: by patterns on what they are called, and by labels and annotations.</summary>
internal sealed class Selector(MapValue written)
{
    private readonly Pattern _group = new(ObjectId.Text(written["group"]));
    private readonly Pattern _version = new(ObjectId.Text(written["version"]));
    private readonly Pattern _kind = new(ObjectId.Text(written["kind"]));
    private readonly Pattern _name = new(ObjectId.Text(written["name"]));
    private readonly Pattern _namespace = new(ObjectId.Text(written["namespace"]));
    private readonly LabelSelector _labels = new(ObjectId.Text(written["labelSelector"]));
    private readonly LabelSelector _annotations = new(ObjectId.Text(written["annotationSelector"]));

    /// <summary>True if a pattern in it is none, so that kustomize gives up.</summary>
    internal bool IsBroken => _group.IsBroken || _version.IsBroken || _kind.IsBroken || _name.IsBroken || _namespace.IsBroken;

    /// <summary>True if it says nothing of labels and annotations.</summary>
    internal bool IsOfIds => _labels.IsEmpty && _annotations.IsEmpty;

    /// <summary>Whether an object is meant, by its first or its present name.</summary>
    internal bool Selects(BuildObject each) =>
        (_namespace.Fits(each.Original.EffectiveNamespace) || _namespace.Fits(each.Current.EffectiveNamespace))
        && (_name.Fits(each.Original.Name) || _name.Fits(each.Current.Name))
        && _group.Fits(each.Current.Group) && _version.Fits(each.Current.Version) && _kind.Fits(each.Current.Kind)
        && FitsMetadata(each);

    /// <summary>Whether one of the names of an object is meant.</summary>
    internal bool SelectsId(ObjectId id) =>
        _namespace.Fits(id.EffectiveNamespace) && _name.Fits(id.Name) && _group.Fits(id.Group) && _version.Fits(id.Version) && _kind.Fits(id.Kind);

    /// <summary>Whether labels and annotations are as asked.</summary>
    internal bool FitsMetadata(BuildObject each)
    {
        var metadata = each.Body["metadata"] as MapValue;
        return _labels.Fits(metadata?["labels"]) && _annotations.Fits(metadata?["annotations"]);
    }

    /// <summary>A pattern for the whole of a text; nothing written fits everything.</summary>
    private sealed class Pattern
    {
        private readonly string _text;
        private readonly Regex? _regex;

        internal Pattern(string text)
        {
            _text = text;
            if (text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '/' or '_'))
            {
                return;
            }

            try
            {
                // Without backtracking its time is bounded by the length of the name.
                _regex = new Regex($"^(?:{text})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            }
            catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
            {
                IsBroken = true;
            }
        }

        internal bool IsBroken { get; }

        internal bool Fits(string text) => _text.Length == 0 || (!IsBroken && (_regex?.IsMatch(text) ?? _text == text));
    }
}

/// <summary>A selector on labels as kubectl writes it: <c>app=web,tier!=db,env in (a, b),!old</c>.</summary>
internal sealed class LabelSelector(string text)
{
    private readonly List<string> _requirements = Split(text);

    /// <summary>True if it asks nothing.</summary>
    internal bool IsEmpty => _requirements.Count == 0;

    /// <summary>Whether labels are as asked.</summary>
    internal bool Fits(Value? labels) => _requirements.TrueForAll(requirement => Holds(requirement, labels as MapValue ?? MapValue.Empty));

    private static bool Holds(string requirement, MapValue labels)
    {
        if (requirement.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            var words = requirement[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = requirement[(open + 1)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries);
            var isIn = labels[words[0]] is { } label && values.Contains(ObjectId.Text(label), StringComparer.Ordinal);
            return words is [_, "notin"] ? !isIn : isIn;
        }

        if (requirement.IndexOf("!=", StringComparison.Ordinal) is > 0 and var unequal)
        {
            return ObjectId.Text(labels[requirement[..unequal].Trim()]) != requirement[(unequal + 2)..].Trim();
        }

        if (requirement.IndexOf('=', StringComparison.Ordinal) is > 0 and var equal)
        {
            return labels[requirement[..equal].Trim()] is { } label && ObjectId.Text(label) == requirement[(equal + 1)..].TrimStart('=').Trim();
        }

        return requirement[0] == '!' ? labels[requirement[1..].Trim()] is null : labels[requirement] is not null;
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == ',' && depth == 0))
            {
                if (text[start..at].Trim() is { Length: > 0 } part)
                {
                    parts.Add(part);
                }

                start = at + 1;
            }
            else
            {
                depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return parts;
    }
}
