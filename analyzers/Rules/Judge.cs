using Analyzer.Facts;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>Decides rules on facts.</summary>
/// <remarks>
/// | <c>when</c> | <c>require</c> | outcome |
/// |---|---|---|
/// | No | any | does not apply |
/// | Yes or Unknown | Yes | pass |
/// | Yes | No | fail |
/// | Yes | Unknown | undecided |
/// | Unknown | No or Unknown | undecided |
/// That absence is proven only in closed worlds is the law of the values: an open list never answers that something is not in it.
/// </remarks>
public static class Judge
{
    /// <summary>Facts that one thread decides before it asks for more.</summary>
    private const int PieceSize = 256;

    /// <summary>
    /// Decides all rules on all facts of their kinds. Answers passes, findings (one per rule and place to edit) and undecided ones; what does not apply is left out.
    /// The order is that of the rules, then of the facts.
    /// </summary>
    /// <param name="rules">Rules that <see cref="RuleChecker"/> found right; a wrong expression makes its rule undecided.</param>
    /// <param name="model">The facts.</param>
    /// <param name="functions">The model's functions.</param>
    /// <param name="problems">For <c>internal-error</c>: a function that failed. The verdict is undecided then.</param>
    /// <param name="parallelism">How many threads decide rules at once.</param>
    public static IReadOnlyList<Verdict> Decide(IReadOnlyList<Rule> rules, FactModel model, IReadOnlyList<Function> functions, ProblemLog problems, int parallelism = 1)
    {
        var table = RuleFunctions.Table(functions);
        var pieces = rules.SelectMany((rule, at) => PiecesOf(rule, at, model)).ToList();
        Workers.Each(pieces.Count, parallelism, at => pieces[at].Decide(table, problems));
        return [.. Workers.Map([.. pieces.GroupBy(piece => piece.At)], parallelism, own => Fingerprint.Mark(Merging.ByPlace([.. own.SelectMany(piece => piece.Verdicts)]))).SelectMany(each => each)];
    }

    /// <summary>A rule may be dear and have thousands of facts: several threads share them.</summary>
    private static IEnumerable<Piece> PiecesOf(Rule rule, int at, FactModel model)
    {
        var facts = model.OfKind(rule.For);
        for (var start = 0; start < facts.Count; start += PieceSize)
        {
            yield return new Piece(rule, at, facts, start);
        }
    }

    /// <summary>One rule on some of the facts of its kind.</summary>
    private sealed record Piece(Rule Rule, int At, IReadOnlyList<Fact> Facts, int Start)
    {
        /// <summary>What applies.</summary>
        internal List<Verdict> Verdicts { get; } = [];

        internal void Decide(Func<string, Function?> functions, ProblemLog problems)
        {
            for (var at = Start; at < Math.Min(Start + PieceSize, Facts.Count); at++)
            {
                var verdict = Judge.Decide(Rule, Facts[at], functions, problems);
                if (verdict.Outcome != Outcome.NotApplicable)
                {
                    Verdicts.Add(verdict);
                }
            }
        }
    }

    internal static Verdict Decide(Rule rule, Fact fact, Func<string, Function?> functions, ProblemLog problems)
    {
        try
        {
            return new Judgement(rule, fact, functions).Decide();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problems.Add(new Problem("internal-error", $"Rule {rule.Id} failed on {fact.Address}: {error.GetType().Name}: {error.Message}", fact.Place));
            return new Verdict
            {
                Rule = rule,
                Fact = fact,
                Outcome = Outcome.Undecided,
                Primary = fact.Place,
                Because = [new Cause(UnknownReason.Error, "the analyzer failed here", fact.Place, null)],
            };
        }
    }
}

/// <summary>One rule on one fact.</summary>
internal sealed class Judgement
{
    private readonly Rule _rule;
    private readonly Fact _fact;
    private readonly Func<string, Function?> _functions;
    private readonly Evaluator _evaluator;

