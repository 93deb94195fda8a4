using System.Numerics;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of numbers.</summary>
internal static class NumberFunctions
{
    private const int RangeLimit = 1024;
    private static readonly DataType Numbers = new ListType(DataType.Number);

    internal static IEnumerable<Function> All =>
    [
        OfKnown("abs", DataType.Number, "The number without its sign.", call => Result(call.Number(0) is { Sign: < 0 } negative ? negative.Negate() : call.Number(0)), Number("num")),
        OfKnown("ceil", DataType.Number, "The smallest whole number that is not smaller.", call => Result(call.Number(0).Negate().Floor().Negate()), Number("num")),
        OfKnown("floor", DataType.Number, "The greatest whole number that is not greater.", call => Result(call.Number(0).Floor()), Number("num")),
        OfKnown("signum", DataType.Number, "-1, 0 or 1.", call => NumberValue.Of(call.Number(0).Sign), Number("num")),
        OfKnown("log", DataType.Number, "The logarithm in a base.", call => Real(Math.Log(call.Number(0).ToDouble()) / Math.Log(call.Number(1).ToDouble())), Number("num"), Number("base")),
        OfKnown("pow", DataType.Number, "A power.", Power, Number("num"), Number("power")),
        VariadicOfKnown("max", DataType.Number, "The greatest number.", call => Extreme(call, 1), Number("numbers")),
        VariadicOfKnown("min", DataType.Number, "The smallest number.", call => Extreme(call, -1), Number("numbers")),
        Of("sum", DataType.Number, "The sum of all elements.", Sum, Any("list") with { Expands = true }),
        OfKnown("parseint", DataType.Number, "The whole number that digits in a base mean.", ParseInt, Any("number"), Number("base")),
        VariadicOfKnown("range", Numbers, "Numbers from a start up to an end.", Range, Number("params")),
    ];

    private static Value Result(Number? number) =>
        number is { } known ? new NumberValue(known) : new UnknownValue(UnknownReason.Limit, "the number is too large", type: DataType.Number);

    private static Value Real(double value) => Facts.Values.Number.Of(value) is { } number
        ? new NumberValue(number)
        : new UnknownValue(UnknownReason.NotComputed, "the result is not a finite number", type: DataType.Number);

    private static Value Power(Arguments call) => call.Number(0).WholeBig is { } whole && BigInteger.Abs(whole) < 1000 && call.Number(1).Whole is >= 0 and <= 64 and var power
        ? Result(Facts.Values.Number.Of(BigInteger.Pow(whole, (int)power)))
        : Real(Math.Pow(call.Number(0).ToDouble(), call.Number(1).ToDouble()));

    private static Value Extreme(Arguments call, int sign)
    {
        if (call.Count == 0)
        {
            return Conversion.Error("at least one number is needed", DataType.Number);
        }

        var best = call[0];
        for (var at = 1; at < call.Count; at++)
        {
            best = call.Number(at).CompareTo(((NumberValue)best).Number) * sign > 0 ? call[at] : best;
        }

        return best;
    }

    private static Value Sum(Arguments call)
    {
        if (Sequences.Open(call[0]) is not ListValue list)
        {
            return call[0] is UnknownValue { Type: DynamicType or ListType or SetType } ? UnknownValue.From(DataType.Number, call.All) : Conversion.Error("sum needs a list", DataType.Number);
        }

        if (!list.HasKnownLength)
        {
            return UnknownValue.From(DataType.Number, call.All);
        }

        Number? sum = null;
        foreach (var value in list.Values)
        {
            switch (Conversion.To(value, DataType.Number))
            {
                case NumberValue number when sum is null:
                    sum = number.Number;
                    break;
                case NumberValue number:
                    if (sum.Value.Plus(number.Number) is not { } next)
                    {
                        return Result(null);
                    }

                    sum = next;
                    break;
                case NullValue:
                    return Conversion.Error("nulls cannot be summed", DataType.Number);
                case var other:
                    return UnknownValue.From(DataType.Number, other);
            }
        }

        return sum is null ? Conversion.Error("an empty list cannot be summed", DataType.Number) : Result(sum);
    }

    private static Value ParseInt(Arguments call)
    {
        if (call.Number(1).Whole is not (>= 2 and <= 62 and var radix))
        {
            return Conversion.Error("the base must be a whole number from 2 to 62", DataType.Number);
        }

        if (call[0] is not TextValue { Known: { } text })
        {
            return Conversion.Error("the digits must be a text", DataType.Number);
        }

        var digits = text.AsSpan().TrimStart("+-");
        if (digits.Length == 0 || text.Length - digits.Length > 1 || digits.Length > Facts.Values.Number.ExponentLimit)
        {
            return NotParsed(text, radix);
        }

        var value = BigInteger.Zero;
        foreach (var unit in digits)
        {
            var digit = unit switch
            {
                >= '0' and <= '9' => unit - '0',
                >= 'a' and <= 'z' => unit - 'a' + 10,
                >= 'A' and <= 'Z' => unit - 'A' + (radix <= 36 ? 10 : 36),
                _ => int.MaxValue,
            };
            if (digit >= radix)
            {
                return NotParsed(text, radix);
            }

            value = (value * radix) + digit;
        }

        return Result(Facts.Values.Number.Of(text[0] == '-' ? -value : value));
    }

    private static UnknownValue NotParsed(string text, long radix) => Conversion.Error($"\"{Conversion.Shortened(text)}\" is not a whole number in base {radix}", DataType.Number);

    private static Value Range(Arguments call)
    {
        if (call.Count is < 1 or > 3)
        {
            return Conversion.Error("range takes one to three numbers", Numbers);
        }

        var zero = Facts.Values.Number.Of(0);
        var start = call.Count == 1 ? zero : call.Number(0);
        var end = call.Count == 1 ? call.Number(0) : call.Number(1);
        var isDown = end.CompareTo(start) < 0;
        var step = call.Count == 3 ? call.Number(2) : Facts.Values.Number.Of(isDown ? -1 : 1);
        if (start.CompareTo(end) != 0 && step.Sign != 0 && step.Sign < 0 != isDown)
        {
            return Conversion.Error("the step of range goes away from the end", Numbers);
        }

        var items = new List<Value>();
        for (var at = start; isDown ? at.CompareTo(end) > 0 : at.CompareTo(end) < 0;)
        {
            if (items.Count == RangeLimit || at.Plus(step) is not { } next)
            {
                return Conversion.Error($"range makes more than {RangeLimit} values", Numbers);
            }

            items.Add(new NumberValue(at));
            at = next;
        }

        return ListValue.Of(items, SequenceKind.List, DataType.Number);
    }
}
