using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using Analyzer.Languages.Yaml;

namespace Analyzer.CloudFormation;

/// <summary>Functions that compute texts and lists. What is unknown stays a hole; what is made of an unknown with a name has a name, too.</summary>
internal sealed class TextFunctions(TemplateScope scope, TemplateEvaluator evaluator)
{
    private const int TextLimit = 1 << 20;

    /// <summary><c>Fn::Sub</c>, with or without own names.</summary>
    internal Value Sub(Value argument, Span place, TemplateReferences references)
    {
        var (written, names) = argument switch
        {
            ListValue { Items: [var template, var map] } => (template.Value, map.Value as MapValue),
            ListValue { Items: [var template] } => (template.Value, null),
            _ => (argument, null),
        };
        if (written is MapValue { Entries: [{ Key: var inner }] } && TemplateEvaluator.IsFunction(inner) && evaluator.Evaluate(written) is UnknownValue unknown)
        {
            return unknown;
        }

        if (Texts.Of(written) is not { } source)
        {
            return scope.Wrong("invalid-function", "\"Fn::Sub\" takes a text.", place);
        }

        // Names have their own places where the text stands as it is written; a loop may have put others into it.
        var embedded = source is { Known: not null, Trace.Kind: StepKind.Literal } ? new Lazy<SourceFile?>(() => ScalarText.Embed(source)) : null;
        var pieces = ImmutableArray.CreateBuilder<Value>();
        foreach (var part in source.Parts.Length == 0 ? [new TextPart("")] : source.Parts)
        {
            if (part.Hole is { } hole)
            {
                pieces.Add(hole);
            }
            else
            {
                Substitute(part.Literal!, source, place, names, embedded, references, pieces);
            }
        }

        return Compose("Fn::Sub", pieces.ToImmutable(), place);
    }

    private void Substitute(string text, Value source, Span place, MapValue? names, Lazy<SourceFile?>? embedded, TemplateReferences references, ImmutableArray<Value>.Builder pieces)
    {
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is >= 0 and var end)
        {
            pieces.Add(Literal(text[at..start], source));
            var name = text[(start + 2)..end].Trim();
            at = end + 1;
            if (name.StartsWith('!'))
            {
                pieces.Add(Literal($"${{{name[1..]}}}", source));
                continue;
            }

            var first = Encoding.UTF8.GetByteCount(text.AsSpan(0, start));
            var namePlace = embedded?.Value?.At(first, Encoding.UTF8.GetByteCount(text.AsSpan(start, at - start))).Outermost ?? place;
            pieces.Add(names?[name] is { } own ? evaluator.Evaluate(own) : references.Named(name, namePlace));
        }

