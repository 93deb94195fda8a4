using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Uses of AAD Pod Identity (Azure/aad-pod-identity). Who removes its installation has to change the rest too, so the rest is only told where no installation is seen.</summary>
internal sealed class RetiredIdentities : IReader
{
    private const string Name = "aad-pod-identity";

    private const string Label = "aadpodidbinding";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var uses = Installations(world).ToList() is { Count: > 0 } installations ? installations
            : Bindings(world).ToList() is { Count: > 0 } bindings ? bindings
            : [.. Labels(world)];
        foreach (var (kind, value, by) in uses)
        {
            world.Add(new RetiredIdentity { Kind = kind, Value = value, Address = by.Address, Place = by.Place, Resource = by, Guard = by.Guard });
        }
    }

    private static IEnumerable<Use> Installations(World world)
    {
        foreach (var release in ChartRelease.Of(world).Where(release => release.Chart == Name))
        {
            yield return new Use("installation", new TextValue(Name), release.Resource);
        }

        foreach (var daemon in world.Workloads.Where(workload => workload is { Kind: "DaemonSet", IsGuessed: false }))
        {
            foreach (var image in ImageTexts.Certain(daemon.Images).OfType<TextValue>().Where(image => image.ToString().Contains($"/{Name}/nmi", StringComparison.Ordinal)))
            {
                yield return new Use("installation", image, daemon.Resource!);
            }
        }
    }

    private static IEnumerable<Use> Bindings(World world) =>
        from each in KubernetesObject.Of(world)
        where each.Type == "aadpodidentity.k8s.io/AzureIdentityBinding"
        select new Use("binding", Written.Find(each.Body, "spec.selector"), each.Resource);

    private static IEnumerable<Use> Labels(World world) =>
        from workload in world.Workloads
        where !workload.IsGuessed && (workload.PodLabels as MapValue)?[Label] is not (null or NullValue)
        select new Use("label", Written.FindKey(workload.PodLabels, Label), workload.Resource!);

    private sealed record Use(string Kind, Value Value, Resource By);
}
