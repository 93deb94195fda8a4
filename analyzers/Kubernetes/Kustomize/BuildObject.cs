using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>An object on its way through a build: what it is now, and all it was called before.</summary>
internal sealed class BuildObject(ManifestObject source)
{
    private MapValue _body = source.Body;
    private ObjectId? _current;

    /// <summary>The object as written; for a generated one, as generated.</summary>
    internal ManifestObject Source { get; } = source;

    /// <summary>The object as it is now.</summary>
    internal MapValue Body
    {
        get => _body;
        set
        {
            _body = value;
            _current = null;
        }
    }

    /// <summary>What it is called now.</summary>
    internal ObjectId Current => _current ??= ObjectId.Of(_body);

    /// <summary>What it was called before, oldest first.</summary>
    internal List<ObjectId> Previous { get; } = [];

    /// <summary>What it was called first.</summary>
    internal ObjectId Original => Previous.Count > 0 ? Previous[0] : Current;

    /// <summary>Prefixes it was given, in order.</summary>
    internal List<string> Prefixes { get; private set; } = [];

    /// <summary>Suffixes it was given, in order.</summary>
    internal List<string> Suffixes { get; private set; } = [];

    /// <summary>True for generated objects whose name ends in a hash of their content.</summary>
    internal bool WantsHash { get; set; }

    /// <summary>True once a patch has deleted it.</summary>
    internal bool IsGone { get; set; }

    /// <summary>Whether there may be placeholders of templating tools in it; for kustomize they are text.</summary>
    internal bool MayHavePlaceholders { get; set; }

    /// <summary>Keeps what it is called now among its former names, because that is about to change.</summary>
    internal void Remember() => Previous.Add(Current);

    /// <summary>True if it is, or was once, called so.</summary>
    internal bool Answers(ObjectId id) => Current.IsSameAs(id) || Previous.Exists(before => before.IsSameAs(id));

    /// <summary>Whether two objects came through the same renaming kustomizations, so that one may mean the other.</summary>
    internal bool SharesNamesWith(BuildObject other, bool emptyFits) =>
        SameEnding(Prefixes, other.Prefixes, emptyFits) && SameEnding(Suffixes, other.Suffixes, emptyFits);

    private static bool SameEnding(List<string> one, List<string> other, bool emptyFits)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return emptyFits || one.Count == other.Count;
        }

        for (var back = 1; back <= Math.Min(one.Count, other.Count); back++)
        {
            if (one[^back] != other[^back])
            {
                return false;
            }
        }

        return true;
    }
}
