using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Languages.Operations;

/// <summary>
/// Unary and binary operators, three-valued: choices are taken apart under their guards, what cannot be decided is an <see cref="UnknownValue"/> with the causes of the
/// operands, and wrong operands are errors. Operands are converted as Terraform converts them; <c>==</c> compares types first.
/// </summary>
public static class Operators
{
    /// <summary>A prefix operator.</summary>
    public static Value Unary(HclOperator op, Value operand) =>
        Mark(Alternatives.Map([operand], _ => true, ResultOf(op), each => op == HclOperator.Not ? Not(each[0]) : Negate(each[0])), operand, operand);

    /// <summary>An infix operator. A known false (true) on either side decides <c>&amp;&amp;</c> (<c>||</c>), whatever the other side is.</summary>
    public static Value Binary(HclOperator op, Value left, Value right) =>
        left is not ChoiceValue && right is not ChoiceValue
            ? Mark(Plain(op, left, right), left, right)
            : Mark(Alternatives.Map([left, right], _ => true, ResultOf(op), each => Plain(op, each[0], each[1])), left, right);

    /// <summary>What a value says as a condition: Unknown for everything that is not a decided bool.</summary>
    public static Truth TruthOf(Value value) => Conversion.To(value, DataType.Bool) switch
    {
        BoolValue known => Kleene.Of(known.Value),
        ChoiceValue choice when choice.Alternatives.All(each => each.Value is BoolValue { Value: true }) => Truth.Yes,
        ChoiceValue choice when choice.Alternatives.All(each => each.Value is BoolValue { Value: false }) => Truth.No,
        _ => Truth.Unknown,
    };

    /// <summary>How an operator is written.</summary>
    public static string Sign(HclOperator op) => op switch
    {
        HclOperator.Or => "||",
        HclOperator.And => "&&",
        HclOperator.Equal => "==",
        HclOperator.NotEqual => "!=",
        HclOperator.Less => "<",
        HclOperator.LessOrEqual => "<=",
        HclOperator.Greater => ">",
        HclOperator.GreaterOrEqual => ">=",
        HclOperator.Add => "+",
        HclOperator.Subtract or HclOperator.Negate => "-",
        HclOperator.Multiply => "*",
        HclOperator.Divide => "/",
        HclOperator.Modulo => "%",
        HclOperator.Not => "!",
        _ => "",
    };

    private static DataType ResultOf(HclOperator op) => op is >= HclOperator.Add and <= HclOperator.Negate ? DataType.Number : DataType.Bool;

    private static Value Mark(Value result, Value left, Value right) => left.IsSensitive || right.IsSensitive ? result.WithSensitive(true) : result;

    private static Value Plain(HclOperator op, Value left, Value right) => op switch
    {
        HclOperator.Equal or HclOperator.NotEqual => Equality(left, right, op == HclOperator.NotEqual),
        HclOperator.And => Logic(left, right, deciding: false),
        HclOperator.Or => Logic(left, right, deciding: true),
        _ => Numeric(op, left, right),
    };

    private static Value Equality(Value left, Value right, bool negated)
    {
        if (Conversion.IsError(left) || Conversion.IsError(right))
        {
            return UnknownValue.From(DataType.Bool, left, right);
        }

        var truth = left.EqualTo(right);
        return truth == Truth.Unknown ? UnknownValue.From(DataType.Bool, left, right) : BoolValue.Of((truth == Truth.Yes) != negated);
    }

    private static Value Logic(Value left, Value right, bool deciding)
    {
        var (a, b) = (Operand(left, DataType.Bool), Operand(right, DataType.Bool));
        if ((a is BoolValue first && first.Value == deciding) || (b is BoolValue second && second.Value == deciding))
        {
            return BoolValue.Of(deciding);
        }

        return a is BoolValue && b is BoolValue ? BoolValue.Of(!deciding) : UnknownValue.From(DataType.Bool, a, b);
    }

    private static Value Numeric(HclOperator op, Value left, Value right)
    {
        var (a, b) = (Operand(left, DataType.Number), Operand(right, DataType.Number));
        if (a is not NumberValue { Number: var x } || b is not NumberValue { Number: var y })
        {
            if (BoundsOf(a) is { } first && BoundsOf(b) is { } second && Compared(op, first, second) is var truth and not Truth.Unknown)
            {
                return BoolValue.Of(truth == Truth.Yes);
            }

            return UnknownValue.From(ResultOf(op), a, b).WithMayFail(op == HclOperator.Divide && MayBeZero(a) && MayBeZero(b));
        }

        var isInfinite = x.IsInfinite || y.IsInfinite;
        return op switch
        {
            HclOperator.Less => BoolValue.Of(x.CompareTo(y) < 0),
            HclOperator.LessOrEqual => BoolValue.Of(x.CompareTo(y) <= 0),
            HclOperator.Greater => BoolValue.Of(x.CompareTo(y) > 0),
            HclOperator.GreaterOrEqual => BoolValue.Of(x.CompareTo(y) >= 0),
            HclOperator.Add => Result(x.Plus(y), isInfinite),
            HclOperator.Subtract => Result(x.Minus(y), isInfinite),
            HclOperator.Multiply => Result(x.Times(y), isInfinite),
            HclOperator.Modulo => Result(x.Modulo(y), isInfinite),
            HclOperator.Divide when x.Sign == 0 && y.Sign == 0 => Conversion.Error("zero cannot be divided by zero", DataType.Number),
            HclOperator.Divide => Result(x.Over(y), isInfinite),
            _ => Conversion.Error($"{op} is not an operator of two values", DataType.Number),
        };
    }

    /// <summary>What a comparison says of all numbers between some and all between others.</summary>
    private static Truth Compared(HclOperator op, Bounds left, Bounds right) => op switch
    {
        HclOperator.Less => left.IsLess(right),
        HclOperator.Greater => right.IsLess(left),
        HclOperator.LessOrEqual => right.IsLess(left).Not(),
        HclOperator.GreaterOrEqual => left.IsLess(right).Not(),
        _ => Truth.Unknown,
    };

    private static Bounds? BoundsOf(Value value) => value switch
    {
        NumberValue number => new Bounds(number.Number, number.Number),
        UnknownValue unknown => unknown.Bounds,
        _ => null,
    };

    private static bool MayBeZero(Value value) => value is not NumberValue { Number.Sign: not 0 };

    private static Value Negate(Value value) => Operand(value, DataType.Number) switch
    {
        NumberValue number => new NumberValue(number.Number.Negate()),
        var other => other,
    };

    private static Value Not(Value value) => Operand(value, DataType.Bool) switch
    {
        BoolValue known => BoolValue.Of(!known.Value),
        var other => UnknownValue.From(DataType.Bool, other),
    };

    private static Value Operand(Value value, DataType type) =>
        value is NullValue ? Conversion.Error("an operand is null", type) : Conversion.To(value, type);

    private static Value Result(Number? number, bool isInfinite) => number is { } known
        ? new NumberValue(known)
        : isInfinite ? Conversion.Error("no number is defined for these infinite ones", DataType.Number)
        : new UnknownValue(UnknownReason.Limit, "the number is too large", type: DataType.Number);
}
