using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// What the <c>validation</c> blocks of a variable say of a value that nobody gave. They are read, not enforced: a value that is given stays what it is, and one that would be refused is
/// never deployed.
/// </summary>
internal sealed class Validations
{
    private readonly ModuleInstance _module;
    private readonly Declaration _variable;

    private Validations(ModuleInstance module, Declaration variable)
    {
        _module = module;
        _variable = variable;
    }

    /// <summary>The unknown, or the values it is one of, as far as the simple forms of conditions say.</summary>
    internal static Value Refine(ModuleInstance module, Declaration variable, UnknownValue unknown)
    {
        var all = Said.Nothing;
        foreach (var block in variable.Blocks)
        {
            if (block.Type == "validation" && block.Body.Find("condition") is { } condition)
            {
                all = all.And(new Validations(module, variable).Read(condition.Value));
            }
        }

        return all == Said.Nothing ? unknown
            : all.OneOf is { Count: > 0 and <= ChoiceValue.Limit } values && OneOf(module, variable, unknown, values, all) is { } one ? one
            : new UnknownValue(unknown.Causes, unknown.Type)
            {
                Reference = unknown.Reference,
                IsNotNull = unknown.IsNotNull || all.IsNotNull,
                Prefix = unknown.Type is TextType or DynamicType ? all.Prefix : "",
                Bounds = all.Bounds,
                Element = unknown.Element,
            }.With(unknown.Trace).WithSensitive(unknown.IsSensitive).WithMayFail(unknown.MayFail);
    }

    /// <summary>One of the values that are allowed and fit everything else that is said; null where none does.</summary>
    private static Value? OneOf(ModuleInstance module, Declaration variable, UnknownValue unknown, IReadOnlyList<Value> values, Said said)
    {
        var reference = unknown.Reference!;
        var fitting = values.Select(value => module.Root.Types.Of(variable).Convert(value).Through(StepKind.Attribute, "var." + variable.Name, variable.Header, reference))
            .Where(value => value switch
            {
                NullValue => !said.IsNotNull && !unknown.IsNotNull,
                TextValue { Known: { } text } => text.StartsWith(said.Prefix, StringComparison.Ordinal),
                NumberValue { Number: var number } => said.Bounds?.MayBe(number) ?? true,
                _ => value is BoolValue,
            })
            .DistinctBy(NameOf, StringComparer.Ordinal).ToList();
        var domain = fitting.ConvertAll(NameOf);
        return fitting.Count == 0 ? null
            : ChoiceValue.Of(fitting.Select(value => new Alternative(Guard.Is($"{reference.Target.Scope}:{reference}", NameOf(value), true, "var." + variable.Name, domain, unknown.Causes), value)))
                .With(unknown.Trace).WithSensitive(unknown.IsSensitive);
    }

    private static string NameOf(Value value) => Conversion.To(value, DataType.Text) is TextValue { Known: { } text } ? text : "null";

    /// <summary>What a condition that is true says of the variable.</summary>
    private Said Read(Expression condition)
    {
        switch (condition.Kind)
        {
            case NodeKind.Parentheses or NodeKind.TemplateWrap:
                return Read(condition[0]);
            case NodeKind.Binary when condition.Operator == HclOperator.And:
                return Read(condition[0]).And(Read(condition[1]));
            case NodeKind.Binary when condition.Operator == HclOperator.Or:
                return Read(condition[0]).Or(Read(condition[1]));
            case NodeKind.Binary:
                return Comparison(condition.Operator, condition[0], condition[1]).And(Comparison(Turned(condition.Operator), condition[1], condition[0]));
            case NodeKind.Conditional when condition[2].Kind == NodeKind.False:
                return Read(condition[0]).And(Read(condition[1]));
            case NodeKind.Conditional when condition[1].Kind == NodeKind.True:
                return Read(condition[0]).Or(Read(condition[2]));
            case NodeKind.Call:
                return Call(condition);
            default:
                return Said.Nothing;
        }
    }

    private Said Call(Expression call)
    {
        var arguments = call.Children.ToList();
        return (call.Name, arguments) switch
        {
            ("contains", [var list, var sought]) when IsVariable(sought) && Constant(list) is ListValue { IsWhollyKnown: true } values => Said.Nothing with { OneOf = [.. values.Values], IsNotNull = true },
            ("startswith", [var text, var start]) when IsVariable(text) && Constant(start) is TextValue { Known: { } prefix } => Said.Nothing with { Prefix = prefix, IsNotNull = true },
            ("can", [{ Kind: NodeKind.Call, Name: "regex" } regex]) when regex.Children.ToList() is [var pattern, var text] && IsVariable(text) && Constant(pattern) is TextValue { Known: { } known } =>
                OfPattern(known, pattern.Place),
            ("try", [var tried, { Kind: NodeKind.False }]) => Read(tried),
            ("alltrue", [{ Kind: NodeKind.Tuple } all]) => all.Children.Aggregate(Said.Nothing, (said, each) => said.And(Read(each))),
            ("anytrue", [{ Kind: NodeKind.Tuple } any]) when any.Children.ToList() is [var first, .. var rest] => rest.Aggregate(Read(first), (said, each) => said.Or(Read(each))),
            _ => Said.Nothing,
        };
    }

