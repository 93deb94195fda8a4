using System.Collections.Immutable;

namespace Analyzer.Facts.Values;

/// <summary>
/// A function that expressions can call. It needs no syntax, so any room can offer some: the languages offer Terraform's, the model offers
/// <c>allows</c> and <c>reaches</c>.
/// </summary>
/// <param name="Name">Name as it is called.</param>
/// <param name="Parameters">Parameters in order.</param>
/// <param name="Result">Result type.</param>
/// <param name="Doc">One or two sentences for the reference page.</param>
/// <param name="Body">What it computes.</param>
public sealed record Function(string Name, ImmutableArray<Parameter> Parameters, Model.FieldType Result, string Doc, FunctionBody Body)
{
    /// <summary>True if the last parameter takes any number of arguments, also none.</summary>
    public bool IsVariadic { get; init; }
}

/// <summary>A parameter of a function.</summary>
public sealed record Parameter(string Name, Model.FieldType Type);

/// <summary>The arguments of one call.</summary>
/// <param name="Arguments">Evaluated arguments; their number fits the function.</param>
/// <param name="Place">Where the call is written, if anywhere.</param>
public readonly record struct Call(ImmutableArray<Value> Arguments, Text.Span? Place)
{
    /// <summary>An argument.</summary>
    public Value this[int index] => Arguments[index];
}

/// <summary>
/// Computes a call. It never throws for bad arguments: it answers an <see cref="UnknownValue"/> with <see cref="UnknownReason.Error"/>.
/// </summary>
public delegate Value FunctionBody(Call call);
