using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// The <c>vars</c> of kustomizations: <c>$(NAME)</c> in certain fields stands for a field of some object, as it is at the end of the build. A name that nobody defines stays; it
/// is for the shell, the kubelet or a template tool.
/// </summary>
internal static class Variables
{
    private const string Open = "$(";

    /// <summary>Notes which objects the variables of a kustomization mean, while they can be found by the names it knows.</summary>
    internal static void Define(Kustomization by, BuildState state)
    {
        foreach (var entry in by.Items("vars").OfType<MapValue>())
        {
            var source = entry["objref"] as MapValue ?? MapValue.Empty;
            var (group, version) = source["apiVersion"] is { } both ? ObjectId.Split(ObjectId.Text(both)) : (ObjectId.Text(source["group"]), ObjectId.Text(source["version"]));
            var wanted = new ObjectId(group, version, ObjectId.Text(source["kind"]), ObjectId.Text(source["name"]), ObjectId.Text(source["namespace"]));
            var found = state.Objects.FindAll(each => each.Previous.Append(each.Current).Any(id => Means(wanted, id)));
            if (ObjectId.Text(entry["name"]) is { Length: > 0 } name && found is [var only])
            {
                var path = ObjectId.Text((entry["fieldref"] as MapValue)?["fieldpath"] ?? (entry["fieldref"] as MapValue)?["fieldPath"]);
                state.Variables[name] = (only, path.Length > 0 ? path : "metadata.name");
            }
        }
    }

    /// <summary>Puts the values in.</summary>
    internal static void Resolve(BuildState state)
    {
        if (state.Variables.Count == 0)
        {
            return;
        }

        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, (source, path)) in state.Variables)
        {
            Value? value = source.Body;
            foreach (var part in FieldPath.Split(path))
            {
                value = FieldPath.Step(value, part);
            }

            if (value is TextValue or NumberValue or BoolValue)
            {
                values[name] = value;
            }
        }

        foreach (var each in state.Objects)
        {
            foreach (var field in state.Settings.Variables)
            {
                each.Body = field.Fits(each.Current) ? field.Apply(each.Body, value => In(value!, values)) : each.Body;
            }
        }
    }

    private static bool Means(ObjectId wanted, ObjectId id) =>
        wanted.Kind == id.Kind && wanted.Group == id.Group && wanted.Version == id.Version && wanted.Name == id.Name
        && (wanted.Namespace.Length == 0 || wanted.EffectiveNamespace == id.EffectiveNamespace);

    private static Value In(Value value, Dictionary<string, Value> values) => value switch
    {
        TextValue => Text(value, values),
        ListValue list => list.WithItems(item => Text(item, values)),
        MapValue map => map.WithEntries(entry => Text(entry.Value, values)),
        _ => value,
    };

    private static Value Text(Value value, Dictionary<string, Value> values)
    {
        if (value is not TextValue { Known: { } text } || !text.Contains(Open, StringComparison.Ordinal))
        {
            return value;
        }

        var parts = new List<TextPart>();
        var literal = 0;
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Open, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf(')', at);
            if (end < 0)
            {
                break;
            }

            if (!values.TryGetValue(text[(at + Open.Length)..end], out var given) || (at > 0 && text[at - 1] == '$'))
            {
                continue;
            }

            if (at == 0 && end == text.Length - 1)
            {
                return given.With(new Trace(StepKind.Overlay, text, value.Trace?.Place ?? given.Trace!.Place, given.Trace));
            }

            parts.Add(new TextPart(text[literal..at]));
            parts.Add(given is TextValue ? new TextPart(given) : new TextPart(ObjectId.Text(given)));
            literal = end + 1;
        }

        return parts.Count == 0 ? value : TextValue.Of(parts.Append(new TextPart(text[literal..]))).With(value.Trace);
    }
}
