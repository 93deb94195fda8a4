using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What a value becomes on all ways from a file to a cluster.</summary>
internal static class Outcome
{
    /// <summary>The value if all ways agree on it; else unknown, and equal to what else in the same set has the same subject.</summary>
    /// <param name="set">The set of the object.</param>
    /// <param name="written">The value as written.</param>
    /// <param name="what">What the value is, for the user.</param>
    /// <param name="step">What one kustomization makes of it.</param>
    /// <param name="subject">Identity of the value within the set.</param>
    internal static Value Of(ManifestSet set, Value written, string what, Func<Value, Kustomization, Value> step, string subject)
    {
        if (set.Chains is not { } chains)
        {
            return Disagreement();
        }

        Value? agreed = null;
        foreach (var chain in chains)
        {
            var value = written;
            foreach (var each in chain)
            {
                value = step(value, each);
            }

            if (agreed is not null && !ReferenceEquals(agreed, value) && agreed.EqualTo(value) != Truth.Yes)
            {
                return Disagreement();
            }

            agreed ??= value;
        }

        return agreed ?? written;

        Value Disagreement() =>
            new UnknownValue(UnknownReason.Ambiguous, $"kustomizations give it different {what}s", written.Trace?.Place, new Reference(new Address(set.Roots, subject), what), DataType.Text).With(written.Trace);
    }
}