        pieces.Add(Literal(text[at..], source));
    }

    /// <summary>A function whose arguments are only values.</summary>
    internal Value Compute(string function, Value argument, Span place)
    {
        switch (function, argument)
        {
            case ("Fn::Join", ListValue { Items: [var delimiter, var list] }):
                return Choices.Across([evaluator.Evaluate(delimiter.Value), evaluator.Evaluate(list.Value)], values => Join(values[0], values[1], place));
            case ("Fn::Split", ListValue { Items: [var delimiter, var text] }):
                return Choices.Across([evaluator.Evaluate(delimiter.Value), evaluator.Evaluate(text.Value)], values => Split(values[0], values[1], place));
            case ("Fn::Select", ListValue { Items: [var index, var list] }):
                return Choices.Across([evaluator.Evaluate(index.Value), evaluator.Evaluate(list.Value)], values => Select(values[0], values[1], place));
            case ("Fn::Cidr", ListValue { Items.Length: 2 or 3 } arguments):
                return Choices.Across([.. arguments.Values.Select(evaluator.Evaluate)], values => Cidr(values, place));
            case ("Fn::Base64", _):
                return Choices.Across([evaluator.Evaluate(argument)], values => Base64(values[0], place));
            case ("Fn::ToJsonString", _):
                return TemplateJson.Encode(evaluator.Evaluate(argument)).With(new Trace(StepKind.Computed, function, place, argument.Trace));
            case ("Fn::Length", _):
                return Choices.Across([evaluator.Evaluate(argument)], values => values[0] is ListValue { HasKnownLength: true } list
                    ? new TextValue(list.Items.Length.ToString(CultureInfo.InvariantCulture)).With(new Trace(StepKind.Computed, function, place, list.Trace))
                    : Derived(function, values[0], ".length()", DataType.Text, place));
            case ("Fn::GetAZs", _):
                return Zones(evaluator.Evaluate(argument), place);
            default:
                return scope.Wrong("invalid-function", $"The arguments of \"{function}\" are not what it takes.", place);
        }
    }

    private static Value Literal(string text, Value source) => new TextValue(text).With(source.Trace);

    /// <summary>Text of pieces. One piece alone is that piece; its identity is kept.</summary>
    private Value Compose(string function, ImmutableArray<Value> pieces, Span place)
    {
        var written = pieces.Where(piece => piece is not TextValue { Known: "" }).ToImmutableArray();
        return written.Length switch
        {
            0 => pieces[0],
            1 when written[0] is TextValue or UnknownValue or ChoiceValue => written[0],
            _ => Choices.Across(written, values => Concatenate(function, values, place)),
        };
    }

    private Value Concatenate(string function, ImmutableArray<Value> pieces, Span place)
    {
        var parts = new List<TextPart>(pieces.Length);
        var length = 0L;
        foreach (var piece in pieces)
        {
            if (Texts.Of(piece) is { } text)
            {
                length += text.LiteralLength;
                parts.Add(new TextPart(text));
            }
            else if (piece is UnknownValue or ChoiceValue)
            {
                parts.Add(new TextPart(piece));
            }
            else
            {
                return scope.Wrong("invalid-function", $"\"{function}\" can only join texts.", place);
            }
        }

        if (length > TextLimit)
        {
            return new UnknownValue(UnknownReason.Limit, $"a text of more than {TextLimit} characters", place, type: DataType.Text);
        }

        var source = pieces.FirstOrDefault(piece => piece is not TextValue || piece.Trace is { Kind: not StepKind.Literal }) ?? pieces[0];
        return TextValue.Of(parts).With(new Trace(StepKind.Computed, function, place, source.Trace));
    }

    private Value Join(Value delimiter, Value list, Span place)
    {
        if (Texts.Of(delimiter) is not { Known: { } separator })
        {
            return UnknownValue.From(DataType.Text, delimiter, list);
        }

        if (list is ListValue { IsOpen: false, HasKnownLength: false } guarded && Alternatives.Expand(guarded) is ChoiceValue expanded)
        {
            return Choices.Across([delimiter, expanded], values => Join(values[0], values[1], place));
        }

        if (list is not ListValue { HasKnownLength: true } items)
        {
            return list is ListValue or UnknownValue or ChoiceValue
                ? Derived("Fn::Join", list, $".join(\"{separator}\")", DataType.Text, place)
                : scope.Wrong("invalid-function", "\"Fn::Join\" takes a delimiter and a list.", place);
        }

        if (items.Items.Length == 0)
        {
            return new TextValue("").With(new Trace(StepKind.Computed, "Fn::Join", place, list.Trace));
        }

        var pieces = ImmutableArray.CreateBuilder<Value>(items.Items.Length * 2);
        foreach (var item in items.Values)
        {
            if (pieces.Count > 0)
            {
                pieces.Add(Literal(separator, delimiter));
            }

            pieces.Add(item);
        }

        return Compose("Fn::Join", pieces.ToImmutable(), place);
    }

    private Value Split(Value delimiter, Value text, Span place)
    {
        if (Texts.Of(delimiter)?.Known is not { Length: > 0 } separator)
        {
            return UnknownValue.From(new ListType(DataType.Text), delimiter, text);
        }

        if (Texts.Of(text) is { } parts && Divide(parts, separator, trim: false) is { } divided)
        {
            return divided.With(new Trace(StepKind.Computed, "Fn::Split", place, text.Trace));
        }

        return text is TextValue or UnknownValue or ChoiceValue
            ? Derived("Fn::Split", text, $".split(\"{separator}\")", new ListType(DataType.Text), place)
            : scope.Wrong("invalid-function", "\"Fn::Split\" takes a delimiter and a text.", place);
    }

    private Value Select(Value index, Value list, Span place)
    {
        if (Texts.Whole(index) is not { } at)
        {
            return index is UnknownValue or ChoiceValue or TextValue { Known: null }
                ? UnknownValue.From(null, index, list)
                : scope.Wrong("invalid-function", "The index of \"Fn::Select\" is not a whole number.", place);
        }

        switch (list)
        {
            case ListValue items when items.Items.Take(at).All(item => item.Guard.IsAlways) && at >= 0 && at < items.Items.Length && items.Items[at].Guard.IsAlways:
                return items.Items[at].Value;
            case ListValue { HasKnownLength: true } items:
                return scope.Wrong("invalid-function", $"The list of \"Fn::Select\" has {items.Items.Length} elements and no element {at}.", place);
            case ListValue or UnknownValue or ChoiceValue:
                return Derived("Fn::Select", list, $"[{at}]", DataType.Text, place);
            default:
                return scope.Wrong("invalid-function", "\"Fn::Select\" takes an index and a list.", place);
        }
    }

    private Value Base64(Value text, Span place)
    {
        var trace = new Trace(StepKind.Computed, "Fn::Base64", place, text.Trace);
        if (Texts.Of(text) is not { } content)
        {
            return text is UnknownValue ? Hole(text).With(trace) : scope.Wrong("invalid-function", "\"Fn::Base64\" takes a text.", place);
        }

        var encoded = content.Known is { } known
            ? new TextValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(known))) { Content = new Encoded("base64", content) }
            : Hole(content);
        return encoded.With(trace);

        static TextValue Hole(Value value) =>
            TextValue.Of([new TextPart(UnknownValue.From(DataType.Text, value))]).Encoding(new Encoded("base64", value));
    }

    private Value Zones(Value region, Span place)
    {
        var name = region is NullValue ? "" : Texts.Of(region) is { Known: { } known } ? known : region is UnknownValue { Reference: { } reference } ? reference.ToString() : null;
        var type = new ListType(DataType.Text);
        return name is null
            ? UnknownValue.From(type, region)
            : new UnknownValue(UnknownReason.External, "the zones of the region are known when the stack is created", place,
                new Reference(scope.Address(name.Length == 0 ? "AWS::Region" : name), "zones"), type)
            { IsNotNull = true };
    }

    private Value Cidr(ImmutableArray<Value> arguments, Span place)
    {
        var count = Texts.Whole(arguments[1]);
        var bits = arguments.Length > 2 ? Texts.Whole(arguments[2]) : null;
        if (Texts.Of(arguments[0])?.Known is { } block && count is { } number && (arguments.Length == 2 || bits is not null))
        {
            var trace = new Trace(StepKind.Computed, "Fn::Cidr", place, arguments[0].Trace);
            return CidrBlocks.Divide(block, number, bits) is { } blocks
                ? ListValue.Of(blocks.Select(each => new TextValue(each).With(trace)), SequenceKind.List, DataType.Text).With(trace)
                : scope.Wrong("invalid-function", $"\"{block}\" cannot be divided into {number} blocks of that size.", place);
        }

        return Derived("Fn::Cidr", arguments[0], $".cidr({count}, {bits})", new ListType(DataType.Text), place);
    }

    /// <summary>The list that a text with commas is: one element more than there are commas, so that of an empty text has one, which is empty.</summary>
    internal static Value ListOf(string text, Trace way) =>
        ListValue.Of(text.Split(',').Select(item => new TextValue(item.Trim()).With(way)), SequenceKind.List, DataType.Text).With(way);

    /// <summary>
    /// A text divided where the separator stands. A hole that may have the separator in it ends what is known: the elements before it are certain, and the list is open. Null if no element
    /// is certain.
    /// </summary>
    internal static ListValue? Divide(TextValue text, string separator, bool trim)
    {
        var items = new List<Value>();
        var current = new List<TextPart>();
        foreach (var part in text.Parts)
        {
            if (part.Hole is { } hole)
            {
                if (MayContain(hole, separator))
                {
                    return items.Count == 0 ? null : new ListValue([.. items.Select(item => new Item(item))], SequenceKind.List, DataType.Text) { OpenBecause = [.. Cause.Of(text).Take(Cause.Limit)] };
                }

                current.Add(part);
                continue;
            }

            var pieces = part.Literal!.Split(separator);
            for (var at = 0; at < pieces.Length; at++)
            {
                if (at > 0)
                {
                    items.Add(Element());
                }

                current.Add(new TextPart(trim ? pieces[at].Trim() : pieces[at]));
            }
        }

        items.Add(Element());
        return (ListValue)ListValue.Of(items, SequenceKind.List, DataType.Text).With(text.Trace);

        Value Element()
        {
            var written = current.Where(part => part.Literal is not "").ToList();
            current.Clear();
            return written is [{ Hole: { } only }] ? only : TextValue.Of(written).With(text.Trace);
        }
    }

    /// <summary>The list whose joined text a value is; null if it is no such text.</summary>
    internal static UnknownValue? Joined(UnknownValue text, string separator)
    {
        var suffix = $".join(\"{separator}\")";
        return text.Reference is { } reference && reference.Attribute.EndsWith(suffix, StringComparison.Ordinal)
            ? new UnknownValue(text.Causes, new ListType(DataType.Text)) { Reference = reference with { Attribute = reference.Attribute[..^suffix.Length] }, IsNotNull = true }.With(text.Trace) as UnknownValue
            : null;
    }

    /// <summary>False for a hole that certainly has no separator in it: numbers of accounts, names of regions and partitions, and, of commas, what identifies a resource.</summary>
    private static bool MayContain(Value hole, string separator)
    {
        if (hole is not UnknownValue { Reference: { } reference })
        {
            return true;
        }

        var name = reference.Target.Path[(reference.Target.Path.LastIndexOf('.') + 1)..];
        return name switch
        {
            "AWS::AccountId" => separator.All(char.IsAsciiDigit),
            "AWS::Region" or "AWS::Partition" => separator.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-'),
            _ => separator != "," || reference.Attribute is not ("Ref" or "Arn" or "GroupId" or "VpcId" or "SubnetId"),
        };
    }

    /// <summary>What a function makes of a value that is not known. If that value is an attribute, the result has a name made of it: equal calls are equal values.</summary>
    private static Value Derived(string function, Value source, string suffix, DataType type, Span place)
    {
        var result = UnknownValue.From(type, source);
        var named = source is UnknownValue { Reference: { } reference }
            ? new UnknownValue(result.Causes, type) { Reference = reference with { Attribute = reference.Attribute + suffix }, IsNotNull = true }
            : result;
        return named.With(new Trace(StepKind.Computed, function, place, source.Trace));
    }
}
