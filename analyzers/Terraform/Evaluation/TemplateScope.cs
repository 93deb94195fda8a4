using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>What names mean in a template file: the variables it was given, and nothing else.</summary>
internal sealed class TemplateScope(ModuleInstance module, MapValue variables, string predicatePrefix) : IScope
{
    /// <inheritdoc/>
    public string PredicatePrefix => predicatePrefix;

    /// <summary>Evaluates a template.</summary>
    internal static Value Render(ModuleTree tree, ModuleInstance module, SourceFile template, MapValue variables)
    {
        var parsed = tree.Template(template);
        return parsed.Problems.Count > 0
            ? new UnknownValue(UnknownReason.Error, $"the template {template.Path} has a syntax error", parsed.Problems[0].Place, type: DataType.Text)
            : new Evaluator(new TemplateScope(module, variables, module.PredicatePrefix), module.Root.Budget).Evaluate(parsed.Expression);
    }

    /// <inheritdoc/>
    public Function? FindFunction(string name) => name is "templatefile" or "templatestring" ? null : module.FindFunction(name);

    /// <inheritdoc/>
    public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
    {
        taken = 0;
        return variables[root.Name] ?? (variables.OpenBecause is { } causes ? new UnknownValue(causes) : null);
    }
}
