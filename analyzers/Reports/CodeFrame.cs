using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;

namespace Analyzer.Reports;

/// <summary>The line to edit, with its place underlined, as compilers print it.</summary>
internal static class CodeFrame
{
    private const int WidthLimit = 160;
    private static readonly string[] SecretWords = ["password", "secret", "token", "private_key", "access_key", "apikey", "api_key", "credential"];

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
        if (MayHoldSecret(text))
        {
            text = text[..(text.AsSpan().IndexOfAny('=', ':') + 1)] + " ***";
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

    /// <summary>A line that assigns something whose name sounds secret is printed without its value.</summary>
    private static bool MayHoldSecret(string line)
    {
        var assignment = line.AsSpan().IndexOfAny('=', ':');
        return assignment > 0 && assignment < line.Length - 1
            && SecretWords.Any(word => line.AsSpan(0, assignment).Contains(word, StringComparison.OrdinalIgnoreCase));
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
