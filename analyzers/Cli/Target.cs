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

    /// <summary>The Terraform plans among the paths, relative to the root.</summary>
    public IReadOnlyList<string> Plans { get; private init; } = [];

    /// <summary>Finds the root of paths; none means the current folder.</summary>
    /// <exception cref="UsageException">A path does not exist, or lies outside the root of the first.</exception>
    public static Target Of(IReadOnlyList<string> paths)
    {
        var current = Directory.GetCurrentDirectory();
        var wanted = paths.Count == 0 ? ["."] : paths;
        var root = "";
        var (reported, plans) = (new List<string>(), new List<string>());
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

            var relative = Path.GetRelativePath(root, full).Replace('\\', '/');
            if (IsPlan(full))
            {
                // What a plan plans is written in the files around it.
                plans.Add(relative);
                relative = Path.GetRelativePath(root, Path.GetDirectoryName(full)!).Replace('\\', '/');
            }

            reported.Add(relative);
        }

        var problems = new ProblemLog();
        return new Target(root, new DiskFiles(root, problems) { Named = reported }, problems, reported) { Plans = plans };
    }

    /// <summary>The full path of something that is named relative to the root.</summary>
    internal string FullPathOf(string path) => Path.Join(_root, path);

    /// <summary>The path of a file relative to the root; null for one outside of it.</summary>
    internal string? PathOf(string file)
    {
        var relative = Path.GetRelativePath(_root, Path.GetFullPath(file)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    /// <summary>True for what <c>terraform show -json</c> prints of a plan: its first fields say so.</summary>
    private static bool IsPlan(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return false;
        }

        try
        {
            using var reader = new StreamReader(path);
            var start = new char[256];
            var text = new string(start, 0, reader.ReadBlock(start));
            return text.Contains("\"format_version\"", StringComparison.Ordinal) && text.Contains("\"terraform_version\"", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file, named relative to the root, is reported.</summary>
    public bool Reports(string path) => _reported.Exists(wanted => wanted == "." || DiskFiles.IsWithin(path, wanted));
}
