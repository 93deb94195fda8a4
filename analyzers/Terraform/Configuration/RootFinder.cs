using Analyzer.Facts;
using Analyzer.Facts.Text;

namespace Analyzer.Terraform.Configuration;

/// <summary>A module from which evaluation starts.</summary>
/// <param name="Module">The module.</param>
/// <param name="IsReusable">
/// True for a module that is made to be called and that nothing here calls, and for one that a wrapper runs: its defaults say little, because every caller may give other values.
/// </param>
internal sealed record Root(Module Module, bool IsReusable)
{
    /// <summary>The innermost of some roots around a file; null for a file that lies in none.</summary>
    internal static Root? Around(string path, IEnumerable<Root> roots) =>
        roots.Where(root => root.Module.Folder.Length == 0 || path.StartsWith(root.Module.Folder + "/", StringComparison.Ordinal)).MaxBy(root => root.Module.Folder.Length);
}

/// <summary>
/// Decides which modules are roots. Nothing in a configuration says so: a root is what no other module calls, or what has the marks of a place where
/// <c>terraform apply</c> is run.
/// </summary>
internal static class RootFinder
{
    /// <summary>The roots among the modules in some folders, in the order of the folders.</summary>
    internal static IReadOnlyList<Root> Find(ModuleTree tree, IReadOnlyList<string> folders, Wrappers wrappers, int parallelism)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            called.UnionWith(CalledBy(tree, folder).Where(target => target != folder));
        }

        var alone = new bool[folders.Count];
        Workers.Each(folders.Count, parallelism, at => alone[at] = tree.Find(folders[at]) is { } module
            && (StandsAlone(tree.Files, module) || (!called.Contains(folders[at]) && IsSetUp(tree.Files, module))));

        var roots = new List<Root>();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < folders.Count; at++)
        {
            var folder = folders[at];
            if (tree.Find(folder) is { } module && (alone[at] || !called.Contains(folder) || wrappers.Run(folder)))
            {
                roots.Add(new Root(module, wrappers.Run(folder) || (!alone[at] && IsMadeToBeCalled(folder, folders))));
                Reach(tree, folder, reached);
            }
        }

        // Modules that call each other in a circle have no root among them; the first one stands in.
        foreach (var folder in folders)
        {
            if (!reached.Contains(folder) && tree.Find(folder) is { } module)
            {
                roots.Add(new Root(module, IsReusable: true));
                Reach(tree, folder, reached);
            }
        }

        return [.. roots.OrderBy(root => root.Module.Folder, StringComparer.Ordinal)];
    }

    /// <summary>The folder a local source names, relative to the folder of the calling module; null for a source that is not local or leaves the repository.</summary>
    internal static string? LocalFolder(string folder, string source) =>
        IsLocal(source) ? FileTree.Resolve(folder, source) : null;

    /// <summary>True for a source that names a folder by a relative path.</summary>
    internal static bool IsLocal(string source) =>
        source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal) || source is ".." or "." || IsOldLocal(source);

    /// <summary>Terraform before 0.12 took <c>modules/network</c> for a folder too. A module of a registry has three parts, or four with the host, so two are none.</summary>
    private static bool IsOldLocal(string source) =>
        source.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && source.LastIndexOf('/') == slash && slash < source.Length - 1 && source.AsSpan().IndexOfAny(":@?.\\") < 0;

    private static void Reach(ModuleTree tree, string folder, HashSet<string> reached)
    {
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var target in CalledBy(tree, next))
                {
                    open.Push(target);
                }
            }
        }
    }

    private static IEnumerable<string> CalledBy(ModuleTree tree, string folder)
    {
        if (tree.Find(folder) is not { } module)
        {
            yield break;
        }

        foreach (var call in module.Calls.Values)
        {
            if (call.Find("source") is { } source && StaticText.Of(source.Value) is { } text && LocalFolder(folder, text) is { } target)
            {
                yield return target;
            }
        }
    }

    /// <summary>The marks of a root, called or not: a place for its state, values of its own, a folder of examples.</summary>
    private static bool StandsAlone(FileTree files, Module module) =>
        module.Backends.Count > 0
        || Parts(module.Folder).Any(part => part is "examples" or "example")
        || files.In(module.Folder).Any(VariableFiles.IsVariableFile);

    /// <summary>
    /// Whether what nothing calls is ready to be run: a provider with arguments, or what <c>init</c> leaves behind. A module that is called may have both, because it is old or was validated by
    /// itself; as a root it would be a second cluster or network that nobody makes.
    /// </summary>
    private static bool IsSetUp(FileTree files, Module module) =>
        module.Providers.Values.Any(HasArguments)
        || files.In(module.Folder).Contains(".terraform.lock.hcl", StringComparer.Ordinal)
        || files.In(Below(module.Folder, ".terraform/modules")).Count > 0;

    private static bool HasArguments(Declaration provider) =>
        provider.Attributes.Any(attribute => attribute.Name is not ("alias" or "version")) || provider.Blocks.Count > 0;

    private static bool IsMadeToBeCalled(string folder, IReadOnlyList<string> folders)
    {
        var examples = Below(folder, "examples") + "/";
        return Parts(folder).Any(part => part is "modules" or "module")
            || folders.Any(other => other.StartsWith(examples, StringComparison.Ordinal));
    }

    private static string[] Parts(string folder) => folder.Split('/');

    private static string Below(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
