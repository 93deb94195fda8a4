using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Joins;

/// <summary>What answers that joins computed rest on.</summary>
internal sealed class Proof
{
    private readonly ConcurrentDictionary<Entry[], List<Trace>> _inside = [];

    private Proof()
    {
    }

    /// <summary>The proofs of a world: what lies in a document is looked through once, however many answers rest on it.</summary>
    internal static Proof Of(World world) => world.Shared(static _ => new Proof());

    /// <summary>The answer, come by the defaults of root variables and parameters of what it was computed from: so that whoever reports it can say that a caller may change it.</summary>
    internal Value Resting(Value answer, IEnumerable<Value> grounds)
    {
        HashSet<(string, Span)>? seen = null;
        Trace? way = null;
        foreach (var ground in grounds)
        {
            foreach (var step in DefaultsOf(ground))
            {
                if ((seen ??= []).Add((step.Name, step.Place)))
                {
                    way = new Trace(step.Kind, step.Name, step.Place, way);
                }
            }
        }

        return answer.With(way);
    }

    /// <summary>The steps by which a default came into a value or something in it.</summary>
    private List<Trace> DefaultsOf(Value value)
    {
        if (value is not MapValue { Entries.IsDefaultOrEmpty: false } document)
        {
            return value.Deep().Aggregate(new List<Trace>(), Gather);
        }

        // One document is given to many roles; the way it came by differs, its entries do not.
        var entries = ImmutableCollectionsMarshal.AsArray(document.Entries)!;
        if (!_inside.TryGetValue(entries, out var inside))
        {
            _inside.TryAdd(entries, inside = document.Deep().Skip(1).Aggregate(new List<Trace>(), Gather));
        }

        var own = Gather([], document);
        return own.Count == 0 ? inside : [.. own, .. inside];
    }

    private static List<Trace> Gather(List<Trace> steps, Value value)
    {
        for (var step = value.Trace; step is not null; step = step.Previous)
        {
            if (step.Kind == StepKind.RootDefault)
            {
                steps.Add(step);
            }
        }

        return steps;
    }
}
