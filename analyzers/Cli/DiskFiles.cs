using System.IO.Enumeration;
using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Cli;

/// <summary>
/// The files below a folder of the disk. Ignored files (<c>.gitignore</c>), hidden folders and <c>node_modules</c> are not listed unless somebody names them, folders that are projects of
/// their own (with a <see cref="ProjectFile"/>) never; links to folders are not followed, so that no cycle and no way out exists.
/// </summary>
public sealed class DiskFiles : FileTree
{
    /// <summary>A file that makes its folder a project of its own, analysed apart from what lies around it.</summary>
    public const string ProjectFile = "pullpath.yaml";

    /// <summary>Larger files are not read: no hand writes them, and they would cost everybody else's answer.</summary>
    public const int SizeLimit = 16 * 1024 * 1024;

    /// <summary>All files of a run together: what goes beyond is not read.</summary>
    public const long RunLimit = 256L * 1024 * 1024;

    private static readonly string[] Endings = [".tf", ".json", ".yaml", ".yml", ".template", ".tfvars", ".hcl", ".tofu"];

    private readonly string _root;
    private readonly ProblemLog _problems;
    private readonly Lazy<Listing> _listing;
    private readonly long _runLimit;

    /// <summary>Makes the tree of a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="problems">For what cannot be read.</param>
    /// <param name="runLimit">Bytes that all files together may have.</param>
    public DiskFiles(string root, ProblemLog problems, long runLimit = RunLimit)
    {
        _root = Path.GetFullPath(root);
        _problems = problems;
        _runLimit = runLimit;
        _listing = new Lazy<Listing>(List);
    }

    /// <summary>
    /// The folder to analyse for a path: the nearest one around it that has a <see cref="ProjectFile"/> or is a git repository; else the current folder if the path is
    /// below it, else the path's own folder.
    /// </summary>
    public static string RootOf(string path, string currentFolder)
    {
        var full = Path.GetFullPath(path, currentFolder);
        var folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full) ?? full;
        for (var candidate = folder; candidate is not null; candidate = Path.GetDirectoryName(candidate))
        {
            if (File.Exists(Path.Join(candidate, ProjectFile)) || Path.Exists(Path.Join(candidate, ".git")))
            {
                return candidate;
            }
        }

