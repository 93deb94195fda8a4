using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>All roots of a repository, and how each is evaluated.</summary>
internal sealed class RootSet(ModuleTree tree, IReadOnlyList<Root> roots, Wrappers wrappers, LoadOptions options, ProblemLog problems)
{
    private readonly ConcurrentDictionary<string, GivenValues> _given = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Backend?> _backends = new(StringComparer.Ordinal);
    private readonly string[] _folders = [.. roots.Select(root => root.Module.Folder)];

    /// <summary>The roots.</summary>
    internal IReadOnlyList<Root> Roots => roots;

    /// <summary>Where a root keeps its state, evaluated once for all who ask. It may not be what another state says, so none is read for it.</summary>
    internal Backend? BackendOf(Root root) => _backends.GetOrAdd(root.Module.Folder, _ => new ModuleInstance(Begin(root, _folders), root.Module).Backend);

    /// <summary>A fresh evaluation of a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="readBy">Folders of roots that want its outputs, for the end of circles.</param>
    /// <param name="planned">The values of all its variables where a plan has them; null for those of the files and the caller.</param>
    internal RootContext Begin(Root root, IReadOnlyList<string> readBy, GivenValues? planned = null)
    {
        var given = planned ?? _given.GetOrAdd(root.Module.Folder, folder => GivenValues.Read(tree.Files, folder, options.Variables, path => IsFor(path, folder), wrappers.InputsOf(folder), problems));
        return new RootContext
        {
            Scope = root.Module.Folder,
            Tree = tree,
            Problems = problems,
            Manifest = ModuleManifest.Read(tree.Files, root.Module.Folder, problems),
            Given = given,
            DoubtDefaults = options.DoubtDefaults || root.IsReusable || !given.AreAll,
            Others = this,
            ReadBy = readBy,
        };
    }

    /// <summary>A file of values is for the nearest root around it; one that lies in no root is for all.</summary>
    private bool IsFor(string path, string folder) => Root.Around(path, roots) is not { } nearest || nearest.Module.Folder == folder;
}
