using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>What a policy is asked: may somebody do this to that.</summary>
/// <param name="Action">Action, such as <c>ecr:BatchGetImage</c>.</param>
/// <param name="Resource">ARN of the resource, possibly with holes; <c>*</c> for actions that know no resources.</param>
public sealed record AccessRequest(string Action, TextValue Resource)
{
    /// <summary>
    /// What the holes of <see cref="Resource"/> stand for: one resource nobody knows exactly, or any resource (the question is then whether there is one that may be used).
    /// </summary>
    public Holes ResourceHoles { get; init; }

    /// <summary>
    /// Whether the resource belongs to another account than everything that is declared: what names the own account does not mean it.
    /// </summary>
    public bool IsForeign { get; init; }

    /// <summary>What holes in the values of <see cref="Key"/> stand for.</summary>
    public Holes KeyHoles { get; init; }

    /// <summary>The declared thing the resource is, so that its own ARN is recognised though nobody knows its text.</summary>
    public Address? Declared { get; init; }

    /// <summary>
    /// Values of condition keys that are known for the call; keys are asked in lower case. A null value: the call has no such key. Null: nobody knows.
    /// </summary>
    public Func<string, Value?> Key { get; init; } = static _ => null;

    /// <summary>
    /// Who the value of a condition key belongs to where nobody knows the value itself (an account, an organization); keys are asked in lower case.
    /// </summary>
    public Func<string, Owner> Owner { get; init; } = static _ => Policies.Owner.Unknown;

    /// <summary>
    /// Whether a principal of a resource or trust policy is the caller; asked with its kind (<c>AWS</c>, <c>Service</c>, <c>Federated</c>) and the written value. Null for identity policies, which name nobody.
    /// </summary>
    public Func<string, Value, Truth>? Principal { get; init; }
}

/// <summary>The answer of one or several policies, before they are joined: what is allowed, what is denied, and why not more is known.</summary>
/// <param name="Allow">Whether a statement allows it.</param>
/// <param name="Deny">Whether a statement denies it.</param>
/// <param name="Causes">What would decide the unknown parts.</param>
public sealed record Decision(Truth Allow, Truth Deny, IReadOnlyList<Cause> Causes)
{
    /// <summary>Nothing is said.</summary>
    public static Decision Silent { get; } = new(Truth.No, Truth.No, []);

    /// <summary>Nobody knows what is said.</summary>
    public static Decision Unknown(params IEnumerable<Cause> causes) => new(Truth.Unknown, Truth.Unknown, [.. causes.Take(Cause.Limit)]);

    /// <summary>A deny wins; without an allow nothing is allowed.</summary>
    public Truth Result => Allow.And(Deny.Not());

    /// <summary>What both say together: policies of one identity add up.</summary>
    public Decision And(Decision other) => new(Allow.Or(other.Allow), Deny.Or(other.Deny), Join(Causes, other.Causes));

    /// <summary>The same, if it is in force at all.</summary>
    public Decision Under(Guard guard) => guard.IsAlways ? this : new(
        Allow == Truth.No ? Truth.No : Truth.Unknown,
        Deny == Truth.No ? Truth.No : Truth.Unknown,
        Allow == Truth.No && Deny == Truth.No ? Causes : Join([.. guard.Causes], Causes));

    private static IReadOnlyList<Cause> Join(IReadOnlyList<Cause> left, IReadOnlyList<Cause> right) =>
        left.Count == 0 ? right : right.Count == 0 ? left : [.. left.Concat(right).Distinct().Take(Cause.Limit)];
}
