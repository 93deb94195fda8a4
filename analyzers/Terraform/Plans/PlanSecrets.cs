using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Plans;

/// <summary>
/// The secret texts of a plan. A plan marks where a secret was written, but not each place to which a provider copied it: what <c>terraform_data</c> puts out is not marked as what was put in.
/// So a text that is secret in one place is secret in all.
/// </summary>
internal sealed class PlanSecrets
{
    /// <summary>Shorter texts are not told apart from words that stand anywhere.</summary>
    private const int ShortestLength = 4;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Collects what the masks and the declarations of a plan call sensitive.</summary>
    internal PlanSecrets(MapValue plan)
    {
        foreach (var resource in Items(plan["resource_changes"]).OfType<MapValue>())
        {
            Change(resource["change"] as MapValue);
        }

        foreach (var output in Entries(plan["output_changes"]))
        {
            Change(output.Value as MapValue);
        }

        var declared = plan["configuration"] is MapValue configuration && configuration["root_module"] is MapValue root ? root["variables"] as MapValue : null;
        foreach (var variable in Entries(plan["variables"]))
        {
            if (declared?[variable.Key] is MapValue declaration && declaration["sensitive"] is BoolValue { Value: true } && variable.Value is MapValue given && given["value"] is { } value)
            {
                Collect(value, BoolValue.True);
            }
        }
    }

    /// <summary>The value with every text marked that is secret somewhere.</summary>
    internal Value Hidden(Value value) => _texts.Count == 0 ? value : Marked(value);

    private Value Marked(Value value) => value switch
    {
        TextValue { Known: { } text } when _texts.Contains(text) => PlanValues.Placeless(value).WithSensitive(true),
        MapValue map => new MapValue([.. map.Entries.Select(entry => entry with { Value = Marked(entry.Value) })], map.IsObject, map.ElementType).With(map.Trace).WithSensitive(map.IsSensitive),
        ListValue list => new ListValue([.. list.Items.Select(item => item with { Value = Marked(item.Value) })], list.Kind, list.ElementType).With(list.Trace).WithSensitive(list.IsSensitive),
        _ => value,
    };

    private void Change(MapValue? change)
    {
        Collect(change?["before"], change?["before_sensitive"]);
        Collect(change?["after"], change?["after_sensitive"]);
    }

    private void Collect(Value? value, Value? mask)
    {
        switch (value, mask)
        {
            case (TextValue { Known: { Length: >= ShortestLength } text }, BoolValue { Value: true }):
                _texts.Add(text);
                break;
            case (MapValue map, BoolValue { Value: true }):
                foreach (var entry in map.Entries)
                {
                    Collect(entry.Value, mask);
                }

                break;
            case (MapValue map, MapValue marks):
                foreach (var entry in marks.Entries)
                {
                    Collect(map[entry.Key], entry.Value);
                }

                break;
            case (ListValue list, BoolValue { Value: true }):
                foreach (var item in list.Values)
                {
                    Collect(item, mask);
                }

                break;
            case (ListValue list, ListValue marks):
                foreach (var (item, mark) in list.Values.Zip(marks.Values))
                {
                    Collect(item, mark);
                }

                break;
        }
    }

    private static IEnumerable<Value> Items(Value? list) => list is ListValue known ? known.Values : [];

    private static IEnumerable<Entry> Entries(Value? map) => map is MapValue known ? known.Entries : [];
}
