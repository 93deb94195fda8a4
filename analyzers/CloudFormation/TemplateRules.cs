using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>The <c>Rules</c> of a template: parameters that break one are refused before anything is made, so what would break one never is.</summary>
internal sealed class TemplateRules(TemplateScope scope)
{
    private Guard? _kept;

    /// <summary>What holds because all rules are kept.</summary>
    internal Guard Kept
    {
        get
        {
            if (_kept is null)
            {
                // While the rules are read, they decide nothing.
                _kept = Guard.Always;
                _kept = Read();
            }

            return _kept;
        }
    }

    private Guard Read()
    {
        var kept = Guard.Always;
        foreach (var entry in scope.Template.Rules.Entries)
        {
            if (entry.Value is not MapValue rule || rule["Assertions"] is not ListValue assertions)
            {
                scope.Report("invalid-template", $"The rule \"{entry.Key}\" has no assertions.", entry.KeyPlace ?? scope.Template.Source.At(0, 0));
                continue;
            }

            var applies = rule["RuleCondition"] is { } condition ? scope.Formulas.Evaluate(condition) : Formula.Of(true);
            foreach (var assertion in assertions.Values.OfType<MapValue>().Select(each => each["Assert"]).OfType<Value>())
            {
                // With its defaults a template may break its own rules: then nobody deploys it with them, and the rule tells nothing of the rest.
                var broken = scope.Formulas.All([applies, scope.Formulas.Evaluate(assertion).Negated], assertion);
                kept = broken.Truth == Truth.Unknown ? kept.And(broken.WhenFalse) ?? kept : kept;
            }
        }

        return kept;
    }
}
