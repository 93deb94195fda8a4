using System.Text;
using Analyzer.Facts.Text;

namespace Analyzer.Kubernetes.Helm;

/// <summary>
/// What single lines of a template say without actions: paths of nodes that it mounts, containers that never pull. Those under a condition are told apart: with other values they are not there.
/// </summary>
internal sealed class TemplateLiterals
{
    private const string Holder = "hostPath:";
    private const string Path = "path:";
    private const string Image = "image:";
    private const string Never = "imagePullPolicy: Never";

    private readonly SourceFile _template;
    private readonly List<Line> _lines = [];

    private TemplateLiterals(SourceFile template)
    {
        _template = template;
        var depth = 0;
        for (var number = 1; number <= template.LineCount; number++)
        {
            var (start, length) = template.Line(number);
            var written = template.TextOf(start, length).TrimEnd();
            var text = written.TrimStart().TrimStart('-').TrimStart();
            if (written.Contains("{{", StringComparison.Ordinal))
            {
                // What begins or ends on several lines leaves nobody sure of what follows.
                depth = TemplateActions.In(written) is { } actions ? depth + actions.Sum(action => action.Opens ? 1 : action.Closes ? -1 : 0) : int.MaxValue / 2;
            }

            if (text.Length > 0 && text[0] != '#' && !text.StartsWith("{{", StringComparison.Ordinal))
            {
                _lines.Add(new Line(text, written.Length - text.Length, start, written.TrimStart()[0] == '-', depth != 0));
            }
        }
    }

    /// <summary>A literal, where it is written.</summary>
    /// <param name="Text">What is written.</param>
    /// <param name="Place">Where.</param>
    /// <param name="IsConditional">True below an action that may leave it out.</param>
    internal sealed record Literal(string Text, Span Place, bool IsConditional);

    /// <summary>A container that never pulls.</summary>
    /// <param name="Policy">Where it says so.</param>
    /// <param name="Image">Its image; null where actions make it.</param>
    internal sealed record Unpulled(Literal Policy, Literal? Image);

    /// <summary>A line that says something, without the dash of an element.</summary>
    private sealed record Line(string Text, int Indentation, int Start, bool BeginsElement, bool IsConditional);

    /// <summary>Reads a template; null for one in which nothing of this is written.</summary>
    internal static TemplateLiterals? Of(SourceFile template) =>
        template.Bytes.Span.IndexOf("docker.sock"u8) >= 0 || template.Bytes.Span.IndexOf("imagePullPolicy: Never"u8) >= 0 ? new TemplateLiterals(template) : null;

    /// <summary>Paths of nodes that pods mount.</summary>
    internal IEnumerable<Literal> HostPaths()
    {
        for (var at = 0; at < _lines.Count; at++)
        {
            for (var next = at + 1; _lines[at].Text == Holder && next < _lines.Count && _lines[next].Indentation > _lines[at].Indentation; next++)
            {
                if (Value(_lines[next], Path) is { } path)
                {
                    yield return path;
                }
            }
        }
    }

    /// <summary>Containers that never pull.</summary>
    internal IEnumerable<Unpulled> NeverPulled()
    {
        for (var at = 0; at < _lines.Count; at++)
        {
            if (_lines[at].Text == Never)
            {
                yield return new Unpulled(Value(_lines[at], "imagePullPolicy:")!, ImageBeside(at));
            }
        }
    }

    /// <summary>The image among the keys of the container around a line.</summary>
    private Literal? ImageBeside(int at)
    {
        var column = _lines[at].Indentation;
        var first = at;
        while (first > 0 && !(_lines[first].BeginsElement && _lines[first].Indentation == column) && _lines[first - 1].Indentation >= column)
        {
            first--;
        }

        for (var next = first; next < _lines.Count && _lines[next].Indentation >= column && (next == first || !(_lines[next].BeginsElement && _lines[next].Indentation == column)); next++)
        {
            if (_lines[next].Indentation == column && Value(_lines[next], Image) is { } image)
            {
                return image;
            }
        }

        return null;
    }

    /// <summary>The value of a key that stands in a line without actions; null for another line.</summary>
    private Literal? Value(Line line, string key)
    {
        if (!line.Text.StartsWith(key, StringComparison.Ordinal) || line.Text.Contains("{{", StringComparison.Ordinal))
        {
            return null;
        }

        var written = line.Text[key.Length..].TrimStart();
        var before = line.Text[..^written.Length];
        var value = written.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? written[..comment].TrimEnd() : written;
        return value.Length == 0 ? null : new Literal(value.Trim('"', '\''), _template.At(line.Start + line.Indentation + before.Length, Encoding.UTF8.GetByteCount(value)), line.IsConditional);
    }
}