        return IsWithin(folder, currentFolder) ? currentFolder : folder;
    }

    /// <summary>True if a full path is a folder or below it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    /// <summary>Paths, relative to the root, that somebody asked for by name: they are listed even where git ignores them, as the output of a build (<c>cdk.out</c>) is.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => _listing.Value.Paths;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ListNew(string folder)
    {
        var full = Path.Join(_root, folder);
        if (!Directory.Exists(full) || !IsInside(full))
        {
            return [];
        }

        try
        {
            var names = Directory.EnumerateFiles(full).Select(path => Path.GetFileName(path)).ToList();
            names.Sort(StringComparer.Ordinal);
            return names;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Below(string folder)
    {
        var full = Path.Join(_root, folder);
        if (!Directory.Exists(full) || !IsInside(full))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        var found = new FileSystemEnumerable<string>(full, static (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && entry.FileName is not ".git",
        };
        var paths = found.Take(ListLimit + 1).Where(IsInside).Select(path => Path.GetRelativePath(_root, path)).ToList();
        paths.Sort(StringComparer.Ordinal);
        return paths.Count > ListLimit ? null : paths;
    }

    /// <inheritdoc/>
    protected override SourceFile? ReadNew(string path)
    {
        var full = Path.Join(_root, path);
        try
        {
            var file = new FileInfo(full);
            if (!file.Exists || (IsLink(file) && !IsInside(full)))
            {
                return null;
            }

            if (IsLink(file) && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true })
            {
                _problems.Add(new Problem("unreadable-file", $"{path} is a link to a file that is not there.", null));
                return null;
            }

            if (file.Length > SizeLimit)
            {
                _problems.Add(new Problem("file-too-large", $"{path} has {file.Length / (1024 * 1024)} MiB and is not read; the limit is {SizeLimit / (1024 * 1024)} MiB.", null));
                return null;
            }

            if (_listing.Value.TooMuch.Contains(path))
            {
                _problems.Add(new Problem("run-too-large", $"{path} is not read: the files before it have {_runLimit / (1024 * 1024)} MiB together, which is the limit of a run.", null));
                return null;
            }

            return new SourceFile(path, File.ReadAllBytes(full));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            _problems.Add(new Problem("unreadable-file", $"{path} cannot be read.", null));
            return null;
        }
    }

    /// <summary>Links may lead anywhere: only what really lies below the root is read.</summary>
    private bool IsInside(string full)
    {
        var info = new FileInfo(full);
        if (info.LinkTarget is null)
        {
            return true;
        }

        return info.ResolveLinkTarget(returnFinalTarget: true) is { } target && IsWithin(target.FullName, _root);
    }

    /// <summary>
    /// The files in order, and those behind the limit of a run: which these are depends on the files alone, not on who asks first.
    /// </summary>
    private Listing List()
    {
        var files = new List<Listed>();
        var ignoreFiles = new IgnoreFiles();
        for (Folder[] level = [new Folder(_root, "", null, IsPassed: false)]; level.Length > 0;)
        {
            var visits = Workers.Map(level, Environment.ProcessorCount, folder => Visit(folder, ignoreFiles));
            files.AddRange(visits.SelectMany(visit => visit.Files));
            level = [.. visits.SelectMany(visit => visit.Folders)];
        }

        files.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        var (paths, tooMuch, total) = (new List<string>(files.Count), new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var file in files)
        {
            paths.Add(file.Path);
            total += file.Length <= SizeLimit ? file.Length : 0;
            if (total > _runLimit)
            {
                tooMuch.Add(file.Path);
            }
        }

        return new Listing(paths, tooMuch);
    }

    private (List<Listed> Files, List<Folder> Folders) Visit(Folder folder, IgnoreFiles ignoreFiles)
    {
        var (files, folders) = (new List<Listed>(), new List<Folder>());
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder.Full).GetFileSystemInfos();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new Problem("unreadable-folder", $"{folder.Relative} cannot be read.", null));
            return (files, folders);
        }

        // Asked of the list that is there anyway: two questions less for each folder.
        if (folder.Relative.Length > 0 && entries.Any(static entry => entry.Name == ProjectFile && !IsFolder(entry)))
        {
            return (files, folders);
        }

        var ignored = entries.Any(static entry => entry.Name == IgnoreFiles.Name) ? ignoreFiles.Read(Path.Join(folder.Full, IgnoreFiles.Name), folder.Relative, folder.Ignored) : folder.Ignored;
        foreach (var entry in entries)
        {
            var relative = folder.Relative.Length == 0 ? entry.Name : $"{folder.Relative}/{entry.Name}";
            var isFolder = IsFolder(entry);
            if (!isFolder && !IsCandidate(entry.Name))
            {
                continue;
            }

            var isIgnored = (folder.IsPassed || ignored?.Covers(relative, entry.Name, isFolder) == true) && !IsNamed(relative);
            if (isFolder)
            {
                isIgnored |= entry.Name.StartsWith('.') || entry.Name == "node_modules";
                var leads = isIgnored && LeadsToNamed(relative);
                if ((!isIgnored || leads) && !IsLink(entry))
                {
                    folders.Add(new Folder(entry.FullName, relative, ignored, IsPassed: leads && !IsNamed(relative)));
                }
            }
            else if (!isIgnored)
            {
                files.Add(new Listed(relative, entry is FileInfo file && !IsLink(entry) ? file.Length : 0));
            }
        }

        return (files, folders);
    }

    private static bool IsFolder(FileSystemInfo entry) => entry is DirectoryInfo;

    private static bool IsLink(FileSystemInfo entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private bool IsNamed(string path) => Named.Any(named => named != "." && IsWithin(path, named));

    private bool LeadsToNamed(string path) => Named.Any(named => IsWithin(named, path));

    private static bool IsCandidate(string name)
    {
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return name is "Kustomization" or ".terraform.lock.hcl";
    }

    private sealed record Listing(IReadOnlyList<string> Paths, HashSet<string> TooMuch);

    private sealed record Listed(string Path, long Length);

    /// <summary>A folder to visit. One that is only passed is ignored itself: of what is in it only that counts which somebody named.</summary>
    private sealed record Folder(string Full, string Relative, IgnoreFile? Ignored, bool IsPassed);
}
