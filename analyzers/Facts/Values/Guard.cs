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

    /// <summary>True without condition.</summary>
    public bool IsAlways => _literals.IsEmpty;

    /// <summary>The predicates and their polarity.</summary>
    public IEnumerable<KeyValuePair<string, Literal>> Literals => _literals;

    /// <summary>Why it is undecided.</summary>
    public IEnumerable<Cause> Causes => _literals.Values.SelectMany(literal =>
        literal.Causes.IsDefaultOrEmpty ? [new Cause(UnknownReason.Condition, $"\"{literal.Text}\" is undecided", null, null)] : literal.Causes.AsEnumerable());

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
        foreach (var (predicate, literal) in other._literals)
        {
            if (result.TryGetValue(predicate, out var mine))
            {
                if (mine.Taken != literal.Taken)
                {
                    return null;
                }
            }
            else
            {
                result.Add(predicate, literal);
            }
        }

        return new Guard(result.ToImmutable());
    }

    /// <summary>The strongest guard that both imply: the predicates they share.</summary>
    public Guard Or(Guard other) => new(_literals.RemoveRange(
        _literals.Where(mine => !other._literals.TryGetValue(mine.Key, out var theirs) || theirs.Taken != mine.Value.Taken).Select(mine => mine.Key)));

    /// <summary>True if whenever this holds, the other holds.</summary>
    public bool Implies(Guard other) => other._literals.All(theirs =>
        _literals.TryGetValue(theirs.Key, out var mine) && mine.Taken == theirs.Value.Taken);

    /// <summary>True if both may hold at once.</summary>
    public bool MeetsWith(Guard other) => And(other) is not null;

    /// <summary>The condition in the user's words: <c>var.create and not local.private</c>; empty for none.</summary>
    public override string ToString() =>
        string.Join(" and ", _literals.Values.Select(literal => literal.Taken ? literal.Text : "not " + literal.Text));

    /// <inheritdoc/>
    public bool Equals(Guard? other) => other is not null && Implies(other) && other.Implies(this);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Guard);

    /// <inheritdoc/>
    public override int GetHashCode() => _literals.Aggregate(0, (hash, literal) => HashCode.Combine(hash, literal.Key, literal.Value.Taken));

    /// <summary>One predicate of a guard.</summary>
    public sealed record Literal(bool Taken, string Text, ImmutableArray<Cause> Causes);
}
