using System.Text;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>
/// Message templates as sentences. Every value can be shown: unknown ones by the name of what they are, facts by their address. Sensitive ones never are.
/// </summary>
internal static class MessageText
{
    private const int ElementLimit = 10;

    internal static string Of(Expression template, Evaluator evaluator)
    {
        if (template.Kind == NodeKind.TemplateText)
        {
            return template.Name;
        }

        if (template.Kind != NodeKind.Template || HasDirectives(template))
        {
            return Of(evaluator.Evaluate(template.Kind == NodeKind.TemplateWrap ? template[0] : template));
        }

        var text = new StringBuilder();
        foreach (var part in template.Children)
        {
            text.Append(part.Kind == NodeKind.TemplateText ? part.Name : Of(evaluator.Evaluate(part)));
        }

        return text.ToString().Trim();
    }

    /// <summary>A value as people read it.</summary>
    internal static string Of(Value value)
    {
        if (value.IsSensitive)
        {
            return "(sensitive)";
        }

        return value switch
        {
            TextValue { Parts: [{ Hole: { } whole }] } => Of(whole),
            TextValue text => string.Concat(text.Parts.Select(part => part.Literal ?? $"${{{Of(part.Hole!)}}}")),
            NumberValue number => number.Number.ToString(),
            BoolValue flag => flag.Value ? "true" : "false",
            NullValue => "nothing",
            FactValue link => link.Fact.Address.Path,
            ListValue list => Joined(list),
            MapValue map => $"{{{string.Join(", ", map.Entries.Take(ElementLimit).Select(entry => entry.Key))}}}",
            ChoiceValue choice => string.Join(" or ", choice.Alternatives.Select(each => Of(each.Value)).Distinct(StringComparer.Ordinal)),
            _ => value.References.Select(reference => reference.ToString()).FirstOrDefault() ?? "<?>",
        };
    }

    private static string Joined(ListValue list)
    {
        var shown = string.Join(", ", list.Values.Take(ElementLimit).Select(Of));
        return list.Items.Length > ElementLimit || list.IsOpen ? shown + ", ..." : shown;
    }

    private static bool HasDirectives(Expression template)
    {
        foreach (var part in template.Children)
        {
            if (part.Kind is NodeKind.TemplateIf or NodeKind.TemplateFor)
            {
                return true;
            }
        }

        return false;
    }
}
