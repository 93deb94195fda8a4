using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Images;

/// <summary>
/// A text whose holes are single characters, so that it can be cut and compared like any text; what was cut out becomes a value with its holes again.
/// </summary>
internal sealed class HoledText
{
    /// <summary>Stands for a hole: a code point that no text has.</summary>
    internal const char Hole = '\uFFFF';

    private readonly List<Value> _holes = [];

    private HoledText() => Text = "";

    /// <summary>The text; every hole is a <see cref="Hole"/>.</summary>
    internal string Text { get; private init; }

    /// <summary>The text of a value: one hole for an unknown; null for what is no text, such as a list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expand">Answers what a hole is known to look like, or null.</param>
    internal static HoledText? Of(Value value, Func<Value, TextValue?> expand)
    {
        var text = new StringBuilder();
        var holes = new List<Value>();
        if (!Append(value, depth: 0))
        {
            return null;
        }

        var result = new HoledText { Text = text.ToString() };
        result._holes.AddRange(holes);
        return result;

        bool Append(Value part, int depth)
        {
            if (part is TextValue literal)
            {
                foreach (var each in literal.Parts)
                {
                    if (each.Hole is { } hole)
                    {
                        Append(hole, depth);
                    }
                    else
                    {
                        text.Append(each.Literal!.Replace(Hole, '\uFFFD'));
                    }
                }

                return true;
            }

            if (part is NumberValue number)
            {
                text.Append(number.Number);
                return true;
            }

            if (depth == 0 && expand(part) is { } known)
            {
                return Append(known, depth + 1);
            }

            if (part is ListValue or MapValue or NullValue)
            {
                return false;
            }

            text.Append(Hole);
            holes.Add(part);
            return true;
        }
    }

    /// <summary>A part of the text as a value.</summary>
    internal Value Cut(int start, int length)
    {
        if (!Text.AsSpan(start, length).Contains(Hole))
        {
            return new TextValue(Text.Substring(start, length));
        }

        var hole = Text.AsSpan(0, start).Count(Hole);
        if (length == 1)
        {
            return _holes[hole];
        }

        var parts = new List<TextPart>();
        foreach (var unit in Text.AsSpan(start, length))
        {
            parts.Add(unit == Hole ? new TextPart(_holes[hole++]) : new TextPart(unit.ToString()));
        }

        return TextValue.Of(parts);
    }
}
