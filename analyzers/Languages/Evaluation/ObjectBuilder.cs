using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <summary>What a key that comes again means.</summary>
internal enum DuplicateKeys : byte
{
    /// <summary>The last entry counts: an object as written.</summary>
    LastWins,

    /// <summary>An error: a <c>for</c>.</summary>
    Refuse,

    /// <summary>All values in a list: a <c>for</c> with <c>...</c>.</summary>
    Group,
}

/// <summary>Collects the entries of an object whose keys are values: known, guarded, partly known or unknown.</summary>
internal sealed class ObjectBuilder(DuplicateKeys mode)
{
    private readonly Dictionary<string, List<Slot>> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<Value> _strays = [];
    private readonly List<Cause> _causes = [];
    private Value? _error;
    private bool _mayFail;

    internal void Add(Value key, Value value, Guard guard, Span place)
    {
        var text = key is NullValue ? new UnknownValue(UnknownReason.Error, "a key is null", place) : Conversion.To(key, DataType.Text);
        switch (text)
        {
            case TextValue { Known: { } known }:
                Add(new Slot(known, value, guard, place, null));
                break;
            case ChoiceValue choice when Predicates.IsExact(choice) && choice.Alternatives.All(each => each.Value is TextValue { Known: not null }):
                foreach (var alternative in choice.Alternatives)
                {
                    if (guard.And(alternative.Guard) is { } both)
                    {
                        Add(new Slot(((TextValue)alternative.Value).Known!, value, both, place, null));
                    }
                }

                break;
            case var _ when SharedText.Of(text) is { } partly:
                AddPartly(partly, value, guard, place);
                break;
            default:
                if (Conversion.IsError(text))
                {
                    // Where it is one under a guard nothing is deployed in that case.
                    _error ??= guard.IsAlways ? text : null;
                    _mayFail = true;
                    break;
                }

                _causes.AddRange(Cause.Of(text));
                _strays.Add(value);
                Override(text, value, guard, place);
                break;
        }
    }

    /// <summary>In an object as written, a key that is not known may be one that came before, and then it counts.</summary>
    private void Override(Value key, Value value, Guard guard, Span place)
    {
        if (mode != DuplicateKeys.LastWins)
        {
            return;
        }

        foreach (var known in _order.Where(known => key.EqualTo(new TextValue(known)) != Truth.No))
        {
            if (guard.And(Alternatives.Undecided(key, $"is \"{known}\"").Holds) is { } both)
            {
                _slots[known].Add(new Slot(known, value, both, place, _slots[known][0].KeyText));
            }
        }
    }

    /// <summary>
    /// The object; an error for a wrong key; an unknown with the look of its values when no key is known.
    /// </summary>
    internal Value Build(ImmutableArray<Cause>? because, Span place) => Built(because, place) is var built && _mayFail ? built.WithMayFail(true) : built;

    private Value Built(ImmutableArray<Cause>? because, Span place)
    {
        if (_error is not null)
        {
            return _error;
        }

        var causes = because is { } given ? given.AddRange(_causes) : _causes.Count > 0 ? [.. _causes] : (ImmutableArray<Cause>?)null;
        if (causes is { } all)
        {
            causes = [.. all.Distinct().Take(Cause.Limit)];
        }

        if (_order.Count == 0 && _strays.Count > 0 && causes is { } strays)
        {
            var element = ChoiceValue.Of(_strays.Select(value => new Alternative(Guard.Always, value)));
            return new UnknownValue(strays) { IsNotNull = true, Element = mode == DuplicateKeys.Group ? ListValue.Of([element]).Opened(strays) : element };
        }

        var entries = ImmutableArray.CreateBuilder<Entry>(_order.Count);
        foreach (var key in _order)
        {
            var slots = _slots[key];
            if (mode == DuplicateKeys.Refuse && slots.Count > 1 && slots.Count(slot => slot.Guard.IsAlways) > 1)
            {
                return new UnknownValue(UnknownReason.Error, $"two elements have the key \"{Conversion.Shortened(key)}\"", slots[0].Place);
            }

            entries.Add(mode == DuplicateKeys.Group ? Grouped(slots, causes) : Single(slots));
        }

        return new MapValue(entries.DrainToImmutable()) { OpenBecause = causes, Place = place };
    }

    /// <summary>A key of which an end is known keeps its value; two that only look alike are not taken for one.</summary>
    private void AddPartly(TextValue key, Value value, Guard guard, Span place)
    {
        var shown = key.ToString();
        _causes.AddRange(Cause.Of(key));
        if (_slots.TryGetValue(shown, out var alike) && alike.Exists(slot => slot.KeyText?.EqualTo(key) != Truth.Yes))
        {
            _causes.Add(new Cause(UnknownReason.Ambiguous, $"two keys are \"{Conversion.Shortened(shown)}\" as far as they are known", place, null));
            _strays.Add(value);
            return;
        }

        Override(key, value, guard, place);
        Add(new Slot(shown, value, guard, place, key));
    }

    private void Add(Slot slot)
    {
        if (!_slots.TryGetValue(slot.Key, out var slots))
        {
            _slots.Add(slot.Key, slots = []);
            _order.Add(slot.Key);
        }

        if (mode == DuplicateKeys.LastWins && slot.Guard.IsAlways)
        {
            slots.Clear();
        }

        slots.Add(slot);
    }

    private static Entry Single(List<Slot> slots)
    {
        var last = slots[^1];
        if (slots.Count == 1)
        {
            return last.Entry(last.Value, last.Guard);
        }

        // Newest first: an older one counts where the newer ones are not there.
        var alternatives = new List<Alternative>();
        var rest = Guard.Always;
        for (var at = slots.Count - 1; at >= 0; at--)
        {
            if (slots[at].Guard.IsAlways)
            {
                alternatives.Add(new Alternative(rest, slots[at].Value));
                break;
            }

            var (holds, fails) = Guards.Split(slots[at].Guard);
            if (rest.And(holds) is { } here)
            {
                alternatives.Add(new Alternative(here, slots[at].Value));
            }

            if (rest.And(fails) is not { } older)
            {
                break;
            }

            rest = older;
        }

        return last.Entry(ChoiceValue.Of(alternatives), AnyOf(slots));
    }

    private static Entry Grouped(List<Slot> slots, ImmutableArray<Cause>? because)
    {
        var list = new ListValue([.. slots.Select(slot => new Item(slot.Value, slot.Guard))]) { OpenBecause = because };
        var guard = AnyOf(slots);

        // The group is only looked at where it is there: if one guard decides both, the element is certain inside.
        return slots[0].Entry(slots is [_] ? new ListValue([new Item(slots[0].Value)]) { OpenBecause = because } : list, guard);
    }

    /// <summary>When at least one of them is there.</summary>
    private static Guard AnyOf(List<Slot> slots) => slots.Aggregate(slots[0].Guard, (guard, slot) => Guards.Either(guard, slot.Guard));

    private sealed record Slot(string Key, Value Value, Guard Guard, Span Place, TextValue? KeyText)
    {
        internal Entry Entry(Value value, Guard guard) => new(Key, value, guard, Place) { KeyText = KeyText };
    }
}
