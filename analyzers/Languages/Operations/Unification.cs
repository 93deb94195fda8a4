using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>Which types convert to which, and the type that several have in common.</summary>
internal static class Unification
{
    /// <summary>The common type, or null. Unknown types have no say; of none the result is unknown.</summary>
    internal static DataType? Of(IReadOnlyList<DataType> types)
    {
        var known = types.Where(type => type is not DynamicType).Distinct().ToList();
        return known switch
        {
            [] => DataType.Dynamic,
            [var only] => only,
            _ when known.All(IsScalar) => known.Exists(type => type is TextType) ? DataType.Text : null,
            _ when known.All(type => type is TupleType) => Tuples([.. known.Cast<TupleType>()]),
            _ when known.All(type => type is TupleType or ListType) => Collection(known, element => new ListType(element)),
            _ when known.All(type => type is TupleType or ListType or SetType) => Collection(known, element => new SetType(element)),
            _ when known.All(type => type is ObjectType) => Objects([.. known.Cast<ObjectType>()]),
            _ when known.All(type => type is ObjectType or MapType) => Collection(known, element => new MapType(element)),
            _ => null,
        };
    }

    /// <summary>True if values of a type may convert to another; text may turn out not to be a number.</summary>
    internal static bool Converts(DataType from, DataType to) => (from, to) switch
    {
        (DynamicType, _) or (_, DynamicType) => true,
        (TextType, BoolType or NumberType) or (BoolType or NumberType, TextType) => true,
        (ListType or SetType, ListType or SetType) => Converts(Elements(from)[0], Elements(to)[0]),
        (TupleType tuple, ListType or SetType) => tuple.Elements.All(element => Converts(element, Elements(to)[0])),
        (TupleType a, TupleType b) => a.Elements.Length == b.Elements.Length && a.Elements.Zip(b.Elements, Converts).All(converts => converts),
        (MapType a, MapType b) => Converts(a.Element, b.Element),
        (ObjectType a, MapType b) => a.Attributes.Values.All(type => Converts(type, b.Element)),
        (MapType a, ObjectType b) => b.Attributes.Values.All(type => Converts(a.Element, type)),
        (ObjectType a, ObjectType b) => b.Attributes.All(wanted => a.Attributes.TryGetValue(wanted.Key, out var type) && Converts(type, wanted.Value)),
        _ => from.Equals(to),
    };

    /// <summary>True if part of the type is not known.</summary>
    internal static bool HasDynamic(DataType type) => type is DynamicType || (!IsScalar(type) && Elements(type).Any(HasDynamic));

    /// <summary>A wanted type with what it leaves open filled in from a type that was found; null if the parts have nothing in common.</summary>
    internal static DataType? Fill(DataType wanted, DataType found) => wanted switch
    {
        DynamicType => found,
        _ when !HasDynamic(wanted) || found is DynamicType => wanted,
        ListType list => FillElement(list.Element, found) is { } element ? new ListType(element) : null,
        SetType set => FillElement(set.Element, found) is { } element ? new SetType(element) : null,
        MapType map => FillElement(map.Element, found) is { } element ? new MapType(element) : null,
        ObjectType shape when found is ObjectType other => new ObjectType(shape.Attributes.ToImmutableSortedDictionary(
            each => each.Key,
            each => other.Attributes.TryGetValue(each.Key, out var type) ? Fill(each.Value, type) ?? each.Value : each.Value,
            StringComparer.Ordinal)),
        _ => wanted,
    };

    private static DataType? FillElement(DataType wanted, DataType found) => Of(Elements(found)) is { } element ? Fill(wanted, element) : null;

    internal static bool IsScalar(DataType type) => type is BoolType or NumberType or TextType;

    private static IReadOnlyList<DataType> Elements(DataType type) => type switch
    {
        ListType list => [list.Element],
        SetType set => [set.Element],
        MapType map => [map.Element],
        TupleType tuple => tuple.Elements,
        ObjectType shape => [.. shape.Attributes.Values],
        _ => [],
    };

    private static DataType? Collection(List<DataType> types, Func<DataType, DataType> make) =>
        Of([.. types.SelectMany(Elements)]) is { } element ? make(element) : null;

    private static DataType? Tuples(List<TupleType> types)
    {
        if (types.Exists(type => type.Elements.Length != types[0].Elements.Length))
        {
            return Collection([.. types], element => new ListType(element));
        }

        var elements = new DataType[types[0].Elements.Length];
        for (var at = 0; at < elements.Length; at++)
        {
            if (Of([.. types.Select(type => type.Elements[at])]) is not { } element)
            {
                return null;
            }

            elements[at] = element;
        }

        return new TupleType([.. elements]);
    }

    private static DataType? Objects(List<ObjectType> types)
    {
        if (types.Exists(type => !type.Attributes.Keys.SequenceEqual(types[0].Attributes.Keys)))
        {
            return Collection([.. types], element => new MapType(element));
        }

        var attributes = ImmutableSortedDictionary.CreateBuilder<string, DataType>(StringComparer.Ordinal);
        foreach (var name in types[0].Attributes.Keys)
        {
            if (Of([.. types.Select(type => type.Attributes[name])]) is not { } unified)
            {
                return null;
            }

            attributes[name] = unified;
        }

        return new ObjectType(attributes.ToImmutable());
    }
}
