using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// What is computed of unknowns leaves room for what comes out when they are known: unknowns are replaced by concrete values, and the concrete result must be a member of the symbolic one.
/// </summary>
public class MembershipTests
{
    private const int Rounds = 20;

    private static readonly string[] Words = ["", "k", "a", "b", "pre-x", "x,y", "1", "true", "-post", "é", "{\"a\":1}"];

    public static TheoryData<string> Cases() => [.. UnknownTableTests.Written];

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
            Assert.True(Members.Has(symbolic, concrete), $"{expression}: {ExpressionBench.Shown(concrete)} is no member of {ExpressionBench.Shown(symbolic)}");
        }
    }

    /// <summary>Values for the names of the table: what stands for the id of a resource is never empty, and is the same wherever it is part of something.</summary>
    internal static Dictionary<string, Value> Concrete(Random random)
    {
        var text = new TextValue(Words[random.Next(1, Words.Length)]);
        return new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["local.us"] = text,
            ["local.un"] = Number(),
            ["local.ub"] = BoolValue.Of(random.Next(2) == 0),
            ["local.ul"] = Conversion.To(Many(Text), new ListType(DataType.Text)),
            ["local.um"] = Conversion.To(MapValue.Of(Many(Text).Values.OfType<TextValue>().DistinctBy(key => key.Known).Select(key => (key.Known!, (Value)Text()))), new MapType(DataType.Text)),
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
}
