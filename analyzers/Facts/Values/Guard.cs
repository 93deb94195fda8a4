using System.Collections.Immutable;

namespace Analyzer.Facts.Values;

/// <summary>
/// Under which undecided predicates something holds: a conjunction of predicates, each taken or not. Two things guarded by opposite
/// polarities of the same predicate never meet, which is how <c>create ? aws_iam_role.this[0].arn : var.arn</c> agrees with <c>count = create ? 1 : 0</c>.
/// </summary>
public sealed class Guard : IEquatable<Guard>
{
    private readonly ImmutableSortedDictionary<string, Literal> _literals;

    private Guard(ImmutableSortedDictionary<string, Literal> literals) => _literals = literals;

    /// <summary>No condition.</summary>
    public static Guard Always { get; } = new(ImmutableSortedDictionary.Create<string, Literal>(StringComparer.Ordinal));

    /// <summary>A guard of one predicate.</summary>
    /// <param name="predicate">Identity of the predicate: equal text means equal truth. Includes the module instance or template it belongs to.</param>
    /// <param name="taken">Whether it must be true.</param>
    /// <param name="text">How the user wrote it, for "when ..." in messages.</param>
    /// <param name="causes">Why it is undecided.</param>
    public static Guard When(string predicate, bool taken, string text, params ImmutableArray<Cause> causes) =>
        new(Always._literals.Add(predicate, new Literal(taken, text, causes)));

    /// <summary>A guard of one predicate of another guard, with what that implies.</summary>
    public static Guard When(string predicate, Literal literal) => new Guard(Always._literals.Add(predicate, literal)).Marked(same => same);

    /// <summary>True without condition.</summary>
    public bool IsAlways => _literals.IsEmpty;

    /// <summary>The predicates and their polarity.</summary>
    public IEnumerable<KeyValuePair<string, Literal>> Literals => _literals;

    /// <summary>Why it is undecided.</summary>
    public IEnumerable<Cause> Causes => _literals.Values.SelectMany(literal =>
        literal.Causes.IsDefaultOrEmpty ? [new Cause(UnknownReason.Condition, $"\"{literal.Text}\" is undecided", null, null)] : literal.Causes.AsEnumerable());

    /// <summary>The predicates that the others do not imply, and their polarity: what the guard says in the fewest words.</summary>
    public IEnumerable<KeyValuePair<string, Literal>> Essence => _literals.Count < 2 ? _literals : _literals.Where(each =>
        !_literals.Any(other => other.Key != each.Key && other.Value.Consequences.Any(guard => guard.Has(each.Key, each.Value.Taken))));

    /// <summary>When this does not hold, if a guard can say it: of one predicate, or of one that implies all others.</summary>
    public Guard? Opposite => Essence.Take(2).ToList() is [var (predicate, literal)]
        ? new Guard(Always._literals.Add(predicate, new Literal(!literal.Taken, literal.Text, literal.Causes) { Means = literal.Means }))
        : null;

    /// <summary>The same guard of one predicate, which stands for a conjunction: it holds exactly where all of that holds.</summary>
    public Guard Meaning(Guard conjunction) => Marked(literal => literal with { Means = conjunction });

    /// <summary>The same guard of one predicate, which never holds without another guard.</summary>
    public Guard Implying(Guard consequence) => Marked(literal => literal with { Implied = consequence });

    /// <summary>Both together; null if they contradict.</summary>
    public Guard? And(Guard other)
    {
        if (other.IsAlways)
        {
            return this;
        }

        if (IsAlways)
        {
            return other;
        }

        var result = _literals.ToBuilder();
        if (!TryAdd(result, other))
        {
            return null;
        }

        // "Not both" contradicts both.
        var both = new Guard(result.ToImmutable());
        return both._literals.Any(each => each.Value is { Taken: false, Means: { } whole } && both.Implies(whole)) ? null : both;
    }

    /// <summary>The strongest guard that both imply: the predicates they share.</summary>
    public Guard Or(Guard other) => new(_literals.RemoveRange(_literals.Where(mine => !other.Implies(mine.Key, mine.Value)).Select(mine => mine.Key)));

    /// <summary>True if whenever this holds, the other holds.</summary>
    public bool Implies(Guard other) => other._literals.All(theirs => Implies(theirs.Key, theirs.Value));

    /// <summary>True if both may hold at once.</summary>
    public bool MeetsWith(Guard other) => And(other) is not null;

    /// <summary>The condition in the user's words: <c>var.create and not local.private</c>; empty for none.</summary>
    public override string ToString() =>
        string.Join(" and ", Essence.Select(each => each.Value.Taken ? each.Value.Text : "not " + each.Value.Text));

    /// <inheritdoc/>
    public bool Equals(Guard? other) => other is not null && Implies(other) && other.Implies(this);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Guard);

    /// <inheritdoc/>
    public override int GetHashCode() => _literals.Where(each => each.Value.Means is null)
        .Aggregate(0, (hash, literal) => HashCode.Combine(hash, literal.Key, literal.Value.Taken));

    private bool Has(string predicate, bool taken) => _literals.TryGetValue(predicate, out var literal) && literal.Taken == taken;

    private bool Implies(string predicate, Literal literal) =>
        _literals.TryGetValue(predicate, out var mine) ? mine.Taken == literal.Taken
        : literal.Means is { } whole && (literal.Taken ? Implies(whole) : whole._literals.Any(part => Has(part.Key, !part.Value.Taken)));

    private Guard Marked(Func<Literal, Literal> mark)
    {
        var (predicate, literal) = Essence.First();
        var marked = new Guard(Always._literals.Add(predicate, mark(literal)));
        var result = Always._literals.ToBuilder();
        return TryAdd(result, marked) ? new Guard(result.ToImmutable()) : this;
    }

    /// <summary>Adds the predicates of a guard and what each of them implies; false if they contradict what is there.</summary>
    private static bool TryAdd(ImmutableSortedDictionary<string, Literal>.Builder result, Guard more)
    {
        foreach (var (predicate, literal) in more._literals)
        {
            if (result.TryGetValue(predicate, out var mine))
            {
                if (mine.Taken != literal.Taken)
                {
                    return false;
                }
            }
            else
            {
                result.Add(predicate, literal);
                if (literal.Consequences.Any(consequence => !TryAdd(result, consequence)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>One predicate of a guard.</summary>
    public sealed record Literal(bool Taken, string Text, ImmutableArray<Cause> Causes)
    {
        /// <summary>The conjunction that the predicate stands for, taken or not; null for one that stands for itself.</summary>
        public Guard? Means { get; init; }

        /// <summary>What holds as well where the literal holds; null for nothing else.</summary>
        public Guard? Implied { get; init; }

        /// <summary>All that holds as well where the literal holds.</summary>
        internal IEnumerable<Guard> Consequences => (Taken ? Means : null, Implied) switch
        {
            (null, null) => [],
            ({ } whole, null) => [whole],
            (null, { } implied) => [implied],
            ({ } whole, { } implied) => [whole, implied],
        };
    }
}
