using Analyzer.CloudFormation;
using Analyzer.Facts;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
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
/// <param name="judge">What some rules say of some facts of a model.</param>
/// <param name="problems">For what is wrong with the repository as a whole.</param>
internal sealed class TemplateScenarios(
    LoadOptions options, CloudFormationLoader loader, Parts parts, PullPathModel model,
    Func<PullPathModel, FactModel, Func<Rule, bool>, IReadOnlyList<Verdict>> judge,
    ProblemLog problems)
{
    /// <summary>
    /// How many resources are read at most to answer questions, after which no other is asked: what would need it stays undecided. Thirty conditions of a template with a hundred resources
    /// are asked about, and so is one condition at least.
    /// </summary>
    private const int Effort = 10_000;

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
            Ask(all, verdicts, doubted, touched, islands, templates => templates.Only(touched));
        }

        if (touched.Except(islands).ToHashSet(StringComparer.Ordinal) is { Count: > 0 } others)
        {
            Ask(all, verdicts, doubted, touched, others, templates => (parts with { Templates = templates }).Joined());
        }

        return all;
    }

    /// <summary>Adds the findings about some templates under every condition: where nobody counts on defaults, then with each undecided condition decided.</summary>
    private void Ask(
        List<Verdict> all, IReadOnlyList<Verdict> verdicts, LoadedTemplates doubted, IReadOnlySet<string> touched, IReadOnlySet<string> paths, Func<LoadedTemplates, Inventory> join)
    {
        var free = verdicts;
        if (!ReferenceEquals(doubted, parts.Templates))
        {
            var (own, apart) = (doubted.ScopesOf(paths), doubted.ScopesOf(touched.Except(paths)));
            var scenario = ModelReader.Read(join(doubted), problems);
            free = judge(scenario, Some(scenario.Facts, fact => own.Contains(fact.Address.Scope) || !(fact.Guard.IsAlways || apart.Contains(fact.Address.Scope))), _ => true);
            Add(all, free);
        }

        var questions = Question.About(free.Where(verdict => paths.Contains(verdict.Fact.Address.Scope)), doubted.Undecided);
        var read = 0;
        for (var at = 0; read < Effort && questions.Exists(asked => at < asked.Count); at++)
        {
            var asked = questions.Where(each => at < each.Count).ToDictionary(each => each[at].Path, each => each[at], StringComparer.Ordinal);
            Inventory[] inventories = [.. new[] { true, false }.Select(holds => join(Assuming(holds)))];
            var answers = Workers.Map(inventories, options.Parallelism, inventory =>
            {
                var scenario = ModelReader.Read(inventory, problems);
                return judge(
                    scenario,
                    Some(scenario.Facts, fact => asked.TryGetValue(fact.Address.Scope, out var question) && question.Facts.Contains(fact.Address)),
                    rule => asked.Values.Any(question => question.Rules.Contains(rule.Id)));
            });

            Add(all, answers.SelectMany(answer => answer));
            read += inventories.Sum(inventory => inventory.Resources.Count);

            LoadedTemplates Assuming(bool holds)
            {
                var assumed = asked.ToDictionary(each => each.Key, each => new AssumedCondition(each.Value.Condition, holds), StringComparer.Ordinal);
                return loader.Load(options with { DoubtSwitches = true, Assumed = assumed }, doubted, doubted.WithImporters(assumed.Keys));
            }
        }
    }

    /// <summary>
    /// The templates of which the model says the same whether the rest of the repository is there or not, and that declare nothing else in other scenarios: what joins with nothing when all
    /// alternatives are in sight does not when some are left out.
    /// </summary>
    private HashSet<string> Islands(LoadedTemplates doubted, IReadOnlySet<string> touched)
    {
        var scopes = doubted.ScopesOf(touched);
        var (whole, alone, free) = (ByScope(model.Facts), ByScope(Alone(parts.Templates)), ByScope(Alone(doubted)));
        return touched.Where(path => doubted.ScopesOf([path]).All(scope => Addresses(free[scope]).IsSubsetOf(Addresses(alone[scope])) && Text(whole[scope]) == Text(alone[scope])))
            .ToHashSet(StringComparer.Ordinal);

        FactModel Alone(LoadedTemplates templates) => ModelReader.Read(templates.Only(touched), problems).Facts;

        ILookup<string, Fact> ByScope(FactModel facts) => facts.Kinds.SelectMany(facts.OfKind).Where(fact => scopes.Contains(fact.Address.Scope)).ToLookup(fact => fact.Address.Scope);

        static HashSet<string> Addresses(IEnumerable<Fact> facts) => [.. facts.Select(fact => fact.ToString())];

        static string Text(IEnumerable<Fact> facts)
        {
            using var text = new StringWriter();
            ModelReport.WriteFacts(Model(facts), text);
            return text.ToString();
        }
    }

    private static FactModel Some(FactModel all, Func<Fact, bool> isAsked) => Model(all.Kinds.SelectMany(all.OfKind).Where(isAsked));

    private static FactModel Model(IEnumerable<Fact> facts)
    {
        var model = new FactModel();
        foreach (var fact in facts)
        {
            model.Add(fact);
        }

        return model;
    }

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

/// <summary>A question about a condition of a template: what rules say if it holds, and if it does not.</summary>
/// <param name="Path">The template.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Facts">What is undecided for reasons that the condition has too.</param>
/// <param name="Rules">The rules that do not decide it.</param>
internal sealed record Question(string Path, string Condition, IReadOnlySet<Address> Facts, IReadOnlySet<string> Rules)
{
    /// <summary>The questions that may decide what is undecided, for each template those about each of its conditions, in the order in which these are written.</summary>
    internal static List<List<Question>> About(IEnumerable<Verdict> verdicts, IReadOnlyDictionary<string, IReadOnlyList<UndecidedCondition>> conditions) =>
    [
        .. verdicts.Where(verdict => verdict.Outcome == Outcome.Undecided && conditions.ContainsKey(verdict.Fact.Address.Scope))
            .GroupBy(verdict => verdict.Fact.Address.Scope, StringComparer.Ordinal)
            .Select(own => conditions[own.Key].Select(condition => Of(own.Key, condition, [.. own.Where(verdict => MayDecide(condition, verdict))]))
                .Where(question => question.Facts.Count > 0).ToList()),
    ];

    private static Question Of(string path, UndecidedCondition condition, IReadOnlyList<Verdict> verdicts) => new(
        path, condition.Name, verdicts.Select(verdict => verdict.Fact.Address).ToHashSet(), verdicts.Select(verdict => verdict.Rule.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>Of many reasons only some are named: then any may be among them.</summary>
    private static bool MayDecide(UndecidedCondition condition, Verdict verdict) =>
        condition.Causes.Length >= Cause.Limit || verdict.Because.Count >= Cause.Limit || verdict.Because.Any(condition.Causes.Contains);
}
