using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Plans;

/// <summary>The plans of a run, each with the root it was made from, if that is here.</summary>
internal sealed class PlanSet
{
    private readonly Dictionary<string, PlanFile> _byRoot = new(StringComparer.Ordinal);
    private readonly List<PlanFile> _alone = [];

    /// <summary>Reads plans and finds their roots.</summary>
    internal static PlanSet Read(FileTree files, IReadOnlyList<string> paths, IReadOnlyList<Root> roots, ProblemLog problems)
    {
        var set = new PlanSet();
        foreach (var path in paths)
        {
            if (PlanFile.Read(files, path, problems) is not { } plan)
            {
                continue;
            }

            if (RootOf(plan, roots) is not { } root || !set._byRoot.TryAdd(root.Module.Folder, plan))
            {
                set._alone.Add(plan);
            }
        }

        return set;
    }

    /// <summary>Plans whose sources are not here.</summary>
    internal IReadOnlyList<PlanFile> Alone => _alone;

    /// <summary>The plan of a root, or null.</summary>
    internal PlanFile? Of(Root root) => _byRoot.GetValueOrDefault(root.Module.Folder);

    /// <summary>Why something else may exist than what a plan has: it was made for a part only, or not to its end.</summary>
    internal static IReadOnlyList<Gap> GapsOf(PlanFile plan, string scope) => plan.IsComplete
        ? []
        : [new Gap { Address = new Address(scope, ""), Place = plan.Source.At(0, 0), Reason = "the plan is not complete" }];

    /// <summary>The root that declares all that the plan's root declares: the nearest around the plan, else the only one.</summary>
    private static Root? RootOf(PlanFile plan, IReadOnlyList<Root> roots)
    {
        var (resources, calls) = (plan.Configuration.RootResources.ToList(), plan.Configuration.RootCalls.ToList());
        var fitting = roots.Where(root => resources.Count + calls.Count > 0 && resources.TrueForAll(root.Module.Resources.ContainsKey) && calls.TrueForAll(root.Module.Calls.ContainsKey)).ToList();
        return Root.Around(plan.Source.Path, fitting) ?? (fitting is [var only] ? only : null);
    }
}
