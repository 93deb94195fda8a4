using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// What pools of GKE pull from registries that are not Google's. Nodes of GKE ask Google's mirror first for images of Docker Hub (cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images), which has those that are often
/// asked for; registry.k8s.io is Google's in part. Where somebody's own host lies nobody knows.
/// </summary>
internal sealed class ForeignPulls : IReader
{
    /// <summary>Registries that Google serves, wholly or for images that are asked for often.</summary>
    private static readonly string[] HalfGoogle = ["docker.io", "registry.k8s.io", "k8s.gcr.io", "gke.gcr.io", "mirror.gcr.io", "marketplace.gcr.io"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.LeavesNetwork is not NullValue).ToList();
        if (pools.Count == 0)
        {
            return;
        }

        var pulls = world.Facts.All<Pull>(Pull.Fields).Where(pull => !pull.IsDerived).ToLookup(pull => pull.NodePool.As<NodePool>());
        foreach (var pool in pools)
        {
            var judged = pulls[pool].Select(pull => (Pull: pull, IsForeign: IsForeign(pull))).ToList();
            var mirrors = Written.Find(pool.NodeConfig, "containerd_config.registry_hosts");
            pool.ForeignPulls = Links.To(
                judged.Where(each => mirrors is NullValue && each.IsForeign == Truth.Yes).Select(each => each.Pull),
                judged.Where(each => each.IsForeign == Truth.Unknown || (mirrors is not NullValue && each.IsForeign == Truth.Yes))
                    .Select(each => new Cause(UnknownReason.External, $"what answers for \"{each.Pull.Image}\" is not known", each.Pull.Place, null)));
        }
    }

    private static Truth IsForeign(Pull pull) =>
        ImageName.Of(pull.Image).Registry is not { } registry ? Truth.Unknown
        : registry.Kind is "gar" or "gcr" || registry.IsLocal ? Truth.No
        : registry.Kind is "docker-hub" || (registry.Host is TextValue { Known: { } host } && HalfGoogle.Contains(host, StringComparer.Ordinal)) ? Truth.Unknown
        : RegistryHosts.IsOnInternet(registry) is BoolValue { Value: true } || registry.Kind == "ecr" ? (pull.CertainlyLands is BoolValue { Value: true } ? Truth.Yes : Truth.Unknown)
        : Truth.Unknown;
}
