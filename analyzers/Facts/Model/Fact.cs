using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Model;

/// <summary>
/// A thing of the model: a cluster, a node pool, an identity. Facts are read from resources of any language; rules are written over facts.
/// </summary>
public abstract class Fact
{
    /// <summary>The table of this fact's fields.</summary>
    public abstract Shape Shape { get; }

    /// <summary>Unique name, that of the resource it was read from where there is one.</summary>
    public required Address Address { get; init; }

    /// <summary>Where it is declared: the header of the resource, the name of the object.</summary>
    public required Span Place { get; init; }

    /// <summary>The resource it was read from; null for facts that were derived or that live in a module that is not there.</summary>
    public Resource? Resource { get; init; }

    /// <summary>When it exists: guarded facts may not be there at all.</summary>
    public Guard Guard { get; init; } = Guard.Always;

    /// <summary>True for what was taken for a thing of its kind by its form alone: nothing that is said of it is an error.</summary>
    public bool IsGuessed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Shape.Kind} {Address}";
}

/// <summary>A fact as a value of expressions; <c>fact.field</c> looks the field up in its shape.</summary>
public sealed class FactValue : Value
{
    /// <summary>The value of a fact.</summary>
    public FactValue(Fact fact) => Fact = fact;

    private FactValue(FactValue same)
        : base(same) => Fact = same.Fact;

    /// <summary>The fact.</summary>
    public Fact Fact { get; }

    /// <inheritdoc/>
    public override Values.DataType Type => Values.DataType.Dynamic;

    /// <inheritdoc/>
    public override bool IsWhollyKnown => true;

    private protected override Value Copy() => new FactValue(this);
}
