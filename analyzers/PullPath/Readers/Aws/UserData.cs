using System.Buffers;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// What nodes run and are set to at boot, read line by line: a script, a cloud-config, a NodeConfig of nodeadm, settings of Bottlerocket, or several of them in one multi-part document.
/// </summary>
/// <param name="Commands">Lines without comments.</param>
/// <param name="KubeletFlags">Flags for the kubelet, as <c>--name=value</c>.</param>
/// <param name="Settings">Settings of Bottlerocket, as <c>settings.name=value</c>.</param>
internal sealed record UserData(ListValue Commands, ListValue KubeletFlags, ListValue Settings)
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t'\",]");

    /// <summary>Reads a text as <see cref="UserDataText"/> gives it.</summary>
    internal static UserData Of(Value text)
    {
        switch (text)
        {
            case NullValue:
                return new UserData(ListValue.Empty, ListValue.Empty, ListValue.Empty);
            case TextValue written when HoledText.Of(written, _ => null) is { } holed:
                return Read(holed);
            default:
                var open = new ListValue([]) { OpenBecause = [.. Cause.Of(text).Take(Cause.Limit).DefaultIfEmpty(new Cause(UnknownReason.NotComputed, "user data is not known", text.Trace?.Place, null))] };
                return new UserData(open, open, open);
        }
    }

    private static UserData Read(HoledText text)
    {
        var commands = new List<Item>();
        var flags = new List<Item>();
        var settings = new List<Item>();
        var open = new List<Cause>();
        var openFlags = new List<Cause>();
        var section = "";
        foreach (var (start, length) in Lines(text.Text))
        {
            var line = text.Text.Substring(start, length);
            if (line.Trim(HoledText.Hole).Length == 0)
            {
                // A hole of its own may be any number of lines.
                open.AddRange(Cause.Of(text.Cut(start, length)));
                continue;
            }

            commands.Add(new Item(text.Cut(start, length)));
            if (line is ['[', .. var name, ']'])
            {
                section = name.Trim();
            }
            else if (section.StartsWith("settings", StringComparison.Ordinal) && line.Split('=', 2) is [var key, var value])
            {
                settings.Add(new Item(new TextValue($"{section}.{key.Trim()}={value.Trim().Trim('"')}")));
            }

            if (line.Contains("kubelet", StringComparison.OrdinalIgnoreCase) || line.StartsWith("--", StringComparison.Ordinal) || line.StartsWith("flags:", StringComparison.Ordinal))
            {
                flags.AddRange(Flags(text, start, length));
                openFlags.AddRange(Unnamed(text, start, length));
            }
        }

        return new UserData(List(commands, []), List(flags, openFlags), List(settings, []));

        ListValue List(List<Item> items, List<Cause> own)
        {
            var causes = open.Concat(own).Distinct().Take(Cause.Limit).ToList();
            return new ListValue([.. items]) { OpenBecause = causes.Count == 0 ? null : [.. causes] };
        }
    }

    /// <summary>Holes among the flags of a line that belong to none of them: they may be any flags.</summary>
    private static IEnumerable<Cause> Unnamed(HoledText text, int start, int length)
    {
        var end = start + length;
        var from = text.Text.IndexOf("kubelet-extra-args", start, length, StringComparison.Ordinal) is >= 0 and var named ? named : start;
        for (var at = text.Text.IndexOf(HoledText.Hole, from, end - from); at >= 0; at = text.Text.IndexOf(HoledText.Hole, at + 1, end - at - 1))
        {
            var word = text.Text.LastIndexOfAny([' ', '\t', '\'', '"'], at) + 1;
            if (!text.Text.AsSpan(word, at - word).StartsWith("--"))
            {
                foreach (var cause in Cause.Of(text.Cut(at, 1)))
                {
                    yield return cause;
                }
            }
        }
    }

    /// <summary>Flags in a line: <c>--name=value</c>, or <c>--name value</c>.</summary>
    private static IEnumerable<Item> Flags(HoledText text, int start, int length)
    {
        var end = start + length;
        for (var at = text.Text.IndexOf("--", start, length, StringComparison.Ordinal); at >= 0; at = text.Text.IndexOf("--", at, end - at, StringComparison.Ordinal))
        {
            var stop = EndOfWord(text.Text, at, end);
            var isNamed = text.Text.AsSpan(at, stop - at).Contains('=');
            if (!isNamed && stop + 1 < end && text.Text[stop] == ' ' && text.Text[stop + 1] != '-')
            {
                var last = EndOfWord(text.Text, stop + 1, end);
                yield return new Item(TextValue.Of([new TextPart(text.Cut(at, stop - at)), new TextPart("="), new TextPart(text.Cut(stop + 1, last - stop - 1))]));
            }
            else
            {
                yield return new Item(text.Cut(at, stop - at));
            }

            at = stop;
        }
    }

    private static int EndOfWord(string text, int start, int end) => text.AsSpan(start, end - start).IndexOfAny(WordEnds) is >= 0 and var length ? start + length : end;

    private static int EndOfLine(string text, int start) => text.AsSpan(start).IndexOf('\n') is >= 0 and var length ? start + length : text.Length;

    /// <summary>Lines without comments and without what only marks an element of a list; a line that ends in a backslash goes on in the next.</summary>
    private static IEnumerable<(int Start, int Length)> Lines(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfLine(text, at);
            while (end < text.Length && end > at && text[end - 1] == '\\')
            {
                end = EndOfLine(text, end + 1);
            }

            var start = at;
            while (start < end && (char.IsWhiteSpace(text[start]) || (text[start] == '-' && start + 1 < end && text[start + 1] == ' ')))
            {
                start++;
            }

            var length = text.AsSpan(start, end - start).TrimEnd().Length;
            if (length > 0 && text[start] != '#')
            {
                yield return (start, length);
            }

            at = end + 1;
        }
    }
}
