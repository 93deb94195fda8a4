using System.Collections.Immutable;
using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <summary>What a condition says.</summary>
/// <param name="Truth">Whether it is decided, and how.</param>
/// <param name="Holds">When it is true. For a decided condition: always.</param>
/// <param name="Fails">When it is false; never together with <paramref name="Holds"/> if undecided. For a decided condition: always.</param>
/// <param name="Error">The error that it is instead, or null.</param>
public readonly record struct Predicate(Truth Truth, Guard Holds, Guard Fails, Value? Error = null);

/// <summary>
/// Turns undecided conditions into guards. Conditions that mean the same have the same identity, so that <c>var.create ? a : b</c> agrees with
/// <c>count = var.create ? 1 : 0</c>: an attribute or variable is its reference, the rest is told by its normal form within the module instance, and what has neither is
/// undecided for itself alone.
/// </summary>
public static class Predicates
{
    private const int TextLimit = 80;
    private static int _unnamed;

    /// <summary>What a condition says; <paramref name="condition"/> is its value.</summary>
    /// <param name="condition">The value.</param>
    /// <param name="written">How it is written, for its identity and its text.</param>
    /// <param name="scope">Where it is written.</param>
    public static Predicate Of(Value condition, Expression written, IScope scope) => Of(condition, written, scope, null);

    internal static Predicate Of(Value condition, Expression written, IScope scope, Frame? frame)
    {
        var value = condition is NullValue
            ? new UnknownValue(UnknownReason.Error, "the condition is null", written.Place)
            : Named(Conversion.To(condition, DataType.Bool), written, scope, frame);
        switch (value)
        {
            case BoolValue known:
                return new Predicate(Kleene.Of(known.Value), Guard.Always, Guard.Always);
            case ChoiceValue choice when Exact(choice) is { } exact:
                return new Predicate(Truth.Unknown, exact.Holds, exact.Fails);
            case UnknownValue when Conversion.IsError(value):
                return new Predicate(Truth.Unknown, Guard.Always, Guard.Always, value);
        }

        var (holds, fails) = Unnamed(written.Place, TextOf(written), CausesOf(value));
        return new Predicate(Truth.Unknown, holds, fails);
    }

    /// <summary>Guards of something undecided that nothing else is known to agree with.</summary>
    internal static (Guard Holds, Guard Fails) Unnamed(Span place, string text, ImmutableArray<Cause> causes)
    {
        // The number only tells apart what stands at the same place with the same text, so that nothing printed depends on the order of threads.
        var id = string.Create(CultureInfo.InvariantCulture, $"?{place.File?.Path}:{place.Start:D8}#{Interlocked.Increment(ref _unnamed):X8}");
        return (Guard.When(id, true, text, causes), Guard.When(id, false, text, causes));
    }

    /// <summary>True if no two alternatives may be meant at once, so that each guard decides.</summary>
    internal static bool IsExact(ChoiceValue choice)
    {
        var all = choice.Alternatives;
        for (var at = 0; at < all.Length; at++)
        {
            for (var other = at + 1; other < all.Length; other++)
            {
                if (all[at].Guard.MeetsWith(all[other].Guard))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>An undecided bool as a choice under guards, if it has an identity; every other value as it is.</summary>
    internal static Value Named(Value value, Expression written, IScope scope, Frame? frame) =>
        IsUndecided(value) ? Choice(value, new NormalForm(scope.PredicatePrefix, frame).Of(written, value), written) : value;

    /// <summary>The same for the result of an operator whose operands are known to have been evaluated to these values.</summary>
    internal static Value Named(Value value, Expression written, Value left, Value right, IScope scope, Frame? frame) =>
        IsUndecided(value) ? Choice(value, new NormalForm(scope.PredicatePrefix, frame).OfBinary(written, left, right), written, Conjunction(written.Operator, left, right)) : value;

    /// <summary>The guards of a choice between true and false that exclude each other.</summary>
    internal static (Guard Holds, Guard Fails)? Exact(Value value)
    {
        if (value is not ChoiceValue choice)
        {
            return null;
        }

        Guard? holds = null, fails = null;
        foreach (var alternative in choice.Alternatives)
        {
            switch (alternative.Value)
            {
                case BoolValue { Value: true } when holds is null:
                    holds = alternative.Guard;
                    break;
                case BoolValue { Value: false } when fails is null:
                    fails = alternative.Guard;
                    break;
                case var other when Conversion.IsError(other):
                    // Where it is an error nothing is deployed: that case need not be told apart.
                    break;
                default:
                    return null;
            }
        }

        return holds is not null && fails is not null && !holds.MeetsWith(fails) ? (holds, fails) : null;
    }

    private static bool IsUndecided(Value value) => value switch
    {
        UnknownValue { Type: BoolType or DynamicType } => !Conversion.IsError(value),
        ChoiceValue choice => Exact(choice) is null && choice.Alternatives.All(each => each.Value is BoolValue or UnknownValue { Type: BoolType or DynamicType }),
        _ => false,
    };

    /// <summary>What "and" stands for, and the negation of "or": both sides together.</summary>
    private static Guard? Conjunction(HclOperator op, Value left, Value right) => op is HclOperator.And or HclOperator.Or && Exact(left) is { } a && Exact(right) is { } b
        ? op == HclOperator.And ? a.Holds.And(b.Holds) : a.Fails.And(b.Fails)
        : null;

    private static Value Choice(Value value, NormalForm.Identity? identity, Expression written, Guard? meaning = null)
    {
        if (identity is not { } known)
        {
            return value;
        }

        var (text, causes) = (TextOf(written), CausesOf(value));
        var predicate = Guard.When(known.Text, true, Unnegated(text, known.IsNegated), causes);
        predicate = meaning is null ? predicate : predicate.Meaning(meaning);
        var (holds, fails) = known.IsNegated ? (predicate.Opposite!, predicate) : (predicate, predicate.Opposite!);

        // What the alternatives already say stays: where only one of them may be true, its guard holds too.
        if (value is ChoiceValue choice)
        {
            var possible = choice.Alternatives.Where(each => !Conversion.IsError(each.Value)).ToList();
            holds = possible.FindAll(each => each.Value is not BoolValue { Value: false }) is [var onlyTrue] ? Implying(holds, onlyTrue.Guard) : holds;
            fails = possible.FindAll(each => each.Value is not BoolValue { Value: true }) is [var onlyFalse] ? Implying(fails, onlyFalse.Guard) : fails;
        }

        return ChoiceValue.Of([new Alternative(holds, BoolValue.True), new Alternative(fails, BoolValue.False)])
            .With(value.Trace).WithSensitive(value.IsSensitive).WithMayFail(value.MayFail);
    }

    private static Guard Implying(Guard guard, Guard consequence) => guard.Implies(consequence) ? guard : guard.Implying(consequence);

    /// <summary>A guard prints "not" for what is not taken: the text must be that of the predicate itself.</summary>
    private static string Unnegated(string text, bool isNegated) => !isNegated ? text
        : text.StartsWith('!') ? text[1..].TrimStart()
        : text.Contains(" != ", StringComparison.Ordinal) ? text.Replace(" != ", " == ", StringComparison.Ordinal)
        : $"!({text})";

    private static ImmutableArray<Cause> CausesOf(Value value) => [.. Cause.Of(value).Distinct().Take(Cause.Limit)];

    private static string TextOf(Expression written)
    {
        var text = string.Join(' ', written.Place.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= TextLimit ? text : string.Concat(text.AsSpan(0, TextLimit), "...");
    }
}
