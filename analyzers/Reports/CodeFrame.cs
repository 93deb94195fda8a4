using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;

namespace Analyzer.Reports;

/// <summary>The line to edit, with its place underlined, as compilers print it.</summary>
internal static class CodeFrame
{
    private const int WidthLimit = 160;

    /// <summary>What is given to a variable may stand before its name.</summary>
    private const string Given = "value";

    private static readonly string[] SecretWords = ["password", "secret", "token", "private_key", "access_key", "apikey", "api_key", "credential", "sa_key"];

    /// <summary>Writes the frame; nothing for an empty file.</summary>
    internal static void Write(Span place, Paint paint, Func<string, string> mark, TextWriter output)
    {
        var outer = place.Outermost;
        var (line, inLine) = outer.File.LineOf(outer.Start);
        var (start, length) = outer.File.Line(line);
        if (length == 0)
        {
            return;
        }

        var text = Printable(outer.File.TextOf(start, length));
        var number = line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        if (StartOfSecret(text) is { } secret)
        {
            text = text[..secret] + " ***";
        }

        var before = Printable(outer.File.TextOf(start, Math.Min(inLine, length))).Length;
        var marked = Math.Max(1, Printable(outer.File.TextOf(outer.Start, Math.Max(0, Math.Min(outer.Length, length - inLine)))).Length);
        if (text.Length > WidthLimit && before + marked > WidthLimit)
        {
            // A file that is one long line, such as a plan: what stands before the place is none of anybody's business here.
            (text, before) = (Printable(outer.File.TextOf(outer.Start, Math.Min(outer.Length, WidthLimit))), 0);
        }
        else if (text.Length > WidthLimit)
        {
            text = text[..WidthLimit] + "…";
        }

        before = Math.Min(before, text.Length);
        marked = Math.Clamp(marked, 1, Math.Max(1, text.Length - before));
        output.WriteLine($"{margin} {paint.Blue("|")}");
        output.WriteLine($"{paint.Blue(number)} {paint.Blue("|")} {text}");
        output.WriteLine($"{margin} {paint.Blue("|")} {new string(' ', before)}{mark(new string('^', marked))}");
    }

    /// <summary>
    /// A line that assigns something whose name sounds secret is printed without its value, as far as that is: <c>password = "x"</c>, <c>{name: AWS_SECRET_ACCESS_KEY, value: x}</c>. Null for no such line.
    /// </summary>
    private static int? StartOfSecret(string line)
    {
        var named = SecretWords.Select(word => line.IndexOf(word, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(line.Length).Min();
        var given = named == line.Length ? -1 : line.IndexOf(Given, StringComparison.OrdinalIgnoreCase);
        for (var at = given < 0 || char.IsAsciiLetter(line.ElementAtOrDefault(given + Given.Length)) ? named : Math.Min(named, given); at < line.Length - 1; at++)
        {
            // The colons of an ARN or an image name are none of an assignment.
            if (line[at] == '=' || (line[at] == ':' && (line[at + 1] == ' ' || line[at - 1] is '"' or '\'' || !line.AsSpan(0, at).ContainsAny('=', ':'))))
            {
                return at + 1;
            }
        }

        return null;
    }

    /// <summary>Tabs become one space, so that the mark stands below its text; control characters cannot reach the terminal.</summary>
    private static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Contains('\u007f', StringComparison.Ordinal))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            printable.Append(char.IsControl(character) ? ' ' : character);
        }

        return printable.ToString();
    }
}
