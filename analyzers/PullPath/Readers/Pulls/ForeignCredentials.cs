using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// Pulls from the private registry of another cloud than the cluster's: nodes have no identity there, so pods must bring a secret or a plug-in of the kubelet must be configured for the host.
/// It joins when pulls and credential providers are there.
/// </summary>
internal sealed class ForeignCredentials : IReader
{
    /// <summary>What puts pull secrets into pods or accounts while they are admitted.</summary>
    private static readonly string[] Injectors = ["imagepullsecret-patcher", "imagepullsecrets", "registry-creds", "titansoft-pte-ltd/imagepullsecret"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var providers = world.Facts.All<CredentialProvider>(CredentialProvider.Fields).ToList();
        var injector = new Lazy<Cause?>(() => InjectorIn(world));
        foreach (var pull in world.Facts.All<Pull>(Pull.Fields))
        {
            if (pull.NodePool.As<NodePool>()?.Cluster.As<Cluster>() is { } cluster && pull.Registry.As<Registry>() is { } registry && IsForeign(cluster.Kind, registry.Kind) && pull.Workload.As<Workload>() is { } workload)
            {
                pull.HasForeignCredentials = Credentials(pull, workload, registry, providers, injector);
            }
        }
    }

    private static bool IsForeign(string cluster, string registry) => (cluster, registry) is ("eks", "acr" or "gar" or "gcr") or ("aks", "ecr" or "gar" or "gcr") or ("gke", "ecr" or "acr");

    private static Value Credentials(Pull pull, Workload workload, Registry registry, List<CredentialProvider> providers, Lazy<Cause?> injector)
    {
        if (workload.PullSecrets is not ListValue { Items: [] } secrets)
        {
            return workload.PullSecrets is ListValue ? BoolValue.True : Answer.Of(Truth.Unknown, Cause.Of(workload.PullSecrets));
        }

        // Only a private repository of ECR is known by its name to ask everybody; of the others one that is declared here.
        var asks = registry.Kind == "ecr" || registry.Resource is not null ? Answer.TruthOf(registry.IsPublic).Not() : Truth.Unknown;
        var unseen = new List<Cause>(secrets.OpenBecause ?? []);
        if (asks == Truth.Unknown)
        {
            unseen.Add(new Cause(UnknownReason.External, "the registry may let anybody pull", pull.Place, null));
        }

        if (injector.Value is { } cause)
        {
            unseen.Add(cause);
        }

        var image = ImageName.Of(pull.Image);
        var isAsked = providers.Select(provider => IsAsked(provider, image)).Any();
        return Answer.Of(isAsked == Truth.Yes || asks == Truth.No ? Truth.Yes : isAsked == Truth.Unknown || unseen.Count > 0 ? Truth.Unknown : Truth.No, unseen);
    }

    private static Truth IsAsked(CredentialProvider provider, ImageName image) => image is { Host: TextValue { Known: { } host }, Repository: TextValue repository }
        ? Answer.Has(provider.MatchImages, pattern => pattern is TextValue { Known: { } text } ? ImagePattern.Of(text)?.Matches(host, repository.Prefix) ?? Truth.No : Truth.Unknown)
        : Truth.Unknown;

    private static Cause? InjectorIn(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            var injects = each.Type.StartsWith("kyverno.io/", StringComparison.Ordinal) || each.Type.StartsWith("mutations.gatekeeper.sh/", StringComparison.Ordinal)
                ? each.Body.Deep().Any(value => value is MapValue map && map["imagePullSecrets"] is not null || value is TextValue text && text.ToString().Contains("imagePullSecrets", StringComparison.Ordinal))
                : world.FactOf<Workload>(each.Resource)?.Images is ListValue images && images.Values.Any(image => image is TextValue text && Array.Exists(Injectors, word => text.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)));
            if (injects)
            {
                return new Cause(UnknownReason.NotComputed, $"{each.Resource.Address.Path} may give pods a pull secret", each.Resource.Place, null);
            }
        }

        return null;
    }
}
