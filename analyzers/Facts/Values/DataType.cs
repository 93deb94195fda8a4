using System.Collections.Immutable;

namespace Analyzer.Facts.Values;

/// <summary>Types of values, after Terraform's type system, which contains those of YAML, JSON and CloudFormation.</summary>
public abstract record DataType
{
    /// <summary>Not known, or the type of an untyped null.</summary>
    public static DataType Dynamic { get; } = new DynamicType();

    /// <summary>True or false.</summary>
    public static DataType Bool { get; } = new BoolType();

    /// <summary>Numbers.</summary>
    public static DataType Number { get; } = new NumberType();

    /// <summary>Text.</summary>
    public static DataType Text { get; } = new TextType();
}

/// <summary>Any type.</summary>
public sealed record DynamicType : DataType;

/// <summary>Booleans.</summary>
public sealed record BoolType : DataType;

/// <summary>Numbers.</summary>
public sealed record NumberType : DataType;

/// <summary>Text.</summary>
public sealed record TextType : DataType;

/// <summary>Lists of one element type.</summary>
public sealed record ListType(DataType Element) : DataType;

/// <summary>Sets of one element type.</summary>
public sealed record SetType(DataType Element) : DataType;

/// <summary>Maps of one element type.</summary>
public sealed record MapType(DataType Element) : DataType;

/// <summary>Sequences with a type per position.</summary>
public sealed record TupleType(ImmutableArray<DataType> Elements) : DataType
{
    /// <inheritdoc/>
    public bool Equals(TupleType? other) => ReferenceEquals(this, other) || (other is not null && Elements.SequenceEqual(other.Elements));

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Aggregate(17, HashCode.Combine);
}

/// <summary>Objects with a type per attribute.</summary>
public sealed record ObjectType(ImmutableSortedDictionary<string, DataType> Attributes) : DataType
{
    /// <inheritdoc/>
    public bool Equals(ObjectType? other) => ReferenceEquals(this, other) || (other is not null && Attributes.Count == other.Attributes.Count && Attributes.SequenceEqual(other.Attributes));

    /// <inheritdoc/>
    public override int GetHashCode() => Attributes.Keys.Aggregate(19, HashCode.Combine);
}
