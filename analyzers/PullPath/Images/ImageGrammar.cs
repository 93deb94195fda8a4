namespace Analyzer.PullPath.Images;

/// <summary>The grammar of image references, over text without holes. A phrase says what is wrong; null means nothing is.</summary>
internal static class ImageGrammar
{
    private const int PathLimit = 255;
    private const int TagLimit = 128;
    private const int DigestMinimum = 32;

    /// <summary>What is wrong with the reference as a whole, before it is split.</summary>
    internal static string? Whole(ReadOnlySpan<char> text) =>
        text.Length == 0 ? "it is empty"
        : text.IndexOfAny(" \t\r\n") >= 0 ? "it has blanks"
        : text.IndexOf("://") is >= 0 and var scheme ? $"\"{text[..(scheme + 3)]}\" does not belong there"
        : text.Length == 64 && All(text, char.IsAsciiHexDigitLower) ? "it is an image id, not a name"
        : null;

    /// <summary>What is wrong with a host and its port.</summary>
    internal static string? Host(ReadOnlySpan<char> host)
    {
        if (host is ['[', ..])
        {
            var close = host.IndexOf(']');
            return close > 1 && All(host[1..close], static unit => char.IsAsciiHexDigit(unit) || unit == ':') && IsPort(host[(close + 1)..]) ? null : "the address of its registry is none";
        }

        var colon = host.IndexOf(':');
        var name = colon < 0 ? host : host[..colon];
        if (colon >= 0 && !IsPort(host[colon..]))
        {
            return "the port of its registry is none";
        }

        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
            {
                return $"\"{name}\" is no name of a host";
            }
        }

        return null;
    }

    /// <summary>What is wrong with the path behind the host.</summary>
    internal static string? Path(ReadOnlySpan<char> path)
    {
        if (path.Length == 0)
        {
            return "it ends with \"/\"";
        }

        if (path.Length > PathLimit)
        {
            return $"its path is longer than {PathLimit} characters";
        }

        if (path.ContainsAnyInRange('A', 'Z'))
        {
            return "its path has upper-case letters";
        }

        foreach (var range in path.Split('/'))
        {
            if (!IsComponent(path[range]))
            {
                return path[range].Length == 0 ? "it has an empty part between slashes" : $"\"{path[range]}\" is no part of a name";
            }
        }

        return null;
    }

    /// <summary>What is wrong with a tag.</summary>
    internal static string? Tag(ReadOnlySpan<char> tag)
    {
        if (tag.Length is 0 or > TagLimit || tag[0] is '.' or '-')
        {
            return tag.Length == 0 ? "it ends with \":\"" : $"\"{tag}\" is no tag";
        }

        foreach (var unit in tag)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('_' or '.' or '-'))
            {
                return $"\"{tag}\" is no tag";
            }
        }

        return null;
    }

    /// <summary>What is wrong with a digest.</summary>
    internal static string? Digest(ReadOnlySpan<char> digest)
    {
        var colon = digest.IndexOf(':');
        return colon > 0 && digest.Length - colon > DigestMinimum && All(digest[(colon + 1)..], char.IsAsciiHexDigit) && IsAlgorithm(digest[..colon])
            ? null
            : $"\"{digest}\" is no digest";
    }

    /// <summary>Letters and digits with separators between them: one dot, one or two underscores, any number of dashes.</summary>
    private static bool IsComponent(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var word = Count(text, IsOfWord);
            if (word == text.Length)
            {
                return word > 0;
            }

            if (word == 0)
            {
                return false;
            }

            text = text[word..];
            var separator = Count(text, static unit => !IsOfWord(unit));
            if (separator == text.Length || text[..separator] is not ("." or "_" or "__") && text[..separator].ContainsAnyExcept('-'))
            {
                return false;
            }

            text = text[separator..];
        }
    }

    private static bool IsOfWord(char unit) => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit);

    private static bool All(ReadOnlySpan<char> text, Func<char, bool> fits) => Count(text, fits) == text.Length;

    /// <summary>How many characters at the start fit.</summary>
    private static int Count(ReadOnlySpan<char> text, Func<char, bool> fits)
    {
        var count = 0;
        while (count < text.Length && fits(text[count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var unit in label)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit != '-')
            {
                return false;
            }
        }

        return label.Length > 0 && label[0] != '-' && label[^1] != '-';
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length == 0 || (text.Length > 1 && text[0] == ':' && !text[1..].ContainsAnyExceptInRange('0', '9'));

    private static bool IsAlgorithm(ReadOnlySpan<char> text)
    {
        var startsWord = true;
        foreach (var unit in text)
        {
            var isSeparator = unit is '-' or '_' or '+' or '.';
            if (startsWord ? !char.IsAsciiLetter(unit) : !isSeparator && !char.IsAsciiLetterOrDigit(unit))
            {
                return false;
            }

            startsWord = isSeparator;
        }

        return !startsWord;
    }
}
