using System.Collections.Concurrent;

namespace Analyzer.Facts.Text;

/// <summary>
/// The files of a repository, read only. The analyzer knows the disk only through this: front ends ask for paths relative to the analysed root, with
/// '/' between parts, and can never leave it.
/// </summary>
public abstract class FileTree
{
    private readonly ConcurrentDictionary<string, SourceFile?> _read = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _listed = new(StringComparer.Ordinal);

    /// <summary>
    /// All files to analyse, sorted ordinally: ignored ones (<c>.gitignore</c>, hidden folders, <c>.terraform</c>, <c>node_modules</c>) are not among them.
    /// </summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>
    /// Names of the files directly in a folder, sorted; works below <c>.terraform/modules</c> too, which is not among <see cref="Paths"/>.
    /// Empty for a folder that is not there.
    /// </summary>
    public IReadOnlyList<string> In(string folder) => _listed.GetOrAdd(folder, static (key, tree) => tree.ListNew(key), this);

    /// <summary>
    /// Paths of all files in a folder and below it, sorted, whatever they are named: what a program sees that lists the disk. Links to folders are not followed. Null where
    /// there are more than <see cref="ListLimit"/>.
    /// </summary>
    public abstract IReadOnlyList<string>? Below(string folder);

    /// <summary>Files that a listing of a folder may have.</summary>
    public const int ListLimit = 100_000;

    /// <summary>Reads a file once; null if it is not there, not readable, too large, or outside the root after resolving links.</summary>
    public SourceFile? Read(string path) => _read.GetOrAdd(path, static (key, tree) => tree.ReadNew(key), this);

    /// <summary>Reads a file, without memory of earlier reads.</summary>
    protected abstract SourceFile? ReadNew(string path);

    /// <summary>Lists a folder like <see cref="In"/>, without memory of earlier lists.</summary>
    protected abstract IReadOnlyList<string> ListNew(string folder);

    /// <summary>
    /// Resolves a path against a folder: <c>("a/b", "../c")</c> is <c>a/c</c>. Null if it leaves the root or is absolute.
    /// </summary>
    public static string? Resolve(string folder, string path)
    {
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new List<string>(folder.Length == 0 ? [] : folder.Split('/'));
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not "." and not "")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}

/// <summary>Files that are in memory: for tests, rule examples and text from standard input.</summary>
public sealed class MemoryFiles : FileTree
{
    private readonly SortedDictionary<string, SourceFile> _files = new(StringComparer.Ordinal);

    /// <summary>Makes a tree of files.</summary>
    public MemoryFiles(IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            _files[file.Path] = file;
        }
    }

    /// <summary>Makes a tree of path and text pairs.</summary>
    public MemoryFiles(params IEnumerable<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            _files[path] = SourceFile.FromText(path, text);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [.. _files.Keys.Where(path => !path.Contains(".terraform/", StringComparison.Ordinal))];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ListNew(string folder) =>
        [.. _files.Values.Where(file => file.Folder == folder).Select(file => file.Path[(file.Path.LastIndexOf('/') + 1)..])];

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Below(string folder) => [.. _files.Keys.Where(path => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal))];

    /// <inheritdoc/>
    protected override SourceFile? ReadNew(string path) => _files.GetValueOrDefault(path);
}
