using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.CloudFormation;

/// <summary>Loads the resources of all CloudFormation templates of a repository, YAML and JSON, recognised by their content.</summary>
/// <remarks>
/// A template that another one nests is read where that deploys it, not by itself. What a template refers to and does not declare is the problem <c>reference-to-nothing</c>; other
/// problems of templates are <c>invalid-template</c>, <c>invalid-function</c>, <c>unknown-function</c>, <c>circular-condition</c>, <c>circular-dependency</c>, <c>circular-stack</c>,
/// <c>nested-template-missing</c>, <c>included-file-missing</c>, <c>depends-on-ignored</c>, <c>nesting-limit</c>, <c>loop-limit</c>, <c>cdk-context-missing</c>, and those of the readers.
/// </remarks>
public static class CloudFormationLoader
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json", ".template", ".cfn", ".cform"];

    /// <summary>
    /// Adds the resources and gaps of all templates to an inventory, in the order of their paths. True if the default of a parameter decided something that conditions ask about, so that
    /// <see cref="LoadOptions.DoubtSwitches"/> would show more.
    /// </summary>
    public static bool Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var assemblies = CdkAssemblies.Read(files, problems);
        var paths = files.Paths.Where(path => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !assemblies.IsAsset(path)).ToArray();
        var read = new (Template? Template, Gap? Gap)[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) }, at =>
        {
            if (files.Read(paths[at]) is { } source)
            {
                read[at] = TemplateReader.Read(source, files, problems);
            }
        });

        var templates = new List<Template>();
        foreach (var (template, gap) in read)
        {
            if (gap is not null)
            {
                inventory.Add(gap);
            }

            if (template is not null)
            {
                templates.Add(template);
            }
        }

        var set = new TemplateSet(files, templates, assemblies.Stacks, options, problems);
        var scopes = set.Roots().Select(template => new TemplateScope(template, set)).ToList();
        foreach (var scope in scopes.SelectMany(scope => scope.Nested.Below().Prepend(scope)))
        {
            set.Exports.Add(scope);
        }

        foreach (var scope in scopes)
        {
            new ResourceReader(scope).AddTo(inventory);
        }

        return set.CountsOnSwitches;
    }
}
