using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>What a symbolic value leaves room for.</summary>
internal static class Members
{
    /// <summary>Whether a symbolic value leaves room for a concrete one.</summary>
    internal static bool Has(Value symbolic, Value concrete) => (concrete, symbolic) switch
    {
        // Where the concrete expression fails nothing is deployed.
        _ when Cause.Of(concrete).Any(cause => cause.Reason == UnknownReason.Error) => true,
        // Where an error in another part decides between them, the concrete result is one of several.
        (ChoiceValue several, _) => several.Alternatives.Any(each => Has(symbolic, each.Value)),
        // So it is for one of which only the type is known then.
        (UnknownValue unsure, not (UnknownValue or ChoiceValue)) => IsOf(unsure.Type, symbolic),
        (UnknownValue unsure, UnknownValue unknown) => unknown.Type is DynamicType || unsure.Type is DynamicType || unknown.Type.Equals(unsure.Type),
        (NullValue, UnknownValue { IsNotNull: true }) => false,
        (TextValue text, UnknownValue { Prefix: { Length: > 0 } prefix }) when !text.ToString().StartsWith(prefix, StringComparison.Ordinal) => false,
        (_, UnknownValue unknown) => !Conversion.IsError(unknown) && IsOf(unknown.Type, concrete),
        (_, ChoiceValue choice) => choice.Alternatives.Any(each => Has(each.Value, concrete)),
        (TextValue { Known: { } known }, TextValue text) => Fits(known, text),
        (TextValue, TextValue { Known: null }) => true,
        (ListValue list, ListValue wanted) when wanted.Kind == SequenceKind.Set || wanted.IsOpen || wanted.IsUnordered => AsSet(list, wanted),
        (ListValue list, ListValue wanted) => InOrder(list, 0, wanted, 0),
        (MapValue map, MapValue wanted) => AsMap(map, wanted),
        (TextValue or NumberValue or BoolValue, TextValue or NumberValue or BoolValue) => Conversion.ToText(concrete).EqualTo(Conversion.ToText(symbolic)) == Truth.Yes,
        _ => concrete.EqualTo(symbolic) == Truth.Yes,
    };

    private static bool IsOf(DataType type, Value value) => (type, value) switch
    {
        (DynamicType, _) or (_, NullValue) => true,
        // A scalar beside something of which no type is known may be wanted as text.
        (TextType or NumberType or BoolType, _) => value is TextValue or NumberValue or BoolValue,
        (MapType or ObjectType, _) => value is MapValue,
        _ => value is ListValue,
    };

    /// <summary>Elements under a guard may be left out, others not.</summary>
    private static bool InOrder(ListValue list, int at, ListValue wanted, int next) =>
        next == wanted.Items.Length ? at == list.Items.Length
        : (at < list.Items.Length && Has(wanted.Items[next].Value, list.Items[at].Value) && InOrder(list, at + 1, wanted, next + 1))
            || (!wanted.Items[next].Guard.IsAlways && InOrder(list, at, wanted, next + 1));

    private static bool AsSet(ListValue list, ListValue wanted) =>
        wanted.Items.All(item => !item.Guard.IsAlways || list.Values.Any(value => Has(item.Value, value)))
            && (wanted.IsOpen || list.Values.All(value => wanted.Values.Any(each => Has(each, value))));

    private static bool AsMap(MapValue map, MapValue wanted) =>
        map.Entries.All(entry => wanted.Find(entry.Key) is { } found ? Has(found.Value, entry.Value) || (wanted.IsOpen && !found.Guard.IsAlways) : wanted.IsOpen || wanted.Entries.Any(each => each.KeyText is not null))
            && wanted.Entries.All(entry => !entry.Guard.IsAlways || entry.KeyText is not null || map.Find(entry.Key) is not null);

    private static bool Fits(string known, TextValue text)
    {
        var at = 0;
        foreach (var part in text.Parts)
        {
            if (part.Literal is { } literal)
            {
                at = known.IndexOf(literal, at, StringComparison.Ordinal);
                if (at < 0)
                {
                    return false;
                }

                at += literal.Length;
            }
        }

        return known.StartsWith(text.Prefix, StringComparison.Ordinal) && known.EndsWith(text.Suffix, StringComparison.Ordinal);
    }
}
