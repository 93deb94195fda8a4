using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Rules;

/// <summary>What a rule says of a fact.</summary>
public enum Outcome : byte
{
    /// <summary>Its <c>when</c> is No.</summary>
    NotApplicable,

    /// <summary>Proven right.</summary>
    Pass,

    /// <summary>Proven wrong: a finding.</summary>
    Fail,

    /// <summary>Not decidable from what was seen.</summary>
    Undecided,
}

/// <summary>How bad a finding is.</summary>
public enum Level : byte
{
    /// <summary>Hardening.</summary>
    Note,

    /// <summary>Proven risk.</summary>
    Warning,

    /// <summary>Proven to break.</summary>
    Error,
}

/// <summary>A place that belongs to a finding, with what is to be seen there.</summary>
public sealed record RelatedPlace(Span Place, string Message);

/// <summary>The decision of one rule on one fact (or on several facts with one place to edit).</summary>
public sealed record Verdict
{
    /// <summary>The rule.</summary>
    public required Rule Rule { get; init; }

    /// <summary>The fact; the first one, if several share the place to edit.</summary>
    public required Fact Fact { get; init; }

    /// <summary>The decision.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Level of a finding, after lowering for proofs that rest on defaults.</summary>
    public Level Level { get; init; }

    /// <summary>One sentence for the user; empty unless failed.</summary>
    public string Message { get; init; } = "";

    /// <summary>The place to edit.</summary>
    public Span Primary { get; init; }

    /// <summary>The chain of evidence, from the place to edit outwards.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>Why it is undecided: what would have to be known.</summary>
    public IReadOnlyList<Cause> Because { get; init; } = [];

    /// <summary>Other facts that fail for the same reason at the same place.</summary>
    public IReadOnlyList<Fact> Also { get; init; } = [];

    /// <summary>Under which environments it was decided; none where the run has only one, without a name.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Stable identity of a finding across runs, line moves and machines: 32 hexadecimal digits.</summary>
    public string Fingerprint { get; init; } = "";
}
