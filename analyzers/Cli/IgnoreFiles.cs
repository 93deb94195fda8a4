using System.Collections.Concurrent;
using MAB.DotIgnore;

namespace Analyzer.Cli;

/// <summary>
/// The <c>.gitignore</c> files of a tree. Projects repeat one such file in hundreds of folders, and one name (<c>main.tf</c>) in thousands: each line is understood once, each name asked once of a file.
/// </summary>
internal sealed class IgnoreFiles
{
    /// <summary>The name of such a file.</summary>
    internal const string Name = ".gitignore";

    private readonly ConcurrentDictionary<string, IgnorePattern?> _patterns = new(StringComparer.Ordinal);

    /// <summary>The file of a folder on top of those around it. One that cannot be read says nothing.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="folder">Its folder, relative to the root.</param>
    /// <param name="outer">Those around it; null for none.</param>
    internal IgnoreFile? Read(string path, string folder, IgnoreFile? outer)
    {
        try
        {
            return new IgnoreFile([.. File.ReadLines(path).Select(line => _patterns.GetOrAdd(line, IgnorePattern.Of)).OfType<IgnorePattern>()], folder, outer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return outer;
        }
    }
}

/// <summary>The patterns of one <c>.gitignore</c>, for everything below its folder that is not in an ignored folder.</summary>
internal sealed class IgnoreFile
{
    private readonly IgnorePattern[] _patterns;
    private readonly int[] _ofNames;
    private readonly int[] _ofPaths;
    private readonly string _folder;
    private readonly IgnoreFile? _outer;
    private readonly ConcurrentDictionary<(string Name, bool IsFolder), int> _lastOfName = [];

    /// <summary>Makes the file of patterns.</summary>
    /// <param name="patterns">The patterns in the order of their lines.</param>
    /// <param name="folder">The folder that paths count from, relative to the root.</param>
    /// <param name="outer">The files around it, asked where this one says nothing.</param>
    internal IgnoreFile(IgnorePattern[] patterns, string folder, IgnoreFile? outer)
    {
        (_patterns, _folder, _outer) = (patterns, folder, outer);
        _ofNames = [.. Enumerable.Range(0, patterns.Length).Where(at => !patterns[at].IsOfPath)];
        _ofPaths = [.. Enumerable.Range(0, patterns.Length).Where(at => patterns[at].IsOfPath)];
    }

    /// <summary>True for what git ignores: of the nearest file that says something of it, the last pattern decides.</summary>
    internal bool Covers(string path, string name, bool isFolder)
    {
        for (var file = this; file is not null; file = file._outer)
        {
            if (file.LastOf(path, name, isFolder) is >= 0 and var last)
            {
                return !file._patterns[last].Includes;
            }
        }

        return false;
    }

    /// <summary>The last pattern that an entry matches; -1 for none.</summary>
    private int LastOf(string path, string name, bool isFolder)
    {
        if (!_lastOfName.TryGetValue((name, isFolder), out var last))
        {
            _lastOfName[(name, isFolder)] = last = _ofNames.LastOrDefault(at => _patterns[at].Matches(name, isFolder), -1);
        }

        for (var at = _ofPaths.Length - 1; at >= 0 && _ofPaths[at] > last; at--)
        {
            if (_patterns[_ofPaths[at]].Matches(_folder.Length == 0 ? path : path[(_folder.Length + 1)..], isFolder))
            {
                return _ofPaths[at];
            }
        }

        return last;
    }
}

/// <summary>One line of a <c>.gitignore</c>. Names and endings, which nearly all lines are, are compared as they are: making a regular expression of each would take longer than all else that a small run does.</summary>
internal abstract class IgnorePattern
{
    /// <summary>True for one that takes back what lines before it said.</summary>
    internal bool Includes { get; private init; }

    /// <summary>True for one about paths from its folder on, false for one about names wherever they are.</summary>
    internal bool IsOfPath { get; private init; }

    private bool IsOfFolders { get; init; }

    /// <summary>The pattern of a line; null for a comment and for a line that says nothing.</summary>
    internal static IgnorePattern? Of(string line)
    {
        var pattern = line.Trim();
        if (pattern is [] or ['#', ..])
        {
            return null;
        }

        var includes = pattern[0] == '!';
        var written = includes ? pattern[1..] : pattern;
        var isOfFolders = written.EndsWith('/');
        var core = written.Trim('/');
        return core.Length == 0 ? null
            : written[0] == '/' || core.Contains('/', StringComparison.Ordinal) ? new Glob(pattern, core) { Includes = includes, IsOfPath = true }
            : IsPlain(core) ? new Plain(core) { Includes = includes, IsOfFolders = isOfFolders }
            : core[0] == '*' && IsPlain(core[1..]) ? new Ending(core[1..]) { Includes = includes, IsOfFolders = isOfFolders }
            : new Glob(pattern, core) { Includes = includes };
    }

    /// <summary>Whether a name, or a path from the folder of the file on, is meant.</summary>
    internal bool Matches(string path, bool isFolder) => (isFolder || !IsOfFolders) && Fits(path, isFolder);

    private protected abstract bool Fits(string path, bool isFolder);

    private static bool IsPlain(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExcept(Letters) < 0;

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-~");

    private sealed class Plain(string name) : IgnorePattern
    {
        private protected override bool Fits(string path, bool isFolder) => path == name;
    }

    private sealed class Ending(string end) : IgnorePattern
    {
        private protected override bool Fits(string path, bool isFolder) => path.EndsWith(end, StringComparison.Ordinal);
    }

    /// <summary>What the library understands, asked of that only which has the longest plain part of the pattern in it.</summary>
    private sealed class Glob(string pattern, string core) : IgnorePattern
    {
        private readonly Lazy<IgnoreRule?> _rule = new(() => RuleOf(pattern));
        private readonly string _part = core.AsSpan().IndexOfAny('[', '\\') >= 0 ? "" : core.Split('*', '?', '/').MaxBy(part => part.Length) ?? "";

        // The library matches a pattern without slashes against each folder around too: "/build" is about an entry of its own folder only.
        private protected override bool Fits(string path, bool isFolder) =>
            path.Contains(_part, StringComparison.Ordinal)
            && (!IsOfPath || core.Contains('/', StringComparison.Ordinal) || !path.Contains('/', StringComparison.Ordinal))
            && _rule.Value?.IsMatch(path, isFolder) == true;

        /// <summary>The rule of a pattern; null for one that is wrong (<c>[z-a]</c>, <c>a[</c>), which matches nothing in git either.</summary>
        private static IgnoreRule? RuleOf(string pattern)
        {
            try
            {
                return new IgnoreRule(pattern);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
