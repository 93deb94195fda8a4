using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>Rule files, read only as far as they are needed.</summary>
public sealed class RuleSet
{
    private RuleSet(ImmutableArray<SourceFile> files) => Files = files;

    /// <summary>The files, by path.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>The rules that come with the product, without their examples; their paths are those of the repository: <c>rules/aws/....yaml</c>.</summary>
    public static RuleSet BuiltIn()
    {
        var assembly = typeof(RuleSet).Assembly;
        return Sorted(assembly.GetManifestResourceNames().Select(name => SourceFile.FromResource(assembly, name)));
    }

    /// <summary>The files ending in <c>.yaml</c> or <c>.yml</c> in a folder and the folders below it.</summary>
    public static RuleSet FromFolder(FileTree tree, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        return Sorted(tree.Paths
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal)
                && (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)))
            .Select(tree.Read).OfType<SourceFile>());
    }

    /// <summary>The files of both.</summary>
    public RuleSet With(RuleSet other) => Sorted(Files.Concat(other.Files));

    /// <summary>The ids of the rules, by their files' names; nothing is parsed for it.</summary>
    public IEnumerable<string> Ids => Files.Select(IdOf);

    /// <summary>The files of some rules.</summary>
    public RuleSet Only(IReadOnlyCollection<string> ids) => new([.. Files.Where(file => ids.Contains(IdOf(file)))]);

    /// <summary>The files by the kind of facts that they judge; under the empty name those that hide it from a byte scan.</summary>
    public IReadOnlyDictionary<string, RuleSet> ByKind() =>
        Files.GroupBy(file => RuleReader.KindOf(file) ?? "", StringComparer.Ordinal).ToDictionary(files => files.Key, files => new RuleSet([.. files]), StringComparer.Ordinal);

    /// <summary>The files with one id each: two are a problem, and the first stays.</summary>
    public RuleSet Unique(ProblemLog problems)
    {
        var first = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (!first.TryAdd(IdOf(file), file))
            {
                problems.Add(new Problem(RuleReader.Invalid, $"A rule \"{IdOf(file)}\" is there already: {first[IdOf(file)].Path}.", file.At(0, 0), ProblemSeverity.Fatal));
            }
        }

        return first.Count == Files.Length ? this : new RuleSet([.. Files.Where(file => first[IdOf(file)] == file)]);
    }

    /// <summary>Reads the rules, sorted by id. Two files with one id are a problem; the first stays.</summary>
    /// <param name="problems">For what is wrong with the files that are read.</param>
    /// <param name="withExamples">Whether to read their examples too.</param>
    public IReadOnlyList<Rule> Read(ProblemLog problems, bool withExamples = false) =>
        [.. Unique(problems).Files.Select(file => RuleReader.Read(file, problems, withExamples)).OfType<Rule>().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    internal static string IdOf(SourceFile file) => Path.GetFileNameWithoutExtension(file.Path);

    private static RuleSet Sorted(IEnumerable<SourceFile> files) => new([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]);
}
