using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Json;

/// <summary>
/// Reads JSON out of text with holes, as policies in heredocs have them: a hole inside a string gives text with holes, a hole in place of a value is that value as far as its type says, and
/// a hole that may hold structure is given up. Never throws for any input.
/// </summary>
public static class HoleTolerantJson
{
    /// <summary>The value of a document; an <see cref="UnknownValue"/> with <see cref="UnknownReason.Error"/> after a syntax error, an unknown where holes hide the structure.</summary>
    public static Value Read(TextValue text)
    {
        var reader = new Reader(text);
        try
        {
            return reader.Document();
        }
        catch (FormatException error)
        {
            return new UnknownValue(UnknownReason.Error, error.Message);
        }
        catch (HiddenException)
        {
            return UnknownValue.From(null, text);
        }
    }

    /// <summary>A hole stands where structure is.</summary>
    private sealed class HiddenException : Exception;

    private sealed class Reader
    {
        private const int DepthLimit = 256;
        private readonly string _text;
        private readonly Dictionary<int, Value> _holes = [];
        private int _at;

        internal Reader(TextValue text)
        {
            // Holes stand as one unit that JSON never has outside of strings; inside, the table tells it from a real one.
            var all = new StringBuilder();
            foreach (var part in text.Parts)
            {
                if (part.Hole is { } hole)
                {
                    _holes[all.Length] = hole;
                }

                all.Append(part.Literal ?? "\0");
            }

            _text = all.ToString();
        }

        internal Value Document()
        {
            var value = Element(0);
            Blanks();
            if (_at < _text.Length)
            {
                throw Hidden("nothing more");
            }

            return value;
        }

        private Value Element(int depth)
        {
            Blanks();
            if (depth > DepthLimit)
            {
                throw new FormatException("the JSON text is nested too deeply");
            }

            if (_at >= _text.Length)
            {
                throw Wrong("a value");
            }

            switch (_text[_at])
            {
                case '{':
                    return Object(depth);
                case '[':
                    return Array(depth);
                case '"':
                    return Text();
                case 't' when Word("true"):
                    return BoolValue.True;
                case 'f' when Word("false"):
                    return BoolValue.False;
                case 'n' when Word("null"):
                    return NullValue.Instance;
                case '\0' when _holes.TryGetValue(_at, out var hole):
                    _at++;
                    return Ends() ? Whole(hole) : throw new HiddenException();
                default:
                    return Number();
            }
        }

        /// <summary>What a hole in place of a value is.</summary>
        private static Value Whole(Value hole) => hole switch
        {
            UnknownValue { Type: NumberType or BoolType } => hole,
            ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Whole(each.Value) })),
            NumberValue or BoolValue => hole,
            TextValue text => Read(text),
            _ => UnknownValue.From(null, hole).With(hole.Trace),
        };

        private MapValue Object(int depth)
        {
            var entries = ImmutableArray.CreateBuilder<Entry>();
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            ImmutableArray<Cause>? open = null;
            _at++;
            for (var first = true; !Closed('}', first); first = false)
            {
                Blanks();
                if (_at >= _text.Length || _text[_at] != '"')
                {
                    throw Hidden("a key");
                }

                var key = Text();
                Blanks();
                Expect(':');
                var value = Element(depth + 1);
                if (key.Known is not { } known)
                {
                    // Which key it is decides a hole: the entry may be any one.
                    open = [.. (open ?? []).Union(UnknownValue.From(null, key).Causes).Take(Cause.Limit)];
                    entries.Add(new Entry(key.ToString(), value) { KeyText = key });
                }
                else if (index.TryGetValue(known, out var before))
                {
                    entries[before] = new Entry(known, value);
                }
                else
                {
                    index[known] = entries.Count;
                    entries.Add(new Entry(known, value));
                }
            }

            return new MapValue(entries.ToImmutable()) { OpenBecause = open };
        }

        private ListValue Array(int depth)
        {
            var items = ImmutableArray.CreateBuilder<Item>();
            _at++;
            for (var first = true; !Closed(']', first); first = false)
            {
                items.Add(new Item(Element(depth + 1)));
            }

            return new ListValue(items.ToImmutable());
        }

        /// <summary>True behind the closing bracket; otherwise the comma before the next element was read, if there must be one.</summary>
        private bool Closed(char bracket, bool first)
        {
            Blanks();
            if (_at < _text.Length && _text[_at] == bracket)
            {
                _at++;
                return true;
            }

            if (!first)
            {
                Expect(',');
            }

            return false;
        }

        private TextValue Text()
        {
            var parts = new List<TextPart>();
            var literal = new StringBuilder();
            for (_at++; _at < _text.Length; _at++)
            {
                var unit = _text[_at];
                if (unit == '"')
                {
                    _at++;
                    parts.Add(new TextPart(literal.ToString()));
                    return TextValue.Of(parts);
                }

                if (unit == '\0' && _holes.TryGetValue(_at, out var hole))
                {
                    parts.Add(new TextPart(literal.ToString()));
                    literal.Clear();
                    parts.Add(new TextPart(hole));
                }
                else if (unit == '\\')
                {
                    literal.Append(Escaped());
                }
                else if (unit < ' ')
                {
                    throw new FormatException("a control character stands in a JSON string");
                }
                else
                {
                    literal.Append(unit);
                }
            }

            throw Wrong("the end of a string");
        }

        private char Escaped()
        {
            var unit = ++_at < _text.Length ? _text[_at] : ' ';
            switch (unit)
            {
                case '"' or '\\' or '/':
                    return unit;
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u' when _at + 4 < _text.Length && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    _at += 4;
                    return (char)code;
                default:
                    throw Wrong("an escape sequence");
            }
        }

        private NumberValue Number()
        {
            var start = _at;
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
            {
                _at++;
            }

            var text = _text[start.._at];
            if (text.Length == 0 || text[0] is '+' or '.' || text[^1] == '.' || !Facts.Values.Number.TryParse(text, out var number))
            {
                _at = start;
                throw Hidden("a value");
            }

            return Ends() ? new NumberValue(number) : throw Hidden("a comma");
        }

        private bool Word(string word)
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            {
                return false;
            }

            _at += word.Length;
            return true;
        }

        private void Expect(char unit)
        {
            if (_at >= _text.Length || _text[_at] != unit)
            {
                throw Hidden($"'{unit}'");
            }

            _at++;
        }

        private bool Ends()
        {
            Blanks();
            return _at >= _text.Length || _text[_at] is ',' or '}' or ']';
        }

        private void Blanks()
        {
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
            {
                _at++;
            }
        }

        private Exception Hidden(string expected) => _holes.ContainsKey(_at) ? new HiddenException() : Wrong(expected);

        private FormatException Wrong(string expected) => new($"the JSON text has an error at character {_at + 1}: {expected} is expected");
    }
}
