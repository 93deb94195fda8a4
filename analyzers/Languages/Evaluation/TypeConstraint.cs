using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <summary>The declared type of a variable with the defaults of optional attributes inside it.</summary>
public sealed class TypeConstraint
{
    private readonly TypeConstraint? _element;
    private readonly ImmutableArray<TypeConstraint> _elements;
    private readonly ImmutableSortedDictionary<string, TypeAttribute>? _attributes;

    private TypeConstraint(
        DataType type, TypeConstraint? element = null, ImmutableArray<TypeConstraint> elements = default, ImmutableSortedDictionary<string, TypeAttribute>? attributes = null)
    {
        Type = type;
        _element = element;
        _elements = elements;
        _attributes = attributes;
        HasDefaults = (element?.HasDefaults ?? false)
            || (!elements.IsDefault && elements.Any(each => each.HasDefaults))
            || (attributes is not null && attributes.Values.Any(attribute => attribute.IsOptional || attribute.Type.HasDefaults));
    }

    /// <summary>No constraint: <c>any</c>.</summary>
    public static TypeConstraint Any { get; } = new(DataType.Dynamic);

    /// <summary>The type that values have after <see cref="Convert"/>; parts that are <c>any</c> are dynamic.</summary>
    public DataType Type { get; }

    /// <summary>True if attributes somewhere inside are optional.</summary>
    public bool HasDefaults { get; }

    internal static TypeConstraint Of(DataType type) => new(type);

    internal static TypeConstraint List(TypeConstraint element) => new(new ListType(element.Type), element);

    internal static TypeConstraint Set(TypeConstraint element) => new(new SetType(element.Type), element);

    internal static TypeConstraint Map(TypeConstraint element) => new(new MapType(element.Type), element);

    internal static TypeConstraint Tuple(ImmutableArray<TypeConstraint> elements) => new(new TupleType([.. elements.Select(element => element.Type)]), elements: elements);

    internal static TypeConstraint Object(ImmutableSortedDictionary<string, TypeAttribute> attributes) => new(
        new ObjectType(attributes.ToImmutableSortedDictionary(each => each.Key, each => each.Value.Type.Type, StringComparer.Ordinal)), attributes: attributes);

    /// <summary>
    /// The value as a variable of this type has it: defaults applied, then converted, what is unknown typed. What does not fit is an <see cref="UnknownValue"/> with
    /// <see cref="UnknownReason.Error"/>, in the place where it does not fit.
    /// </summary>
    public Value Convert(Value value)
    {
        if (value is UnknownValue unknown && HasDefaults && !Conversion.IsError(unknown))
        {
            // Attributes that the type of the argument lacks are filled in, so the types need not convert.
            return unknown.As(Type, unknown.Element is { } template && _element is { } constraint ? constraint.Convert(template) : unknown.Element);
        }

        return Conversion.To(ApplyDefaults(value), Type);
    }

    /// <summary>The value with the defaults of optional attributes filled in, wherever such an attribute is missing or null.</summary>
    public Value ApplyDefaults(Value value)
    {
        if (!HasDefaults)
        {
            return value;
        }

        Value filled = value switch
        {
            ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = ApplyDefaults(each.Value) })),
            ListValue list when _element is { } element => list.WithItems(element.ApplyDefaults),
            ListValue list when !_elements.IsDefault && list.Items.Length == _elements.Length =>
                new ListValue([.. list.Items.Select((item, at) => item with { Value = _elements[at].ApplyDefaults(item.Value) })], list.Kind, list.ElementType) { OpenBecause = list.OpenBecause },
            MapValue map when _element is { } element => map.WithEntries(entry => element.ApplyDefaults(entry.Value)),
            MapValue map when _attributes is not null => Fill(map, _attributes),
            UnknownValue unknown when !Conversion.IsError(unknown) => Convert(unknown),
            _ => value,
        };
        return ReferenceEquals(filled, value) ? value : filled.With(value.Trace).WithSensitive(value.IsSensitive);
    }

    private static MapValue Fill(MapValue map, ImmutableSortedDictionary<string, TypeAttribute> attributes)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            entries.Add(attributes.TryGetValue(entry.Key, out var attribute) ? attribute.Fill(entry) : entry);
        }

        foreach (var (name, attribute) in attributes)
        {
            if (attribute.IsOptional && !map.IsOpen && map.Find(name) is null)
            {
                entries.Add(new Entry(name, attribute.Missing));
            }
        }

        return new MapValue(entries.DrainToImmutable()) { OpenBecause = map.OpenBecause, Place = map.Place };
    }
}

/// <summary>An attribute of an object type.</summary>
internal sealed record TypeAttribute(TypeConstraint Type, bool IsOptional, Value? Default)
{
    /// <summary>The value where it is not given.</summary>
    internal Value Missing => Default is { } value ? Type.ApplyDefaults(value) : NullValue.Instance;

    internal Entry Fill(Entry entry)
    {
        if (!IsOptional)
        {
            return entry with { Value = Type.ApplyDefaults(entry.Value) };
        }

        var value = Filled(entry.Value);
        if (entry.Guard.IsAlways)
        {
            return entry with { Value = value };
        }

        var (holds, fails) = Guards.Split(entry.Guard);
        return entry with { Value = ChoiceValue.Of([new Alternative(holds, value), new Alternative(fails, Missing)]), Guard = Guard.Always };
    }

    private Value Filled(Value value) => value switch
    {
        NullValue => Missing,
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Filled(each.Value) })),
        _ => Type.ApplyDefaults(value),
    };
}
