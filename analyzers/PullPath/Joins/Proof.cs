using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Joins;

/// <summary>What an answer that a join computed rests on.</summary>
internal static class Proof
{
    /// <summary>The answer, come by the defaults of root variables and parameters of what it was computed from: so that whoever reports it can say that a caller may change it.</summary>
    internal static Value Resting(Value answer, IEnumerable<Value> grounds)
    {
        var seen = new HashSet<(string, Span)>();
        Trace? way = null;
        foreach (var step in grounds.SelectMany(value => value.Deep()).SelectMany(value => value.Trace?.Steps ?? []))
        {
            if (step.Kind == StepKind.RootDefault && seen.Add((step.Name, step.Place)))
            {
                way = new Trace(step.Kind, step.Name, step.Place, way);
            }
        }

        return answer.With(way);
    }
}
