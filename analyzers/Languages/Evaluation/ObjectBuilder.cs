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
    /// <summary>Most objects have few keys, which are found sooner by looking at them all.</summary>
    private const int FewKeys = 8;

    private readonly List<Slot> _newest = []; // Of each key, in the order in which the keys came.
    private Dictionary<string, int>? _places; // Of the keys in that list, where they are many.
    private List<Value>? _strays;
    private List<Cause>? _causes;
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

                (_causes ??= []).AddRange(Cause.Of(text));
                (_strays ??= []).Add(value);
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

        for (var at = 0; at < _newest.Count; at++)
        {
            var known = _newest[at].Key;
            if (key.EqualTo(new TextValue(known)) != Truth.No && guard.And(Alternatives.Undecided(key, $"is \"{known}\"").Holds) is { } both)
            {
                _newest[at] = new Slot(known, value, both, place, _newest[at].KeyText) { Older = _newest[at] };
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

        var causes = because is { } given ? given.AddRange(_causes ?? []) : _causes is { Count: > 0 } ? [.. _causes] : (ImmutableArray<Cause>?)null;
        if (causes is { } all)
        {
            causes = [.. all.Distinct().Take(Cause.Limit)];
        }

        if (_newest.Count == 0 && _strays is not null && causes is { } strays)
        {
            var element = ChoiceValue.Of(_strays.Select(value => new Alternative(Guard.Always, value)));
            return new UnknownValue(strays) { IsNotNull = true, Element = mode == DuplicateKeys.Group ? ListValue.Of([element]).Opened(strays) : element };
        }

        var entries = ImmutableArray.CreateBuilder<Entry>(_newest.Count);
        foreach (var newest in _newest)
        {
            if (mode == DuplicateKeys.Refuse && newest.Older is not null && newest.All() is var slots && slots.Count(slot => slot.Guard.IsAlways) > 1)
            {
                return new UnknownValue(UnknownReason.Error, $"two elements have the key \"{Conversion.Shortened(newest.Key)}\"", slots[0].Place);
            }

            entries.Add(mode == DuplicateKeys.Group ? Grouped(newest, causes) : Single(newest));
        }

        return new MapValue(entries.DrainToImmutable()) { OpenBecause = causes, Place = place };
    }

    /// <summary>A key of which an end is known keeps its value; two that only look alike are not taken for one.</summary>
    private void AddPartly(TextValue key, Value value, Guard guard, Span place)
    {
        var shown = key.ToString();
        (_causes ??= []).AddRange(Cause.Of(key));
        if (PlaceOf(shown) is >= 0 and var at && _newest[at].All().Any(slot => slot.KeyText?.EqualTo(key) != Truth.Yes))
        {
            _causes.Add(new Cause(UnknownReason.Ambiguous, $"two keys are \"{Conversion.Shortened(shown)}\" as far as they are known", place, null));
            (_strays ??= []).Add(value);
            return;
        }

        Override(key, value, guard, place);
        Add(new Slot(shown, value, guard, place, key));
    }

    private void Add(Slot slot)
    {
        if (PlaceOf(slot.Key) is >= 0 and var at)
        {
            _newest[at] = mode == DuplicateKeys.LastWins && slot.Guard.IsAlways ? slot : slot with { Older = _newest[at] };
            return;
        }

        _newest.Add(slot);
        if (_newest.Count > FewKeys)
        {
            (_places ??= _newest.SkipLast(1).Select((known, place) => (known.Key, place)).ToDictionary(StringComparer.Ordinal)).Add(slot.Key, _newest.Count - 1);
        }
    }

    /// <summary>Where the slots of a key are; -1 for a new key.</summary>
    private int PlaceOf(string key)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(key, out var place) ? place : -1;
        }

        for (var at = 0; at < _newest.Count; at++)
        {
            if (_newest[at].Key == key)
            {
                return at;
            }
        }

        return -1;
    }

    private static Entry Single(Slot newest)
    {
        if (newest.Older is null)
        {
            return newest.Entry(newest.Value, newest.Guard);
        }

        // Newest first: an older one counts where the newer ones are not there.
        var alternatives = new List<Alternative>();
        var rest = Guard.Always;
        for (var slot = newest; slot is not null; slot = slot.Older)
        {
            if (slot.Guard.IsAlways)
            {
                alternatives.Add(new Alternative(rest, slot.Value));
                break;
            }

            var (holds, fails) = Guards.Split(slot.Guard);
            if (rest.And(holds) is { } here)
            {
                alternatives.Add(new Alternative(here, slot.Value));
            }

            if (rest.And(fails) is not { } older)
            {
                break;
            }

            rest = older;
        }

        return newest.Entry(ChoiceValue.Of(alternatives), AnyOf(newest.All()));
    }

    private static Entry Grouped(Slot newest, ImmutableArray<Cause>? because)
    {
        var slots = newest.All();
        var oldest = slots[0];

        // The group is only looked at where it is there: if one guard decides both, the element is certain inside.
        var list = slots is [_] ? [new Item(oldest.Value)] : slots.Select(slot => new Item(slot.Value, slot.Guard)).ToImmutableArray();
        return oldest.Entry(new ListValue(list) { OpenBecause = because }, AnyOf(slots));
    }

    /// <summary>When at least one of them is there.</summary>
    private static Guard AnyOf(List<Slot> slots) => slots.Aggregate(slots[0].Guard, (guard, slot) => Guards.Either(guard, slot.Guard));

    /// <summary>A value that a key was given.</summary>
    private sealed record Slot(string Key, Value Value, Guard Guard, Span Place, TextValue? KeyText)
    {
        /// <summary>What the key was given before; null where nothing was, or where it no longer counts.</summary>
        internal Slot? Older { get; init; }

        /// <summary>All that the key was given, in order.</summary>
        internal List<Slot> All()
        {
            var all = new List<Slot>();
            for (var slot = this; slot is not null; slot = slot.Older)
            {
                all.Add(slot);
            }

            all.Reverse();
            return all;
        }

        internal Entry Entry(Value value, Guard guard) => new(Key, value, guard, Place) { KeyText = KeyText };
    }
}
