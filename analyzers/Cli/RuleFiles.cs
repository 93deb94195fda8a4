using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath;
using Analyzer.Rules;

namespace Analyzer.Cli;

/// <summary>The rules of a run: the built-in ones and those of the user's folders, or a choice of them.</summary>
public sealed class RuleFiles
{
    private readonly RuleSet _set;
    private readonly bool _isChosen;

    private RuleFiles(RuleSet set, bool isChosen)
    {
        _set = set;
        _isChosen = isChosen;
    }

    /// <summary>Finds the files; nothing is parsed yet.</summary>
    /// <param name="folders">Folders with further rule files.</param>
    /// <param name="only">Ids of the rules to judge; none for all.</param>
    /// <param name="problems">For folders and files that cannot be read.</param>
    /// <exception cref="UsageException">A folder does not exist, or no rule has a chosen id.</exception>
    public static RuleFiles Find(IReadOnlyList<string> folders, IReadOnlyList<string> only, ProblemLog problems)
    {
        var set = RuleSet.BuiltIn();
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

        return new RuleFiles(only.Count == 0 ? set : set.Only(only), only.Count > 0);
    }

    /// <summary>
    /// Reads and checks the rules for the kinds of facts that a model has, without those that are off and were not asked for; null for all rules.
    /// </summary>
    public IReadOnlyList<Rule> Read(FactModel? model, ProblemLog problems)
    {
        var checker = new RuleChecker(ModelReader.Shapes, ModelReader.Functions(new World(new Inventory(), problems)));
        return
        [
            .. _set.Read(model?.Kinds, problems)
                .Where(rule => (_isChosen || model is null || !rule.IsOff) && checker.Check(rule, problems)),
        ];
    }

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
