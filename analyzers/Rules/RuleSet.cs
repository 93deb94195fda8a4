using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>Rules, read only as far as they are needed.</summary>
public sealed class RuleSet
{
    private RuleSet(ImmutableArray<RuleSource> sources) => Sources = sources;

    /// <summary>Where the rules come from, by path.</summary>
    public ImmutableArray<RuleSource> Sources { get; }

    /// <summary>Some rules.</summary>
    public static RuleSet Of(IEnumerable<RuleSource> sources) => new([.. sources.OrderBy(source => source.File.Path, StringComparer.Ordinal)]);

    /// <summary>The rules of some files.</summary>
    public static RuleSet Of(IEnumerable<SourceFile> files) => Of(files.Select(file => new WrittenRule(file)));

    /// <summary>The files ending in <c>.yaml</c> or <c>.yml</c> in a folder and the folders below it.</summary>
    public static RuleSet FromFolder(FileTree tree, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        return Of(tree.Paths
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal)
                && (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)))
            .Select(tree.Read).OfType<SourceFile>());
    }

    /// <summary>The rules of both.</summary>
    public RuleSet With(RuleSet other) => Of(Sources.Concat(other.Sources));

    /// <summary>The ids of the rules; nothing is read for it.</summary>
    public IEnumerable<string> Ids => Sources.Select(source => source.Id);

    /// <summary>Some of these rules.</summary>
    public RuleSet Only(IReadOnlyCollection<string> ids) => new([.. Sources.Where(source => ids.Contains(source.Id))]);

    /// <summary>The rules by the kind of facts that they judge; under the empty name those that hide it from a byte scan.</summary>
    public IReadOnlyDictionary<string, RuleSet> ByKind() =>
        Sources.GroupBy(source => source.Kind ?? "", StringComparer.Ordinal).ToDictionary(sources => sources.Key, sources => new RuleSet([.. sources]), StringComparer.Ordinal);

    /// <summary>The rules with one id each: two are a problem, and the first stays.</summary>
    public RuleSet Unique(ProblemLog problems)
    {
        var first = new Dictionary<string, RuleSource>(StringComparer.Ordinal);
        foreach (var source in Sources)
        {
            if (!first.TryAdd(source.Id, source))
            {
                problems.Add(new Problem(RuleReader.Invalid, $"A rule \"{source.Id}\" is there already: {first[source.Id].File.Path}.", source.File.At(0, 0), ProblemSeverity.Fatal));
            }
        }

        return first.Count == Sources.Length ? this : new RuleSet([.. Sources.Where(source => first[source.Id] == source)]);
    }

    /// <summary>Reads the rules, sorted by id. Two with one id are a problem; the first stays.</summary>
    /// <param name="problems">For what is wrong with those that are read.</param>
    /// <param name="withExamples">Whether to read their examples too.</param>
    public IReadOnlyList<Rule> Read(ProblemLog problems, bool withExamples = false) =>
        [.. Unique(problems).Sources.Select(source => source.Read(problems, withExamples)).OfType<Rule>().OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
