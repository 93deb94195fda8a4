using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// The names objects have after their kustomizations, and those by which other objects of the same build call them: a reference is rewritten only to what is in the build.
/// </summary>
internal sealed class Renames
{
    private static readonly HashSet<string> Unnamed = new(["CustomResourceDefinition", "APIService", "Namespace"], StringComparer.Ordinal);

    private readonly Dictionary<(string Roots, string Kind, string Name), Value> _final = [];
    private readonly Dictionary<(string Kind, string Name), List<ManifestSet>> _sets = [];

    /// <summary>Notes what an object is called in the end.</summary>
    internal void Note(ManifestObject each, ManifestSet set)
    {
        if (each.Kind is not ("ServiceAccount" or "Secret"))
        {
            return;
        }

        _final.TryAdd((set.Roots, each.Kind, each.Name), Of(each, set));
        if (!_sets.TryGetValue((each.Kind, each.Name), out var sets))
        {
            _sets.Add((each.Kind, each.Name), sets = []);
        }

        sets.Add(set);
    }

    /// <summary>The final name of an object, as a value: the written one if nobody renames it, unknown if several do so differently.</summary>
    internal static Value Of(ManifestObject each, ManifestSet set)
    {
        var written = each.Metadata["name"] ?? NullValue.Instance;
        if (Unnamed.Contains(each.Kind) || set.Chains is { Count: 0 })
        {
            return written;
        }

        return Outcome.Of(set, written, "name", Renamed, $"{each.Kind}/{each.Name}");

        static Value Renamed(Value name, Kustomization by)
        {
            var (prefix, suffix) = (by.NamePrefix, by.NameSuffix);
            return prefix is null && suffix is null
                ? name
                : TextValue.Of(new[] { prefix, name, suffix }.OfType<Value>().Select(part => new TextPart(part))).With(new Trace(StepKind.Overlay, "namePrefix, nameSuffix", by.PlaceOf(prefix ?? suffix!), name.Trace));
        }
    }

    /// <summary>What a reference to an object by name becomes: its final name if it is in the same builds, the written name if it is in none.</summary>
    internal Value Follow(Value name, string kind, ManifestSet set)
    {
        if (name is not TextValue { Known: { } known } || set.Chains is { Count: 0 })
        {
            return name;
        }

        if (_final.TryGetValue((set.Roots, kind, known), out var final))
        {
            return final.Trace?.Kind == StepKind.Overlay || final is UnknownValue ? final : name;
        }

        return _sets.TryGetValue((kind, known), out var sets) && sets.Exists(other => other.Chains is not { Count: 0 } && other.Sets.Intersect(set.Sets, StringComparer.Ordinal).Any())
            ? new UnknownValue(UnknownReason.Ambiguous, $"whether a kustomization renames {kind} {known}", name.Trace?.Place, type: DataType.Text).With(name.Trace)
            : name;
    }
}
