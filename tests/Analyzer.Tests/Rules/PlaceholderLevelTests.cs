using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>What somebody replaces before it is applied is told as a note: it fails no run.</summary>
public sealed class PlaceholderLevelTests
{
    [Theory]
    [InlineData("shop-api", Level.Error)]
    [InlineData("arn:aws:iam::111122223333:instance-profile/shop", Level.Error)]
    [InlineData("arn:aws:iam::ACCOUNT_ID:role/shop-api", Level.Note)]
    [InlineData("XRAY_SA_ROLE", Level.Note)]
    [InlineData("<<arn>>", Level.Note)]
    [InlineData("your-role", Level.Note)]
    public void A_role_that_is_none_is_an_error_unless_it_is_a_placeholder(string annotation, Level expected)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("k8s/api.yaml", $"apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n  namespace: shop\n  annotations:\n    eks.amazonaws.com/role-arn: {annotation}\n")), problems);
        var rules = BuiltInRuleTests.Rules.Where(rule => rule.Id == "aws-irsa-role-arn-invalid").ToList();
        var finding = Assert.Single(Judge.Decide(rules, model.Facts, model.Functions, problems), verdict => verdict.Outcome == Outcome.Fail);
        Assert.Equal(expected, finding.Level);
    }
}
