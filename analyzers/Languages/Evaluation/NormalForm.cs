using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Languages.Evaluation;

/// <summary>
/// The identity of a condition: equal text means equal truth within one run. Known values and references stand for themselves; names count only where they mean the same
/// everywhere in the module instance, so the variables of a <c>for</c>, <c>each</c> and <c>count</c> do not.
/// </summary>
internal ref struct NormalForm(string prefix, Frame? frame)
{
    private const int NodeLimit = 64;

    private int _nodes;

    /// <summary>A normal form, or what is its negation.</summary>
    internal readonly record struct Identity(string Text, bool IsNegated);

    /// <summary>The identity of a condition of which the value is known to be undecided; null if it has none.</summary>
    internal Identity? Of(Expression written, Value value)
    {
        while (written.Kind is NodeKind.Parentheses or NodeKind.TemplateWrap)
        {
            written = written[0];
        }

        if (written is { Kind: NodeKind.Unary, Operator: HclOperator.Not })
        {
            return Condition(written);
        }

        return ValueTerm(value) is { } term ? new Identity(term, false) : Condition(written);
    }

    /// <summary>The identity of an operation on two evaluated operands.</summary>
    internal Identity? OfBinary(Expression written, Value left, Value right) => Comparison(
        written.Operator, written[0], ValueTerm(left) ?? Text(written[0]), ValueTerm(right) ?? Text(written[1]));

    private Identity? Condition(Expression written)
    {
        while (written.Kind is NodeKind.Parentheses or NodeKind.TemplateWrap)
        {
            written = written[0];
        }

        if (++_nodes > NodeLimit)
        {
            return null;
        }

        return written.Kind switch
        {
            NodeKind.Unary when written.Operator == HclOperator.Not => Condition(written[0]) is { } inner ? inner with { IsNegated = !inner.IsNegated } : null,
            NodeKind.Binary => Comparison(written.Operator, written[0], Text(written[0]), Text(written[1])),
            _ => Plain(written) is { } text ? new Identity(text, false) : null,
        };
    }

    private static Identity? Comparison(HclOperator op, Expression left, string? a, string? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        if (IsLength(left))
        {
            // A length is never negative: "some" and "none" are written in many ways.
            switch (op, b)
            {
                case (HclOperator.Greater, "0") or (HclOperator.GreaterOrEqual, "1") or (HclOperator.NotEqual, "0"):
                    return new Identity($"({a} == 0)", true);
                case (HclOperator.Less, "1") or (HclOperator.LessOrEqual, "0"):
                    return new Identity($"({a} == 0)", false);
            }
        }

        switch (op)
        {
            case HclOperator.Equal or HclOperator.NotEqual:
                var negated = op == HclOperator.NotEqual;
                if (b is "true" or "false")
                {
                    return new Identity(a, negated != (b == "false"));
                }

                return a is "true" or "false"
                    ? new Identity(b, negated != (a == "false"))
                    : new Identity(string.CompareOrdinal(a, b) > 0 ? $"({a} == {b})" : $"({b} == {a})", negated);
            case HclOperator.Less:
                return new Identity($"({a} < {b})", false);
            case HclOperator.Greater:
                return new Identity($"({b} < {a})", false);
            case HclOperator.LessOrEqual:
                return new Identity($"({b} < {a})", true);
            case HclOperator.GreaterOrEqual:
                return new Identity($"({a} < {b})", true);
            case HclOperator.And:
                return Both(a, b, negated: false);
            case HclOperator.Or:
                return Both(Opposite(a), Opposite(b), negated: true);
            default:
                return null;
        }
    }

    private static Identity Both(string a, string b, bool negated) => new(string.CompareOrdinal(a, b) > 0 ? $"({b} && {a})" : $"({a} && {b})", negated);

    private static string Opposite(string term) => term.StartsWith('!') ? term[1..] : "!" + term;

    private static bool IsLength(Expression expression)
    {
        while (expression.Kind == NodeKind.Parentheses)
        {
            expression = expression[0];
        }

        return expression.Kind == NodeKind.Call && expression.Name is "length" or "core::length";
    }

    private static string? ValueTerm(Value value)
    {
        switch (value)
        {
            case NullValue:
                return "null";
            case BoolValue known:
                return known.Value ? "true" : "false";
            case NumberValue number:
                return number.Number.ToString();
            case TextValue { Known: { } text }:
                return Quoted(text);
            case UnknownValue { Reference: { } reference } when !reference.ToString().Contains("[*]", StringComparison.Ordinal):
                return $"{reference.Target.Scope}:{reference}";
            case ChoiceValue when Predicates.Exact(value) is { } exact:
                var literals = exact.Holds.Essence.Select(literal => (literal.Taken ? "" : "!") + literal.Predicate).ToList();
                return literals is [var only] ? only : $"({string.Join(" && ", literals)})";
            default:
                return null;
        }
    }

    private string? Text(Expression written) => Condition(written) is { } identity ? (identity.IsNegated ? "!" : "") + identity.Text : null;

    private string? Plain(Expression written)
    {
        switch (written.Kind)
        {
            case NodeKind.True:
                return "true";
            case NodeKind.False:
                return "false";
            case NodeKind.Null:
                return "null";
            case NodeKind.Number:
                return Facts.Values.Number.TryParse(written.Name, out var number) ? number.ToString() : null;
            case NodeKind.TemplateText:
                return Quoted(written.Name);
            case NodeKind.Variable:
                return written.Name is "var" or "local" or "data" or "module" or "path" or "terraform" && Frame.Find(frame, written.Name) is null
                    ? $"{prefix}:{written.Name}"
                    : null;
            case NodeKind.GetAttribute:
                return Text(written[0]) is { } operand ? $"{operand}.{written.Name}" : null;
            case NodeKind.Index:
                return Text(written[0]) is { } source && Text(written[1]) is { } key ? $"{source}[{key}]" : null;
            case NodeKind.Unary:
                return Text(written[0]) is { } negated ? $"-{negated}" : null;
            case NodeKind.Template:
                return All(written, "\"", "\"");
            case NodeKind.Tuple:
                return All(written, "[", "]");
            case NodeKind.Call when written.Name is not ("uuid" or "timestamp" or "bcrypt"):
                return All(written, written.Name + "(", written.Has(NodeFlags.Expand) ? "...)" : ")");
            default:
                return null;
        }
    }

    private string? All(Expression written, string open, string close)
    {
        var text = new StringBuilder(open);
        var isFirst = true;
        foreach (var child in written.Children)
        {
            if (Text(child) is not { } part)
            {
                return null;
            }

            if (!isFirst)
            {
                text.Append(", ");
            }

            isFirst = false;
            text.Append(part);
        }

        // A text of one literal is that literal, however it is written.
        return written.Kind == NodeKind.Template && text.Length > 2 && written.Children.Count == 1 && text[1] == '"' ? text.ToString(1, text.Length - 1)
            : text.Append(close).ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
