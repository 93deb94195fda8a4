using System.Globalization;

namespace Analyzer.Kubernetes.Helm;

/// <summary>An action of a template: <c>{{ .Values.image }}</c>.</summary>
/// <param name="Text">The action with its braces.</param>
/// <param name="Start">Where it begins in its line.</param>
internal sealed record TemplateAction(string Text, int Start)
{
    private static readonly string[] Openers = ["if", "range", "with", "block"];

    /// <summary>Functions whose results may have several lines, or be no scalars.</summary>
    private static readonly string[] Makers = ["toYaml", "nindent", "indent", "include", "template", "tpl", "toJson", "fromYaml", "Files", "lookup", "printf", "print", "println", "list", "dict", "splitList", "range"];

    /// <summary>How long it is.</summary>
    internal int Length => Text.Length;

    /// <summary>Whether blanks before it go away.</summary>
    internal bool TrimsBefore => Text.StartsWith("{{-", StringComparison.Ordinal);

    /// <summary>Whether blanks behind it go away.</summary>
    internal bool TrimsAfter => Text.EndsWith("-}}", StringComparison.Ordinal);

    /// <summary>True for what begins a condition or a loop.</summary>
    internal bool Opens => Array.IndexOf(Openers, Word) >= 0;

    /// <summary>True for <c>end</c>.</summary>
    internal bool Closes => Word == "end";

    /// <summary>True for <c>else</c>.</summary>
    internal bool IsElse => Word == "else";

    /// <summary>True for what writes nothing: a comment, a variable.</summary>
    internal bool IsSilent => Inner.StartsWith("/*", StringComparison.Ordinal) || (Inner.StartsWith('$') && Inner.Contains('=', StringComparison.Ordinal));

    /// <summary>True for what defines parts for other templates.</summary>
    internal bool Defines => Word is "define" or "break" or "continue" or "return";

    /// <summary>True for the name of the chart.</summary>
    internal bool IsNameOfChart => Inner is ".Chart.Name" or "$.Chart.Name";

    /// <summary>True where a function may write lines of its own, or something that is no scalar.</summary>
    internal bool MakesLines => Inner.Split([' ', '(', ')', '|', '.'], StringSplitOptions.RemoveEmptyEntries).Any(word => Array.IndexOf(Makers, word) >= 0);

    /// <summary>How far its lines are indented by <c>nindent</c> or <c>indent</c>; null where that is not written.</summary>
    internal int? Indentation => Argument("nindent") ?? Argument("indent");

    /// <summary>How far its lines, which begin on the next one, are indented by <c>nindent</c>.</summary>
    internal int? Nested => Argument("nindent");

    private string Inner => Text[2..^2].Trim('-', ' ', '\t');

    private string Word => Inner.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? Inner[..end] : Inner;

    private int? Argument(string function)
    {
        var words = Inner.Split([' ', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.LastIndexOf(words, function);
        return at >= 0 && at + 1 == words.Length - 1 && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 200 ? number : null;
    }
}

/// <summary>Finds the actions of a line.</summary>
internal static class TemplateActions
{
    /// <summary>The actions of a line; null where one goes on on the next line or defines something.</summary>
    internal static List<TemplateAction>? In(string line)
    {
        var result = new List<TemplateAction>();
        for (var at = line.IndexOf("{{", StringComparison.Ordinal); at >= 0;)
        {
            if (EndOf(line, at + 2) is not { } end)
            {
                return null;
            }

            var action = new TemplateAction(line[at..end], at);
            if (action.Defines)
            {
                return null;
            }

            result.Add(action);
            at = line.IndexOf("{{", end, StringComparison.Ordinal);
        }

        return result;
    }

    /// <summary>Behind the braces that end an action: those in its texts and comments do not.</summary>
    private static int? EndOf(string line, int at)
    {
        for (var quote = '\0'; at < line.Length; at++)
        {
            if (quote != '\0')
            {
                at += line[at] == '\\' && quote == '"' ? 1 : 0;
                quote = at < line.Length && line[at] == quote ? '\0' : quote;
            }
            else if (line[at] is '"' or '`')
            {
                quote = line[at];
            }
            else if (string.CompareOrdinal(line, at, "}}", 0, 2) == 0)
            {
                return at + 2;
            }
        }

        return null;
    }
}
