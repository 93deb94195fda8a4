using System.Globalization;
using System.Text;

namespace Analyzer.Languages.Operations;

/// <summary>
/// Text in its composed form (NFC), as Terraform keeps every text: <c>e</c> with an accent behind it is the letter <c>é</c>. The framework does this only with the data of ICU, which is
/// not in the command.
/// </summary>
public static class Composition
{
    private const char FirstMark = '\u0300';
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Lazy<Tables> Known = new(Tables.Read);

    /// <summary>The composed form; the same text where nothing in it could be composed.</summary>
    public static string Of(string text)
    {
        foreach (var unit in text)
        {
            if (MayMatter(unit))
            {
                return Composed(Ordered(text));
            }
        }

        return text;
    }

    /// <summary>False for what is surely composed, unless a mark follows: Latin letters; the dashes, quotation marks, arrows, boxes, symbols, ideographs and emoji that text is full of.</summary>
    private static bool MayMatter(char unit) => unit >= FirstMark && unit is not (
        (>= '\u2010' and <= '\u2027') or (>= '\u2190' and <= '\u2199') or (>= '\u2500' and <= '\u27FF') or (>= '\u4E00' and <= '\u9FFF')
        or (>= '\uD83C' and <= '\uD83E') or (>= '\uDC00' and <= '\uDFFF') or '\uFE0F');

    /// <summary>Everything taken apart, marks behind a letter in the order of their classes.</summary>
    private static List<int> Ordered(string text)
    {
        var parts = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            TakeApart(rune.Value, parts);
        }

        for (var (at, end) = (0, 0); at < parts.Count; at = end + 1)
        {
            for (end = at; end < parts.Count && Known.Value.ClassOf(parts[end]) != 0; end++)
            {
            }

            if (end - at > 1)
            {
                var marks = parts.GetRange(at, end - at).OrderBy(Known.Value.ClassOf).ToList();
                marks.ForEach(mark => parts[at++] = mark);
            }
        }

        return parts;
    }

    private static void TakeApart(int code, List<int> parts)
    {
        if (code - SyllableBase is >= 0 and < SyllableCount and var syllable)
        {
            parts.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            parts.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount > 0)
            {
                parts.Add(TailBase + (syllable % TailCount));
            }
        }
        else if (Known.Value.Parts.TryGetValue(code, out var pair))
        {
            TakeApart((int)(pair >> 32), parts);
            if ((int)pair != 0)
            {
                TakeApart((int)pair, parts);
            }
        }
        else
        {
            parts.Add(code);
        }
    }

    private static string Composed(List<int> parts)
    {
        var result = new List<int>(parts.Count);
        var (letter, lastClass) = (-1, 0);
        foreach (var code in parts)
        {
            var mark = Known.Value.ClassOf(code);
            if (letter >= 0 && (result.Count == letter + 1 || lastClass < mark) && Pair(result[letter], code) is { } whole)
            {
                // Nothing stands between, or only marks that go elsewhere on the letter.
                result[letter] = whole;
                continue;
            }

            if (mark == 0)
            {
                letter = result.Count;
            }

            lastClass = mark;
            result.Add(code);
        }

        var text = new StringBuilder(result.Count);
        foreach (var code in result)
        {
            text.Append(new Rune(code));
        }

        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
        }

        if (first - SyllableBase is >= 0 and < SyllableCount and var open && open % TailCount == 0 && second - TailBase is > 0 and < TailCount and var tail)
        {
            return first + tail;
        }

        return Known.Value.Wholes.TryGetValue(Key(first, second), out var whole) ? whole : null;
    }

    private static long Key(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>What Unicode says of marks and of characters that are made of others.</summary>
    private sealed class Tables
    {
        private readonly Dictionary<int, byte> _classes = [];

        internal Dictionary<int, long> Parts { get; } = [];

        internal Dictionary<long, int> Wholes { get; } = [];

        internal byte ClassOf(int code) => code < FirstMark ? (byte)0 : _classes.GetValueOrDefault(code);

        internal static Tables Read()
        {
            var tables = new Tables();
            using var data = new StreamReader(typeof(Composition).Assembly.GetManifestResourceStream("composition.txt")!);
            while (data.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                {
                    tables.Add(line.Split(' '));
                }
            }

            return tables;
        }

        private void Add(string[] words)
        {
            if (words[0].Split("..") is [var first, var last])
            {
                for (var code = Hex(first); code <= Hex(last); code++)
                {
                    _classes[code] = byte.Parse(words[1], CultureInfo.InvariantCulture);
                }

                return;
            }

            var pair = Key(Hex(words[1]), words.Length > 2 ? Hex(words[2]) : 0);
            Parts[Hex(words[0])] = pair;
            if (words.Length == 3)
            {
                Wholes[pair] = Hex(words[0]);
            }
        }

        private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
