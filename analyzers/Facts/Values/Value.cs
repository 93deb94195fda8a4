namespace Analyzer.Facts.Values;

/// <summary>
/// What an expression yields: immutable, three-valued, with the way it came. Rules and readers never ask "what is it" without
/// being told "nobody knows" where nobody knows.
/// </summary>
public abstract class Value
{
    private object? _way; // The newest step; or the file where it was read, of a value nobody asked for its way yet.
    private int _start;
    private int _length;
    private bool _isRead;
    private bool _sensitive;
    private bool _mayFail;

    private protected Value()
    {
    }

    /// <summary>The same value: what every kind of value makes its <see cref="Copy"/> of.</summary>
    private protected Value(Value same) => (_way, _start, _length, _isRead, _sensitive, _mayFail) = (same._way, same._start, same._length, same._isRead, same._sensitive, same._mayFail);

    /// <summary>The way the value came; null for values nobody wrote down.</summary>
    public Trace? Trace
    {
        get
        {
            if (_way is null or Values.Trace)
            {
                return (Trace?)_way;
            }

            var read = new Trace(StepKind.Literal, "", NewestPlace!.Value);
            return Interlocked.CompareExchange(ref _way, read, read.Place.File) as Trace ?? read;
        }

        init => _way = value;
    }

    /// <summary>Where the value was read, in place of a way whose only step that is: most of a file nobody asks for its way.</summary>
    public Text.Span Written
    {
        get => _isRead && NewestPlace is { } place ? place : default;
        init => Read(value);
    }

    /// <summary>Where the newest step of its way is written; null for values nobody wrote down.</summary>
    public Text.Span? NewestPlace => _way switch
    {
        null => null,
        Trace newest => newest.Place,
        var file => new Text.Span((Text.SourceFile)file, _start, _length),
    };

    /// <summary>True for values marked sensitive: they may be compared and never printed.</summary>
    public bool IsSensitive => _sensitive;

    /// <summary>
    /// True when finding out may end in an error instead: an element was taken of a collection that may not have it, a text that may be no number was converted. Where the error does
    /// not happen the value is this one, so only those who ask for errors (<c>try</c>, <c>can</c>) care.
    /// </summary>
    public bool MayFail => _mayFail;

    /// <summary>The type, as far as known.</summary>
    public abstract DataType Type { get; }

    /// <summary>True if the value and everything in it is known.</summary>
    public abstract bool IsWhollyKnown { get; }

    /// <summary>The same value come by another way.</summary>
    public Value With(Trace? trace)
    {
        if (ReferenceEquals(trace, _way))
        {
            return this;
        }

        var copy = Copy();
        (copy._way, copy._isRead) = (trace, false);
        return copy;
    }

    /// <summary>The same value, read in a place.</summary>
    public Value WrittenAt(Text.Span place)
    {
        var copy = Copy();
        copy.Read(place);
        return copy;
    }

    /// <summary>The same value after one more step.</summary>
    public Value Through(StepKind kind, string name, Text.Span place, Reference? reference = null) =>
        With(new Trace(kind, name, place, Trace, reference));

    /// <summary>The same value, marked or unmarked as sensitive.</summary>
    public Value WithSensitive(bool sensitive)
    {
        if (sensitive == IsSensitive)
        {
            return this;
        }

        var copy = Copy();
        (copy._way, copy._sensitive) = (Trace, sensitive);
        return copy;
    }

    /// <summary>The same value, marked or unmarked as one that may be an error.</summary>
    public Value WithMayFail(bool mayFail)
    {
        if (mayFail == MayFail)
        {
            return this;
        }

        var copy = Copy();
        (copy._way, copy._mayFail) = (Trace, mayFail);
        return copy;
    }

    /// <summary>
    /// The attributes that this value is: of the steps it came by, newest first, and the reference of an unknown. What was computed from an attribute
    /// is not that attribute, so steps behind a computed one do not count.
    /// </summary>
    public IEnumerable<Reference> References
    {
        get
        {
            if (this is UnknownValue { Reference: { } own })
            {
                yield return own;
            }

            for (var step = Trace; step is not null; step = step.Previous)
            {
                if (step.Reference is { } reference)
                {
                    yield return reference;
                }

                if (step.Kind == StepKind.Computed)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>
    /// Everything that the value names, however it was computed: besides <see cref="References"/>, what it was computed from, what stands inside it, and what is unknown in it.
    /// </summary>
    public IEnumerable<Reference> Mentioned
    {
        get
        {
            foreach (var inner in Deep())
            {
                if (inner is UnknownValue { Reference: { } own })
                {
                    yield return own;
                }

                for (var step = inner.Trace; step is not null; step = step.Previous)
                {
                    if (step.Reference is { } reference)
                    {
                        yield return reference;
                    }
                }

                foreach (var cause in Cause.Of(inner))
                {
                    if (cause.Reference is { } reference)
                    {
                        yield return reference;
                    }
                }
            }
        }
    }

    /// <summary>
    /// Whether two values are equal, three-valued: known parts are compared, unknowns with the same reference are equal, and other
    /// unknowns are undecided unless type, prefix or length contradict.
    /// </summary>
    public Truth EqualTo(Value other) => ValueEquality.Compare(this, other);

    /// <summary>This value and all values inside it (elements, holes, alternatives), depth first; facts are not entered.</summary>
    public IEnumerable<Value> Deep() => ValueWalk.Deep(this);

    /// <summary>Another object that is the same value. Values are copied at every step of their way, and a clone that the runtime makes costs several times as much.</summary>
    private protected abstract Value Copy();

    private void Read(Text.Span place) => (_way, _start, _length, _isRead) = (place.File, place.Start, place.Length, place.File is not null);
}
