using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>What the templates of the repository export to one another.</summary>
internal sealed class Exports
{
    private readonly Dictionary<string, List<(TemplateScope Scope, string Output)>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<(TemplateScope Scope, string Output)> _busy = [];

    /// <summary>Notes the exports of a template whose names are known.</summary>
    internal void Add(TemplateScope scope)
    {
        foreach (var entry in scope.Template.Outputs.Entries)
        {
            if (entry.Value is not MapValue output || output["Export"] is not MapValue export || export["Name"] is not { } name)
            {
                continue;
            }

            var excluded = Texts.Of(output["Condition"])?.Known is { } condition && entry.KeyPlace is { } place && scope.Conditions.Named(condition, place).Truth == Truth.No;
            if (!excluded && scope.Evaluator.EvaluateFor(Guard.Always, name).Value is TextValue { Known: { } known })
            {
                if (!_byName.TryGetValue(known, out var list))
                {
                    _byName.Add(known, list = []);
                }

                list.Add((scope, entry.Key));
            }
        }
    }

    /// <summary>The value exported under a name; null if no template of the repository exports it, or several do.</summary>
    internal Value? Find(string name)
    {
        if (!_byName.TryGetValue(name, out var found) || found is not [var only] || !_busy.Add(only))
        {
            return null;
        }

        try
        {
            var output = (MapValue)only.Scope.Template.Outputs[only.Output]!;
            if (output["Value"] is not { } written || written.Trace is not { } trace)
            {
                return null;
            }

            return only.Scope.Evaluator.EvaluateFor(Guard.Always, written).Value.Through(StepKind.Output, name, trace.Place);
        }
        finally
        {
            _busy.Remove(only);
        }
    }
}
