using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using Analyzer.Terraform.Configuration;
using Analyzer.Terraform.Evaluation;
using Analyzer.Terraform.Plans;

namespace Analyzer.Terraform;

/// <summary>
/// Reads the Terraform configurations of a repository: finds root modules, evaluates each with all modules it calls, and adds their resources and what could not be seen
/// to an inventory. <see cref="Address.Scope"/> is the folder of the root module.
/// </summary>
/// <remarks>
/// <para>
/// Bodies: arguments as written, nested blocks as a list of objects under the type of the block, <c>dynamic</c> blocks expanded. An argument that is null is there as null. A block has a
/// <see cref="StepKind.Literal"/> step with its place. In JSON syntax a nested block may be an object or an array of objects. Provisioners are in <see cref="Resource.Meta"/>.
/// </para>
/// <para>
/// Problems: <c>syntax-error</c>, <c>unknown-block</c>, <c>invalid-block</c>, <c>duplicate-declaration</c>, <c>module-missing</c>, <c>module-cycle</c>, <c>module-depth</c>, <c>module-limit</c>,
/// <c>instance-limit</c>, <c>reference-cycle</c>, <c>reference-depth</c>, <c>type-invalid</c>, <c>evaluation-limit</c>, <c>unknown-function</c>, <c>invalid-plan</c>, <c>wrapper-not-evaluated</c>, <c>internal-error</c>.
/// </para>
/// </remarks>
public static class TerraformLoader
{
    /// <summary>Evaluation follows references by recursion; long chains of them are not rare in generated code.</summary>
    private const int StackSize = 64 << 20;

    /// <summary>Loads all configurations. Never throws for any input.</summary>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var tree = new ModuleTree(files, problems);
        var folders = tree.ReadAll(options.Parallelism);
        if (folders.Count == 0 && options.Plans.Count == 0)
        {
            return;
        }

        var wrappers = Wrappers.Read(tree, problems);
        foreach (var gap in wrappers.Gaps)
        {
            inventory.Add(gap);
        }

        var roots = RootFinder.Find(tree, folders, wrappers, options.Parallelism);
        var set = new RootSet(tree, roots, wrappers, options, problems);
        var plans = PlanSet.Read(files, options.Plans, roots, problems);
        var results = new Result[roots.Count];
        Workers.Each(roots.Count, options.Parallelism, StackSize, at => results[at] = LoadRoot(set, roots[at], plans.Of(roots[at]), problems));

        var unknownFunctions = new Dictionary<string, Problem>(StringComparer.Ordinal);
        foreach (var result in results.Concat(plans.Alone.Select(PlanAlone)))
        {
            foreach (var resource in result.Resources)
            {
                inventory.Add(resource);
            }

            foreach (var gap in result.Gaps)
            {
                inventory.Add(gap);
            }

            if (result.Unit is { } unit)
            {
                inventory.Add(unit);
            }

            foreach (var omission in result.Omissions)
            {
                inventory.Add(omission);
            }

            foreach (var call in result.OmittedCalls)
            {
                inventory.Add(call);
            }

            foreach (var (name, place) in result.UnknownFunctions)
            {
                unknownFunctions.TryAdd(name, new Problem("unknown-function", $"The function \"{name}\" is not known; its results are unknown", place, ProblemSeverity.Information));
            }
        }

        foreach (var gap in GrantScripts.GapsIn(files, roots, results.SelectMany(result => result.Resources)))
        {
            inventory.Add(gap);
        }

        foreach (var problem in unknownFunctions.Values)
        {
            problems.Add(problem);
        }
    }

    private static Result LoadRoot(RootSet set, Root root, PlanFile? plan, ProblemLog problems)
    {
        var scope = root.Module.Folder;
        var context = set.Begin(root, [], plan is null ? null : GivenValues.Of(plan.Variables()));
        var loader = new RootLoader(context);
        Questions.Begin(scope);
        try
        {
            loader.Load(root.Module);
            foreach (var phrase in new[] { context.Budget.Exceeded, context.Reads.Exceeded }.OfType<string>())
            {
                problems.Add(new Problem("evaluation-limit", $"Not everything in \"{scope}\" was computed: {phrase}", root.Module.FirstPlace));
            }

            return plan is null
                ? new Result(loader.Unit, loader.Resources, loader.Gaps, loader.Omissions, loader.OmittedCalls, context.UnknownFunctions)
                : new Result(loader.Unit, new PlanJoin(plan, scope, loader.Resources, loader.Gaps).Resources(), PlanSet.GapsOf(plan, scope), loader.Omissions, loader.OmittedCalls, context.UnknownFunctions);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The last resort: a defect here must not take the answers about everything else with it.
            var place = root.Module.FirstPlace;
            problems.Add(new Problem("internal-error", $"The Terraform configuration in \"{scope}\" could not be evaluated: {error.GetType().Name}: {error.Message}", place));
            var gaps = place is { } known ? [new Gap { Address = new Address(scope, ""), Place = known, Reason = "an internal error" }] : Array.Empty<Gap>();
            return new Result(loader.Unit, loader.Resources, [.. loader.Gaps, .. gaps], loader.Omissions, loader.OmittedCalls, context.UnknownFunctions);
        }
    }

    private static Result PlanAlone(PlanFile plan)
    {
        var scope = plan.Source.Path;
        var unit = new Unit { Scope = scope, Language = Language.Terraform, Outputs = plan.Outputs() };
        return new Result(unit, new PlanJoin(plan, scope, [], []).Resources(), PlanSet.GapsOf(plan, scope), [], [], new Dictionary<string, Span>());
    }

    private sealed record Result(Unit? Unit, IReadOnlyList<Resource> Resources, IReadOnlyList<Gap> Gaps, IReadOnlyList<Omission> Omissions, IReadOnlyList<OmittedCall> OmittedCalls, Dictionary<string, Span> UnknownFunctions);
}
