using Analyzer.CloudFormation;
using Analyzer.Facts.Resources;
using Analyzer.Rules;

namespace Analyzer.Cli;

/// <summary>
/// What rules say of templates in other scenarios than the preferred one: where conditions may hold although the defaults of parameters say otherwise, and where a condition that nobody
/// decides does or does not hold.
/// </summary>
/// <param name="options">How the repository is read.</param>
/// <param name="open">What its templates leave open.</param>
/// <param name="decide">What rules say of the repository when it is read otherwise, and what is open then.</param>
internal sealed class TemplateScenarios(LoadOptions options, OpenScenarios open, Func<LoadOptions, (IReadOnlyList<Verdict> Verdicts, OpenScenarios Open)> decide)
{
    /// <summary>How many conditions of one template are asked about, each by itself.</summary>
    private const int ConditionLimit = 8;

    /// <summary>How many of a template that has more: each question reads everything once more, and the answer has to come within a second.</summary>
    private const int FewConditions = 4;

    /// <summary>The verdicts with the findings of other scenarios.</summary>
    /// <param name="verdicts">What rules say in the preferred scenario.</param>
    internal IReadOnlyList<Verdict> Decide(IReadOnlyList<Verdict> verdicts)
    {
        if (!open.CountsOnSwitches && open.Undecided.Count == 0)
        {
            return verdicts;
        }

        var all = verdicts.ToList();
        var (free, undecided) = (verdicts, open.Undecided);
        if (open.CountsOnSwitches)
        {
            (free, var left) = decide(options with { DoubtSwitches = true });
            undecided = left.Undecided;
            Add(all, free);
        }

        // Where everything is decided whatever the conditions say, asking about each of them tells nothing.
        var asked = free.Where(verdict => verdict.Outcome == Outcome.Undecided).Select(verdict => verdict.Fact.Address.Scope).Where(undecided.ContainsKey).Distinct(StringComparer.Ordinal).ToList();
        for (var at = 0; asked.Exists(path => IsAsked(undecided[path].Count, at)); at++)
        {
            foreach (var holds in new[] { true, false })
            {
                var assumed = asked.Where(path => IsAsked(undecided[path].Count, at)).ToDictionary(path => path, path => new AssumedCondition(undecided[path][at], holds), StringComparer.Ordinal);
                var (more, _) = decide(options with { DoubtSwitches = true, Assumed = assumed });
                Add(all, more.Where(verdict => assumed.ContainsKey(verdict.Fact.Address.Scope)));
            }
        }

        return all;
    }

    private static bool IsAsked(int count, int at) => at < (count > ConditionLimit ? FewConditions : count);

    /// <summary>
    /// Adds the findings that hold only under a guard, and so name their scenario; what was undecided about the same thing is decided by them. What is found already is not said again.
    /// </summary>
    private static void Add(List<Verdict> all, IEnumerable<Verdict> more)
    {
        foreach (var verdict in more)
        {
            if (verdict.Outcome != Outcome.Fail || verdict.Fact.Guard.IsAlways || all.Exists(known => IsSame(known, verdict)))
            {
                continue;
            }

            var at = all.FindIndex(known => known.Outcome == Outcome.Undecided && known.Rule.Id == verdict.Rule.Id && known.Fact.Address == verdict.Fact.Address);
            if (at >= 0)
            {
                all[at] = verdict;
            }
            else
            {
                all.Add(verdict);
            }
        }
    }

    /// <summary>True if a finding is known already: by the same rule, or by another one that speaks of the same place in every scenario of it.</summary>
    private static bool IsSame(Verdict known, Verdict verdict) => known.Outcome == Outcome.Fail
        && (known.Rule.Id == verdict.Rule.Id
            ? known.Primary == verdict.Primary || known.Fingerprint == verdict.Fingerprint
            : known.Primary == verdict.Primary && known.Fact.Address == verdict.Fact.Address && verdict.Fact.Guard.Implies(known.Fact.Guard));
}
