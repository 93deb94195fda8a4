using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.CloudFormation;

/// <summary>Loads the resources of all CloudFormation templates of a repository, YAML and JSON, recognised by their content.</summary>
/// <remarks>
/// What a template refers to and does not declare is the problem <c>reference-to-nothing</c>; other problems of templates are <c>invalid-template</c>,
/// <c>invalid-function</c>, <c>unknown-function</c>, <c>circular-condition</c> and <c>circular-dependency</c>, and those of the readers.
/// </remarks>
public static class CloudFormationLoader
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json", ".template", ".cfn", ".cform"];

    /// <summary>Adds the resources and gaps of all templates to an inventory, in the order of their paths.</summary>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var paths = files.Paths.Where(IsCandidate).ToArray();
        var read = new (Template? Template, Gap? Gap)[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) }, at =>
        {
            if (files.Read(paths[at]) is { } source)
            {
                read[at] = TemplateReader.Read(source, problems);
            }
        });

        var exports = new Exports();
        var scopes = new List<TemplateScope>();
        foreach (var (template, gap) in read)
        {
            if (gap is not null)
            {
                inventory.Add(gap);
            }

            if (template is not null)
            {
                scopes.Add(new TemplateScope(template, options, exports, problems));
            }
        }

        scopes.ForEach(exports.Add);
        foreach (var scope in scopes)
        {
            new ResourceReader(scope).AddTo(inventory);
        }
    }

    private static bool IsCandidate(string path)
    {
        // Assets of the CDK are what a template deploys, not templates.
        return Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && !path.Contains("cdk.out/asset.", StringComparison.Ordinal);
    }
}
