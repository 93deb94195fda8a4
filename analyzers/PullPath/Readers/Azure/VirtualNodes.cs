using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// Images of pods that ask for the virtual nodes of AKS: container instances, where no kubelet has an identity for the registry. Pods that only tolerate them may run elsewhere. Source: learn.microsoft.com, "Virtual nodes on Azure
/// Kubernetes Service", limitations.
/// </summary>
internal sealed class VirtualNodes : IReader
{
    private const string Selector = "type";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var registries = world.Facts.All<Registry>(Registry.Fields).Where(static registry => registry is { Kind: "acr", Resource: not null }).ToList();
        foreach (var workload in registries.Count == 0 ? [] : world.Workloads)
        {
            if (Written.FindKey(workload.NodeSelector, Selector) is TextValue { Known: "virtual-kubelet" } && !workload.IsGuessed)
            {
                workload.UnsecuredImages = UnsecuredOf(workload, registries);
            }
        }
    }

    private static ListValue UnsecuredOf(Workload workload, List<Registry> registries)
    {
        var hasSecret = workload.PullSecrets is ListValue secrets ? Answer.Has(secrets, static _ => Truth.Yes) : Truth.Unknown;
        if (hasSecret == Truth.Yes)
        {
            return ListValue.Empty;
        }

        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var image in ImageTexts.Certain(workload.Images).OfType<TextValue>())
        {
            if (registries.Find(registry => RegistryUseReader.NamesImageOf(ListValue.Of([image]), registry)) is not { } registry || Answer.TruthOf(registry.IsPublic) == Truth.Yes)
            {
                continue;
            }

            if (hasSecret == Truth.No && registry.Resource is { IsData: false } && Answer.TruthOf(registry.IsPublic) == Truth.No)
            {
                found.Add(new Item(image));
            }
            else
            {
                open.AddRange(hasSecret == Truth.No ? [new Cause(UnknownReason.External, $"whether anybody may pull from {registry.Address.Path} is not known", registry.Place, null)] : Doubts(workload.PullSecrets));
            }
        }

        return PodTemplate.Open(found, open);
    }

    private static IEnumerable<Cause> Doubts(Value secrets) => secrets is ListValue list ? (list.OpenBecause ?? []).Concat(list.Items.SelectMany(static item => item.Guard.Causes)) : Cause.Of(secrets);
}
