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
        var read = new (Template? Template, Gap? Gap)[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) }, at =>
        {
            if (files.Read(paths[at]) is { } source)
            {
                read[at] = TemplateReader.Read(source, files, problems);
            }
        });

        loader._gaps.AddRange(read.Select(each => each.Gap).OfType<Gap>());
        loader._templates.AddRange(read.Select(each => each.Template).OfType<Template>());
        return loader;
    }

    /// <summary>Reads all templates and adds what they declare to an inventory.</summary>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems) => Read(files, options, problems).Load(options, inventory);

    /// <summary>Adds the resources and gaps of all templates to an inventory, in the order of their paths; answers what they leave open.</summary>
    public OpenScenarios Load(LoadOptions options, Inventory inventory)
    {
        foreach (var gap in _gaps)
        {
            inventory.Add(gap);
        }

        var set = new TemplateSet(_files, _templates, _assemblies.Stacks, options, _problems);
        var scopes = set.Roots().Select(template => new TemplateScope(template, set)).ToList();
        foreach (var scope in scopes.SelectMany(scope => scope.Nested.Below().Prepend(scope)))
        {
            set.Exports.Add(scope);
        }

        foreach (var scope in scopes)
        {
            new ResourceReader(scope).AddTo(inventory);
        }

        return new OpenScenarios(
            set.CountsOnSwitches,
            scopes.Select(scope => (scope.Template.Path, scope.Formulas.Undecided)).Where(each => each.Undecided.Count > 0)
                .ToDictionary(each => each.Path, each => each.Undecided, StringComparer.Ordinal));
    }
}

/// <summary>What templates leave open under the values that were taken.</summary>
/// <param name="CountsOnSwitches">
/// True if the default of a parameter was taken that conditions ask about: <see cref="LoadOptions.DoubtSwitches"/> would show what else there may be.
/// </param>
/// <param name="Undecided">Conditions that may hold or not, by the path of the template.</param>
public sealed record OpenScenarios(bool CountsOnSwitches, IReadOnlyDictionary<string, IReadOnlyList<string>> Undecided);
