using System.Collections.Immutable;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Whether a condition holds, and if nobody knows, what each answer would mean.</summary>
/// <param name="Truth">The answer.</param>
/// <param name="WhenTrue">What holds if the condition does.</param>
/// <param name="WhenFalse">What holds if it does not.</param>
internal sealed record Formula(Truth Truth, Guard WhenTrue, Guard WhenFalse)
{
    internal static Formula Of(bool known) => new(Kleene.Of(known), Guard.Always, Guard.Always);

    internal Formula Negated => new(Truth.Not(), WhenFalse, WhenTrue);
}

/// <summary>
/// The conditions of a template as guards. Undecided comparisons are predicates of their own, so that two conditions over the same comparison agree; combinations
/// imply what they combine.
/// </summary>
internal sealed class TemplateConditions(TemplateScope scope)
{
    private const int CanonicalLimit = 400;

    private readonly Dictionary<string, Formula?> _named = new(StringComparer.Ordinal);

    /// <summary>The formula of a condition by name.</summary>
    internal Formula Named(string name, Span place)
    {
        if (_named.TryGetValue(name, out var known))
        {
            if (known is { } formula)
            {
                return formula;
            }

            var circle = scope.Wrong("circular-condition", $"The condition \"{name}\" depends on itself.", place);
            return Opaque(name, name, circle.Causes);
        }

        if (scope.Template.Conditions.Find(name) is not { } entry)
        {
            var missing = scope.Undeclared("condition", name, place);
            return Opaque(name, name, missing.Causes);
        }

        _named[name] = null;
        var result = Evaluate(entry.Value);
        _named[name] = result;
        return result;
    }

    /// <summary>The formula of a written condition: a function, or the name of one where a name is expected.</summary>
    internal Formula Evaluate(Value written)
    {
        var place = Place(written);
        if (written is not MapValue { Entries: [var only] })
        {
            return written is BoolValue flag ? Formula.Of(flag.Value) : Invalid("A condition must be a function.", written, place);
        }

        switch (only.Key)
        {
            case "Condition" when Texts.Of(only.Value)?.Known is { } name:
                return Named(name, place);
            case "Fn::Equals" when only.Value is ListValue { Items: [var left, var right] }:
                return Equal(left.Value, right.Value);
            case "Fn::Not" when only.Value is ListValue { Items: [var operand] }:
                return Evaluate(operand.Value).Negated;
            case "Fn::Not" when only.Value is MapValue operand:
                return Evaluate(operand).Negated;
            case "Fn::And" when only.Value is ListValue { Items.Length: > 0 } operands:
                return All(operands.Values.Select(Evaluate), written, negated: false);
            case "Fn::Or" when only.Value is ListValue { Items.Length: > 0 } operands:
                return All(operands.Values.Select(operand => Evaluate(operand).Negated), written, negated: true).Negated;
            default:
                return Invalid($"\"{only.Key}\" is not a condition here.", written, place);
        }
    }

    private Formula Equal(Value left, Value right)
    {
        var (first, second) = (Texts.Textual(scope.Evaluator.Evaluate(left)), Texts.Textual(scope.Evaluator.Evaluate(right)));
        var answer = first.EqualTo(second);
        if (answer != Truth.Unknown)
        {
            return Formula.Of(answer == Truth.Yes);
        }

        var causes = Cause.Of(first).Concat(Cause.Of(second)).Distinct().Take(Cause.Limit).ToImmutableArray();
        var (one, other) = (Known(first), Known(second));
        if (one is null && other is null)
        {
            string[] sides = [Canonical(left), Canonical(right)];
            Array.Sort(sides, StringComparer.Ordinal);
            var text = $"{sides[0]} == {sides[1]}";
            return Opaque(text, text, causes);
        }

        var literal = (one ?? other)!;
        var subject = one is null ? left : right;
        var name = Canonical(subject);
        var isParameter = subject is MapValue { Entries: [{ Key: "Ref" }] };
        var whenTrue = isParameter && scope.Parameters.AllowedValues(name) is { Count: <= ChoiceValue.Limit } allowed && allowed.ToList().IndexOf(literal) is >= 0 and var at
            ? scope.Is(name, allowed, at, causes)
            : scope.Is(name, literal, taken: true, causes);
        return new Formula(Truth.Unknown, whenTrue, scope.Is(name, literal, taken: false, causes));
    }

