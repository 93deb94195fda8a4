using System.Collections.Immutable;

namespace Analyzer.Facts.Values;

/// <summary>The three sequences of the Terraform type system. CloudFormation and YAML have lists only.</summary>
public enum SequenceKind : byte
{
    /// <summary>Elements of any types, as written in brackets.</summary>
    Tuple,

    /// <summary>Elements of one type.</summary>
    List,

    /// <summary>Elements of one type, each once, in the order of the language.</summary>
    Set,
}

/// <summary>One element, which may be there only under a guard.</summary>
public sealed record Item(Value Value, Guard Guard)
{
    /// <summary>An element that is certainly there.</summary>
    public Item(Value value)
        : this(value, Guard.Always)
    {
    }
}

/// <summary>A list, tuple or set.</summary>
public sealed class ListValue : Value
{
    private readonly ImmutableArray<Cause> _openBecause;
    private readonly bool _isUnordered;
    private DataType? _type; // Asked once at most of nearly all, and again and again of large ones.

    /// <summary>A sequence of elements that may be guarded.</summary>
    public ListValue(ImmutableArray<Item> items, SequenceKind kind = SequenceKind.Tuple, DataType? elementType = null)
    {
        Items = items;
        Kind = kind;
        ElementType = elementType;
    }

    private ListValue(ListValue same)
        : base(same) => (Items, Kind, ElementType, _openBecause, _isUnordered, _type) = (same.Items, same.Kind, same.ElementType, same._openBecause, same._isUnordered, same._type);

    /// <summary>A tuple of elements that are certainly there.</summary>
    public static ListValue Of(IEnumerable<Value> values, SequenceKind kind = SequenceKind.Tuple, DataType? elementType = null) =>
        new([.. values.Select(value => new Item(value))], kind, elementType);

    /// <summary>The closed tuple without elements.</summary>
    public static ListValue Empty { get; } = new([]);

    /// <summary>The elements that were seen.</summary>
    public ImmutableArray<Item> Items { get; }

    /// <summary>Which of the three sequences.</summary>
    public SequenceKind Kind { get; }

    /// <summary>Element type of a list or set, null for tuples and where it is not known.</summary>
    public DataType? ElementType { get; }

    /// <summary>True when there may be more elements than those seen; then nothing can be proven absent.</summary>
    public bool IsOpen => !_openBecause.IsDefault;

    /// <summary>Why there may be more elements; null for a closed collection.</summary>
    public ImmutableArray<Cause>? OpenBecause
    {
        get => IsOpen ? _openBecause : null;
        init => _openBecause = value ?? default;
    }

    /// <summary>
    /// True when the elements may stand in any order: those of a set that are not known cannot be sorted, and what is made of them, one by one, stands as they do.
    /// </summary>
    public bool IsUnordered
    {
        get => _isUnordered || (Kind == SequenceKind.Set && Items.Length > 0 && (IsOpen || (Items.Length > 1 && !Values.All(value => value.IsWhollyKnown))));
        init => _isUnordered = value;
    }

    /// <summary>The elements without their guards.</summary>
    public IEnumerable<Value> Values => Items.Select(item => item.Value);

    /// <summary>True if no element is guarded and the collection is closed, so that its length is known.</summary>
    public bool HasKnownLength => !IsOpen && Items.All(item => item.Guard.IsAlways);

    /// <inheritdoc/>
    public override DataType Type => _type ??= Kind switch
    {
        SequenceKind.List => new ListType(ElementType ?? DataType.Dynamic),
        SequenceKind.Set => new SetType(ElementType ?? DataType.Dynamic),
        _ => new TupleType([.. Values.Select(value => value.Type)]),
    };

    /// <inheritdoc/>
    public override bool IsWhollyKnown => HasKnownLength && Values.All(value => value.IsWhollyKnown);

    private protected override Value Copy() => new ListValue(this);
}

/// <summary>One entry of a map, object or block body.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Guard">When it is there.</param>
/// <param name="KeyPlace">Where the key is written, if anywhere.</param>
public sealed record Entry(string Key, Value Value, Guard Guard, Text.Span? KeyPlace = null)
{
    private readonly Text.Span _keyPlace = KeyPlace ?? default;

