using System.Collections.Immutable;

namespace Analyzer.Languages.PromQl;

/// <summary>
/// Reads queries of Prometheus as far as it takes to know which time series they select and how they compare them: the grammar of the language, without types and without computing anything.
/// Its dialects (LogQL, MetricsQL) have words of their own; a query with such words is none here.
/// </summary>
public sealed class PromQlParser
{
    /// <summary>Stands for a piece of the query that is not known.</summary>
    public const char Hole = '\uFFFC';

    private const int DepthLimit = 64;

    private static readonly string[][] Levels = [["or"], ["and", "unless"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%", "atan2"]];

    private readonly List<PromQlToken> _tokens;
    private int _at;
    private int _depth;

    private PromQlParser(List<PromQlToken> tokens) => _tokens = tokens;

    private PromQlToken Current => _tokens[_at];

    /// <summary>Reads a query; null for text that is none.</summary>
    /// <param name="text">The query; pieces of it that are not known are <see cref="Hole"/>s.</param>
    public static PromQlNode? Parse(string text)
    {
        if (new PromQlLexer(text).Run() is not { } tokens)
        {
            return null;
        }

        var parser = new PromQlParser(tokens);
        return parser.Binary(0) is { } node && parser.Current.Kind == PromQlTokenKind.End ? node : null;
    }

    /// <summary>Operators of one level and of those that bind tighter.</summary>
    private PromQlNode? Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Signed();
        }

        var left = Binary(level + 1);
        while (left is not null && OperatorOf(Levels[level]) is { } found)
        {
            _at++;
            var isBool = TakeWord("bool");
            if (!SkipMatching() || Binary(level + 1) is not { } right)
            {
                return null;
            }

            left = new PromQlBinary(found, left, right, isBool);
        }

        return left;
    }

