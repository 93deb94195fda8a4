using Analyzer.Facts.Resources;

namespace Analyzer.Cli;

/// <summary>What a command looks at: a root that is analysed whole, and the paths in it that are reported.</summary>
public sealed class Target
{
    private readonly string _root;
    private readonly List<string> _reported;

    private Target(string root, DiskFiles files, ProblemLog problems, List<string> reported)
    {
        _root = root;
        Files = files;
        Problems = problems;
        _reported = reported;
    }

    /// <summary>The files of the root.</summary>
    public DiskFiles Files { get; }

    /// <summary>Where problems go.</summary>
    public ProblemLog Problems { get; }

    /// <summary>Finds the root of paths; none means the current folder.</summary>
    /// <exception cref="UsageException">A path does not exist, or lies outside the root of the first.</exception>
    public static Target Of(IReadOnlyList<string> paths)
    {
        var current = Directory.GetCurrentDirectory();
        var wanted = paths.Count == 0 ? ["."] : paths;
        var root = "";
        var reported = new List<string>();
        foreach (var path in wanted)
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, current));
            if (!Path.Exists(full))
            {
                throw new UsageException($"{path}: no such file or folder");
            }

            if (root.Length == 0)
            {
                root = DiskFiles.RootOf(full, current);
            }
            else if (!DiskFiles.IsWithin(full, root))
            {
                throw new UsageException($"{path} is not part of {root}, which the first path belongs to");
            }

            reported.Add(Path.GetRelativePath(root, full).Replace('\\', '/'));
        }

        var problems = new ProblemLog();
        return new Target(root, new DiskFiles(root, problems), problems, reported);
    }

    /// <summary>The path of a file relative to the root; null for one outside of it.</summary>
    internal string? PathOf(string file)
    {
        var relative = Path.GetRelativePath(_root, Path.GetFullPath(file)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    /// <summary>Whether a file, named relative to the root, is reported.</summary>
    public bool Reports(string path) => _reported.Exists(wanted => wanted == "." || DiskFiles.IsWithin(path, wanted));
}
