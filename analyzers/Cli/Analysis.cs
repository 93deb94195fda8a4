using Analyzer.CloudFormation;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Kubernetes;
using Analyzer.PullPath;
using Analyzer.Reports;
using Analyzer.Rules;
using Analyzer.Terraform;

namespace Analyzer.Cli;

/// <summary>One run over one tree of files: load, read, decide. The only place where all rooms meet.</summary>
public sealed class Analysis
{
    private readonly LoadOptions _options;
    private readonly CloudFormationLoader _loader;
    private readonly Parts _parts;

    private Analysis(FileTree files, LoadOptions options, CloudFormationLoader loader, Parts parts, ProblemLog problems, RuleFiles? rules)
    {
        Files = files;
        Problems = problems;
        _options = options;
        _loader = loader;
        _parts = parts;
        Inventory = parts.Joined();
        Model = ModelReader.Read(Inventory, problems, rules is null ? null : rules.ReadAhead, options.Parallelism);
    }

    /// <summary>The files.</summary>
    public FileTree Files { get; }

    /// <summary>All resources.</summary>
    public Inventory Inventory { get; }

    /// <summary>The model.</summary>
    public PullPathModel Model { get; }

    /// <summary>Problems of all stages.</summary>
    public ProblemLog Problems { get; }

    /// <summary>Loads and reads a tree.</summary>
    /// <param name="files">The tree.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="problems">For what is wrong with it.</param>
    /// <param name="rules">Rules that will be decided: they are read while the model is made.</param>
    public static Analysis Of(FileTree files, LoadOptions options, ProblemLog problems, RuleFiles? rules = null)
    {
        // Each front end fills an inventory of its own, so that they can work at once and the order stays the same.
        var (terraform, kubernetes) = (new Inventory(), new Inventory());
        CloudFormationLoader? loader = null;
        LoadedTemplates? templates = null;
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism },
            () => TerraformLoader.Load(files, options, terraform, problems),
            () =>
            {
                loader = CloudFormationLoader.Read(files, options, problems);
                templates = loader.Load(options);
            },
            () => KubernetesLoader.Load(files, options, kubernetes, problems));
        return new Analysis(files, options, loader!, new Parts(terraform, templates!, kubernetes), problems, rules);
    }

    /// <summary>Decides all rules on the whole tree, under the values that templates prefer and in the other scenarios that their conditions allow.</summary>
    public IReadOnlyList<Verdict> Decide(RuleFiles rules)
    {
        return new TemplateScenarios(_options, _loader, _parts, Model, Judged, Problems).Decide(Judged(Model, Model.Facts, _ => true));

        IReadOnlyList<Verdict> Judged(PullPathModel model, FactModel facts, Func<Rule, bool> isAsked) =>
            Judge.Decide([.. rules.Read(facts).Where(isAsked)], facts, model.Functions, Problems, _options.Parallelism);
    }

    /// <summary>Decides all rules and sums up what is reported.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="reports">Which paths are reported; the whole tree is analysed all the same.</param>
    public Summary SumUp(RuleFiles rules, Func<string, bool> reports) => SumUp(Decide(rules), reports);

    /// <summary>Sums up what several runs over one tree say, each under an environment.</summary>
    internal static Summary SumUp(Target target, IReadOnlyList<Scenario> scenarios, RuleFiles rules)
    {
        var runs = new List<(string Environment, IReadOnlyList<Verdict> Verdicts)>();
        Analysis? last = null;
        foreach (var (environment, options) in scenarios)
        {
            last = Of(target.Files, options, target.Problems, rules);
            runs.Add((environment, last.Decide(rules)));
        }

        return last!.SumUp(runs is [{ Environment: "" } only] ? only.Verdicts : Environments.Merge(runs), target.Reports);
    }

    private Summary SumUp(IReadOnlyList<Verdict> decided, Func<string, bool> reports)
    {
        var (kept, suppressed) = Suppressions.Apply([.. decided.Where(verdict => reports(PathOf(verdict)))]);
        var problems = Problems.Sorted().Where(problem => problem.Place is not { } place || reports(place.Outermost.File.Path)).ToList();
        return Summary.Of(kept, suppressed.Count, problems, Files.Paths.Count, Inventory.Resources.Count, Model.Facts.Count);
    }

    private static string PathOf(Verdict verdict) => (verdict.Outcome == Outcome.Fail ? verdict.Primary : verdict.Fact.Place).Outermost.File.Path;
}

/// <summary>What the three languages declare.</summary>
internal sealed record Parts(Inventory Terraform, LoadedTemplates Templates, Inventory Kubernetes)
{
    internal Inventory Joined()
    {
        var inventory = new Inventory();
        inventory.Add(Terraform);
        Templates.AddTo(inventory);
        inventory.Add(Kubernetes);
        return inventory;
    }
}