    /// <summary>An entry that is certainly there.</summary>
    public Entry(string key, Value value, Text.Span? keyPlace = null)
        : this(key, value, Guard.Always, keyPlace)
    {
    }

    /// <summary>Where the key is written, if anywhere.</summary>
    public Text.Span? KeyPlace
    {
        get => _keyPlace.File is null ? null : _keyPlace;
        init => _keyPlace = value ?? default;
    }

    /// <summary>
    /// The key where part of it is not known (<c>"${issuer}:sub"</c>); <see cref="Key"/> then shows its holes as <c>&lt;?&gt;</c>, and the map is open, because the
    /// key may be any that fits. Null for a known key.
    /// </summary>
    public TextValue? KeyText { get; init; }
}

/// <summary>A map or object. Keys are unique; the order of <see cref="Entries"/> is the order in which they were written.</summary>
public sealed class MapValue : Value
{
    private readonly ImmutableArray<Cause> _openBecause;
    private readonly Text.Span _place;
    private Dictionary<string, int>? _index;
    private DataType? _type; // Asked once at most of nearly all, and again and again of large ones.

    /// <summary>A map of entries with distinct keys; of equal keys the last wins.</summary>
    public MapValue(ImmutableArray<Entry> entries, bool isObject = true, DataType? elementType = null)
    {
        Entries = entries;
        IsObject = isObject;
        ElementType = elementType;
    }

    private MapValue(MapValue same)
        : base(same) =>
        (Entries, IsObject, ElementType, _openBecause, _place, _index, _type) = (same.Entries, same.IsObject, same.ElementType, same._openBecause, same._place, same._index, same._type);

    /// <summary>An object from keys and values.</summary>
    public static MapValue Of(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var made = ImmutableArray.CreateBuilder<Entry>(entries.Length);
        foreach (var (key, value) in entries)
        {
            made.Add(new Entry(key, value));
        }

        return new MapValue(made.DrainToImmutable());
    }

    /// <summary>An object from keys and values.</summary>
    public static MapValue Of(IEnumerable<(string Key, Value Value)> entries)
    {
        var made = ImmutableArray.CreateBuilder<Entry>();
        foreach (var (key, value) in entries)
        {
            made.Add(new Entry(key, value));
        }

        return new MapValue(made.DrainToImmutable());
    }

    /// <summary>The closed object without entries.</summary>
    public static MapValue Empty { get; } = new([]);

    /// <summary>The entries that were seen.</summary>
    public ImmutableArray<Entry> Entries { get; }

    /// <summary>True for an object (values of any types), false for a map (values of one type).</summary>
    public bool IsObject { get; }

    /// <summary>Element type of a map, null for objects and where it is not known.</summary>
    public DataType? ElementType { get; }

    /// <summary>True when there may be more entries than those seen.</summary>
    public bool IsOpen => !_openBecause.IsDefault;

    /// <summary>Why there may be more entries; null for a closed map.</summary>
    public ImmutableArray<Cause>? OpenBecause
    {
        get => IsOpen ? _openBecause : null;
        init => _openBecause = value ?? default;
    }

    /// <summary>Where the whole map is written, if anywhere: a YAML mapping, a block body.</summary>
    public Text.Span? Place
    {
        get => _place.File is null ? null : _place;
        init => _place = value ?? default;
    }

    /// <summary>Looks up an entry, or null. Whether absence is proven is a question for <see cref="IsOpen"/>.</summary>
    public Entry? Find(string key)
    {
        if (Entries.Length <= 8)
        {
            for (var at = Entries.Length - 1; at >= 0; at--)
            {
                if (Entries[at].Key == key)
                {
                    return Entries[at];
                }
            }

            return null;
        }

        if (_index is null)
        {
            var index = new Dictionary<string, int>(Entries.Length, StringComparer.Ordinal);
            for (var at = 0; at < Entries.Length; at++)
            {
                index[Entries[at].Key] = at;
            }

            _index = index;
        }

        return _index.TryGetValue(key, out var found) ? Entries[found] : null;
    }

    /// <summary>The value of a key, or null when no such entry was seen.</summary>
    public Value? this[string key] => Find(key)?.Value;

