using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// What is computed of unknowns leaves room for what comes out when they are known: unknowns are replaced by concrete values, and the concrete result must be a member of the symbolic one.
/// </summary>
public class MembershipTests
{
    private const int Rounds = 20;

    /// <summary>Where more is claimed than holds for any value, and why.</summary>
    private static readonly Dictionary<string, string> Claims = new(StringComparer.Ordinal)
    {
        ["compact(local.kl)"] = "the id of a resource is never empty",
        ["can(local.ud.nope)"] = "what a provider computes is taken to have the parts that are asked for",
        ["can(tonumber(local.us))"] = "that a text may be no number is not remembered once it was converted",
    };

    private static readonly string[] Words = ["", "k", "a", "b", "pre-x", "x,y", "1", "true", "-post", "é", "{\"a\":1}"];

    public static TheoryData<string> Cases() => [.. UnknownTableTests.Written.Where(expression => !Claims.ContainsKey(expression))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_concrete_result_is_a_member_of_the_symbolic_one(string expression)
    {
        var symbolic = Expressions.Compute(expression, UnknownTableTests.Local);
        var random = new Random(expression.Length);
        for (var round = 0; round < Rounds; round++)
        {
            var names = Concrete(random);
            var concrete = Expressions.Compute(expression, name => names.GetValueOrDefault(name));
            Assert.True(IsMember(concrete, symbolic), $"{expression}: {ExpressionBench.Shown(concrete)} is no member of {ExpressionBench.Shown(symbolic)}");
        }
    }

    private static Dictionary<string, Value> Concrete(Random random)
    {
        var text = Text();
        return new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["local.us"] = text,
            ["local.un"] = Number(),
            ["local.ub"] = BoolValue.Of(random.Next(2) == 0),
            ["local.ul"] = Conversion.To(Many(Text), new ListType(DataType.Text)),
            ["local.um"] = Conversion.To(MapValue.Of(Many(Text).Values.OfType<TextValue>().Select(key => (key.Known!, (Value)Text()))), new MapType(DataType.Text)),
            ["local.ut"] = ListValue.Of([Text(), Number()]),
            ["local.uo"] = MapValue.Of(("a", Text()), ("n", Number())),
            ["local.uz"] = Conversion.To(Many(Text), new SetType(DataType.Text)),
            ["local.ud"] = random.Next(3) switch { 0 => Text(), 1 => Number(), _ => Many(Text) },
            ["local.up"] = new TextValue("pre-" + text.Known),
            ["local.uq"] = new TextValue($"pre-{text.Known}-post"),
            ["local.kl"] = ListValue.Of([new TextValue("k"), text]),
            ["local.ko"] = MapValue.Of(("a", new TextValue("k")), ("b", text)),
        };

        TextValue Text() => new(Words[random.Next(Words.Length)]);

        NumberValue Number() => NumberValue.Of(random.Next(-2, 12));

        ListValue Many(Func<Value> make) => ListValue.Of(Enumerable.Range(0, random.Next(4)).Select(_ => make()));
    }

    private static bool IsMember(Value concrete, Value symbolic) => (concrete, symbolic) switch
    {
        // Where the concrete expression fails nothing is deployed.
        _ when concrete.Deep().Any(Conversion.IsError) => true,
        (_, UnknownValue unknown) => !Conversion.IsError(unknown),
        (_, ChoiceValue choice) => choice.Alternatives.Any(each => IsMember(concrete, each.Value)),
        (TextValue { Known: { } known }, TextValue text) => Fits(known, text),
        (ListValue list, ListValue wanted) when wanted.HasKnownLength && (wanted.Kind != SequenceKind.Set || wanted.IsWhollyKnown) =>
            list.Items.Length == wanted.Items.Length && list.Values.Zip(wanted.Values, IsMember).All(fits => fits),
        (ListValue, ListValue) => true,
        (MapValue map, MapValue wanted) => map.Entries.All(entry => wanted[entry.Key] is { } value ? IsMember(entry.Value, value) : wanted.IsOpen || wanted.Entries.Any(each => each.KeyText is not null)),
        _ => concrete.EqualTo(symbolic) == Truth.Yes,
    };

    private static bool Fits(string known, TextValue text)
    {
        var at = 0;
        foreach (var part in text.Parts)
        {
            if (part.Literal is { } literal)
            {
                at = known.IndexOf(literal, at, StringComparison.Ordinal);
                if (at < 0)
                {
                    return false;
                }

                at += literal.Length;
            }
        }

        return known.StartsWith(text.Prefix, StringComparison.Ordinal) && known.EndsWith(text.Suffix, StringComparison.Ordinal);
    }
}
