using System.Collections.Concurrent;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath;
using Analyzer.Rules;

namespace Analyzer.Cli;

/// <summary>
/// The rules of a run: the built-in ones and those of the user's folders, or a choice of them. They are read and checked on other threads, kind by kind, as soon as there
/// is a fact to judge, so that a run waits neither for rules that nothing needs nor for those that it does.
/// </summary>
public sealed class RuleFiles
{
    private readonly bool _isChosen;
    private readonly ProblemLog _problems;
    private readonly Lazy<IReadOnlyDictionary<string, RuleSet>> _byKind;
    private readonly Lazy<RuleChecker> _checker;
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<Rule>>> _read = new(StringComparer.Ordinal);

    private RuleFiles(RuleSet set, bool isChosen, ProblemLog problems)
    {
        _isChosen = isChosen;
        _problems = problems;
        _byKind = new Lazy<IReadOnlyDictionary<string, RuleSet>>(set.ByKind);
        _checker = new Lazy<RuleChecker>(() => new RuleChecker(ModelReader.Shapes, ModelReader.Functions(new World(new Inventory(), problems))));
    }

    /// <summary>The rules that come with the product, as its build compiled them; their paths are those of the repository: <c>rules/aws/....yaml</c>.</summary>
    public static RuleSet BuiltIn() => CompiledRules.Read(SourceFile.FromResource(typeof(RuleFiles).Assembly, "rules").Bytes);

    /// <summary>Finds the rules; nothing is read yet.</summary>
    /// <param name="folders">Folders with further rule files.</param>
    /// <param name="only">Ids of the rules to judge; none for all.</param>
    /// <param name="problems">For folders and files that cannot be read.</param>
    /// <exception cref="UsageException">A folder does not exist, or no rule has a chosen id.</exception>
    public static RuleFiles Find(IReadOnlyList<string> folders, IReadOnlyList<string> only, ProblemLog problems)
    {
        var set = BuiltIn();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new UsageException($"--rules {folder}: no such folder");
            }

            set = set.With(RuleSet.FromFolder(new DiskFiles(folder, problems), ""));
        }

        foreach (var id in only)
        {
            MustHave(set, id);
        }

        return new RuleFiles((only.Count == 0 ? set : set.Only(only)).Unique(problems), only.Count > 0, problems);
    }

    /// <summary>Begins to read the rules for a kind of facts, if that has not begun.</summary>
    public void ReadAhead(string kind) => _read.GetOrAdd(kind, Begin);

    /// <summary>The rules for the kinds of facts that a model has, right ones only, without those that are off and were not asked for; null for all rules.</summary>
    public IReadOnlyList<Rule> Read(FactModel? model)
    {
        // A kind that no fact can have is a slip of the pen that must not go unseen.
        var kinds = model is null ? _byKind.Value.Keys : model.Kinds.Concat(_byKind.Value.Keys.Where(kind => !ModelReader.Shapes.Any(shape => shape.Kind == kind)));
        return
        [
            .. kinds.Select(kind => _read.GetOrAdd(kind, Begin)).ToList().SelectMany(reading => reading.GetAwaiter().GetResult())
                .Where(rule => _isChosen || model is null || !rule.IsOff).OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];
    }

    private Task<IReadOnlyList<Rule>> Begin(string kind) => Task.Run<IReadOnlyList<Rule>>(() =>
        _byKind.Value.TryGetValue(kind, out var files) ? [.. files.Read(_problems).Where(rule => rule.IsChecked || _checker.Value.Check(rule, _problems))] : []);

    /// <summary>Fails for an id that no rule has, and names the nearest one.</summary>
    private static void MustHave(RuleSet set, string id)
    {
        if (!set.Ids.Contains(id, StringComparer.Ordinal))
        {
            var near = set.Ids.Select(candidate => (Id: candidate, Distance: Spelling.Distance(id, candidate))).OrderBy(pair => pair.Distance).FirstOrDefault();
            var hint = near.Id is not null && near.Distance <= Math.Max(2, id.Length / 4) ? $"; did you mean {near.Id}?" : "";
            throw new UsageException($"{id}: no rule has this id{hint} (pullpath rules)");
        }
    }
}
