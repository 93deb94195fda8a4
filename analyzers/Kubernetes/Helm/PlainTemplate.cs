using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;

namespace Analyzer.Kubernetes.Helm;

/// <summary>
/// A template of a chart as YAML, as far as it says without Helm what it is rendered to. An action in place of a scalar is a placeholder; what stands under a condition or in a loop, or comes out of a
/// function as lines of its own, is a mark: there may be anything. A template that is more than that is not read.
/// </summary>
internal sealed class PlainTemplate
{
    /// <summary>Begins the keys and elements that stand for what nobody knows.</summary>
    internal const string Mark = "pullpath.open.";

    private readonly SourceFile _file;
    private readonly string? _chart;
    private readonly List<byte> _text = [];
    private readonly List<(int Inner, int Outer)> _map = [];
    private int _marks;

    private PlainTemplate(SourceFile file, string? chart) => (_file, _chart) = (file, chart);

    /// <summary>The template as YAML whose places are those of the file; null for one that cannot be told.</summary>
    /// <param name="file">The template.</param>
    /// <param name="chart">Name of the chart (<c>.Chart.Name</c>); null if that is not known.</param>
    internal static SourceFile? Of(SourceFile file, string? chart)
    {
        var template = new PlainTemplate(file, chart);
        return template.Write() ? new EmbeddedText(file.Whole, template._text.ToArray(), [.. template._map]) : null;
    }