    internal Judgement(Rule rule, Fact fact, Func<string, Function?> functions)
    {
        _rule = rule;
        _fact = fact;
        _functions = functions;
        _evaluator = new Evaluator(new RuleScope(rule, fact, functions));
    }

    internal Verdict Decide()
    {
        var (applies, when) = _rule.When is { } condition ? Answer(condition) : (Truth.Yes, BoolValue.True);
        if (applies == Truth.No)
        {
            return Plain(Outcome.NotApplicable);
        }

        var (holds, require) = Answer(_rule.Require);
        if (holds == Truth.Yes)
        {
            return Plain(Outcome.Pass);
        }

        if (applies == Truth.Yes && holds == Truth.No)
        {
            return Finding(when, require);
        }

        var because = (applies == Truth.Unknown ? Truths.Causes(when, "\"when\"") : [])
            .Concat(holds == Truth.Unknown ? Truths.Causes(require, "\"require\"") : []);
        return Plain(Outcome.Undecided) with { Because = Evidence.Sorted(because) };
    }

    private Verdict Plain(Outcome outcome) => new() { Rule = _rule, Fact = _fact, Outcome = outcome, Primary = _fact.Place.Outermost };

    private (Truth Truth, Value Value) Answer(Expression condition)
    {
        var value = _evaluator.Evaluate(condition);
        return (Truths.Of(value), value);
    }

    private Verdict Finding(Value when, Value require)
    {
        var level = _rule.Level;
        foreach (var each in _rule.Levels)
        {
            var (proven, _) = Answer(each.When);
            if (proven == Truth.Yes)
            {
                level = each.Level;
                break;
            }
        }

        level = _fact.IsGuessed && level == Level.Error ? Level.Warning : level;
        var defaults = level == Level.Error ? Evidence.Defaults(Read().Append(when).Append(require)) : [];

        // Places and message are read in a scope of their own: what they read proves nothing.
        var evaluator = new Evaluator(new RuleScope(_rule, _fact, _functions));
        var anchor = _rule.Anchor is { } expression ? evaluator.Evaluate(expression) : null;
        var evidence = new Evidence(_rule, _fact, anchor);
        foreach (var related in _rule.Related)
        {
            evidence.Add(evaluator.Evaluate(related.Value), MessageText.Of(related.Message, evaluator));
        }

        evidence.Add(defaults);
        return new Verdict
        {
            Rule = _rule,
            Fact = _fact,
            Outcome = Outcome.Fail,
            Level = defaults.Count > 0 ? Level.Warning : level,
            Message = MessageText.Of(_rule.Message, evaluator) + Scenario(defaults),
            Primary = evidence.Primary,
            Related = evidence.Related,
        };
    }

    /// <summary>
    /// What the verdict was read from. The conditions are asked once more for it, the level's up to the one that holds: only errors need it, and nothing is written down for all the others.
    /// </summary>
    private HashSet<Value> Read()
    {
        var read = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        var evaluator = new Evaluator(new RuleScope(_rule, _fact, _functions, read));
        if (_rule.When is { } when)
        {
            evaluator.Evaluate(when);
        }

        evaluator.Evaluate(_rule.Require);
        foreach (var each in _rule.Levels)
        {
            if (Truths.Of(evaluator.Evaluate(each.When)) == Truth.Yes)
            {
                break;
            }
        }

        return read;
    }

    /// <summary>Under which assumptions the finding is proven: what follows the rule's own sentence.</summary>
    private string Scenario(IReadOnlyList<Trace> defaults)
    {
        var scenario = _fact.Guard.IsAlways ? "" : $" when {_fact.Guard}";
        scenario += _fact.Resource is { Multiplicity: Multiplicity.Any } ? " (each one that exists)" : "";
        scenario += _fact.Resource?.Meta?["aws:cdk:path"] is TextValue { Known: { } construct } ? $" (CDK construct {construct})" : "";
        var names = defaults.Select(step => step.Name).Distinct(StringComparer.Ordinal).ToList();
        return scenario + (names.Count == 0 ? "" : $" (with the default of {string.Join(", ", names)})");
    }
}