    private string? OperatorOf(string[] operators)
    {
        foreach (var each in operators)
        {
            if (Current.Kind is PromQlTokenKind.Sign or PromQlTokenKind.Word && string.Equals(Current.Text, each, StringComparison.OrdinalIgnoreCase))
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>A sign before an operand, which a power binds tighter than.</summary>
    private PromQlNode? Signed()
    {
        var isNegative = false;
        while (IsSign("-") || IsSign("+"))
        {
            isNegative ^= Current.Text == "-";
            _at++;
        }

        var operand = Power();
        return !isNegative || operand is null ? operand
            : operand is PromQlNumber number ? new PromQlNumber(-number.Value)
            : new PromQlBinary("*", operand, new PromQlNumber(-1), IsBool: false);
    }

    private PromQlNode? Power()
    {
        var left = Operand();
        if (left is null || !TakeSign("^"))
        {
            return left;
        }

        if (++_depth > DepthLimit || !SkipMatching() || Signed() is not { } right)
        {
            return null;
        }

        _depth--;
        return new PromQlBinary("^", left, right, IsBool: false);
    }

    /// <summary>How operands are joined: <c>on (pod) group_left (node)</c>.</summary>
    private bool SkipMatching()
    {
        if ((TakeWord("on") || TakeWord("ignoring")) && !SkipList())
        {
            return false;
        }

        return !(TakeWord("group_left") || TakeWord("group_right")) || !IsSign("(") || SkipList();
    }

    private PromQlNode? Operand()
    {
        if (++_depth > DepthLimit)
        {
            return null;
        }

        var operand = Bare();
        _depth--;
        return operand is not null && SkipModifiers() ? operand : null;
    }

    private PromQlNode? Bare()
    {
        switch (Current.Kind)
        {
            case PromQlTokenKind.Number:
                return new PromQlNumber(_tokens[_at++].Number);
            case PromQlTokenKind.Text:
                return new PromQlText(_tokens[_at++].Text);
            case PromQlTokenKind.Sign when TakeSign("("):
                return Binary(0) is { } inner && TakeSign(")") ? inner : null;
            case PromQlTokenKind.Sign when IsSign("{"):
                return Selector(name: null);
            case PromQlTokenKind.Word:
                var word = _tokens[_at++].Text;
                var isGrouped = IsWord("by") || IsWord("without");
                return isGrouped || IsSign("(") ? Call(word) : Selector(word);
            default:
                return null;
        }
    }

    /// <summary>A function, or an aggregation with its labels before or behind the operands.</summary>
    private PromQlCall? Call(string name)
    {
        if (!SkipGrouping() || !TakeSign("("))
        {
            return null;
        }

        var operands = ImmutableArray.CreateBuilder<PromQlNode>();
        while (!TakeSign(")"))
        {
            if ((operands.Count > 0 && !TakeSign(",")) || Binary(0) is not { } operand)
            {
                return null;
            }

            operands.Add(operand);
        }

        return SkipGrouping() ? new PromQlCall(name.ToLowerInvariant(), operands.ToImmutable()) : null;
    }

    private bool SkipGrouping() => !(TakeWord("by") || TakeWord("without")) || SkipList();

    /// <summary>A list of labels in parentheses.</summary>
    private bool SkipList()
    {
        if (!TakeSign("("))
        {
            return false;
        }

        while (Current.Kind is PromQlTokenKind.Word or PromQlTokenKind.Text || IsSign(","))
        {
            _at++;
        }

        return TakeSign(")");
    }

    private PromQlSelector? Selector(string? name)
    {
        var matchers = ImmutableArray.CreateBuilder<LabelMatcher>();
        if (name is not null)
        {
            matchers.Add(new LabelMatcher(LabelMatcher.Name, MatchKind.Equal, name));
        }

        if (!TakeSign("{"))
        {
            return new PromQlSelector(matchers.ToImmutable());
        }

        while (!TakeSign("}"))
        {
            if (Current.Kind is not (PromQlTokenKind.Word or PromQlTokenKind.Text))
            {
                return null;
            }

            var label = _tokens[_at++];
            if (KindOf(Current) is { } kind)
            {
                if (_tokens[++_at].Kind != PromQlTokenKind.Text)
                {
                    return null;
                }

                matchers.Add(new LabelMatcher(label.Text, kind, _tokens[_at++].Text));
            }
            else if (label.Kind == PromQlTokenKind.Text)
            {
                // A quoted text alone is the name of the metric.
                matchers.Add(new LabelMatcher(LabelMatcher.Name, MatchKind.Equal, label.Text));
            }
            else
            {
                return null;
            }

            if (!TakeSign(",") && !IsSign("}"))
            {
                return null;
            }
        }

        return new PromQlSelector(matchers.ToImmutable());
    }

    private static MatchKind? KindOf(PromQlToken token) => token is { Kind: PromQlTokenKind.Sign } ? token.Text switch
    {
        "=" => MatchKind.Equal,
        "!=" => MatchKind.NotEqual,
        "=~" => MatchKind.Matches,
        "!~" => MatchKind.NotMatches,
        _ => null,
    }
    : null;

    /// <summary>Ranges, subqueries, offsets and times behind an operand: <c>[5m:1m] offset 1d @ end()</c>.</summary>
    private bool SkipModifiers()
    {
        while (true)
        {
            if (TakeSign("["))
            {
                while (!TakeSign("]"))
                {
                    if (Current.Kind == PromQlTokenKind.End)
                    {
                        return false;
                    }

                    _at++;
                }
            }
            else if (TakeWord("offset") || TakeSign("@"))
            {
                _ = TakeSign("-") || TakeSign("+");
                if (Current.Kind is not (PromQlTokenKind.Number or PromQlTokenKind.Word))
                {
                    return false;
                }

                _at++;
                if (TakeSign("(") && !TakeSign(")"))
                {
                    return false;
                }
            }
            else
            {
                return true;
            }
        }
    }

    private bool IsSign(string sign) => Current.Kind == PromQlTokenKind.Sign && Current.Text == sign;

    private bool IsWord(string word) => Current.Kind == PromQlTokenKind.Word && string.Equals(Current.Text, word, StringComparison.OrdinalIgnoreCase);

    private bool TakeSign(string sign) => Take(IsSign(sign));

    private bool TakeWord(string word) => Take(IsWord(word));

    private bool Take(bool isThere)
    {
        _at += isThere ? 1 : 0;
        return isThere;
    }
}
