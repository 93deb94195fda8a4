using System.Collections.Concurrent;
using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>The modules of a repository, each read once, by folder.</summary>
internal sealed class ModuleTree(FileTree files, ProblemLog problems)
{
    /// <summary>The code of a file that is there and could not be read at all.</summary>
    internal const string UnreadableFile = "unreadable-file";

    private readonly ConcurrentDictionary<string, Lazy<Module?>> _modules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ParsedFile> _parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SourceFile, HclFile> _templates = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<HclFile>> _summaries = new(StringComparer.Ordinal);

    /// <summary>The files of the repository.</summary>
    internal FileTree Files => files;

    /// <summary>Reads all modules that are not installed ones, in parallel, and answers their folders in order.</summary>
    internal IReadOnlyList<string> ReadAll(int parallelism)
    {
        var paths = files.Paths.Where(ModuleReader.IsModuleFile).ToList();
        var folders = paths.Select(FolderOf).Distinct().Order(StringComparer.Ordinal).ToList();
        Workers.Each(paths.Count, parallelism, at => Parse(paths[at]));
        Workers.Each(folders.Count, parallelism, at => Find(folders[at]));
        return folders;
    }

    /// <summary>The module in a folder; null if there is none.</summary>
    internal Module? Find(string folder) => _modules.GetOrAdd(folder, key => new Lazy<Module?>(() => Read(key))).Value;

    /// <summary>A folder of a summary in the place of the module that a call names; null if there is none.</summary>
    internal Module? Find(string folder, SummarizedCall summary)
    {
        var trees = _summaries.GetOrAdd(folder, static (key, summary) => [.. summary.FilesIn(key).Select(HclParser.ParseFile)], summary.Summary);
        return trees.Count == 0 ? null
            : ModuleReader.Read(folder, [.. trees.Select(tree => new ParsedFile(tree.Source.Path, tree.In(new StandIn(tree.Source, summary.Call)).Body, []))], summary);
    }

    /// <summary>The tree of a template file.</summary>
    internal HclFile Template(SourceFile source) => _templates.GetOrAdd(source, HclParser.ParseTemplate);

    private Module? Read(string folder)
    {
        var parsed = new List<ParsedFile>();
        var lost = new List<Problem>();
        foreach (var name in ModuleReader.FilesOf(files.In(folder)))
        {
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (Parse(path) is { } file)
            {
                parsed.Add(file);
            }
            else
            {
                // Too large, or a link that leads out: what it declares may be anything. Who read it said so already.
                lost.Add(new Problem(UnreadableFile, $"{path} is not read", new SourceFile(path, default).Whole));
            }
        }

        if (parsed.Count + lost.Count == 0)
        {
            return null;
        }

        var module = ModuleReader.Read(folder, parsed);
        module.FirstPlace ??= lost[0].Place;
        module.Unreadable.AddRange(lost);
        foreach (var problem in module.Problems)
        {
            problems.Add(problem);
        }

        return module;
    }

    private ParsedFile? Parse(string path)
    {
        if (_parsed.TryGetValue(path, out var known))
        {
            return known;
        }

        if (files.Read(path) is not { } source)
        {
            return null;
        }

        return _parsed.GetOrAdd(path, ParsedFile.Parse(source));
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}