    /// <inheritdoc/>
    public override DataType Type => _type ??= IsObject
        ? new ObjectType(Entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.Type, StringComparer.Ordinal))
        : new MapType(ElementType ?? DataType.Dynamic);

    /// <inheritdoc/>
    public override bool IsWhollyKnown => !IsOpen && Entries.All(entry => entry.Guard.IsAlways && entry.Value.IsWhollyKnown);

    private protected override Value Copy() => new MapValue(this);
}

/// <summary>One of several values; which one depends on guards. The alternatives cover all cases.</summary>
public sealed class ChoiceValue : Value
{
    /// <summary>More alternatives than this become unknown.</summary>
    public const int Limit = 8;

    private readonly ImmutableArray<Alternative> _alternatives;

    private Travelled? _travelled;

    private ChoiceValue(ImmutableArray<Alternative> alternatives) => _alternatives = alternatives;

    private ChoiceValue(ChoiceValue same)
        : base(same) => (_alternatives, _travelled) = (same._alternatives, same._travelled);

    /// <summary>
    /// The value that is one of the alternatives. Nested choices are flattened, contradicting guards dropped, equal values merged; one remaining
    /// alternative is answered itself, and too many become unknown.
    /// </summary>
    public static Value Of(IEnumerable<Alternative> alternatives)
    {
        var flat = new List<Alternative>();
        var mayFail = false;
        foreach (var alternative in alternatives)
        {
            if (alternative.Value is ChoiceValue inner)
            {
                mayFail |= inner.MayFail;
                foreach (var nested in inner.Alternatives)
                {
                    if (alternative.Guard.And(nested.Guard) is { } guard)
                    {
                        Add(new Alternative(guard, nested.Value));
                    }
                }
            }
            else
            {
                Add(alternative);
            }
        }

        Value result = flat switch
        {
            [var only] => only.Value,
            _ when flat.Count > Limit || flat.TrueForAll(each => each.Value is UnknownValue { IsError: true }) => OneOf(flat),
            _ => new ChoiceValue([.. flat]),
        };
        return mayFail ? result.WithMayFail(true) : result;

        void Add(Alternative alternative)
        {
            mayFail |= alternative.Value.MayFail;
            for (var at = 0; at < flat.Count; at++)
            {
                if (flat[at].Value.EqualTo(alternative.Value) == Truth.Yes && flat[at].Value.Type.Equals(alternative.Value.Type))
                {
                    flat[at] = new Alternative(flat[at].Guard.Or(alternative.Guard), flat[at].Value);
                    return;
                }
            }

            flat.Add(alternative);
        }
    }

    /// <summary>One of more values than are kept. Those that are errors deploy nothing and say nothing of the others.</summary>
    private static Value OneOf(List<Alternative> alternatives)
    {
        var possible = alternatives.FindAll(each => Cause.Of(each.Value).All(cause => cause.Reason != UnknownReason.Error));
        return possible.Count == 0 || possible.Count == alternatives.Count
            ? UnknownValue.From(null, alternatives.Select(each => each.Value))
            : UnknownValue.From(null, possible.Select(each => each.Value)).WithMayFail(true);
    }

    /// <summary>The alternatives; two to <see cref="Limit"/>, none a choice itself. The way the choice came is also that of whichever it is.</summary>
    public ImmutableArray<Alternative> Alternatives
    {
        get
        {
            if (Trace is not { } way)
            {
                return _alternatives;
            }

            var travelled = _travelled;
            if (travelled is null || !ReferenceEquals(travelled.Way, way))
            {
                _travelled = travelled = new Travelled(way, [.. _alternatives.Select(each => each with { Value = each.Value.With(way.Over(each.Value.Trace)) })]);
            }

            return travelled.Alternatives;
        }
    }

    /// <inheritdoc/>
    public override DataType Type
    {
        get
        {
            var type = _alternatives[0].Value.Type;
            return _alternatives.All(each => each.Value.Type.Equals(type)) ? type : DataType.Dynamic;
        }
    }

    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;

    private protected override Value Copy() => new ChoiceValue(this);

    private sealed record Travelled(Trace Way, ImmutableArray<Alternative> Alternatives);
}

/// <summary>A possible value and when it is the one.</summary>
public sealed record Alternative(Guard Guard, Value Value);
