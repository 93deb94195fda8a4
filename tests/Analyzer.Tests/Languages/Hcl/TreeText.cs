using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

/// <summary>Trees as S-expressions, for tests: <c>(Binary:Add (Variable a) (Number 1))</c>.</summary>
internal static class TreeText
{
    internal static string OfExpression(string text) => Of(HclParser.ParseExpression(SourceFile.FromText("e", text)).Expression);

    internal static string OfTemplate(string text) => Of(HclParser.ParseTemplate(SourceFile.FromText("t", text)).Expression);

    /// <summary>The value of the attribute <c>a</c> of a file.</summary>
    internal static string OfAttribute(string text) => Of(HclParser.ParseFile(SourceFile.FromText("main.tf", text)).Body.Find("a")!.Value);

    internal static string Of(Body body)
    {
        var parts = new List<(int Start, string Text)>();
        foreach (var attribute in body.Attributes)
        {
            parts.Add((attribute.Place.Start, $"{attribute.Name}={Of(attribute.Value)}"));
        }

        foreach (var block in body.Blocks)
        {
            var labels = string.Concat(block.Labels.Select(label => $" '{label.Text}'"));
            parts.Add((block.Place.Start, $"[{block.Type}{labels}: {Of(block.Body)}]"));
        }

        return string.Join(' ', parts.OrderBy(part => part.Start).Select(part => part.Text));
    }

    internal static string Of(Expression expression)
    {
        var text = new StringBuilder();
        Write(expression, text);
        return text.ToString();
    }

    private static void Write(Expression expression, StringBuilder text)
    {
        text.Append('(').Append(expression.Kind);
        if (expression.Operator != HclOperator.None)
        {
            text.Append(':').Append(expression.Operator);
        }

        foreach (var flag in new[] { NodeFlags.HasKey, NodeFlags.HasCondition, NodeFlags.Expand, NodeFlags.HasElse, NodeFlags.Marked })
        {
            text.Append(expression.Has(flag) ? $"+{flag}" : "");
        }

        if (expression.Name.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" {expression.Name.ReplaceLineEndings("⏎")}");
        }

        foreach (var child in expression.Children)
        {
            text.Append(' ');
            Write(child, text);
        }

        text.Append(')');
    }
}
