using System.Text;
using System.Text.RegularExpressions;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>
/// Regular expressions. Terraform's are RE2; they are translated and run without backtracking, in linear time.
/// </summary>
internal static class PatternFunctions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly KeptPatterns<(Pattern? Pattern, UnknownValue? Error)> Compiled = new(Compile);

    internal static IEnumerable<Function> All =>
    [
        Of("regex", DataType.Dynamic, "The first match of a pattern: the text, or its groups.", call => First(call), Text("pattern"), Text("string")),
        Of("regexall", new ListType(DataType.Dynamic), "All matches of a pattern.", call => Every(call), Text("pattern"), Text("string")),
    ];

    /// <summary>The text with every match replaced; <c>$1</c> and <c>${name}</c> in the template are groups.</summary>
    internal static Value Replace(string text, string pattern, string template)
    {
        var (compiled, error) = Compiled.Of(pattern);
        if (compiled is null)
        {
            return error!;
        }

        try
        {
            var (replaced, end) = (new StringBuilder(), 0);
            foreach (var match in compiled.Matches(text))
            {
                replaced.Append(text, end, match.Index - end).Append(Filled(match, template, compiled.Names));
                end = match.Index + match.Length;
            }

            return new TextValue(replaced.Append(text, end, text.Length - end).ToString());
        }
        catch (RegexMatchTimeoutException)
        {
            return TooSlow(DataType.Text);
        }
    }

    /// <summary>Whether a pattern matches a whole text; undecided for one that is wrong or not computed.</summary>
    internal static Truth IsWhole(string text, string pattern)
    {
        try
        {
            return Compiled.Of($"^(?:{pattern})$").Pattern is { } compiled ? Kleene.Of(compiled.Regex.IsMatch(text)) : Truth.Unknown;
        }
        catch (RegexMatchTimeoutException)
        {
            return Truth.Unknown;
        }
    }

    /// <summary>An RE2 pattern in the words of .NET.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="names">Takes the names of its groups, null for one without; here all groups are numbered in the order in which they are written, as those of RE2 are.</param>
    internal static string Translate(string pattern, List<string?> names)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var multiline = HasFlag(pattern, 'm');
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var unit = pattern[at];
            var rest = pattern.AsSpan(at);
            if (unit == '\\' && at + 1 < pattern.Length)
            {
                at++;
                switch (pattern[at])
                {
                    case 'Q':
                        var end = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
                        end = end < 0 ? pattern.Length : end;
                        result.Append(Regex.Escape(pattern[(at + 1)..end]));
                        at = Math.Min(end + 1, pattern.Length);
                        break;
                    case 'p' or 'P' when at + 1 < pattern.Length:
                        var isNegated = pattern[at] == 'P';
                        var last = pattern[at + 1] == '{' ? pattern.IndexOf('}', at) : at + 1;
                        var classed = pattern[at + 1] != '{' ? pattern[last].ToString() : last < 0 ? "" : pattern[(at + 2)..last];
                        result.Append(CharacterClasses.Unicode(classed, isNegated, inClass));
                        at = Math.Max(at, last);
                        break;
                    case 'd':
                        result.Append(inClass ? "0-9" : "[0-9]");
                        break;
                    case 'w':
                        result.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                        break;
                    case 's':
                        result.Append(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
                        break;
                    case 'D':
                        result.Append(inClass ? CharacterClasses.Posix("^digit") : "[^0-9]");
                        break;
                    case 'W':
                        result.Append(inClass ? CharacterClasses.Posix("^word") : "[^0-9A-Za-z_]");
                        break;
                    case 'S':
                        result.Append(inClass ? "\\x00-\\x08\\x0B\\x0E-\\x1F!-\\uFFFF" : "[^\\t\\n\\f\\r ]");
                        break;
                    case 'x' when at + 1 < pattern.Length && pattern[at + 1] == '{' && pattern.IndexOf('}', at) is > 0 and var close
                        && int.TryParse(pattern.AsSpan(at + 2, close - at - 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) && code <= 0xFFFF:
                        result.Append(Regex.Escape(((char)code).ToString()));
                        at = close;
                        break;
                    default:
                        result.Append('\\').Append(pattern[at]);
                        break;
                }
            }
            else if (inClass && rest.StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", at, StringComparison.Ordinal) is > 0 and var named)
            {
                result.Append(CharacterClasses.Posix(pattern[(at + 2)..named]));
                at = named + 1;
            }
            else if (inClass)
            {
                inClass = unit != ']';
                result.Append(unit == '[' ? "\\[" : unit.ToString());
            }
            else if (unit == '[')
            {
                inClass = true;
                result.Append('[');
                if (at + 1 < pattern.Length && pattern[at + 1] == '^')
                {
                    result.Append('^');
                    at++;
                }

                // A closing bracket right behind the opening one is a member.
                if (at + 1 < pattern.Length && pattern[at + 1] == ']')
                {
                    result.Append("\\]");
                    at++;
                }
            }
            else if (NameOfGroup(rest) is { } name)
            {
                names.Add(name);
                result.Append('(');
                at += rest.IndexOf('>');
            }
            else
            {
                if (unit == '(' && !rest.StartsWith("(?", StringComparison.Ordinal))
                {
                    names.Add(null);
                }

                result.Append(unit == '$' && !multiline ? "\\z" : unit.ToString());
            }
        }

        return result.ToString();
    }

    /// <summary>A pattern that begins with the flag <c>U</c>, in which few is wanted before many, in the usual words: there that is what <c>?</c> behind a quantifier says.</summary>
    private static string Greedy(string pattern)
    {
        var close = pattern.StartsWith("(?", StringComparison.Ordinal) ? pattern.IndexOf(')') : -1;
        if (close < 0 || !pattern[2..close].All(char.IsAsciiLetter) || !pattern[2..close].Contains('U', StringComparison.Ordinal))
        {
            return pattern;
        }

        var flags = pattern[2..close].Replace("U", "", StringComparison.Ordinal);
        var result = new StringBuilder(flags.Length == 0 ? "" : $"(?{flags})");
        var inClass = false;
        for (var at = close + 1; at < pattern.Length; at++)
        {
            var unit = pattern[at];
            result.Append(unit);
            if (unit == '\\' && at + 1 < pattern.Length)
            {
                result.Append(pattern[++at]);
            }
            else if (inClass || unit == '[')
            {
                inClass = unit != ']';
            }
            else if (unit is '*' or '+' or '}' || (unit == '?' && pattern[at - 1] != '('))
            {
                var isReluctant = at + 1 < pattern.Length && pattern[at + 1] == '?';
                at += isReluctant ? 1 : 0;
                result.Append(isReluctant ? "" : "?");
            }
        }

        return result.ToString();
    }

    private static bool HasFlag(string pattern, char flag)
    {
        for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 1, StringComparison.Ordinal))
        {
            for (var index = at + 2; index < pattern.Length && char.IsAsciiLetter(pattern[index]); index++)
            {
                if (pattern[index] == flag)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The name with which a group begins, or null.</summary>
    private static string? NameOfGroup(ReadOnlySpan<char> rest)
    {
        var start = rest.StartsWith("(?P<", StringComparison.Ordinal) ? 4 : rest.StartsWith("(?<", StringComparison.Ordinal) ? 3 : 0;
        var length = start == 0 ? 0 : rest[start..].IndexOf('>');
        return length > 0 && rest.Slice(start, length).ToString() is var name && name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '_') ? name : null;
    }

    /// <summary>A compiled pattern, or why there is none.</summary>
    private static (Pattern? Pattern, UnknownValue? Error) Compile(string pattern)
    {
        try
        {
            var names = new List<string?>();
            return (new Pattern(new Regex(Translate(Greedy(pattern), names), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit), names), null);
        }
        catch (ArgumentException)
        {
            return (null, Conversion.Error($"invalid pattern \"{Conversion.Shortened(pattern)}\""));
        }
        catch (NotSupportedException)
        {
            // Too large for an automaton, a construct that RE2 does not have either, or characters beyond the basic plane.
            return (null, new UnknownValue(UnknownReason.NotComputed, "the pattern is not computed"));
        }
    }

    private static Value First(Arguments call)
    {
        if (call.Text(0).Known is not { } pattern)
        {
            return UnknownValue.From(null, call.All);
        }

        if (WithGroups(pattern, out var error) is not { } compiled)
        {
            return error!;
        }

        if (call.Text(1).Known is not { } text)
        {
            return Holes.Derived("regex", call[1], compiled.Type, pattern);
        }

        try
        {
            return compiled.Regex.Match(text) is { Success: true } match ? compiled.Groups(match) : Conversion.Error("the pattern did not match any part of the text", compiled.Type);
        }
        catch (RegexMatchTimeoutException)
        {
            return TooSlow(compiled.Type);
        }
    }

    private static Value Every(Arguments call)
    {
        if (call.Text(0).Known is not { } pattern)
        {
            return UnknownValue.From(new ListType(DataType.Dynamic), call.All);
        }

        if (WithGroups(pattern, out var error) is not { } compiled)
        {
            return error!;
        }

        var type = compiled.Type;
        if (call.Text(1).Known is not { } text)
        {
            return UnknownValue.From(new ListType(type), call.All);
        }

        try
        {
            return ListValue.Of(compiled.Matches(text).Select(compiled.Groups), SequenceKind.List, type);
        }
        catch (RegexMatchTimeoutException)
        {
            return TooSlow(new ListType(type));
        }
    }

    /// <summary>A pattern whose groups make a tuple or an object: either all have names or none.</summary>
    private static Pattern? WithGroups(string pattern, out UnknownValue? error)
    {
        (var compiled, error) = Compiled.Of(pattern);
        if (compiled is not null && compiled.Names.Contains(null) && compiled.Names.Any(name => name is not null))
        {
            error = Conversion.Error("groups with names and groups without cannot be mixed");
            return null;
        }

        return compiled;
    }

    /// <summary>A compiled pattern, and the names of its groups in the order in which they are written; null for one without.</summary>
    private sealed record Pattern(Regex Regex, List<string?> Names)
    {
        /// <summary>The type of what a match gives.</summary>
        internal DataType Type =>
            Names.Count == 0 ? DataType.Text
            : Names[0] is null ? new TupleType([.. Names.Select(_ => DataType.Text)])
            : MapValue.Of(Names.Distinct(StringComparer.Ordinal).Select(name => (name!, (Value)new TextValue("")))).Type;

        internal Value Groups(Match match) =>
            Names.Count == 0 ? new TextValue(match.Value)
            : Names[0] is null ? ListValue.Of(match.Groups.Values.Skip(1).Select(Captured))
            : MapValue.Of(Names.Select((name, at) => (name!, Captured(match.Groups[at + 1]))));

        /// <summary>All matches. One of no letters does not follow directly behind another.</summary>
        internal IEnumerable<Match> Matches(string text)
        {
            var end = -1;
            foreach (var match in Regex.Matches(text).Cast<Match>())
            {
                if (match.Length > 0 || match.Index != end)
                {
                    yield return match;
                }

                end = match.Index + match.Length;
            }
        }
    }

    private static Value Captured(Group group) => group.Success ? new TextValue(group.Value) : new NullValue(DataType.Text);

    private static string Filled(Match match, string template, List<string?> names)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return template;
        }

        var filled = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            var braced = at + 1 < template.Length && template[at + 1] == '{';
            var start = at + (braced ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_'))
            {
                end++;
            }

            if (template[at] != '$')
            {
                filled.Append(template[at]);
            }
            else if (start < template.Length && template[start] == '$')
            {
                filled.Append('$');
                at = start;
            }
            else if (end == start || (braced && (end >= template.Length || template[end] != '}')))
            {
                filled.Append('$');
            }
            else
            {
                var name = template[start..end];
                filled.Append(match.Groups[int.TryParse(name, System.Globalization.NumberStyles.None, null, out var number) ? number : names.IndexOf(name) is >= 0 and var index ? index + 1 : int.MaxValue].Value);
                at = braced ? end : end - 1;
            }
        }

        return filled.ToString();
    }

    private static UnknownValue TooSlow(DataType type) => new(UnknownReason.Limit, "the pattern took longer than 2 s", type: type);
}
