using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Names of a template: parameters, resources and their attributes, mappings, exports of other stacks, dynamic references.</summary>
internal sealed class TemplateReferences(TemplateScope scope, TemplateEvaluator evaluator)
{
    private const string DynamicStart = "{{resolve:";

    /// <summary>The attribute of an EKS cluster that is certainly an address.</summary>
    private const string Issuer = "OpenIdConnectIssuerUrl";

    /// <summary>What <c>Fn::FindInMap</c> finds where there is no row.</summary>
    private static readonly NullValue NoRow = new();

    /// <summary>What stands before the name of an output of a nested stack.</summary>
    private const string Outputs = "Outputs.";

    /// <summary>What the value that is being evaluated depends on.</summary>
    internal List<Dependency> Dependencies { get; set; } = [];

    /// <summary><c>Ref</c>: a parameter's value, or what identifies a resource.</summary>
    internal Value Ref(string name, Span place)
    {
        if (name == "AWS::NoValue")
        {
            return TemplateEvaluator.Removed;
        }

        if (scope.Parameters.Find(name) is { } parameter)
        {
            return parameter is TextValue { Trace: null } ? parameter.WrittenAt(place) : evaluator.Assumed(parameter);
        }

        return scope.Resources.Find(name) is not null ? Attribute(name, "Ref", place, name, DataType.Text) : scope.Undeclared("parameter or resource", name, place);
    }

    /// <summary><c>Fn::GetAtt</c>, as a list or as one dotted text.</summary>
    internal Value GetAtt(Value arguments, Span place)
    {
        string? name;
        Value attribute;
        switch (arguments)
        {
            case ListValue { Items: [var first, var second] }:
                name = Texts.Of(evaluator.Evaluate(first.Value))?.Known;
                attribute = evaluator.Evaluate(second.Value);
                break;
            case TextValue { Known: { } dotted } when dotted.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot:
                (name, attribute) = (dotted[..dot], new TextValue(dotted[(dot + 1)..]));
                break;
            default:
                return scope.Wrong("invalid-function", "\"Fn::GetAtt\" takes a resource and an attribute.", place);
        }

        if (name is null)
        {
            return scope.Wrong("invalid-function", "The resource of \"Fn::GetAtt\" is not a name.", place);
        }

        if (Texts.Of(attribute)?.Known is { } path)
        {
            return GetAtt(name, path, place);
        }

        Depend(name, place);
        return UnknownValue.From(null, attribute).With(new Trace(StepKind.Attribute, name, place));
    }

    /// <summary>An attribute of a resource.</summary>
    internal Value GetAtt(string name, string attribute, Span place) => scope.Resources.Find(name) is null
        ? scope.Undeclared("resource", name, place)
        : Attribute(name, attribute, place, $"{name}.{attribute}", null);

    /// <summary>A name inside <c>${}</c> of a Sub.</summary>
    internal Value Named(string name, Span place)
    {
        if (scope.Parameters.Find(name) is null && scope.Resources.Find(name) is null && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            return GetAtt(name[..dot], name[(dot + 1)..], place);
        }

        return Ref(name, place);
    }

    /// <summary>Records that what is evaluated needs a resource.</summary>
    internal void Depend(string name, Span place) => Dependencies.Add(new Dependency(scope.Address(name), place, IsExplicit: false, []));

    private Value Attribute(string resource, string attribute, Span place, string written, DataType? type)
    {
        Depend(resource, place);
        var reference = new Reference(scope.Address(resource), attribute);
        if (!attribute.StartsWith(Outputs, StringComparison.Ordinal) || scope.Nested.Find(resource) is not { } nested)
        {
            return Unknown(UnknownReason.Computed, $"{written} is known when the resource is created");
        }

        if (nested.Scope is not { } child)
        {
            return Unknown(UnknownReason.Missing, $"{written} is an output of another template");
        }

        var name = attribute[Outputs.Length..];
        return child.Output(name)?.Through(StepKind.Output, written, place) ?? child.Undeclared("output", name, place);

        Value Unknown(UnknownReason reason, string detail) => new UnknownValue(reason, detail, place, reference, type) { IsNotNull = true, Prefix = attribute == Issuer ? "https://" : "" }
            .With(new Trace(StepKind.Attribute, written, place, null, reference));
    }

    /// <summary><c>Fn::FindInMap</c>: the value of the row, or a choice over all rows that unknown keys may mean.</summary>
    internal Value FindInMap(Value arguments, Span place)
    {
        if (arguments is not ListValue { Items.Length: 3 or 4 } list)
        {
            return scope.Wrong("invalid-function", "\"Fn::FindInMap\" takes a mapping and two keys.", place);
        }

        var fallback = list.Items.Length == 4 && list.Items[3].Value is MapValue extra ? extra["DefaultValue"] : null;
        var found = Choices.Across([.. list.Items.Take(3).Select(item => evaluator.Evaluate(item.Value))], keys => Find(list, keys, fallback, place) ?? NoRow);
        if (found is ChoiceValue choice && choice.Alternatives.Where(each => !ReferenceEquals(each.Value, NoRow)).ToList() is { Count: > 0 } rows)
        {
            // No stack is made with a value for which there is no row.
            return rows.Count == choice.Alternatives.Length ? found : rows is [var only] ? only.Value : ChoiceValue.Of(rows);
        }

        return found is ChoiceValue || ReferenceEquals(found, NoRow)
            ? scope.Wrong("reference-to-nothing", Texts.Of(list.Items[0].Value) is { Known: { } name } ? $"The mapping \"{name}\" has no such key." : "The mapping has no such key.", place)
            : found;
    }

