using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using Analyzer.Languages.Yaml;

namespace Analyzer.Languages.Functions;

/// <summary>Values as YAML text and back, as <c>yamlencode</c> and <c>yamldecode</c> do; what is unknown is a hole.</summary>
public static class YamlText
{
    private const int DepthLimit = 128;

    /// <summary>The text of a value; it keeps the value, so that decoding gives it back.</summary>
    public static TextValue Encode(Value value)
    {
        var parts = new List<TextPart>();
        Write(value, parts, 0, inLine: true);
        if (value is NullValue or BoolValue or NumberValue)
        {
            // A plain word that is all of a document has its end marked.
            parts.Add(new TextPart("...\n"));
        }

        return TextValue.Of(parts).Encoding(new Encoded("yaml", value));
    }

    /// <summary>
    /// The only document of a text. Holes are read as words, so that they may stand in scalars and keys; one that is a whole scalar is unknown.
    /// </summary>
    public static Value Decode(TextValue text, Span? place)
    {
        var holes = new Dictionary<string, Value>(StringComparer.Ordinal);
        var all = new StringBuilder();
        foreach (var part in text.Parts)
        {
            var literal = part.Literal;
            if (part.Hole is { } hole)
            {
                literal = $"hole{holes.Count}Q7z";
                holes[literal] = hole;
            }

            all.Append(literal);
        }

        var log = new ProblemLog();
        var documents = YamlReader.Read(Source(text, all.ToString(), place), YamlOptions.Terraform, log);
        if (log.Sorted().FirstOrDefault(problem => problem.Severity != ProblemSeverity.Information) is { } problem)
        {
            return holes.Count > 0 ? UnknownValue.From(null, text) : Conversion.Error(problem.Message);
        }

        return documents is not [var document] ? Conversion.Error("the YAML text must have one document")
            : holes.Count == 0 ? document.Root
            : Filled(document.Root, holes, 0);
    }

    /// <summary>
    /// The file a text was read from, if it is all of it; else where its lines stand, of all the places in which it was written or put together: then decoded values have their places there.
    /// </summary>
    private static SourceFile Source(TextValue text, string all, Span? place)
    {
        var bytes = Encoding.UTF8.GetBytes(all);
        Span? first = null;
        foreach (var origin in (text.Trace?.Steps ?? []).Where(static step => step.Kind is StepKind.Literal or StepKind.Computed).Select(static step => (Span?)step.Place).Append(place))
        {
            if (origin is not { File: { } file } span)
            {
                continue;
            }

            if (span.Length == file.Bytes.Length && file.Bytes.Span.SequenceEqual(bytes))
            {
                return file;
            }

            if (HeredocLines.Map(span, bytes) is { Length: > 0 } lines)
            {
                return new EmbeddedText(span, bytes, lines);
            }

            first ??= span;
        }

        return first is not { } written ? SourceFile.FromText("yamldecode", all) : ScalarText.Embed(text) ?? new EmbeddedText(written, bytes, []);
    }

    private static Value Filled(Value value, Dictionary<string, Value> holes, int depth)
    {
        switch (value)
        {
            case TextValue { Known: { } text } when Parts(text, holes) is { } parts:
                return parts is [{ Hole: { } only }]
                    ? only is UnknownValue { Type: NumberType or BoolType } ? only : UnknownValue.From(null, only).With(only.Trace)
                    : TextValue.Of(parts).With(value.Trace);
            case ListValue list when depth < DepthLimit:
                return new ListValue([.. list.Items.Select(item => item with { Value = Filled(item.Value, holes, depth + 1) })]) { OpenBecause = list.OpenBecause }.With(value.Trace);
            case MapValue map when depth < DepthLimit:
                var open = map.OpenBecause;
                var entries = new List<Entry>(map.Entries.Length);
                foreach (var entry in map.Entries)
                {
                    var filled = entry with { Value = Filled(entry.Value, holes, depth + 1) };
                    if (Parts(entry.Key, holes) is { } key)
                    {
                        var keyText = TextValue.Of(key);
                        open = Sequences.Both(open, Sequences.Causes(keyText));
                        filled = filled with { Key = keyText.ToString(), KeyText = keyText };
                    }

                    entries.Add(filled);
                }

                return new MapValue([.. entries]) { OpenBecause = open, Place = map.Place }.With(value.Trace);
            default:
                return value;
        }
    }

