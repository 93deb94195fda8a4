using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Analyzer.Facts.Values;

/// <summary>
/// Under which undecided predicates something holds: a conjunction of predicates, each taken or not. Two things guarded by opposite
/// polarities of the same predicate never meet, which is how <c>create ? aws_iam_role.this[0].arn : var.arn</c> agrees with <c>count = create ? 1 : 0</c>.
/// </summary>
public sealed class Guard : IEquatable<Guard>
{
    /// <summary>By predicate, each once.</summary>
    private readonly ImmutableArray<Literal> _literals;

    private Guard(ImmutableArray<Literal> literals) => _literals = literals;

    /// <summary>No condition.</summary>
    public static Guard Always { get; } = new([]);

    /// <summary>A guard of one predicate.</summary>
    /// <param name="predicate">Identity of the predicate: equal text means equal truth. Includes the module instance or template it belongs to.</param>
    /// <param name="taken">Whether it must be true.</param>
    /// <param name="text">How the user wrote it, for "when ..." in messages.</param>
    /// <param name="causes">Why it is undecided.</param>
    public static Guard When(string predicate, bool taken, string text, params ImmutableArray<Cause> causes) =>
        Of(new Literal(predicate, taken, text, causes));

    /// <summary>A guard that says that a thing is one of several texts, or is not. Two texts of one thing exclude each other; where its texts are counted, one of them is it.</summary>
    /// <param name="subject">Identity of the thing.</param>
    /// <param name="value">The text.</param>
    /// <param name="taken">Whether it is that text.</param>
    /// <param name="text">How the user calls the thing.</param>
    /// <param name="domain">All texts that the thing may be; null where it may be others.</param>
    /// <param name="causes">Why it is undecided.</param>
    public static Guard Is(string subject, string value, bool taken, string text, IReadOnlyList<string>? domain, params ImmutableArray<Cause> causes) =>
        Of(new Literal($"{subject} == \"{value}\"", taken, $"{text} == \"{value}\"", causes) { Subject = subject, Value = value, Domain = domain });

    /// <summary>A guard of one predicate of another guard, with what that implies.</summary>
    public static Guard When(Literal literal) => Of(literal).Marked(same => same);

    /// <summary>True without condition.</summary>
    public bool IsAlways => _literals.IsEmpty;

    /// <summary>Why it is undecided.</summary>
    public IEnumerable<Cause> Causes => _literals.SelectMany(literal =>
        literal.Causes.IsDefaultOrEmpty ? [new Cause(UnknownReason.Condition, $"\"{literal.Text}\" is undecided", null, null)] : literal.Causes.AsEnumerable());

    /// <summary>The predicates that the others do not imply, and their polarity: what the guard says in the fewest words.</summary>
    public IEnumerable<Literal> Essence => _literals.Length < 2 ? _literals : _literals.Where(each =>
        !_literals.Any(other => other.Predicate != each.Predicate && (other.Excludes(each) || other.Consequences.Any(guard => guard.Has(each)))));

    /// <summary>The text that a thing is where this holds; null where the guard does not tell.</summary>
    public string? TextOf(string subject) => _literals.FirstOrDefault(literal => literal.Taken && literal.Subject == subject)?.Value;

    /// <summary>When this does not hold, if a guard can say it: of one predicate, or of one that implies all others.</summary>
    public Guard? Opposite => Essence.Take(2).ToList() is [var literal] ? Of(literal with { Taken = !literal.Taken, Implied = null }) : null;

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

        var result = new List<Literal>(_literals);
        if (!TryAdd(result, other))
        {
            return null;
        }

        // "Not both" contradicts both.
        var both = new Guard([.. result]);
        foreach (var literal in both._literals)
        {
            if (literal is { Taken: false, Means: { } whole } && both.Implies(whole))
            {
                return null;
            }
        }

