namespace Analyzer.Rules;

/// <summary>Verdicts of several runs over one repository, each under an environment of its own.</summary>
public static class Environments
{
    /// <summary>Joins what several environments say in the same words of the same place; the first one's order stays.</summary>
    public static IReadOnlyList<Verdict> Merge(IEnumerable<(string Environment, IReadOnlyList<Verdict> Verdicts)> runs)
    {
        var merged = new OrderedDictionary<object, Verdict>();
        foreach (var (environment, verdicts) in runs)
        {
            foreach (var verdict in verdicts)
            {
                var key = (verdict.Rule.Id, verdict.Outcome, verdict.Level, verdict.Fact.Address, verdict.Fingerprint, verdict.Message, verdict.Primary,
                    string.Join('\n', verdict.Because.Select(cause => cause.Detail)));
                var known = merged.TryGetValue(key, out var other) ? other : verdict with { Environments = [] };
                merged[key] = known.Environments.Contains(environment, StringComparer.Ordinal) ? known : known with { Environments = [.. known.Environments, environment] };
            }
        }

        return [.. merged.Values];
    }
}
