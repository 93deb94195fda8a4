namespace Analyzer.Facts.Model;

/// <summary>Type of a field, parameter or expression over the model; the rule checker works with these.</summary>
public abstract record FieldType
{
    /// <summary>Anything: fits and is fitted by every type.</summary>
    public static FieldType Any { get; } = new ScalarField("any");

    /// <summary>True, false or undecided.</summary>
    public static FieldType Bool { get; } = new ScalarField("bool");

    /// <summary>Text.</summary>
    public static FieldType Text { get; } = new ScalarField("text");

    /// <summary>Numbers.</summary>
    public static FieldType Number { get; } = new ScalarField("number");

    /// <summary>A list of the given element type.</summary>
    public static FieldType List(FieldType element) => new ListField(element);

    /// <summary>A fact of the given kind.</summary>
    public static FieldType Of(string kind) => new FactField(kind);
}

/// <summary>A type without parts.</summary>
public sealed record ScalarField(string Name) : FieldType
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A list.</summary>
public sealed record ListField(FieldType Element) : FieldType
{
    /// <inheritdoc/>
    public override string ToString() => $"list({Element})";
}

/// <summary>A fact.</summary>
public sealed record FactField(string Kind) : FieldType
{
    /// <inheritdoc/>
    public override string ToString() => Kind;
}
