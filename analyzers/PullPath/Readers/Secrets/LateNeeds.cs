using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// Service accounts and pull secrets that a delivery creates only after the pods that need them: when these work (in a later sync wave or phase, or outside of the hooks of a chart), or once these are
/// written (later kinds of one wave).
/// </summary>
internal sealed class LateNeeds : IReader
{
    private const string Hook = "helm.sh/hook";
    private const string ArgoHook = "argocd.argoproj.io/hook";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        if (world.Inventory.Stages.Count == 0)
        {
            return;
        }

        var order = Order.Of(world);
        foreach (var workload in world.Workloads.Where(workload => workload.Resource is { Language: Language.Kubernetes }))
        {
            var annotations = Written.Find(workload.Resource!.Body, "metadata.annotations");
            workload.IsHelmHook = BoolValue.Of(Written.FindKey(annotations, Hook) is not NullValue && Written.FindKey(annotations, ArgoHook) is NullValue);
            (workload.LateNeeds, workload.FollowingNeeds) = LateOf(workload, order, world);
        }
    }

    private static (ListValue Late, ListValue Following) LateOf(Workload workload, Order order, World world)
    {
        var (found, following) = (new List<Item>(), new List<Item>());
        var open = new List<Cause>();
        foreach (var (text, resource, isOperated) in Needs(workload, world))
        {
            var isLate = order.WaitsFor(resource, workload.Resource!);
            if (isLate == Truth.Yes)
            {
                found.Add(new Item(text));
            }
            else if (isLate == Truth.Unknown)
            {
                open.Add(new Cause(UnknownReason.NotComputed, $"whether {resource.Address.Path} comes after it is not known", resource.Place, null));
            }
            else if (isOperated && order.HappensAfter(resource, workload.Resource!) == Truth.Yes)
            {
                following.Add(new Item(text));
            }
        }

        return (PodTemplate.Open(found, open), new ListValue([.. following]));
    }

    /// <summary>What pods need of the set they are delivered with: their service account and their pull secrets, or what makes these.</summary>
    private static IEnumerable<(Value Text, Resource Resource, bool IsOperated)> Needs(Workload workload, World world)
    {
        if (workload.ServiceAccount is FactValue { Fact: ServiceAccount { Resource: { } account } declared } && IsBeside(account, workload))
        {
            yield return (Said("service account", declared.Name), account, false);
        }

        foreach (var name in (workload.PullSecrets as ListValue)?.Values ?? [])
        {
            var meant = SecretDefinitions.In(world).At(name, workload.Namespace).Where(each => each.Is(name, workload.Namespace) == Truth.Yes && IsBeside(each.By.Resource, workload)).Take(2).ToList();
            if (meant is [var only])
            {
                yield return (Said("pull secret", only.By.Name), only.By.Resource, only.By.Resource.Type != "/Secret");
            }
        }
    }

    private static bool IsBeside(Resource resource, Workload workload) => resource.Language == Language.Kubernetes && resource.Address.Scope == workload.Resource!.Address.Scope;

    private static Value Said(string what, Value name) => new TextValue($"{what} {(name as TextValue)?.ToString() ?? "<?>"}").With(name.Trace);
}
