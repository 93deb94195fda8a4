namespace Analyzer.Languages.Yaml;

/// <summary>
/// The characters of a file as the scanner is given them. The scanner follows a stricter YAML than the tools that read manifests and templates do (libyaml and its kin): where it refuses what they read,
/// blanks that mean nothing are put in or left out. Positions stay those of the file.
/// </summary>
/// <param name="text">The characters of the file.</param>
internal sealed class MendedText(string text)
{
    /// <summary>How many characters are read anew: for each place that is mended a document begins again.</summary>
    private const int RereadLimit = 8_000_000;

    private readonly List<TextEdit> _edits = [];

    // Where the scanned text goes on behind each edit, and where that is in the file.
    private readonly List<int> _scanned = [];
    private readonly List<int> _written = [];

    private int _start;
    private int _reread;

    /// <summary>The rest of the file, mended. Positions in it are counted from its first character.</summary>
    internal TextReader From(int start)
    {
        _start = start;
        _scanned.Clear();
        _written.Clear();
        var edits = _edits.FindAll(edit => edit.At >= start);
        var (ahead, at) = (0, start);
        foreach (var edit in edits)
        {
            ahead += edit.At - at + edit.Added;
            at = edit.At + edit.Removed;
            _scanned.Add(ahead);
            _written.Add(at);
        }

        return new TextTail(text, start, edits);
    }

    /// <summary>The position in the file of one in the text that was last asked for.</summary>
    internal int Written(long scanned)
    {
        var at = (int)scanned;
        if (_scanned.Count == 0)
        {
            return _start + at;
        }

        var found = _scanned.BinarySearch(at);
        var last = found >= 0 ? found : ~found - 1;
        var written = last < 0 ? _start + at : _written[last] + at - _scanned[last];

        // Blanks that were put in stand before what follows them.
        return last + 1 < _written.Count ? Math.Min(written, _written[last + 1]) : written;
    }

    /// <summary>Mends what the scanner refused; false if it is refused for another reason.</summary>
    /// <param name="document">Where the document begins, which is to be read again.</param>
    /// <param name="start">Where the refused thing begins, in the file.</param>
    /// <param name="at">Where it was refused, in the file.</param>
    internal bool Mend(int document, int start, int at)
    {
        _reread += at - document;
        if (_reread > RereadLimit || start >= text.Length)
        {
            return false;
        }

        var before = _edits.Count;
        if (text[start] == '"')
        {
            IndentLines(start);
        }
        else
        {
            EmptyLines(Math.Min(at, text.Length));
        }

        return _edits.Count > before;
    }

    /// <summary>The lines of a text in double quotes may begin anywhere, and blanks before them are none of it: they are put to the right of its quote.</summary>
    private void IndentLines(int quote)
    {
        var column = quote - LineStart(quote);
        var lines = new List<TextEdit>();
        for (var at = quote + 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                lines.ForEach(Add);
                return;
            }

            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not ('\r' or '\n'))
            {
                at++;
            }
            else if (text[at] == '\n')
            {
                var line = at + 1;
                if (IsMarker(line))
                {
                    return;
                }

                while (at + 1 < text.Length && text[at + 1] is ' ' or '\t')
                {
                    at++;
                }

                if (at + 1 < text.Length && text[at + 1] is not ('\r' or '\n') && at + 1 - line <= column)
                {
                    lines.Add(new TextEdit(at + 1, 0, column + 1 - (at + 1 - line)));
                }
            }
        }
    }

    /// <summary>Lines of blanks between the head of a literal block and its first line are empty, if they are no longer than that is indented or the block has no line.</summary>
    private void EmptyLines(int at)
    {
        var content = LineStart(at);
        var indentation = Blanks(content);
        var lines = new List<TextEdit>();
        var longest = 0;
        var line = content;
        while (line > 0)
        {
            line = LineStart(line - 1);
            var blanks = Blanks(line);
            if (line + blanks < text.Length && text[line + blanks] is not ('\r' or '\n'))
            {
                break;
            }

            longest = Math.Max(longest, blanks);
            if (blanks > 0)
            {
                lines.Add(new TextEdit(line, blanks, 0));
            }
        }

        if (IsHead(line) && (longest <= indentation || indentation <= Blanks(line)))
        {
            lines.Reverse();
            lines.ForEach(Add);
        }
    }

    private void Add(TextEdit edit)
    {
        // What was mended and is refused nevertheless is not mended twice.
        if (_edits.Count == 0 || edit.At > _edits[^1].At)
        {
            _edits.Add(edit);
        }
    }

    private int LineStart(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private int Blanks(int line)
    {
        var at = line;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at - line;
    }

    /// <summary>Whether a line ends with the head of a literal block.</summary>
    private bool IsHead(int line)
    {
        var end = text.IndexOf('\n', line);
        var written = text.AsSpan(line, (end < 0 ? text.Length : end) - line);
        var comment = written.LastIndexOf(" #");
        return written[..(comment < 0 ? written.Length : comment)].TrimEnd().TrimEnd("+-").EndsWith('|');
    }

    /// <summary>Whether a line separates documents.</summary>
    private bool IsMarker(int line) => text.AsSpan(line) is var rest && (rest.StartsWith("---") || rest.StartsWith("...")) && (rest.Length == 3 || char.IsWhiteSpace(rest[3]));
}
