using System.Collections.Immutable;

namespace Analyzer.Languages.PromQl;

/// <summary>A part of a query.</summary>
public abstract record PromQlNode;

/// <summary>A number, or a duration in seconds.</summary>
public sealed record PromQlNumber(double Value) : PromQlNode;

/// <summary>A quoted text, as some functions take it.</summary>
public sealed record PromQlText(string Text) : PromQlNode;

/// <summary>A selector: time series by their labels, the name of the metric among them. Ranges and offsets do not matter here.</summary>
public sealed record PromQlSelector(ImmutableArray<LabelMatcher> Matchers) : PromQlNode;

/// <summary>A function or an aggregation with its operands.</summary>
public sealed record PromQlCall(string Name, ImmutableArray<PromQlNode> Operands) : PromQlNode;

/// <summary>Two operands and what stands between them, in lower case: <c>and</c>, <c>==</c>.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
/// <param name="IsBool">True where a comparison answers 0 or 1 instead of leaving out what does not meet it.</param>
public sealed record PromQlBinary(string Operator, PromQlNode Left, PromQlNode Right, bool IsBool) : PromQlNode;