    /// <summary>
    /// Conjunction: it implies each operand; that it fails is a predicate of its own, unless one undecided operand decides. A disjunction is the negated one of
    /// negated operands; its own predicate is still the disjunction.
    /// </summary>
    private Formula All(IEnumerable<Formula> operands, Value written, bool negated)
    {
        var undecided = new List<Formula>();
        foreach (var operand in operands)
        {
            if (operand.Truth == Truth.No)
            {
                return Formula.Of(false);
            }

            if (operand.Truth == Truth.Unknown)
            {
                undecided.Add(operand);
            }
        }

        if (undecided.Count <= 1)
        {
            return undecided.Count == 0 ? Formula.Of(true) : undecided[0];
        }

        Guard? whenTrue = Guard.Always;
        foreach (var operand in undecided)
        {
            whenTrue = whenTrue?.And(operand.WhenTrue);
        }

        if (whenTrue is null)
        {
            return Formula.Of(false);
        }

        var text = Canonical(written);
        var causes = whenTrue.Causes.Distinct().Take(Cause.Limit).ToImmutableArray();
        var own = Opaque(text, text, causes);
        own = negated ? own.Negated : own;
        return new Formula(Truth.Unknown, whenTrue.And(own.WhenTrue)!, own.WhenFalse);
    }

    private Formula Invalid(string message, Value written, Span place)
    {
        var wrong = scope.Wrong("invalid-function", message, place);
        var text = Canonical(written);
        return Opaque(text, text, wrong.Causes);
    }

    private Formula Opaque(string predicate, string text, ImmutableArray<Cause> causes)
    {
        var id = $"{scope.Template.Path}|{predicate}";
        return new Formula(Truth.Unknown, Guard.When(id, true, text, causes), Guard.When(id, false, text, causes));
    }

    private static string? Known(Value value) => (value as TextValue)?.Known;

    private Span Place(Value value) => value.Trace?.Place ?? scope.Template.Source.At(0, 0);

    /// <summary>How a value is written, without blanks and quotes of either syntax: equal texts are equal values in one template.</summary>
    internal string Canonical(Value written)
    {
        var text = new StringBuilder();
        Write(written);
        return text.Length <= CanonicalLimit ? text.ToString() : $"{text.ToString(0, CanonicalLimit)}...@{Place(written).Start}";

        void Write(Value value)
        {
            if (text.Length > CanonicalLimit)
            {
                return;
            }

            switch (value)
            {
                case MapValue { Entries: [{ Key: "Ref" or "Condition", Value: var name }] }:
                    text.Append(Texts.Of(name)?.ToString() ?? "?");
                    break;
                case MapValue { Entries: [{ Key: "Fn::GetAtt", Value: ListValue { Items: [var resource, var attribute] } }] }:
                    text.Append(Texts.Of(resource.Value)).Append('.').Append(Texts.Of(attribute.Value));
                    break;
                case MapValue map:
                    foreach (var entry in map.Entries)
                    {
                        text.Append(entry.Key.StartsWith("Fn::", StringComparison.Ordinal) ? entry.Key.AsSpan(4) : entry.Key).Append('(');
                        Write(entry.Value);
                        text.Append(')');
                    }

                    break;
                case ListValue list:
                    for (var at = 0; at < list.Items.Length; at++)
                    {
                        text.Append(at == 0 ? "" : ", ");
                        Write(list.Items[at].Value);
                    }

                    break;
                default:
                    text.Append('"').Append(Texts.Of(value)?.ToString() ?? "null").Append('"');
                    break;
            }
        }
    }
}
