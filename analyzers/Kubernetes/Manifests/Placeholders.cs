using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Manifests;

/// <summary>
/// Replaces placeholders of templating tools (<c>${TAG}</c>, <c>$TAG</c>, <c>$(params.image)</c>, <c>{{ .Values.x }}</c>, <c>((secret))</c>, <c>#{Image}#</c>,
/// <c>__ROLE_ARN__</c>, <c>&lt;ACCOUNT_ID&gt;</c>) by unknowns, so that they are not taken for text. One placeholder is one unknown in its whole manifest set.
/// </summary>
internal sealed class Placeholders(string scope)
{
    private static readonly (string Open, string Close)[] Pairs = [("{{", "}}"), ("${", "}"), ("$(", ")"), ("((", "))"), ("<%", "%>"), ("#{", "}#"), ("#{", "}")];

    private readonly Dictionary<Value, Value> _done = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a file has anything that could be a placeholder.</summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("{{"u8) >= 0 || bytes.Contains((byte)'$') || bytes.IndexOf("(("u8) >= 0 || bytes.Contains((byte)'<') || bytes.IndexOf("#{"u8) >= 0 || bytes.IndexOf("__"u8) >= 0;

    /// <summary>The value with unknowns in place of placeholders; the same value where there are none.</summary>
    internal Value Replace(Value value) => value switch
    {
        TextValue { Known: { } text } => Text(value, text),
        ListValue or MapValue when _done.TryGetValue(value, out var done) => done,
        ListValue list => _done[value] = list.WithItems(Replace),
        MapValue map => _done[value] = Map(map),

        // Unquoted, "{{ .Values.x }}" is a map whose key is a map; the reader tells.
        UnknownValue { Reference: null, Causes: [{ Reason: UnknownReason.Placeholder, Place: { } place }] } => Unknown(place.Text, new Trace(StepKind.Literal, "", place)),
        _ => value,
    };

    /// <summary>What runs inside the container is for its shell and for the kubelet, and is no template; queries have parentheses of their own.</summary>
    private MapValue Map(MapValue map) => map.WithEntries(entry => entry.Key is "args" or "command" or "script" or "expr" ? entry.Value : Replace(entry.Value));

    private Value Text(Value value, string text)
    {
        List<TextPart>? parts = null;
        var literal = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = LengthAt(text, at);
            if (length == 0)
            {
                at++;
                continue;
            }

            parts ??= [];
            parts.Add(new TextPart(text[literal..at]));
            parts.Add(new TextPart(Unknown(text.Substring(at, length), value.Trace)));
            literal = at += length;
        }

        if (parts is null)
        {
            return value;
        }

        return parts is [{ Literal: "" }, { Hole: { } whole }] && literal == text.Length
            ? whole
            : TextValue.Of(parts.Append(new TextPart(text[literal..]))).With(value.Trace);
    }

    private static int LengthAt(string text, int at)
    {
        if (text[at] is not ('{' or '$' or '(' or '<' or '#' or '_'))
        {
            return 0;
        }

        var rest = text.AsSpan(at);
        foreach (var (open, close) in Pairs)
        {
            if (rest.StartsWith(open, StringComparison.Ordinal))
            {
                var end = rest.IndexOf(close, StringComparison.Ordinal);
                if (end >= 0 && (open != "((" || IsName(rest[open.Length..end])))
                {
                    return end + close.Length;
                }
            }
        }

        return rest[0] switch
        {
            '<' => WordLength(rest),
            '$' => NameLength(rest[1..]) is > 1 and var name ? name + 1 : 0,
            '_' when at == 0 || !IsOfName(text[at - 1]) => UnderlinedLength(rest),
            _ => 0,
        };
    }

    /// <summary><c>$IMAGE</c>, as <c>envsubst</c> takes it: names in upper case only, for anything else with a dollar may be a password or a query.</summary>
    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterUpper(text[length]) || text[length] == '_' || (length > 0 && char.IsAsciiDigit(text[length]))))
        {
            length++;
        }

        return length < text.Length && char.IsAsciiLetterLower(text[length]) ? 0 : length;
    }

    /// <summary><c>__IMAGE__</c>, in upper case.</summary>
    private static int UnderlinedLength(ReadOnlySpan<char> text)
    {
        var length = NameLength(text);
        return length > 4 && text[1] == '_' && char.IsAsciiLetterUpper(text[2]) && text[..length].EndsWith("__", StringComparison.Ordinal) ? length : 0;
    }

    private static bool IsOfName(char unit) => char.IsAsciiLetterOrDigit(unit) || unit == '_';

    /// <summary>What stands between two parentheses is the name of a value, or the path to one; anything else is arithmetic, or a pattern.</summary>
    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var unit in text.Trim())
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('_' or '-' or '.' or '/' or ':' or '!'))
            {
                return false;
            }
        }

        return !text.Trim().IsEmpty;
    }

    /// <summary><c>&lt;your-account&gt;</c>, as documentation writes what the reader has to fill in.</summary>
    private static int WordLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('>');
        if (end < 2 || !char.IsAsciiLetter(text[1]))
        {
            return 0;
        }

        foreach (var unit in text[1..end])
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('_' or '-' or '.' or ' '))
            {
                return 0;
            }
        }

        return end + 1;
    }

    private Value Unknown(string placeholder, Trace? trace) =>
        new UnknownValue(UnknownReason.Placeholder, $"placeholder {placeholder}", trace?.Place, new Reference(new Address(scope, placeholder), "")).With(trace);
}