    private Value? Find(ListValue written, ImmutableArray<Value> keys, Value? fallback, Span place)
    {
        if (keys.FirstOrDefault(key => key is not (TextValue or NumberValue or BoolValue or UnknownValue or ChoiceValue)) is { } wrong)
        {
            return scope.Wrong("invalid-function", "The mapping and the keys of \"Fn::FindInMap\" are texts.", wrong.Trace?.Place ?? place);
        }

        if (Texts.Of(keys[0])?.Known is not { } name)
        {
            return UnknownValue.From(null, keys);
        }

        if (scope.Template.Mappings[name] is not MapValue mapping)
        {
            if (Made(scope.Template.Mappings) is { } made)
            {
                return made;
            }

            return fallback is null ? scope.Wrong("reference-to-nothing", $"The template has no mapping \"{name}\".", place) : evaluator.Evaluate(fallback);
        }

        return Row(mapping, keys[1], written.Items[1].Value, Column);

        Value? Column(Value row) => row switch
        {
            MapValue map => Row(map, keys[2], written.Items[2].Value, value => value.Through(StepKind.Local, name, place)),
            UnknownValue => row,
            _ => scope.Wrong("invalid-template", $"What stands under the first key of the mapping \"{name}\" is no map.", row.Trace?.Place ?? place),
        };

        // Null for a row that is not there: where nobody knows the key, no stack is made with it.
        Value? Row(MapValue map, Value key, Value keyWritten, Func<Value, Value?> then)
        {
            if (Made(map) is { } made)
            {
                return made;
            }

            if (Texts.Of(key)?.Known is { } known)
            {
                return map[known] is { } row ? then(Texts.Textual(row)) : fallback is not null ? evaluator.Evaluate(fallback) : null;
            }

            if (map.Entries.Length == 0 || map.IsOpen)
            {
                return UnknownValue.From(null, key);
            }

            var (subject, text) = scope.Formulas.Subject(key, keyWritten);
            var domain = (key as UnknownValue)?.Reference is { } reference ? scope.DomainOf(reference) : null;
            var rows = map.Entries.Where(entry => domain?.Contains(entry.Key, StringComparer.Ordinal) != false).ToList();
            var causes = Cause.Of(key).Take(Cause.Limit).ToImmutableArray();
            var alternatives = rows.Select(row => (row.Key, Value: then(Texts.Textual(row.Value)))).Where(row => row.Value is not null)
                .Select(row => new Alternative(Guard.Is(subject, row.Key, true, text, domain, causes), row.Value!)).ToList();
            if (fallback is not null)
            {
                alternatives.Add(new Alternative(None(rows, subject, text, domain, causes), evaluator.Evaluate(fallback)));
            }

            return alternatives.Count == 0 ? null : ChoiceValue.Of(alternatives) is ChoiceValue choice ? choice : Same(alternatives, key);
        }

        UnknownValue? Made(MapValue rows) => rows.Entries.Any(entry => Template.IsMaker(entry.Key))
            ? new UnknownValue(UnknownReason.Missing, $"what the mapping \"{name}\" says is in a file that is included from elsewhere", place)
            : null;

        static Guard None(List<Entry> rows, string subject, string text, IReadOnlyList<string>? domain, ImmutableArray<Cause> causes) =>
            rows.Select(row => Guard.Is(subject, row.Key, false, text, domain, causes)).Aggregate(Guard.Always, (all, each) => all.And(each) ?? all);
    }

    /// <summary>One value if all rows have it; otherwise there are too many and the key decides.</summary>
    private static Value Same(IEnumerable<Alternative> alternatives, Value key) =>
        ChoiceValue.Of(alternatives) is var only and not UnknownValue ? only : UnknownValue.From(null, key);

    /// <summary><c>Fn::ImportValue</c>: what another template of the repository exports under the name, or an unknown with the name as its identity.</summary>
    internal Value Import(Value argument, Span place)
    {
        var name = evaluator.Evaluate(argument);
        var (known, shown) = (Texts.Of(name)?.Known, Texts.Of(name)?.ToString() ?? scope.Formulas.Canonical(argument));
        if (scope.Set.Exports.Find(name, scope) is { } value)
        {
            foreach (var target in value.References.Select(reference => reference.Target).Distinct())
            {
                Dependencies.Add(new Dependency(target, place, IsExplicit: false, [shown]));
            }

            return value.Through(StepKind.Argument, shown, place);
        }

        var export = known is null ? scope.Address($"Exports.{scope.Formulas.Canonical(argument)}") : new Address("", $"Exports.{known}");
        return new UnknownValue(UnknownReason.Missing, $"the export \"{shown}\" belongs to another stack", place, new Reference(export, "")) { IsNotNull = true };
    }

    /// <summary>Text with dynamic references: each <c>{{resolve:...}}</c> is a hole.</summary>
    internal Value Dynamic(TextValue text)
    {
        if (text.Known is not { } known || !known.Contains(DynamicStart, StringComparison.Ordinal))
        {
            return text;
        }

        var parts = new List<TextPart>();
        var at = 0;
        while (known.IndexOf(DynamicStart, at, StringComparison.Ordinal) is >= 0 and var start && known.IndexOf("}}", start, StringComparison.Ordinal) is >= 0 and var end)
        {
            parts.Add(new TextPart(known[at..start]));
            var reference = known[(start + 2)..end];
            parts.Add(new TextPart(new UnknownValue(
                UnknownReason.External, $"\"{reference}\" is resolved when the stack is deployed", evaluator.Place(text), new Reference(scope.Address(reference), ""), DataType.Text)
            { IsNotNull = true }));
            at = end + 2;
        }

        if (at == known.Length && parts is [{ Literal: "" }, { Hole: { } whole }])
        {
            return whole.With(text.Trace);
        }

        parts.Add(new TextPart(known[at..]));
        return TextValue.Of(parts).With(text.Trace);
    }
}
