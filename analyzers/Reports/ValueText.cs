using System.Text;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.Reports;

/// <summary>
/// Values as one line of text for people: holes and unknowns in angle brackets, open collections end in <c>…</c>, choices are joined by <c>|</c>. Sensitive values are never printed.
/// </summary>
internal static class ValueText
{
    private const int DepthLimit = 8;
    private const int LengthLimit = 2000;

    internal static string Of(Value value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        if (text.Length > LengthLimit)
        {
            text.Length = LengthLimit;
            text.Append('…');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Value value, int depth)
    {
        if (text.Length > LengthLimit)
        {
            return;
        }

        if (value.IsSensitive)
        {
            text.Append("<sensitive>");
            return;
        }

        if (depth > DepthLimit)
        {
            text.Append('…');
            return;
        }

        switch (value)
        {
            case NullValue:
                text.Append("null");
                break;
            case BoolValue known:
                text.Append(known.Value ? "true" : "false");
                break;
            case NumberValue known:
                text.Append(known.Number.ToString());
                break;
            case TextValue { Content: { } content }:
                text.Append(content.Format).Append('(');
                Append(text, content.Content, depth + 1);
                text.Append(')');
                break;
            case TextValue known:
                AppendText(text, known, depth);
                break;
            case ListValue list:
                AppendList(text, list, depth);
                break;
            case MapValue map:
                AppendMap(text, map, depth);
                break;
            case ChoiceValue choice:
                for (var at = 0; at < choice.Alternatives.Length; at++)
                {
                    text.Append(at == 0 ? "" : " | ");
                    Append(text, choice.Alternatives[at].Value, depth + 1);
                    AppendGuard(text, choice.Alternatives[at].Guard);
                }

                break;
            case FactValue fact:
                text.Append("-> ").Append(fact.Fact.Shape.Kind).Append(' ').Append(fact.Fact.Address.Path);
                break;
            case UnknownValue unknown:
                text.Append('<').Append(unknown.Reference?.ToString() ?? "unknown: " + unknown.Causes[0].Detail).Append('>');
                break;
        }
    }

    private static void AppendText(StringBuilder text, TextValue known, int depth)
    {
        text.Append('"');
        foreach (var part in known.Parts)
        {
            if (part.Hole is { } hole)
            {
                Append(text, hole, depth + 1);
            }
            else
            {
                foreach (var character in part.Literal!)
                {
                    _ = character switch
                    {
                        '"' => text.Append("\\\""),
                        '\\' => text.Append("\\\\"),
                        '\n' => text.Append("\\n"),
                        '\r' => text.Append("\\r"),
                        '\t' => text.Append("\\t"),
                        _ when char.IsControl(character) => text.Append('?'),
                        _ => text.Append(character),
                    };
                }
            }
        }

        text.Append('"');
    }

    private static void AppendList(StringBuilder text, ListValue list, int depth)
    {
        text.Append('[');
        for (var at = 0; at < list.Items.Length; at++)
        {
            text.Append(at == 0 ? "" : ", ");
            Append(text, list.Items[at].Value, depth + 1);
            AppendGuard(text, list.Items[at].Guard);
        }

        text.Append(list.IsOpen ? (list.Items.Length == 0 ? "…" : ", …") : "").Append(']');
    }

    private static void AppendMap(StringBuilder text, MapValue map, int depth)
    {
        text.Append('{');
        for (var at = 0; at < map.Entries.Length; at++)
        {
            var entry = map.Entries[at];
            text.Append(at == 0 ? " " : ", ").Append(entry.Key).Append(" = ");
            Append(text, entry.Value, depth + 1);
            AppendGuard(text, entry.Guard);
        }

        text.Append(map.IsOpen ? (map.Entries.Length == 0 ? " …" : ", …") : "").Append(map.Entries.Length == 0 && !map.IsOpen ? "}" : " }");
    }

    private static void AppendGuard(StringBuilder text, Guard guard)
    {
        if (!guard.IsAlways)
        {
            text.Append(" if ").Append(guard);
        }
    }
}