    private bool Write()
    {
        for (var number = 1; number <= _file.LineCount; number++)
        {
            var (start, length) = _file.Line(number);
            var line = _file.TextOf(start, length).TrimEnd();
            if (TemplateActions.In(line) is not { } actions)
            {
                return false;
            }

            if (BlockEnd(number, line) is { } end)
            {
                // A text of many lines: with actions in it nobody knows the text.
                var at = line.LastIndexOfAny(['|', '>']);
                Put(start, line, [new Piece(line[..at], 0), new Piece(Quoted($"{{{{ lines {number} }}}}"), at)]);
                number = end;
            }
            else if (actions.Count == 0)
            {
                Put(start, line, [new Piece(line, 0)]);
            }
            else if (actions is [var only] && line.Trim().Length == only.Length)
            {
                if (!Statement(ref number, start, line, only))
                {
                    return false;
                }
            }
            else if (Scalar(line, actions) is { } scalar)
            {
                Put(start, line, scalar);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An action that has its line for itself.</summary>
    private bool Statement(ref int number, int start, string line, TemplateAction action)
    {
        if (action.Opens)
        {
            return Block(ref number, start);
        }

        if (action.IsSilent)
        {
            // What is trimmed behind an action joins the next line with what is before.
            return !action.TrimsAfter || _text.All(each => each is (byte)'\n' or (byte)'\r' or (byte)' ');
        }

        return !action.TrimsAfter && action.Indentation is { } indentation && PutMark(start, indentation, isElement: false, number);
    }

    /// <summary>Everything to the end of a condition or a loop, as a mark where its first line stands.</summary>
    private bool Block(ref int number, int start)
    {
        var (depth, indentation, isElement, last) = (0, -1, false, default(TemplateAction?));
        for (; number <= _file.LineCount; number++)
        {
            var (at, length) = _file.Line(number);
            var line = _file.TextOf(at, length).TrimEnd();
            if (TemplateActions.In(line) is not { } actions || line.StartsWith("---", StringComparison.Ordinal))
            {
                return false;
            }

            foreach (var action in actions)
            {
                depth += action.Opens ? 1 : action.Closes ? -1 : 0;
                last = action;
            }

            var isAlone = actions is [var only] && line.Trim().Length == only.Length;
            var own = isAlone ? actions[0].Indentation ?? -1 : line.Trim() is { Length: > 0 } text && text[0] != '#' ? line.Length - line.TrimStart().Length : -1;
            if (isAlone && own < 0 && !(actions[0].Opens || actions[0].Closes || actions[0].IsElse || actions[0].IsSilent))
            {
                return false;
            }

            if (!isAlone && actions.Exists(action => action.Opens || action.Closes || action.IsElse) && depth == 0)
            {
                return false;
            }

            if (own >= 0)
            {
                if (indentation < 0)
                {
                    (indentation, isElement) = (own, line.TrimStart().StartsWith("- ", StringComparison.Ordinal));
                }
                else if (own < indentation)
                {
                    return false;
                }
            }

            if (depth == 0)
            {
                return last?.TrimsAfter == false && (indentation < 0 || PutMark(start, indentation, isElement, number));
            }
        }

        return false;
    }

    private bool PutMark(int start, int indentation, bool isElement, int number)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{Mark}{_marks++}");
        Put(start, "", [new Piece(new string(' ', indentation) + (isElement || IsBesideElements(number, indentation) ? $"- {mark}" : $"{mark}: null"), 0)]);
        return true;
    }

    /// <summary>Whether the next line of an indentation is an element of a list.</summary>
    private bool IsBesideElements(int number, int indentation)
    {
        for (var next = number + 1; next <= _file.LineCount; next++)
        {
            var (start, length) = _file.Line(next);
            var line = _file.TextOf(start, length).TrimEnd();
            if (line.TrimStart() is { Length: > 0 } text && text[0] != '#' && !text.StartsWith("{{", StringComparison.Ordinal))
            {
                return line.Length - text.Length == indentation && text.StartsWith("- ", StringComparison.Ordinal);
            }
        }

        return false;
    }

    /// <summary>A line with its scalar in quotes, and placeholders in it; null for a line of another kind.</summary>
    private List<Piece>? Scalar(string line, List<TemplateAction> actions)
    {
        var at = line.Length - line.TrimStart().Length;
        while (string.CompareOrdinal(line, at, "- ", 0, 2) == 0)
        {
            at += 2 + line[(at + 2)..].Length - line[(at + 2)..].TrimStart().Length;
        }

        var column = at;
        var colon = line.IndexOf(':', at);
        var valueAt = colon >= 0 && colon < actions[0].Start && line[at..colon].IndexOfAny([' ', '"', '\'', '[', '{', '#']) < 0
            ? colon + 1 + line[(colon + 1)..].Length - line[(colon + 1)..].TrimStart().Length
            : at;
        if (valueAt == at && (at == 0 || line[at - 1] != ' ' || line.TrimStart()[0] != '-'))
        {
            return null;
        }

        var value = WithoutComment(line[valueAt..], actions[^1].Start + actions[^1].Length - valueAt);
        if (actions.Count(action => action.Opens) != actions.Count(action => action.Closes))
        {
            return null;
        }

        if (actions is [{ MakesLines: true } lines] && value.Length == lines.Length)
        {
            return lines.TrimsAfter || lines.Nested is not { } nested || nested <= column ? null : [new Piece(line[..valueAt].TrimEnd() + " ", 0), new Piece(Placeholder(value), valueAt)];
        }

        // A blank that is trimmed away may be the one behind the colon, a line end the one before the next key; a function may write lines of its own.
        if (actions.Exists(action => action.TrimsAfter || action.TrimsBefore || action.MakesLines))
        {
            return null;
        }

        return [new Piece(line[..valueAt], 0), .. IsPlain(value, actions) ? Quoted(value, actions, valueAt) : [new Piece(Placeholder(value), valueAt)], new Piece("", valueAt + value.Length)];
    }

    /// <summary>A value without the comment behind it, if nothing before its last action looks like one.</summary>
    private static string WithoutComment(string value, int lastEnd)
    {
        var quote = value[0] == '"' ? value.IndexOf('"', Math.Max(1, lastEnd)) : lastEnd;
        var comment = quote < 0 ? -1 : value.IndexOf(" #", quote, StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }

    /// <summary>True for a plain or double-quoted scalar all of whose actions give a part of its text.</summary>
    private static bool IsPlain(string value, List<TemplateAction> actions) =>
        !actions.Exists(action => action.Opens || action.Closes || action.IsElse || action.IsSilent)
        && (value.StartsWith("{{", StringComparison.Ordinal) || value[0] is not ('\'' or '[' or '{' or '&' or '*' or '!' or '|' or '>' or '@' or '`' or '%'))
        && !value.Contains(" #", StringComparison.Ordinal) && (value[0] == '"' ? value.Length > 1 && value[^1] == '"' : !value.Contains(": ", StringComparison.Ordinal));

    private List<Piece> Quoted(string value, List<TemplateAction> actions, int offset)
    {
        var isQuoted = value[0] == '"';
        var (result, at) = (new List<Piece> { new("\"", offset) }, isQuoted ? 1 : 0);
        foreach (var action in actions)
        {
            Literal(action.Start - offset);
            result.Add(new Piece(_chart is not null && action.IsNameOfChart ? _chart : Escaped(action.Text), action.Start));
            at = action.Start - offset + action.Length;
        }

        Literal(isQuoted ? value.Length - 1 : value.Length);
        result.Add(new Piece("\"", offset + value.Length - 1));
        return result;

        void Literal(int end) => result.Add(new Piece(isQuoted ? value[at..end] : Escaped(value[at..end]), offset + at));
    }

    private static string Quoted(string text) => $"\"{Escaped(text)}\"";

    /// <summary>A placeholder for a value of which nobody knows more than how it is written.</summary>
    private static string Placeholder(string value) =>
        Quoted($"{{{{ {value.Replace("{{", "(", StringComparison.Ordinal).Replace("}}", ")", StringComparison.Ordinal)} }}}}");

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>The last line of a text of many lines that begins behind this line and has actions in it; null for none.</summary>
    private int? BlockEnd(int number, string line)
    {
        var text = line.TrimEnd('+', '-', '1', '2', '4', '8');
        if (text.Length < 2 || text[^1] is not ('|' or '>') || text[^2] is not (' ' or '-'))
        {
            return null;
        }

        var (indentation, has, last) = (line.Length - line.TrimStart().Length, false, number);
        for (var next = number + 1; next <= _file.LineCount; next++)
        {
            var (start, length) = _file.Line(next);
            var inner = _file.TextOf(start, length).TrimEnd();
            if (inner.Length > 0 && inner.Length - inner.TrimStart().Length <= indentation)
            {
                break;
            }

            (has, last) = (has || inner.Contains("{{", StringComparison.Ordinal), next);
        }

        return has ? last : null;
    }

    /// <summary>Writes a line in pieces, each with the place in the template that it stands for.</summary>
    private void Put(int outer, string line, List<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            Put(outer + Encoding.UTF8.GetByteCount(line.AsSpan(0, piece.Column)), piece.Text);
        }

        // Nothing of a line stands behind its end.
        Put(outer + Encoding.UTF8.GetByteCount(line), "\n");
    }

    private void Put(int outer, string text)
    {
        if (_map.Count == 0 || _map[^1].Inner < _text.Count)
        {
            _map.Add((_text.Count, outer));
        }

        _text.AddRange(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A part of a line that is written, and the column of the template that it stands for.</summary>
    private sealed record Piece(string Text, int Column);
}