    /// <summary>What a comparison with a constant on its right says.</summary>
    private Said Comparison(HclOperator op, Expression left, Expression right)
    {
        var length = left is { Kind: NodeKind.Call, Name: "length" } && left.Children.ToList() is [var measured] && IsVariable(measured);
        if ((!length && !IsVariable(left)) || Constant(right) is not { } constant)
        {
            return Said.Nothing;
        }

        switch (op, constant)
        {
            case (HclOperator.Equal, NullValue) when !length:
                return Said.Nothing with { OneOf = [constant] };
            case (HclOperator.NotEqual, NullValue) when !length:
                return Said.Nothing with { IsNotNull = true };
            case (HclOperator.Equal, _) when !length && constant.IsWhollyKnown:
                return Said.Nothing with { OneOf = [constant], IsNotNull = true };
            case (_, NumberValue { Number: var number }):
                var bounds = Range(op, number, length);
                return bounds is null ? Said.Nothing : Said.Nothing with { Bounds = bounds, IsNotNull = true };
            default:
                return Said.Nothing;
        }
    }

    /// <summary>A length is a whole number from zero on; of other numbers the end itself is not left out.</summary>
    private static Bounds? Range(HclOperator op, Number number, bool isLength)
    {
        var one = Number.Of(isLength ? 1 : 0);
        return op switch
        {
            HclOperator.Greater => new Bounds(number.Plus(one), null),
            HclOperator.GreaterOrEqual => new Bounds(number, null),
            HclOperator.Less => new Bounds(null, number.Minus(one)),
            HclOperator.LessOrEqual => new Bounds(null, number),
            HclOperator.Equal when isLength => new Bounds(number, number),
            HclOperator.NotEqual when isLength && number.Sign == 0 => Bounds.Between(1, null),
            _ => null,
        };
    }

    /// <summary>The texts that a pattern lists between its ends, or the letters that it begins with.</summary>
    private static Said OfPattern(string pattern, Span place)
    {
        if (!pattern.StartsWith('^'))
        {
            return Said.Nothing with { IsNotNull = true };
        }

        var body = pattern[1..];
        var isWhole = body.EndsWith('$') && !body.EndsWith("\\$", StringComparison.Ordinal);
        body = isWhole ? body[..^1] : body;
        var grouped = body.StartsWith('(') && body.EndsWith(')') && body.IndexOf(')', StringComparison.Ordinal) == body.Length - 1;
        var inner = grouped ? body[(body.StartsWith("(?:", StringComparison.Ordinal) ? 3 : 1)..^1] : body;
        if (isWhole && (grouped || !inner.Contains('|', StringComparison.Ordinal)) && inner.Split('|').Select(each => Start(each, out var rest) is var text && rest.Length == 0 ? text : null).ToList() is var listed
            && listed.TrueForAll(each => each is not null))
        {
            return Said.Nothing with { OneOf = listed.ConvertAll(each => new TextValue(each!).With(new Trace(StepKind.Literal, "", place))), IsNotNull = true };
        }

        return Said.Nothing with { Prefix = body.Contains('|', StringComparison.Ordinal) ? "" : Start(body, out _), IsNotNull = true };
    }

    /// <summary>The letters that a pattern without alternatives certainly begins with, and what is behind them.</summary>
    private static string Start(string pattern, out string rest)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < pattern.Length)
        {
            var isEscaped = pattern[at] == '\\' && at + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[at + 1]);
            var length = isEscaped ? 2 : 1;
            if ((!isEscaped && pattern[at] is '\\' or '.' or '[' or ']' or '(' or ')' or '*' or '+' or '?' or '{' or '}' or '^' or '$' or '|')
                || (at + length < pattern.Length && pattern[at + length] is '*' or '+' or '?' or '{'))
            {
                break;
            }

            text.Append(pattern[at + length - 1]);
            at += length;
        }

        rest = pattern[at..];
        return text.ToString();
    }

    private static HclOperator Turned(HclOperator op) => op switch
    {
        HclOperator.Less => HclOperator.Greater,
        HclOperator.LessOrEqual => HclOperator.GreaterOrEqual,
        HclOperator.Greater => HclOperator.Less,
        HclOperator.GreaterOrEqual => HclOperator.LessOrEqual,
        _ => op,
    };

    private bool IsVariable(Expression expression) => expression.Kind switch
    {
        NodeKind.Parentheses or NodeKind.TemplateWrap => IsVariable(expression[0]),
        NodeKind.GetAttribute => expression.Name == _variable.Name && expression[0] is { Kind: NodeKind.Variable, Name: "var" },
        _ => false,
    };

    /// <summary>The value of an expression without any name in it; null for others, so that nothing is asked that depends on the variable.</summary>
    private Value? Constant(Expression expression) => HasNames(expression) ? null : _module.Scope.Evaluate(expression);

    private static bool HasNames(Expression expression) => expression.Kind == NodeKind.Variable || expression.Children.Any(HasNames);

    /// <summary>What is known of a value.</summary>
    private sealed record Said(IReadOnlyList<Value>? OneOf, string Prefix, bool IsNotNull, Bounds? Bounds)
    {
        internal static Said Nothing { get; } = new(null, "", false, null);

        internal Said And(Said other) => new(
            OneOf is { } mine && other.OneOf is { } theirs ? [.. mine.Where(value => theirs.Any(each => NameOf(each) == NameOf(value)))] : OneOf ?? other.OneOf,
            Prefix.Length > other.Prefix.Length ? Prefix : other.Prefix,
            IsNotNull || other.IsNotNull,
            Bounds is { } bounds && other.Bounds is { } more ? bounds.And(more) : Bounds ?? other.Bounds);

        internal Said Or(Said other) => new(
            OneOf is { } mine && other.OneOf is { } theirs ? [.. mine, .. theirs] : null,
            Prefix[..Prefix.AsSpan().CommonPrefixLength(other.Prefix)],
            IsNotNull && other.IsNotNull,
            Bounds is { } bounds && other.Bounds is { } more ? bounds.Or(more) : null);
    }
}
