namespace Analyzer.Languages.Yaml;

/// <summary>The rest of a text, read without copying it: with blanks put in and characters left out at some places.</summary>
/// <param name="text">The text.</param>
/// <param name="start">Where the rest begins.</param>
/// <param name="edits">The places, in their order; none before the start.</param>
internal sealed class TextTail(string text, int start, IReadOnlyList<TextEdit> edits) : TextReader
{
    private int _at = start;
    private int _next;
    private int _blanks; // Put in here and not read yet.

    public override int Peek()
    {
        while (_blanks == 0 && _next < edits.Count && edits[_next].At == _at)
        {
            (_at, _blanks) = (_at + edits[_next].Removed, edits[_next].Added);
            _next++;
        }

        return _blanks > 0 ? ' ' : _at < text.Length ? text[_at] : -1;
    }

    public override int Read()
    {
        var unit = Peek();
        if (_blanks > 0)
        {
            _blanks--;
        }
        else if (unit >= 0)
        {
            _at++;
        }

        return unit;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (Peek() < 0 || count == 0)
        {
            return 0;
        }

        if (_blanks > 0)
        {
            _blanks--;
            buffer[index] = ' ';
            return 1;
        }

        var length = Math.Min(count, (_next < edits.Count ? edits[_next].At : text.Length) - _at);
        text.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }
}

/// <summary>Characters of a text that are left out, or blanks that are put in before one.</summary>
/// <param name="At">Where, in the text.</param>
/// <param name="Removed">How many characters are left out.</param>
/// <param name="Added">How many blanks are put in.</param>
internal readonly record struct TextEdit(int At, int Removed, int Added);
