using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

/// <summary>What must hold for the tree of any text.</summary>
internal static class Trees
{
    /// <summary>All spans lie in the file and inside their parents; every name can be decoded; wrong files say so.</summary>
    internal static int Check(HclFile file, bool correct = false)
    {
        foreach (var problem in file.Problems)
        {
            CheckInside(problem.Place!.Value, file.Source.Whole);
        }

        foreach (var comment in file.Comments)
        {
            CheckInside(comment, file.Source.Whole);
        }

        if (correct)
        {
            Assert.Empty(file.Problems);
        }

        var errors = 0;
        var count = CheckBody(file.Body, file.Source.Whole, ref errors);
        Assert.False(errors > 0 && file.Problems.Count == 0, "An error node without a problem.");
        return count;
    }

    internal static int CheckExpression(Expression root)
    {
        var errors = 0;
        var count = CheckExpression(root, root.File.Source.Whole, ref errors);
        Assert.False(errors > 0 && root.File.Problems.Count == 0, "An error node without a problem.");
        return count;
    }

    private static int CheckBody(Body body, Span outer, ref int errors)
    {
        CheckInside(body.Place, outer);
        var count = 0;
        foreach (var attribute in body.Attributes)
        {
            CheckInside(attribute.Place, body.Place);
            CheckInside(attribute.NamePlace, attribute.Place);
            Assert.NotEmpty(attribute.Name);
            count += 1 + CheckExpression(attribute.Value, attribute.Place, ref errors);
        }

        foreach (var block in body.Blocks)
        {
            CheckInside(block.Place, body.Place);
            CheckInside(block.Header, block.Place);
            Assert.NotEmpty(block.Type);
            count += 1 + CheckBody(block.Body, block.Place, ref errors);
        }

        return count;
    }

    private static int CheckExpression(Expression expression, Span outer, ref int errors)
    {
        var count = 1;
        CheckInside(expression.Place, outer);
        CheckInside(expression.NamePlace, expression.Place);
        Assert.NotNull(expression.Name);
        errors += expression.Kind == NodeKind.Error ? 1 : 0;
        foreach (var child in expression.Children)
        {
            count += CheckExpression(child, expression.Place, ref errors);
        }

        return count;
    }

    private static void CheckInside(Span inner, Span outer) =>
        Assert.True(
            inner.Length >= 0 && inner.Start >= outer.Start && inner.End <= outer.End,
            $"{inner.Start}..{inner.End} is not inside {outer.Start}..{outer.End}");
}
