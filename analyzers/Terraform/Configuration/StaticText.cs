using System.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>What can be read from an expression without evaluating it: literal texts and names.</summary>
internal static class StaticText
{
    /// <summary>The text of a literal without interpolations, or null.</summary>
    internal static string? Of(Expression expression)
    {
        switch (expression.Kind)
        {
            case NodeKind.TemplateText:
                return expression.Name;
            case NodeKind.Parentheses:
                return Of(expression[0]);
            case NodeKind.Template:
                var text = new StringBuilder();
                foreach (var part in expression.Children)
                {
                    if (part.Kind != NodeKind.TemplateText)
                    {
                        return null;
                    }

                    text.Append(part.Name);
                }

                return text.ToString();
            default:
                return null;
        }
    }

    /// <summary>A name with dots, <c>aws.west</c> or <c>module.iam</c>, also when quoted as old code does; null for anything else.</summary>
    internal static string? Name(Expression expression) => expression.Kind switch
    {
        NodeKind.Variable => expression.Name,
        NodeKind.GetAttribute => Name(expression[0]) is { } operand ? $"{operand}.{expression.Name}" : null,
        NodeKind.Parentheses => Name(expression[0]),
        _ => Of(expression),
    };
}
