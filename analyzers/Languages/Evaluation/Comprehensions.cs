using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <content><c>for</c> expressions.</content>
public sealed partial class Evaluator
{
    private Value Comprehension(Expression expression, Frame? frame)
    {
        var loop = Loop.Of(expression);
        var source = Evaluate(loop.Source, frame);
        var result = Over(source);
        return result.WithSensitive(source.IsSensitive || result.IsSensitive).WithMayFail(source.MayFail || loop.MayFail || result.MayFail);

        Value Over(Value source) => source switch
        {
            ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Over(each.Value) })),
            UnknownValue { Type: TupleType or ObjectType } parts => Over(Sequences.Open(parts)),
            UnknownValue unknown => OverUnknown(unknown, loop, frame),
            _ => Rounds(source, loop, out var because) is { } rounds ? Made(source, rounds, because) : NotIterable(source, loop),
        };

        Value Made(Value source, List<Round> rounds, ImmutableArray<Cause>? because)
        {
            var made = expression.Kind == NodeKind.ForTuple ? Elements(rounds, because, loop, frame, source is ListValue { IsUnordered: true }) : Entries(rounds, because, loop, frame);
            Foresee(source, because, loop, frame);
            return made;
        }
    }

    /// <summary>Of an unknown collection nobody knows how many elements there are, but what each of them would give.</summary>
    private Value OverUnknown(UnknownValue source, Loop loop, Frame? frame)
    {
        if (Conversion.IsError(source))
        {
            return source;
        }

        if (source.Type is BoolType or NumberType or TextType)
        {
            return NotIterable(source, loop);
        }

        var inner = loop.Bind(Unseen(source), frame);
        if (loop.Condition is { } condition)
        {
            var value = Evaluate(condition, inner);
            loop.MayFail |= value.MayFail;
            if (Operators.TruthOf(value) == Truth.No)
            {
                return loop.Key0 is null ? ListValue.Empty : MapValue.Empty;
            }
        }

        var body = Evaluate(loop.Body, inner);
        loop.MayFail |= body.MayFail || (loop.Key0 is { } entryKey && Evaluate(entryKey, inner).MayFail);
        if (Conversion.IsError(body))
        {
            // There may be no element for which it is one.
            return new UnknownValue(source.Causes) { IsNotNull = true }.WithMayFail(true);
        }

        return new UnknownValue(source.Causes) { IsNotNull = true, Element = loop.IsGrouping ? ListValue.Of([body]).Opened(source.Causes) : body };
    }

    /// <summary>Any element of a collection, of which nobody saw one.</summary>
    private static Round Unseen(UnknownValue source)
    {
        var element = Access.ElementOf(source);
        var key = source.Type is SetType ? element : new UnknownValue(source.Causes, source.Type switch
        {
            MapType or ObjectType => DataType.Text,
            ListType or TupleType => DataType.Number,
            _ => null,
        });
        return new Round(key, element, Guard.Always);
    }

    /// <summary>Whether what is made of the elements that were not seen may be an error.</summary>
    private void Foresee(Value source, ImmutableArray<Cause>? because, Loop loop, Frame? frame)
    {
        if (because is not { } causes || loop.MayFail)
        {
            return;
        }

        var inner = loop.Bind(Unseen(new UnknownValue(causes, source.Type is ListType or SetType or MapType ? source.Type : null)), frame);
        foreach (var part in new[] { loop.Condition, loop.Key0, loop.Body })
        {
            loop.MayFail |= part is { } written && Evaluate(written, inner) is var value && (value.MayFail || Conversion.IsError(value));
        }
    }

    private Value Elements(List<Round> rounds, ImmutableArray<Cause>? because, Loop loop, Frame? frame, bool isUnordered)
    {
        var items = ImmutableArray.CreateBuilder<Item>(rounds.Count);
        foreach (var round in rounds)
        {
            if (!_budget.Produce())
            {
                because = Rest(because, loop);
                break;
            }

            var inner = loop.Bind(round, frame);
            var guard = Kept(round, loop, inner, out var error);
            if (error is not null && round.Guard.IsAlways)
            {
                return error;
            }

            if (guard is not null)
            {
                items.Add(new Item(loop.Made(Evaluate(loop.Body, inner)), guard));
            }
        }

        return Written(new ListValue(items.DrainToImmutable()) { OpenBecause = because, IsUnordered = isUnordered }, loop.Whole);
    }

    private Value Entries(List<Round> rounds, ImmutableArray<Cause>? because, Loop loop, Frame? frame)
    {
        var entries = new ObjectBuilder(loop.IsGrouping ? DuplicateKeys.Group : DuplicateKeys.Refuse);
        foreach (var round in rounds)
        {
            if (!_budget.Produce())
            {
                because = Rest(because, loop);
                break;
            }

            var inner = loop.Bind(round, frame);
            var guard = Kept(round, loop, inner, out var error);
            if (error is not null && round.Guard.IsAlways)
            {
                return error;
            }

            if (guard is not null && loop.Key0 is { } key)
            {
                entries.Add(loop.Made(Evaluate(key, inner)), loop.Made(Evaluate(loop.Body, inner)), guard, key.Place);
            }
        }

        return Written(Placed(entries.Build(because, loop.Whole.Place), loop.Whole.Place), loop.Whole);
    }

    /// <summary>When an element stays: the guard of its round and of the condition; null for one that certainly does not.</summary>
    private Guard? Kept(Round round, Loop loop, Frame inner, out Value? error)
    {
        error = null;
        if (loop.Condition is not { } condition)
        {
            return round.Guard;
        }

        var value = Evaluate(condition, inner);
        loop.MayFail |= value.MayFail;
        var predicate = Predicates.Of(value, condition, scope, inner);
        error = predicate.Error;

        // Where it is an error for an element that may not be there, nothing is deployed with that element.
        loop.MayFail |= error is not null;
        return predicate.Truth == Truth.No || error is not null ? null : round.Guard.And(predicate.Holds);
    }

    private ImmutableArray<Cause> Rest(ImmutableArray<Cause>? because, Loop loop) => (because ?? []).AddRange(Limit(loop.Whole).Causes);

    /// <summary>The elements that were seen, in the order of the language; null for what has none.</summary>
    private static List<Round>? Rounds(Value source, Loop loop, out ImmutableArray<Cause>? because)
    {
        because = null;
        var rounds = new List<Round>();
        switch (source)
        {
            case ListValue list:
                because = list.OpenBecause;
                Guard? uncertain = null;
                for (var at = 0; at < list.Items.Length; at++)
                {
                    var (value, guard) = list.Items[at];
                    uncertain ??= guard.IsAlways ? null : guard;
                    rounds.Add(new Round(KeyOf(at, value), Marked(value), guard));
                }

                return rounds;

                // Behind an element that may not be there, and in a list that was not wholly seen, positions are not known.
                Value KeyOf(int at, Value value) => loop.Key is null ? NullValue.Instance
                    : list.Kind == SequenceKind.Set ? Marked(value)
                    : list.OpenBecause is { } open ? new UnknownValue(open, DataType.Number)
                    : uncertain is not null && at > 0 && !list.Items[..at].All(item => item.Guard.IsAlways) ? new UnknownValue([.. uncertain.Causes], DataType.Number)
                    : NumberValue.Of(at);
            case MapValue map:
                because = map.OpenBecause;
                foreach (var entry in map.Entries.Sort((a, b) => TextOrder.Instance.Compare(a.Key, b.Key)))
                {
                    Value key = entry.KeyText ?? new TextValue(entry.Key);
                    rounds.Add(new Round(entry.KeyPlace is { } place ? key.With(new Trace(StepKind.Literal, "", place)) : key, Marked(entry.Value), entry.Guard));
                }

                return rounds;
            default:
                return null;
        }

        Value Marked(Value value) => source.IsSensitive ? value.WithSensitive(true) : value;
    }

    private static UnknownValue NotIterable(Value source, Loop loop) => Error(
        source is NullValue ? "the collection of a for expression is null" : $"a {Conversion.Name(source.Type)} has no elements to go through", loop.Source.Place);

    /// <summary>One element of the collection.</summary>
    private sealed record Round(Value Key, Value Value, Guard Guard);

    /// <summary>The parts of a <c>for</c>, whatever its kind.</summary>
    /// <param name="Whole">All of it.</param>
    /// <param name="Key">Name of the key, if it has one.</param>
    /// <param name="Value">Name of the value.</param>
    /// <param name="Source">The collection.</param>
    /// <param name="Key0">Key of each entry, for objects.</param>
    /// <param name="Body">What each element gives.</param>
    /// <param name="Condition">Which elements stay, if it says so.</param>
    private sealed record Loop(Expression Whole, string? Key, string Value, Expression Source, Expression? Key0, Expression Body, Expression? Condition)
    {
        /// <summary>Whether the condition, or what is made of an element, may be an error.</summary>
        internal bool MayFail { get; set; }

        /// <summary>Takes what was made of an element: an error in any of them is one of the whole.</summary>
        internal Value Made(Value value)
        {
            MayFail |= value.MayFail || Conversion.IsError(value);
            return value;
        }

        internal bool IsGrouping => Whole.Kind == NodeKind.ForObject && Whole.Has(NodeFlags.Expand);

        internal static Loop Of(Expression whole)
        {
            var at = 1;
            var value = whole[0].Name;
            var key = whole.Has(NodeFlags.HasKey) ? whole[at++].Name : null;
            var source = whole[at++];
            Expression? entryKey = whole.Kind == NodeKind.ForObject ? whole[at++] : null;
            var body = whole[at++];
            return new Loop(whole, key, value, source, entryKey, body, whole.Has(NodeFlags.HasCondition) ? whole[at] : null);
        }

        internal Frame Bind(Round round, Frame? frame)
        {
            if (Key is not null)
            {
                frame = new Frame(Key, round.Key, frame);
            }

            return new Frame(Value, round.Value, frame);
        }
    }
}
