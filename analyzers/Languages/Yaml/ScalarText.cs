using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Yaml;

/// <summary>
/// Text in text: a manifest in a block scalar, a condition in a rule file, JSON in a quoted scalar. Finds again where each decoded character of a scalar of YAML
/// or JSON stands in its file.
/// </summary>
public static class ScalarText
{
    /// <summary>
    /// The text of a scalar as a file of its own, whose places are those of the scalar's characters; of a text that is a whole file that file. For one that was not written as a scalar
    /// all places are its own place; null if it has none or is not known.
    /// </summary>
    public static SourceFile? Embed(Value value)
    {
        if (value is not TextValue { Known: { } known } || value.Trace?.Source.Place is not { File: not null } place)
        {
            return null;
        }

        var decoded = Encoding.UTF8.GetBytes(known);
        return place.Length == decoded.Length && place.Length == place.File.Bytes.Length && place.File.Bytes.Span.SequenceEqual(decoded) ? place.File : new EmbeddedText(place, decoded, new Alignment(place, decoded).Map());
    }

    /// <summary>Walks the written and the decoded bytes of one scalar side by side.</summary>
    private ref struct Alignment(Span place, ReadOnlySpan<byte> decoded)
    {
        private readonly ReadOnlySpan<byte> _raw = place.File.Bytes.Span.Slice(place.Start, place.Length);
        private readonly ReadOnlySpan<byte> _decoded = decoded;
        private readonly List<(int Inner, int Outer)> _map = [];
        private int _at;
        private int _inner;

        internal (int Inner, int Outer)[] Map()
        {
            var first = _raw.Length == 0 ? (byte)0 : _raw[0];
            var aligned = first switch
            {
                (byte)'|' => Block(folded: false),
                (byte)'>' => Block(folded: true),
                (byte)'"' or (byte)'\'' => Flow(first),
                _ => Flow(0),
            };
            if (!aligned)
            {
                return [];
            }

            if (_map.Count > 0 && _inner == _decoded.Length)
            {
                Note();
            }

            return [.. _map];
        }

        private bool Block(bool folded)
        {
            var header = _raw.IndexOf((byte)'\n');
            if (header < 0)
            {
                return _decoded.Length == 0;
            }

            var indent = Indentation(_raw[..header], header + 1);
            _at = header + 1;
            while (_inner < _decoded.Length && _at < _raw.Length)
            {
                for (var skipped = 0; skipped < indent && _at < _raw.Length && _raw[_at] == (byte)' '; skipped++)
                {
                    _at++;
                }

                var length = LineLength(_at);
                if (length > 0 && !Take(length))
                {
                    return false;
                }

                _at += length;
                TakeBreaks(Break(), folded);
            }

            return true;
        }

        /// <summary>Plain and quoted scalars: lines are folded, quotes doubled or escaped.</summary>
        private bool Flow(byte quote)
        {
            _at = quote == 0 ? 0 : 1;
            while (_inner < _decoded.Length && _at < _raw.Length)
            {
                var unit = _raw[_at];
                if (quote == (byte)'"' && unit == (byte)'\\')
                {
                    if (!Escape())
                    {
                        return false;
                    }
                }
                else if (unit is (byte)'\n' or (byte)'\r' || (unit is (byte)' ' or (byte)'\t' && EndsLine(_at)))
                {
                    Fold();
                }
                else
                {
                    var width = quote == (byte)'\'' && unit == (byte)'\'' ? 2 : 1;
                    if (!Take(1))
                    {
                        return false;
                    }

                    _at += width;
                }
            }

            return true;
        }

        /// <summary>Notes that the next bytes are the same on both sides.</summary>
        private bool Take(int length)
        {
            length = Math.Min(length, _decoded.Length - _inner);
            if (!_raw.Slice(_at, length).SequenceEqual(_decoded.Slice(_inner, length)))
            {
                return false;
            }

            Note();
            _inner += length;
            return true;
        }

        /// <summary>Notes where the current decoded byte stands, unless that follows from the pair before.</summary>
        private readonly void Note()
        {
            var outer = place.Start + _at;
            if (_map.Count == 0 || _map[^1].Outer - _map[^1].Inner != outer - _inner)
            {
                _map.Add((_inner, outer));
            }
        }

        private void Fold()
        {
            var breaks = 0;
            Note();
            while (_at < _raw.Length && _raw[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                breaks += _raw[_at] == (byte)'\n' ? 1 : 0;
                _at++;
            }

            Consume(breaks, folded: true);
        }

        private void TakeBreaks(int width, bool folded)
        {
            if (width == 0)
            {
                return;
            }

            var breaks = 1;
            Note();
            _at += width;
            for (var next = _at; folded && next < _raw.Length;)
            {
                var line = LineLength(next);
                if (!_raw.Slice(next, line).ContainsAnyExcept((byte)' ', (byte)'\t') && next + line < _raw.Length)
                {
                    breaks++;
                    next += line + (_raw[next + line] == (byte)'\r' ? 2 : 1);
                    _at = Math.Min(next, _raw.Length);
                }
                else
                {
                    break;
                }
            }

            Consume(breaks, folded);
        }

        private void Consume(int breaks, bool folded)
        {
            if (folded && _inner < _decoded.Length && _decoded[_inner] == (byte)' ' && breaks == 1)
            {
                _inner++;
                return;
            }

            for (; breaks > 0 && _inner < _decoded.Length && _decoded[_inner] == (byte)'\n'; breaks--)
            {
                _inner++;
            }
        }

        private bool Escape()
        {
            var kind = _at + 1 < _raw.Length ? _raw[_at + 1] : (byte)0;
            if (kind is (byte)'\n' or (byte)'\r')
            {
                // An escaped line break and the indentation behind it are nothing.
                _at++;
                while (_at < _raw.Length && _raw[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                {
                    _at++;
                }

                return true;
            }

            var width = kind switch { (byte)'x' => 4, (byte)'u' => 6, (byte)'U' => 10, _ => 2 };
            if (kind == (byte)'u' && _at + 12 <= _raw.Length && _raw[_at + 6] == (byte)'\\' && _raw[_at + 7] == (byte)'u' && _decoded[_inner] >= 0xF0)
            {
                width = 12;
            }

            if (Rune.DecodeFromUtf8(_decoded[_inner..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            Note();
            _inner += length;
            _at += width;
            return true;
        }

        private readonly bool EndsLine(int at)
        {
            while (at < _raw.Length && _raw[at] is (byte)' ' or (byte)'\t')
            {
                at++;
            }

            return at < _raw.Length && _raw[at] is (byte)'\n' or (byte)'\r';
        }

        private readonly int LineLength(int at)
        {
            var length = _raw[at..].IndexOfAny((byte)'\r', (byte)'\n');
            return length < 0 ? _raw.Length - at : length;
        }

        /// <summary>Width of the line break here: 0 at the end.</summary>
        private readonly int Break() => _at >= _raw.Length ? 0 : _raw[_at] == (byte)'\r' && _at + 1 < _raw.Length && _raw[_at + 1] == (byte)'\n' ? 2 : 1;

        /// <summary>
        /// How far the lines of a block are indented: as the first one with text. With an indentation indicator that line may be indented further; then the decoded
        /// text says by how much.
        /// </summary>
        private readonly int Indentation(ReadOnlySpan<byte> header, int at)
        {
            while (at < _raw.Length)
            {
                var length = LineLength(at);
                var blanks = _raw.Slice(at, length).IndexOfAnyExcept((byte)' ');
                if (blanks >= 0)
                {
                    var content = _decoded.TrimStart((byte)'\n');
                    var kept = header.ContainsAnyInRange((byte)'1', (byte)'9') ? content.IndexOfAnyExcept((byte)' ') : 0;
                    return Math.Max(0, blanks - Math.Max(0, kept));
                }

                at += length;
                at += at < _raw.Length && _raw[at] == (byte)'\r' ? 2 : 1;
            }

            return 0;
        }
    }
}