    private static List<TextPart>? Parts(string text, Dictionary<string, Value> holes)
    {
        List<TextPart>? parts = null;
        var from = 0;
        for (var at = text.IndexOf("hole", StringComparison.Ordinal); at >= 0; at = text.IndexOf("hole", at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf("Q7z", at, StringComparison.Ordinal);
            if (end > 0 && holes.TryGetValue(text[at..(end + 3)], out var hole))
            {
                parts ??= [];
                parts.Add(new TextPart(text[from..at]));
                parts.Add(new TextPart(hole));
                from = end + 3;
            }
        }

        parts?.Add(new TextPart(text[from..]));
        return parts is null ? null : [.. TextValue.Of(parts).Parts];
    }

    private static void Write(Value value, List<TextPart> parts, int indentation, bool inLine)
    {
        switch (value)
        {
            case ListValue { HasKnownLength: true, IsUnordered: false, Items.Length: > 0 } list when indentation < DepthLimit * 2:
                for (var at = 0; at < list.Items.Length; at++)
                {
                    parts.Add(new TextPart((at == 0 && inLine ? "" : Blanks(indentation)) + "- "));
                    Write(list.Items[at].Value, parts, indentation + 2, inLine: true);
                }

                break;
            case MapValue { IsOpen: false, Entries.Length: > 0 } map when indentation < DepthLimit * 2 && map.Entries.All(entry => entry.Guard.IsAlways):
                var first = inLine;
                foreach (var entry in map.Entries.OrderBy(entry => entry.Key, TextOrder.Instance))
                {
                    parts.Add(new TextPart(first ? "" : Blanks(indentation)));
                    parts.AddRange(JsonText.Encode(new TextValue(entry.Key)).Parts);
                    first = false;
                    if (entry.Value is ListValue { HasKnownLength: true, IsUnordered: false, Items.Length: > 0 })
                    {
                        parts.Add(new TextPart(":\n"));
                        Write(entry.Value, parts, indentation, inLine: false);
                    }
                    else if (entry.Value is MapValue { IsOpen: false, Entries.Length: > 0 } inner && inner.Entries.All(each => each.Guard.IsAlways))
                    {
                        parts.Add(new TextPart(":\n"));
                        Write(entry.Value, parts, indentation + 2, inLine: false);
                    }
                    else
                    {
                        parts.Add(new TextPart(": "));
                        Write(entry.Value, parts, indentation + 2, inLine: true);
                    }
                }

                break;
            case TextValue { Known: { } text } when text.Contains('\n', StringComparison.Ordinal) && !text.StartsWith(' ') && !text.Contains('\r', StringComparison.Ordinal):
                var kept = text.EndsWith("\n\n", StringComparison.Ordinal) || text == "\n" ? "|+" : text.EndsWith('\n') ? "|" : "|-";
                parts.Add(new TextPart(kept + "\n"));
                var body = text.EndsWith('\n') ? text[..^1] : text;
                foreach (var line in body.Split('\n'))
                {
                    parts.Add(new TextPart((line.Length == 0 ? "" : Blanks(Math.Max(2, indentation))) + line + "\n"));
                }

                break;
            case TextValue { Known: null } text when text.Parts.Any(part => part.Hole is { } hole ? MayHaveLines(hole) : part.Literal!.Contains('\n', StringComparison.Ordinal)):
                // Several lines are written as a block, and how it is indented depends on what stands in the holes.
                parts.Add(new TextPart(UnknownValue.From(DataType.Text, text)));
                parts.Add(new TextPart("\n"));
                break;
            default:
                parts.AddRange(JsonText.Plain(value).Parts);
                parts.Add(new TextPart("\n"));
                break;
        }
    }

    /// <summary>What an attribute or a variable holds is taken to be one line; what a function made of texts may be several.</summary>
    private static bool MayHaveLines(Value hole) => hole switch
    {
        ChoiceValue choice => choice.Alternatives.Any(each => MayHaveLines(each.Value)),
        TextValue text => text.Parts.Any(part => part.Hole is { } inner ? MayHaveLines(inner) : part.Literal!.Contains('\n', StringComparison.Ordinal)),
        UnknownValue { Type: NumberType or BoolType } => false,
        _ => !hole.References.Any(),
    };

    private static string Blanks(int count) => new(' ', count);
}
