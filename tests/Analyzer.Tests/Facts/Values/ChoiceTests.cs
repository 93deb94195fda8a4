using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Facts.Values;

public class ChoiceTests
{
    private static readonly SourceFile File = SourceFile.FromText("main.tf", "name of a cluster");
    private static readonly Reference Name = new(new Address("", "aws_eks_cluster.shop"), "name");

    [Fact]
    public void The_way_of_a_choice_is_that_of_each_alternative_however_it_is_put_together_again()
    {
        var literal = new TextValue("shop").With(new Trace(StepKind.Literal, "", File.At(0, 4)));
        var isProd = Guard.When("prod", true, "it is prod");
        var choice = (ChoiceValue)ChoiceValue.Of([new Alternative(isProd, literal), new Alternative(Guard.When("prod", false, "it is not prod"), new TextValue("test"))])
            .Through(StepKind.Attribute, "aws_eks_cluster.shop.name", File.At(5, 2), Name);

        var again = (ChoiceValue)ChoiceValue.Of(choice.Alternatives);

        Assert.All(again.Alternatives, each => Assert.Contains(Name, each.Value.References));
        Assert.Equal([StepKind.Attribute, StepKind.Literal], again.Alternatives[0].Value.Trace!.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void A_way_is_not_walked_twice()
    {
        var source = new Trace(StepKind.Literal, "", File.At(0, 4));
        var way = new Trace(StepKind.Local, "local.name", File.At(5, 2), source);

        Assert.Same(way, way.Over(source));
        Assert.Equal(2, way.Over(null).Steps.Count());
        Assert.Equal(3, way.Over(new Trace(StepKind.Literal, "", File.At(8, 1))).Steps.Count());
    }
}
