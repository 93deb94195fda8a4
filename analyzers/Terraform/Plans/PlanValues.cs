using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Terraform.Plans;

/// <summary>Values of a plan: what will be, with masks that say what nobody knows yet and what is secret.</summary>
internal static class PlanValues
{
    /// <summary>The attributes of a resource after a change. What is neither known nor written in the configuration is left out, as for a configuration without plan.</summary>
    internal static MapValue Body(MapValue change, Address address, Func<string, bool> isWritten) =>
        After(change, new Reference(address, ""), isWritten) as MapValue ?? MapValue.Empty;

    /// <summary>The value after a change.</summary>
    internal static Value After(MapValue change, Reference reference, Func<string, bool> isWritten) =>
        Marked(Masked(change["after"] ?? NullValue.Instance, change["after_unknown"], reference, isWritten), change["after_sensitive"]);

    /// <summary>The value with what a mask says is secret marked, and without the places of it: nothing may show what stands there.</summary>
    internal static Value Marked(Value value, Value? mask) => (value, mask) switch
    {
        (_, BoolValue { Value: true }) => Placeless(value).WithSensitive(true),
        (MapValue map, MapValue marks) => new MapValue([.. map.Entries.Select(entry => entry with { Value = Marked(entry.Value, marks[entry.Key]) })], map.IsObject, map.ElementType).With(map.Trace),
        (ListValue list, ListValue marks) => ListValue.Of(list.Values.Select((item, at) => Marked(item, at < marks.Items.Length ? marks.Items[at].Value : null))).With(list.Trace),
        _ => value,
    };

    /// <summary>The value without the places where it and its parts stand.</summary>
    internal static Value Placeless(Value value) => value switch
    {
        MapValue map => new MapValue([.. map.Entries.Select(entry => new Entry(entry.Key, Placeless(entry.Value)))]),
        ListValue list => ListValue.Of(list.Values.Select(Placeless)),
        _ => value.With(null),
    };

    /// <summary>
    /// A planned value with what the sources say of it: how it came, and what it is where the plan does not know it.
    /// </summary>
    internal static Value Joined(Value planned, Value? source)
    {
        switch (planned, source)
        {
            case (_, null):
                return planned;
            case (UnknownValue, _):
                return source.IsWhollyKnown || Conversion.IsError(source) ? planned : source;
            case (MapValue map, MapValue written):
                return new MapValue([.. map.Entries.Select(entry => entry with { Value = Joined(entry.Value, written[entry.Key]), KeyPlace = written.Find(entry.Key)?.KeyPlace ?? entry.KeyPlace })])
                {
                    Place = written.Place,
                }.With(written.Trace ?? map.Trace).WithSensitive(planned.IsSensitive || source.IsSensitive);
            case (ListValue list, ListValue { HasKnownLength: true } written) when list.Items.Length == written.Items.Length:
                return ListValue.Of(list.Values.Select((item, at) => Joined(item, written.Items[at].Value))).With(written.Trace ?? list.Trace).WithSensitive(planned.IsSensitive || source.IsSensitive);
        }

        var known = source.Trace is { } way ? planned.With(way) : planned;
        if (source is UnknownValue { Reference: { } reference } unknown && (known.Trace?.Place ?? unknown.Causes[0].Place) is { } place)
        {
            known = known.Through(StepKind.Attribute, reference.ToString(), place, reference);
        }

        return known.WithSensitive(planned.IsSensitive || source.IsSensitive);
    }

    private static Value Masked(Value value, Value? mask, Reference reference, Func<string, bool> isWritten)
    {
        switch (mask)
        {
            case BoolValue { Value: true }:
                return new UnknownValue(UnknownReason.Computed, $"{reference} is known after it is applied", value.Trace?.Place, reference);
            case MapValue unknowns:
                var map = value as MapValue ?? MapValue.Empty;
                var unseen = unknowns.Entries.Where(entry => map.Find(entry.Key) is null && isWritten(entry.Key));
                return new MapValue([.. map.Entries.Concat(unseen.Select(entry => new Entry(entry.Key, NullValue.Instance)))
                    .Where(entry => unknowns[entry.Key] is not BoolValue { Value: true } || isWritten(entry.Key))
                    .Select(entry => entry with { Value = Masked(entry.Value, unknowns[entry.Key], Step(reference, entry.Key), static _ => true) })]).With(value.Trace);
            case ListValue unknowns when value is ListValue list:
                return ListValue.Of(Enumerable.Range(0, Math.Max(list.Items.Length, unknowns.Items.Length)).Select(at => Masked(
                    at < list.Items.Length ? list.Items[at].Value : NullValue.Instance,
                    at < unknowns.Items.Length ? unknowns.Items[at].Value : null,
                    reference with { Attribute = $"{reference.Attribute}[{at}]" },
                    static _ => true))).With(value.Trace);
            default:
                return value;
        }
    }

    private static Reference Step(Reference reference, string key) => reference with { Attribute = reference.Attribute.Length == 0 ? key : $"{reference.Attribute}.{key}" };
}
