using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// Computes calls over literals, so that the functions are tested alone: <c>join("-", ["a", upper("b")])</c>. Answers null for any other expression.
/// </summary>
internal sealed class CallReader(string text, Func<string, Value?>? names = null)
{
    private static readonly FileFunctions Files = new(new MemoryFiles(), "", "", (_, _) => NullValue.Instance);
    private int _at;

    internal static Value? Compute(string expression, Func<string, Value?>? names = null)
    {
        var reader = new CallReader(expression, names);
        try
        {
            var value = reader.Expression();
            reader.Blanks();
            return reader._at == expression.Length ? value : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private Value Expression()
    {
        Blanks();
        if (_at >= text.Length)
        {
            throw new NotSupportedException();
        }

        switch (text[_at])
        {
            case '"':
                return new TextValue(Quoted());
            case '[':
                return ListValue.Of(Arguments(']'));
            case '{':
                return Object();
            case '-' or (>= '0' and <= '9'):
                var start = _at++;
                while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' || (text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E')))
                {
                    _at++;
                }

                return Number.TryParse(text[start.._at], out var number) ? new NumberValue(number) : throw new NotSupportedException();
        }

        var name = Word();
        switch (name)
        {
            case "true" or "false":
                return BoolValue.Of(name == "true");
            case "null":
                return NullValue.Instance;
        }

        Blanks();
        if (_at >= text.Length || text[_at] != '(')
        {
            return names?.Invoke(name) ?? throw new NotSupportedException();
        }

        var arguments = Arguments(')');
        return (TerraformFunctions.Find(name) ?? Files.Find(name)) is { } function ? function.Body(new Call([.. arguments], null)) : Conversion.Error("no such function");
    }

    private List<Value> Arguments(char end)
    {
        var values = new List<Value>();
        for (_at++; ;)
        {
            Blanks();
            if (Peek() == end)
            {
                _at++;
                return values;
            }

            var value = Expression();
            Blanks();
            if (string.CompareOrdinal(text, _at, "...", 0, 3) == 0)
            {
                _at += 3;
                Blanks();
                if (value is not ListValue list || Peek() != end)
                {
                    throw new NotSupportedException();
                }

                values.AddRange(list.Values);
                continue;
            }

            values.Add(value);
            if (Peek() == ',')
            {
                _at++;
            }
            else if (Peek() != end)
            {
                throw new NotSupportedException();
            }
        }
    }

    private MapValue Object()
    {
        var entries = new List<(string, Value)>();
        for (_at++; ;)
        {
            Blanks();
            if (Peek() == '}')
            {
                _at++;
                return MapValue.Of(entries);
            }

            var key = Peek() == '"' ? Quoted() : Word();
            Blanks();
            _at += Peek() is '=' or ':' ? 1 : throw new NotSupportedException();
            entries.Add((key, Expression()));
            Blanks();
            _at += Peek() is ',' ? 1 : Peek() is '}' ? 0 : throw new NotSupportedException();
        }
    }

    private string Quoted()
    {
        var result = new StringBuilder();
        for (_at++; Peek() != '"'; _at++)
        {
            if (Peek() is '$' or '%' && _at + 1 < text.Length && text[_at + 1] == '{')
            {
                throw new NotSupportedException();
            }

            if (Peek() != '\\')
            {
                result.Append(Peek());
                continue;
            }

            _at++;
            result.Append(Peek() switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'u' => (char)int.Parse(text.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                var unit => unit,
            });
            _at += Peek() == 'u' ? 4 : 0;
        }

        _at++;
        return result.ToString();
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or ':' || (text[_at] == '.' && names is not null)))
        {
            if (text[_at] == ':' && !(_at + 1 < text.Length && text[_at + 1] == ':') && text[_at - 1] != ':')
            {
                break;
            }

            _at++;
        }

        return _at > start ? text[start.._at] : throw new NotSupportedException();
    }

    private char Peek() => _at < text.Length ? text[_at] : throw new NotSupportedException();

    private void Blanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