        return both;
    }

    /// <summary>The strongest guard that both imply: the predicates they share.</summary>
    public Guard Or(Guard other) => new([.. _literals.Where(mine => other.Implies(mine))]);

    /// <summary>True if whenever this holds, the other holds.</summary>
    public bool Implies(Guard other)
    {
        foreach (var theirs in other._literals)
        {
            if (!Implies(theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True if both may hold at once.</summary>
    public bool MeetsWith(Guard other) => And(other) is not null;

    /// <summary>The condition in the user's words: <c>var.create and not local.private</c>; empty for none.</summary>
    public override string ToString() =>
        string.Join(" and ", Essence.Select(each => each.Taken ? each.Text : "not " + each.Text));

    /// <inheritdoc/>
    public bool Equals(Guard? other) => other is not null && Implies(other) && other.Implies(this);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Guard);

    /// <inheritdoc/>
    public override int GetHashCode() => _literals.Where(each => each is { Means: null, Subject: null })
        .Aggregate(0, (hash, literal) => HashCode.Combine(hash, literal.Predicate, literal.Taken));

    private static Guard Of(Literal literal) => new([literal]);

    private bool Has(Literal other) => Find(other.Predicate) is { } mine && mine.Taken == other.Taken;

    private bool Denies(Literal other) => Find(other.Predicate) is { } mine && mine.Taken != other.Taken;

    private bool Implies(Literal literal) =>
        Find(literal.Predicate) is { } mine ? mine.Taken == literal.Taken
        : literal.Subject is { } subject ? IsSo(subject, literal)
        : literal.Means is { } whole && (literal.Taken ? Implies(whole) : whole._literals.Any(Denies));

    /// <summary>Whether what is said of a thing's other texts decides this one.</summary>
    private bool IsSo(string subject, Literal literal) => literal.Taken
        ? literal.Domain is { } domain && domain.Count - 1 == _literals.Count(mine => !mine.Taken && mine.Subject == subject && mine.Value != literal.Value)
        : TextOf(subject) is { } known && known != literal.Value;

    private Guard Marked(Func<Literal, Literal> mark)
    {
        var marked = Of(mark(Essence.First()));
        var result = new List<Literal>();
        return TryAdd(result, marked) ? new Guard([.. result]) : this;
    }

    private Literal? Find(string predicate) => IndexOf(_literals.AsSpan(), predicate) is >= 0 and var at ? _literals[at] : null;

    /// <summary>Where a predicate is among literals in their order; the complement of where it belongs if it is not there.</summary>
    private static int IndexOf(ReadOnlySpan<Literal> literals, string predicate)
    {
        var (low, high) = (0, literals.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = string.CompareOrdinal(literals[middle].Predicate, predicate);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>Adds the predicates of a guard and what each of them implies; false if they contradict what is there.</summary>
    private static bool TryAdd(List<Literal> result, Guard more)
    {
        foreach (var literal in more._literals)
        {
            var at = IndexOf(CollectionsMarshal.AsSpan(result), literal.Predicate);
            if (at >= 0)
            {
                if (result[at].Taken != literal.Taken)
                {
                    return false;
                }
            }
            else
            {
                if (literal.Subject is { } subject && Contradicts(result, subject, literal))
                {
                    return false;
                }

                result.Insert(~at, literal);
                foreach (var consequence in literal.Consequences)
                {
                    if (!TryAdd(result, consequence))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>True if a thing would be two texts at once, or none of those that it may be.</summary>
    private static bool Contradicts(List<Literal> said, string subject, Literal more)
    {
        var excluded = 1;
        foreach (var mine in said)
        {
            if (mine.Subject == subject)
            {
                if (mine.Taken && more.Taken)
                {
                    return true;
                }

                excluded += mine.Taken ? 0 : 1;
            }
        }

        return !more.Taken && more.Domain is { } domain && excluded == domain.Count;
    }

    /// <summary>One predicate of a guard: its identity, its polarity, the user's words, and why it is undecided.</summary>
    public sealed record Literal(string Predicate, bool Taken, string Text, ImmutableArray<Cause> Causes)
    {
        /// <summary>The conjunction that the predicate stands for, taken or not; null for one that stands for itself.</summary>
        public Guard? Means { get; init; }

        /// <summary>What holds as well where the literal holds; null for nothing else.</summary>
        public Guard? Implied { get; init; }

        /// <summary>The thing of which the predicate says that it is <see cref="Value"/>; null for other predicates.</summary>
        public string? Subject { get; init; }

        /// <summary>The text that the <see cref="Subject"/> is or is not.</summary>
        public string? Value { get; init; }

        /// <summary>All texts that the <see cref="Subject"/> may be; null where it may be others.</summary>
        public IReadOnlyList<string>? Domain { get; init; }

        /// <summary>True if the other need not be said because the subject is another text.</summary>
        internal bool Excludes(Literal other) => Taken && !other.Taken && Subject is not null && Subject == other.Subject;

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
