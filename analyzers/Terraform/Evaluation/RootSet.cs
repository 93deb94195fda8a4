using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>All roots of a repository, and how each is evaluated.</summary>
internal sealed class RootSet(ModuleTree tree, IReadOnlyList<Root> roots, LoadOptions options, ProblemLog problems)
{
    private readonly ConcurrentDictionary<string, GivenValues> _given = new(StringComparer.Ordinal);

    /// <summary>The roots.</summary>
    internal IReadOnlyList<Root> Roots => roots;

    /// <summary>A fresh evaluation of a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="readBy">Folders of roots that want its outputs, for the end of circles.</param>
    /// <param name="planned">The values of all its variables where a plan has them; null for those of the files and the caller.</param>
    internal RootContext Begin(Root root, IReadOnlyList<string> readBy, GivenValues? planned = null) => new()
    {
        Scope = root.Module.Folder,
        Tree = tree,
        Problems = problems,
        Manifest = ModuleManifest.Read(tree.Files, root.Module.Folder, problems),
        Given = planned ?? _given.GetOrAdd(root.Module.Folder, folder => GivenValues.Read(tree.Files, folder, options.Variables, path => IsFor(path, folder), problems)),
        DoubtDefaults = options.DoubtDefaults || root.IsReusable,
        Others = this,
        ReadBy = readBy,
    };

    /// <summary>A file of values is for the nearest root around it; one that lies in no root is for all.</summary>
    private bool IsFor(string path, string folder)
    {
        var nearest = roots.Select(root => root.Module.Folder).Where(root => root.Length == 0 || path.StartsWith(root + "/", StringComparison.Ordinal)).MaxBy(root => root.Length);
        return nearest is null || nearest == folder;
    }
}
