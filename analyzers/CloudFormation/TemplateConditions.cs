using System.Collections.Immutable;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

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
/// The conditions of a template as guards. Each condition is a predicate with its own name that means what it is made of, so that conditions over the same parameters agree with each
/// other; rules of the template exclude what they forbid.
/// </summary>
internal sealed class TemplateConditions(TemplateScope scope)
{
    private const int CanonicalLimit = 400;

    /// <summary>How many conditions <c>Fn::And</c> and <c>Fn::Or</c> take at most; at least two.</summary>
    private const int OperandLimit = 10;

    private readonly Dictionary<string, Formula?> _named = new(StringComparer.Ordinal);

    /// <summary>Conditions that were asked for and are undecided, in the order in which they are written.</summary>
    internal IReadOnlyList<UndecidedCondition> Undecided =>
    [
        .. scope.Conditions.Entries.Select(entry => _named.TryGetValue(entry.Key, out var formula) && formula is { Truth: Truth.Unknown }
            ? new UndecidedCondition(entry.Key, [.. formula.WhenTrue.Causes.Concat(formula.WhenFalse.Causes).Distinct().Take(Cause.Limit)])
            : null).OfType<UndecidedCondition>(),
    ];

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

        if (scope.Conditions.Find(name) is not { } entry)
        {
            var missing = scope.Undeclared("condition", name, place);
            return Opaque(name, name, missing.Causes);
        }

        _named[name] = null;
        var result = Named(name, Evaluate(entry.Value));
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
            case "Fn::And" when only.Value is ListValue { Items.Length: >= 2 and <= OperandLimit } operands:
                return All(operands.Values.Select(Evaluate), written);
            case "Fn::Or" when only.Value is ListValue { Items.Length: >= 2 and <= OperandLimit } operands:
                return All(operands.Values.Select(operand => Evaluate(operand).Negated), written).Negated;
            case "Fn::Contains" when only.Value is ListValue { Items: [{ Value: ListValue { Items.Length: > 0 } texts }, var subject] }:
                return All(texts.Values.Select(text => Equal(text, subject.Value).Negated), written).Negated;
            case "Fn::EachMemberEquals" or "Fn::EachMemberIn":
                return Opaque(Canonical(written), Canonical(written), [.. scope.Unseen($"\"{only.Key}\" asks about values of the account", place).Causes]);
            default:
                return Invalid($"\"{only.Key}\" is not a condition here.", written, place);
        }
    }

    /// <summary>Conjunction: exactly what all undecided operands say together.</summary>
    internal Formula All(IEnumerable<Formula> operands, Value written)
    {
        Guard? whenTrue = Guard.Always;
        Formula? only = null;
        var count = 0;
        foreach (var operand in operands)
        {
            if (operand.Truth == Truth.No)
            {
                return Formula.Of(false);
            }

            if (operand.Truth == Truth.Unknown)
            {
                whenTrue = whenTrue?.And(operand.WhenTrue);
                only = operand;
                count++;
            }
        }

        if (count <= 1)
        {
            return only ?? Formula.Of(true);
        }

        if (whenTrue is null)
        {
            return Formula.Of(false);
        }

        if (only!.WhenTrue.Implies(whenTrue))
        {
            return only;
        }

        var text = Canonical(written);
        var own = Guard.When($"{scope.Id}|{text}", true, text, [.. whenTrue.Causes.Distinct().Take(Cause.Limit)]).Meaning(whenTrue);
        return new Formula(Truth.Unknown, own, own.Opposite!);
    }

    /// <summary>What an undecided value is called in predicates: an attribute or parameter by its own name, wherever it came from; anything else by how it is written.</summary>
    internal (string Id, string Text) Subject(Value value, Value written)
    {
        var text = Canonical(written);
        return value is UnknownValue { Reference: { } reference } ? ($"{reference.Target.Scope}|{reference}", text) : ($"{scope.Id}|{text}", text);
    }

    /// <summary>A condition under its own name, without the answers that the rules of the template forbid.</summary>
    private Formula Named(string name, Formula formula)
    {
        if (formula.Truth != Truth.Unknown)
        {
            return formula;
        }

        if (formula.WhenTrue.And(scope.Rules.Kept) is null)
        {
            return Formula.Of(false);
        }

        if (formula.WhenFalse.And(scope.Rules.Kept) is null)
        {
            return Formula.Of(true);
        }

        var id = $"{scope.Id}|condition {name}";
        ImmutableArray<Cause> causes = [.. formula.WhenTrue.Causes.Concat(formula.WhenFalse.Causes).Distinct().Take(Cause.Limit)];
        return new Formula(
            Truth.Unknown,
            Guard.When(id, true, scope.Prefix + name, causes).Meaning(formula.WhenTrue),
            Guard.When(id, false, scope.Prefix + name, causes).Meaning(formula.WhenTrue).Implying(formula.WhenFalse));
    }

    private Formula Equal(Value left, Value right)
    {
        // What is assumed where a condition is first asked for says nothing of the condition itself.
        var (first, second) = (Texts.Textual(scope.Evaluator.EvaluateFor(Guard.Always, left).Value), Texts.Textual(scope.Evaluator.EvaluateFor(Guard.Always, right).Value));
        var answer = first.EqualTo(second);
        if (answer != Truth.Unknown)
        {
            return Formula.Of(answer == Truth.Yes);
        }

        var causes = Cause.Of(first).Concat(Cause.Of(second)).Distinct().Take(Cause.Limit).ToImmutableArray();
        var (subject, written, literal) = Known(first) is { } one ? (second, right, one) : Known(second) is { } other ? (first, left, other) : (first, left, null);
        if (literal is null)
        {
            string[] sides = [Canonical(left), Canonical(right)];
            Array.Sort(sides, StringComparer.Ordinal);
            var text = $"{sides[0]} == {sides[1]}";
            return Opaque(text, text, causes);
        }

        if (subject is ChoiceValue choice && Among(choice, literal) is { } among)
        {
            return among;
        }

        var (id, name) = Subject(subject, written);
        var domain = (subject as UnknownValue)?.Reference is { } reference ? scope.DomainOf(reference) : null;
        return domain?.Contains(literal, StringComparer.Ordinal) == false
            ? Formula.Of(false)
            : new Formula(Truth.Unknown, Guard.Is(id, literal, true, name, domain, causes), Guard.Is(id, literal, false, name, domain, causes));
    }

    /// <summary>When a choice is a text; null where an alternative may be it or not.</summary>
    private static Formula? Among(ChoiceValue choice, string literal)
    {
        Guard? equal = null;
        foreach (var alternative in choice.Alternatives)
        {
            if (Known(Texts.Textual(alternative.Value)) is not { } known)
            {
                return null;
            }

            if (known == literal)
            {
                equal = equal is null ? alternative.Guard : Guards.Either(equal, alternative.Guard);
            }
        }

        if (equal is null)
        {
            return Formula.Of(false);
        }

        var (holds, fails) = Guards.Split(equal);
        return new Formula(Truth.Unknown, holds, fails);
    }

    private Formula Invalid(string message, Value written, Span place)
    {
        var wrong = scope.Wrong("invalid-function", message, place);
        var text = Canonical(written);
        return Opaque(text, text, wrong.Causes);
    }

    private Formula Opaque(string predicate, string text, ImmutableArray<Cause> causes)
    {
        var id = $"{scope.Id}|{predicate}";
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
