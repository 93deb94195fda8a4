using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

/// <summary>Hostile expressions end with what was not computed unknown.</summary>
public class BudgetTests
{
    [Fact]
    public void Range_in_range_ends()
    {
        var budget = new Budget();
        var value = Evaluated("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a + b + c]]]", budget);
        Assert.NotNull(budget.Exceeded);
        Assert.Contains(Cause.Of(value), cause => cause.Reason == UnknownReason.Limit);
        Assert.True(Assert.IsType<ListValue>(value).IsOpen);
    }

    [Fact]
    public void Steps_are_shared_by_all_that_have_the_budget()
    {
        var budget = new Budget(steps: 100);
        Assert.Equal("6", Shown(Evaluated("1 + 2 + 3", budget)));
        Assert.Null(budget.Exceeded);
        Evaluated("[for a in range(1000) : a]", budget);
        Assert.Equal(UnknownReason.Limit, Assert.IsType<UnknownValue>(Evaluated("1 + 2 + 3", budget)).Causes[0].Reason);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("!", "true", "")]
    [InlineData("upper(", "\"a\"", ")")]
    [InlineData("true ? 1 : ", "2", "")]
    [InlineData("\"${", "1", "}\"")]
    [InlineData("[for a in [1] : ", "a", "]")]
    [InlineData("", "[1]", "[*]")]
    [InlineData("", "x", ".a")]
    [InlineData("{ a = ", "1", "}")]
    public void Nesting_of_any_depth_is_answered(string open, string middle, string close)
    {
        foreach (var depth in new[] { 300, 600, 20_000 })
        {
            var text = string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
            Assert.NotNull(Evaluated(text, ("x", Unknown("var.x"))));
        }
    }

    [Fact]
    public void Names_that_lead_to_each_other_end()
    {
        var scope = new Circle();
        var value = new Evaluator(scope, scope.Budget).Evaluate(Parsed("local.a"));
        Assert.Equal(UnknownReason.Limit, Assert.IsType<UnknownValue>(value).Causes[0].Reason);
    }

    [Fact]
    public void A_doubling_choice_ends()
    {
        var names = Enumerable.Range(0, 20).Select(at => ($"var.v{at}", (Value)Unknown($"var.v{at}", DataType.Bool))).ToArray();
        var text = "\"" + string.Concat(Enumerable.Range(0, 20).Select(at => $"${{var.v{at} ? \"a\" : \"b\"}}")) + "\"";
        Assert.NotNull(Evaluated(text, names));
        Assert.NotNull(Evaluated(string.Join(" && ", names.Select(name => name.Item1)), names));
    }

    private sealed class Circle : IScope
    {
        internal Budget Budget { get; } = new();

        public string PredicatePrefix => "root";

        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            taken = 1;
            return new Evaluator(this, Budget).Evaluate(Parsed("[local.a][0]"));
        }

        public Function? FindFunction(string name) => null;
    }
}
