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

    /// <summary>What stands for a value of which nothing can be told.</summary>
    internal const string Nameless = "<?>";

    internal static string Of(Expression template, Evaluator evaluator) => Shown(template, evaluator).Trim();

    private static string Shown(Expression template, Evaluator evaluator)
    {
        switch (template.Kind)
        {
            case NodeKind.TemplateText:
                return template.Name;
            case NodeKind.TemplateWrap or NodeKind.Parentheses:
                return Shown(template[0], evaluator);
            case NodeKind.Template when !HasDirectives(template):
                var text = new StringBuilder();
                foreach (var part in template.Children)
                {
                    text.Append(Shown(part, evaluator));
                }

                return text.ToString();

            // Of two sentences the one that holds; its values are shown as those of any other, where the language of expressions would refuse a list in a text.
            case NodeKind.Conditional when Truths.Of(evaluator.Evaluate(template[0])) is var holds and not Truth.Unknown:
                return Shown(template[holds == Truth.Yes ? 1 : 2], evaluator);

            // A list to which there may be more has no text; of a sentence people want what is known of it.
            case NodeKind.Call when template is { Name: "join", Children.Count: 2 } && evaluator.Evaluate(template) is var joined:
                return joined is UnknownValue && evaluator.Evaluate(template[1]) is ListValue list ? Joined(list) : Of(joined);
            default:
                return Of(evaluator.Evaluate(template));
        }
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
            TextValue text => string.Concat(text.Parts.Select(part => part.Literal ?? (part.Hole as UnknownValue)?.Placeholder ?? $"${{{Of(part.Hole!)}}}")),
            NumberValue number => number.Number.ToString(),
            BoolValue flag => flag.Value ? "true" : "false",
            NullValue => "nothing",
            FactValue link => link.Fact.Address.Path,
            ListValue list => Joined(list),
            MapValue map => $"{{{string.Join(", ", map.Entries.Take(ElementLimit).Select(entry => entry.Key))}}}",
            ChoiceValue choice => string.Join(" or ", choice.Alternatives.Select(each => Of(each.Value)).Distinct(StringComparer.Ordinal)),
            _ => value.References.Select(reference => reference.ToString()).FirstOrDefault() ?? Nameless,
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
