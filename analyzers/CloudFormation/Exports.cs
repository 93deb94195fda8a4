using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>
/// What the templates of the repository export to one another, by the name of the export. The name of a stack that nobody knows is the same on both sides where one stack hands it to the
/// other, so a name with such holes is a name, too.
/// </summary>
internal sealed class Exports
{
    private readonly Dictionary<string, List<(TemplateScope Scope, string Output)>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<(TemplateScope Scope, string Output)> _busy = [];
    private readonly HashSet<(string Exporter, string Importer)> _imports = [];

    /// <summary>Which template imported from which, by the paths of those that are deployed by themselves.</summary>
    internal IReadOnlyCollection<(string Exporter, string Importer)> Imports => _imports;

    /// <summary>Notes the exports of a template whose names can be told from others.</summary>
    internal void Add(TemplateScope scope)
    {
        foreach (var entry in scope.Outputs.Entries)
        {
            if (entry.Value is not MapValue output || output["Export"] is not MapValue export || export["Name"] is not { } name)
            {
                continue;
            }

            if (scope.Existence(output).Truth != Truth.No && Name(scope.Evaluator.EvaluateFor(Guard.Always, name).Value) is { } known)
            {
                if (!_byName.TryGetValue(known, out var list))
                {
                    _byName.Add(known, list = []);
                }

                list.Add((scope, entry.Key));
            }
        }
    }

    /// <summary>The text that a name is, each hole called by what stands in it; null where nobody can tell that from another.</summary>
    private static string? Name(Value name)
    {
        if (Texts.Of(name) is not { } text)
        {
            return Hole(name);
        }

        if (text.Known is { } known)
        {
            return known;
        }

        var parts = text.Parts.Select(part => part.Literal ?? Hole(part.Hole!)).ToList();
        return parts.Contains(null) ? null : string.Concat(parts);

        static string? Hole(Value value) => value is UnknownValue { Reference: { } reference } ? $"\0{reference.Target.Scope}\0{reference}\0" : null;
    }

    /// <summary>The value exported under a name; null if no template of the repository exports it, or several do.</summary>
    /// <param name="name">The name.</param>
    /// <param name="importer">The template that asks.</param>
    internal Value? Find(Value name, TemplateScope importer)
    {
        if (Name(name) is not { } known || !_byName.TryGetValue(known, out var found) || found is not [var only] || !_busy.Add(only))
        {
            return null;
        }

        _imports.Add((only.Scope.Outermost.Template.Path, importer.Outermost.Template.Path));

        try
        {
            var place = only.Scope.Outputs.Find(only.Output)?.KeyPlace ?? only.Scope.Template.Source.At(0, 0);
            return only.Scope.Output(only.Output)?.Through(StepKind.Output, $"{Texts.Of(name) ?? name}", place);
        }
        finally
        {
            _busy.Remove(only);
        }
    }
}
