using System.Collections.Frozen;
using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.CloudFormation;

/// <summary>Loads the resources of all CloudFormation templates of a repository, YAML and JSON, recognised by their content.</summary>
/// <remarks>
/// A template that another one nests is read where that deploys it, not by itself. What a template refers to and does not declare is the problem <c>reference-to-nothing</c>; other
/// problems of templates are <c>invalid-template</c>, <c>invalid-function</c>, <c>unknown-function</c>, <c>circular-condition</c>, <c>circular-dependency</c>, <c>circular-stack</c>,
/// <c>nested-template-missing</c>, <c>included-file-missing</c>, <c>depends-on-ignored</c>, <c>nesting-limit</c>, <c>loop-limit</c>, <c>cdk-context-missing</c>, and those of the readers.
/// </remarks>
public sealed class CloudFormationLoader
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json", ".template", ".cfn", ".cform"];

    private readonly FileTree _files;
    private readonly ProblemLog _problems;
    private readonly CdkAssemblies _assemblies;
    private readonly List<Template> _templates = [];
    private readonly List<Gap> _gaps = [];

    private CloudFormationLoader(FileTree files, ProblemLog problems)
    {
        _files = files;
        _problems = problems;
        _assemblies = CdkAssemblies.Read(files, problems);
    }

    /// <summary>Reads all templates of a repository; they can then be loaded under several assumptions.</summary>
    public static CloudFormationLoader Read(FileTree files, LoadOptions options, ProblemLog problems)
    {
        var loader = new CloudFormationLoader(files, problems);
        var paths = files.Paths.Where(path => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !loader._assemblies.IsAsset(path)).ToArray();
        var read = Workers.Map(paths, options.Parallelism, path => files.Read(path) is { } source ? TemplateReader.Read(source, files, problems) : default);
        loader._gaps.AddRange(read.Select(each => each.Gap).OfType<Gap>());
        loader._templates.AddRange(read.Select(each => each.Template).OfType<Template>());
        return loader;
    }

    /// <summary>Reads all templates and adds what they declare to an inventory.</summary>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems) => Read(files, options, problems).Load(options).AddTo(inventory);

    /// <summary>Evaluates all templates.</summary>
    public LoadedTemplates Load(LoadOptions options) => Load(options, null, FrozenSet<string>.Empty);

    /// <summary>Evaluates some templates; the others are as they were.</summary>
    /// <param name="options">The assumptions.</param>
    /// <param name="known">All templates under other assumptions; null if none was evaluated yet.</param>
    /// <param name="anew">Paths of those for which the difference matters.</param>
    public LoadedTemplates Load(LoadOptions options, LoadedTemplates? known, IReadOnlySet<string> anew)
    {
        var set = new TemplateSet(_files, _templates, _assemblies.Stacks, options, _problems);
        var scopes = set.Roots().Select(template => new TemplateScope(template, set)).ToList();
        var read = scopes.Where(scope => Kept(scope) is null).ToHashSet();
        if (read.Any(scope => scope.Template.Imports || scope.Template.Nests))
        {
            foreach (var scope in scopes.SelectMany(scope => scope.Nested.Below().Prepend(scope)))
            {
                set.Exports.Add(scope);
            }
        }

        var declared = new Dictionary<TemplateScope, Inventory>();
        foreach (var scope in read)
        {
            declared.Add(scope, new Inventory());
            new ResourceReader(scope).AddTo(declared[scope]);
        }

        return new LoadedTemplates(
            _gaps,
            new OrderedDictionary<string, LoadedTemplate>(scopes.Select(scope => KeyValuePair.Create(
                scope.Template.Path, Kept(scope) ?? new LoadedTemplate(declared[scope], scope.Formulas.Undecided))), StringComparer.Ordinal),
            set.Switched,
            set.Exports.Imports.Concat(known?.Imports ?? []).Distinct().ToLookup(each => each.Exporter, each => each.Importer, StringComparer.Ordinal));

        LoadedTemplate? Kept(TemplateScope scope) => anew.Contains(scope.Template.Path) ? null : known?.Find(scope.Template.Path);
    }
}
