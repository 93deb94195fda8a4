using System.Collections.Immutable;

namespace Analyzer.Rules;

/// <summary>A small repository and what its rule says of it: test and documentation in one.</summary>
public sealed record RuleExample
{
    /// <summary>What it shows.</summary>
    public required string Name { get; init; }

    /// <summary>Paths and texts.</summary>
    public required ImmutableArray<(string Path, string Text)> Files { get; init; }

    /// <summary><see cref="Outcome.Fail"/>, <see cref="Outcome.Undecided"/>, or <see cref="Outcome.Pass"/> for "the rule is silent": it passes or does not apply.</summary>
    public required Outcome Expected { get; init; }

    /// <summary>The lines (1-based) of all findings of the rule, sorted; empty for any place.</summary>
    public ImmutableArray<(string Path, int Line)> Places { get; init; } = [];

    /// <summary>Other rules that may speak in it.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}
