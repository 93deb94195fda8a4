namespace Analyzer.Facts.Model;

/// <summary>All facts of a run.</summary>
/// <param name="onNewKind">Told each kind when its first fact is added.</param>
public sealed class FactModel(Action<string>? onNewKind = null)
{
    private readonly Dictionary<string, List<Fact>> _facts = new(StringComparer.Ordinal);

    /// <summary>Adds a fact.</summary>
    public void Add(Fact fact)
    {
        if (!_facts.TryGetValue(fact.Shape.Kind, out var list))
        {
            _facts.Add(fact.Shape.Kind, list = []);
            onNewKind?.Invoke(fact.Shape.Kind);
        }

        list.Add(fact);
    }

    /// <summary>All facts of a kind, in the order in which they were added.</summary>
    public IReadOnlyList<Fact> OfKind(string kind) => _facts.TryGetValue(kind, out var list) ? list : [];

    /// <summary>All facts of a type with the given shape.</summary>
    public IEnumerable<T> All<T>(Shape shape)
        where T : Fact => OfKind(shape.Kind).Cast<T>();

    /// <summary>How many facts there are.</summary>
    public int Count => _facts.Values.Sum(list => list.Count);

    /// <summary>The kinds of which there are facts, sorted.</summary>
    public IEnumerable<string> Kinds => _facts.Keys.Order(StringComparer.Ordinal);
}
