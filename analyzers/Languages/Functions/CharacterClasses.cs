using System.Globalization;
using System.Text;

namespace Analyzer.Languages.Functions;

/// <summary>
/// The named classes of characters that RE2 has and .NET has not, as the ranges that stand for them between brackets: those of POSIX, and the scripts of Unicode, for which .NET knows
/// only the blocks.
/// </summary>
internal static class CharacterClasses
{
    private const string Categories = " L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs C Cc Cf Co Cs ";

    private static readonly Lazy<Dictionary<string, (char First, char Last)[]>> Scripts = new(ReadScripts);

    /// <summary>The ranges of <c>[:name:]</c> or <c>[:^name:]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    internal static string Posix(string name)
    {
        var ranges = name.TrimStart('^') switch
        {
            "alnum" => "09AZaz",
            "alpha" => "AZaz",
            "ascii" => "\0\x7F",
            "blank" => "\t\t  ",
            "cntrl" => "\0\x1F\x7F\x7F",
            "digit" => "09",
            "graph" => "!~",
            "lower" => "az",
            "print" => " ~",
            "punct" => "!/:@[`{~",
            "space" => "\t\r  ",
            "upper" => "AZ",
            "word" => "09AZ__az",
            "xdigit" => "09AFaf",
            _ => throw NoClass(name),
        };
        return Written(ranges.Chunk(2).Select(pair => (pair[0], pair[1])), name.StartsWith('^'));
    }

    /// <summary>What <c>\p{name}</c> is outside of brackets or inside; with <paramref name="isNegated"/>, or <c>^</c> before the name, what is not of the class.</summary>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    /// <exception cref="NotSupportedException">It has only characters that are two units here.</exception>
    internal static string Unicode(string name, bool isNegated, bool isInside)
    {
        isNegated ^= name.StartsWith('^');
        name = name.TrimStart('^');
        if (Categories.Contains($" {name} ", StringComparison.Ordinal))
        {
            return $"\\{(isNegated ? 'P' : 'p')}{{{name}}}";
        }

        var ranges = name == "Any" ? [('\0', char.MaxValue)] : Scripts.Value.TryGetValue(name, out var script) ? script : throw NoClass(name);
        if (ranges.Length == 0)
        {
            throw new NotSupportedException();
        }

        return isInside ? Written(ranges, isNegated) : $"[{(isNegated ? "^" : "")}{Written(ranges, isNegated: false)}]";
    }

    private static ArgumentException NoClass(string name) => new($"There is no class of characters \"{name}\".", nameof(name));

    /// <summary>Ranges in order, or those between them, as they stand between brackets.</summary>
    private static string Written(IEnumerable<(char First, char Last)> ranges, bool isNegated)
    {
        var text = new StringBuilder();
        var next = 0;
        foreach (var (first, last) in ranges)
        {
            if (!isNegated)
            {
                Add(first, last);
            }
            else if (first > next)
            {
                Add(next, first - 1);
            }

            next = last + 1;
        }

        if (isNegated && next <= char.MaxValue)
        {
            Add(next, char.MaxValue);
        }

        return text.ToString();

        void Add(int first, int last) => text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}-\\u{last:X4}");
    }

    private static Dictionary<string, (char First, char Last)[]> ReadScripts()
    {
        var scripts = new Dictionary<string, (char First, char Last)[]>(StringComparer.Ordinal);
        using var data = new StreamReader(typeof(CharacterClasses).Assembly.GetManifestResourceStream("scripts.txt")!);
        while (data.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var words = line.Split(' ');
                scripts[words[0]] = [.. words.Skip(1).Select(range => range.Split('-')).Select(ends => (Hex(ends[0]), Hex(ends[^1])))];
            }
        }

        return scripts;

        static char Hex(string digits) => (char)int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
