using Analyzer.CloudFormation;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.PullPath;
using Analyzer.Reports;
using Analyzer.Rules;

namespace Analyzer.Cli;

/// <summary>
/// What rules say of templates in other scenarios than the preferred one: where conditions may hold although the defaults of parameters say otherwise, and where a condition that nobody
/// decides does or does not hold.
/// </summary>
/// <remarks>
/// A scenario costs as much as what is read for it. Only the templates that differ are evaluated again, and only their things are judged; and where the model says the same of a template
/// whether the rest of the repository is there or not, nothing else is read.
/// </remarks>
/// <param name="options">How the repository is read.</param>
/// <param name="loader">The templates.</param>
/// <param name="parts">The repository in the preferred scenario.</param>
/// <param name="model">Its model.</param>
/// <param name="judge">What rules say of some facts of a model.</param>
/// <param name="problems">For what is wrong with the repository as a whole.</param>
internal sealed class TemplateScenarios(
    LoadOptions options, CloudFormationLoader loader, Parts parts, PullPathModel model, Func<PullPathModel, FactModel, IReadOnlyList<Verdict>> judge, ProblemLog problems)
{
    /// <summary>How many conditions of one template are asked about, each by itself.</summary>
    private const int ConditionLimit = 8;

    /// <summary>How many of a template that has more: each question reads the template once more, and the answer has to come within a second.</summary>
    private const int FewConditions = 4;

    /// <summary>The verdicts with the findings of other scenarios.</summary>
    /// <param name="verdicts">What rules say in the preferred scenario.</param>
    internal IReadOnlyList<Verdict> Decide(IReadOnlyList<Verdict> verdicts)
    {
        var preferred = parts.Templates;
        var touched = preferred.WithImporters(preferred.Switched.Concat(preferred.Undecided.Keys));
        if (touched.Count == 0)
        {
            return verdicts;
        }

        var all = verdicts.ToList();
        var doubted = preferred.Switched.Count == 0 ? preferred : loader.Load(options with { DoubtSwitches = true }, preferred, touched);
        var islands = Islands(doubted, touched);
        if (islands.Count > 0)
        {
            Ask(all, verdicts, doubted, touched, islands, templates => Alone(templates, touched));
        }

        if (touched.Except(islands).ToHashSet(StringComparer.Ordinal) is { Count: > 0 } others)
        {
            Ask(all, verdicts, doubted, touched, others, templates => ModelReader.Read((parts with { Templates = templates }).Joined(), problems));
        }

        return all;
    }

    /// <summary>Adds the findings about some templates under every condition: where nobody counts on defaults, then with each undecided condition decided.</summary>
    private void Ask(List<Verdict> all, IReadOnlyList<Verdict> verdicts, LoadedTemplates doubted, IReadOnlySet<string> touched, IReadOnlySet<string> paths, Func<LoadedTemplates, PullPathModel> read)
    {
        var free = verdicts;
        if (!ReferenceEquals(doubted, parts.Templates))
        {
            var (own, apart) = (doubted.ScopesOf(paths), doubted.ScopesOf(touched.Except(paths)));
            free = Judge(doubted, fact => own.Contains(fact.Address.Scope) || !(fact.Guard.IsAlways || apart.Contains(fact.Address.Scope)));
            Add(all, free);
        }

        // Where everything is decided whatever the conditions say, asking about each of them tells nothing.
        var undecided = doubted.Undecided;
        var asked = free.Where(verdict => verdict.Outcome == Outcome.Undecided).Select(verdict => verdict.Fact.Address.Scope)
            .Where(path => paths.Contains(path) && undecided.ContainsKey(path)).Distinct(StringComparer.Ordinal).ToList();
        for (var at = 0; asked.Exists(path => IsAsked(undecided[path].Count, at)); at++)
        {
            foreach (var holds in new[] { true, false })
            {
                var assumed = asked.Where(path => IsAsked(undecided[path].Count, at)).ToDictionary(path => path, path => new AssumedCondition(undecided[path][at], holds), StringComparer.Ordinal);
                var templates = loader.Load(options with { DoubtSwitches = true, Assumed = assumed }, doubted, doubted.WithImporters(assumed.Keys));
                Add(all, Judge(templates, fact => assumed.ContainsKey(fact.Address.Scope)));
            }
        }

        IReadOnlyList<Verdict> Judge(LoadedTemplates templates, Func<Fact, bool> isAsked)
        {
            var scenario = read(templates);
            return judge(scenario, Some(scenario.Facts, isAsked));
        }
    }

    /// <summary>
    /// The templates of which the model says the same whether the rest of the repository is there or not, and that declare nothing else in other scenarios: what joins with nothing when all
    /// alternatives are in sight does not when some are left out.
    /// </summary>
    private HashSet<string> Islands(LoadedTemplates doubted, IReadOnlySet<string> touched)
    {
        var (alone, free) = (Alone(parts.Templates, touched).Facts, Alone(doubted, touched).Facts);
        return touched.Where(path =>
        {
            var scopes = doubted.ScopesOf([path]);
            var (here, there, then) = (Of(model.Facts), Of(alone), Of(free));
            return Addresses(then).IsSubsetOf(Addresses(there)) && Text(here) == Text(there);

            FactModel Of(FactModel facts) => Some(facts, fact => scopes.Contains(fact.Address.Scope));
        }).ToHashSet(StringComparer.Ordinal);

        static HashSet<string> Addresses(FactModel facts) => [.. facts.Kinds.SelectMany(facts.OfKind).Select(fact => fact.ToString())];

        static string Text(FactModel facts)
        {
            using var text = new StringWriter();
            ModelReport.WriteFacts(facts, text);
            return text.ToString();
        }
    }

    private static PullPathModel Alone(LoadedTemplates templates, IReadOnlySet<string> paths) => ModelReader.Read(templates.Only(paths), new ProblemLog());

    private static FactModel Some(FactModel all, Func<Fact, bool> isAsked)
    {
        var some = new FactModel();
        foreach (var fact in all.Kinds.SelectMany(all.OfKind).Where(isAsked))
        {
            some.Add(fact);
        }

        return some;
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
