using System.Globalization;
using System.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>Which characters names are made of: UAX #31, plus <c>_</c> at the start and <c>-</c> inside.</summary>
internal static class Identifier
{
    private const ulong Digits = 0x03FF_0000_0000_0000;
    private const ulong Hyphen = 1UL << '-';
    private const ulong Letters = 0x07FF_FFFE_87FF_FFFE; // A-Z, _, a-z, of the upper half of ASCII

    /// <summary>True for an ASCII byte inside a name.</summary>
    internal static bool Continues(byte unit) =>
        unit < 128 && (((unit < 64 ? Digits | Hyphen : Letters) >> (unit & 63)) & 1) != 0;

    /// <summary>Offset behind the name that begins at an offset, or the offset itself if none does.</summary>
    internal static int End(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        if ((uint)at < (uint)text.Length && text[at] < 128)
        {
            if (!Continues(text[at]) || text[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'-')
            {
                return start;
            }

            at++;
        }

        while ((uint)at < (uint)text.Length)
        {
            var unit = text[at];
            if (Continues(unit))
            {
                at++;
            }
            else if (unit < 128 || !IsLetter(text[at..], at == start, out var length))
            {
                break;
            }
            else
            {
                at += length;
            }
        }

        return at;
    }

    private static bool IsLetter(ReadOnlySpan<byte> text, bool first, out int length)
    {
        if (Rune.DecodeFromUtf8(text, out var rune, out length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.ConnectorPunctuation => !first,
            _ => rune.Value is 0x2118 or 0x212E or 0x309B or 0x309C || (!first && rune.Value is 0x00B7 or 0x0387 or 0x19DA or (>= 0x1369 and <= 0x1371)),
        };
    }
}
