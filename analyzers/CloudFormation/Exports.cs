using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>What the templates of the repository export to one another.</summary>
internal sealed class Exports
{
    private readonly Dictionary<string, List<(TemplateScope Scope, string Output)>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<(TemplateScope Scope, string Output)> _busy = [];
    private readonly HashSet<(string Exporter, string Importer)> _imports = [];

    /// <summary>Which template imported from which, by the paths of those that are deployed by themselves.</summary>
    internal IReadOnlyCollection<(string Exporter, string Importer)> Imports => _imports;

    /// <summary>Notes the exports of a template whose names are known.</summary>
    internal void Add(TemplateScope scope)
    {
        foreach (var entry in scope.Outputs.Entries)
        {
            if (entry.Value is not MapValue output || output["Export"] is not MapValue export || export["Name"] is not { } name)
            {
                continue;
            }

            if (scope.Existence(output).Truth != Truth.No && scope.Evaluator.EvaluateFor(Guard.Always, name).Value is TextValue { Known: { } known })
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
    /// <param name="name">The name.</param>
    /// <param name="importer">The template that asks.</param>
    internal Value? Find(string name, TemplateScope importer)
    {
        if (!_byName.TryGetValue(name, out var found) || found is not [var only] || !_busy.Add(only))
        {
            return null;
        }

        _imports.Add((only.Scope.Outermost.Template.Path, importer.Outermost.Template.Path));

        try
        {
            var place = only.Scope.Outputs.Find(only.Output)?.KeyPlace ?? only.Scope.Template.Source.At(0, 0);
            return only.Scope.Output(only.Output)?.Through(StepKind.Output, name, place);
        }
        finally
        {
            _busy.Remove(only);
        }
    }
}
