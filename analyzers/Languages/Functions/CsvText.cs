using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>Reads comma-separated values (RFC 4180) under a header line.</summary>
internal static class CsvText
{
    private static readonly DataType Objects = new ListType(DataType.Dynamic);

    /// <summary>A list of objects, or an error.</summary>
    internal static Value Decode(string text)
    {
        if (Lines(text) is not { } lines)
        {
            return Conversion.Error("the CSV text has a quote in the wrong place", Objects);
        }

        if (lines.Count == 0)
        {
            return Conversion.Error("the CSV text has no header line", Objects);
        }

        var header = lines[0];
        if (header.Distinct(StringComparer.Ordinal).Count() != header.Count)
        {
            return Conversion.Error("the CSV text has two columns of one name", Objects);
        }

        if (lines.FindIndex(line => line.Count != header.Count) is >= 0 and var wrong)
        {
            return Conversion.Error($"line {wrong + 1} of the CSV text has {lines[wrong].Count} fields, not {header.Count}", Objects);
        }

        var type = MapValue.Of(header.Select(name => (name, (Value)new TextValue("")))).Type;
        return ListValue.Of(lines.Skip(1).Select(line => MapValue.Of(header.Zip(line, (name, field) => (name, (Value)new TextValue(field))))), SequenceKind.List, type);
    }

    private static List<List<string>>? Lines(string text)
    {
        var lines = new List<List<string>>();
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= text.Length)
                    {
                        return null;
                    }

                    if (text[at] != '"')
                    {
                        field.Append(text[at]);
                    }
                    else if (at + 1 < text.Length && text[at + 1] == '"')
                    {
                        field.Append(text[at++]);
                    }
                    else
                    {
                        at++;
                        break;
                    }
                }

                if (at < text.Length && text[at] is not (',' or '\n' or '\r'))
                {
                    return null;
                }
            }
            else
            {
                while (at < text.Length && text[at] is not (',' or '\n' or '\r'))
                {
                    if (text[at] == '"')
                    {
                        return null;
                    }

                    field.Append(text[at++]);
                }
            }

            fields.Add(field.ToString());
            field.Clear();
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length)
                {
                    fields.Add("");
                }

                continue;
            }

            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
            if (fields is not [""])
            {
                lines.Add(fields);
            }

            fields = [];
        }

        if (fields.Count > 0)
        {
            lines.Add(fields);
        }

        return lines;
    }
}
