using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>The cluster that a provider configuration talks to: the one whose attributes its host, certificates or tokens are.</summary>
internal static class ProviderClusters
{
    private const int DepthLimit = 4;

    private static readonly string[] DataSources =
        ["aws_eks_cluster", "aws_eks_cluster_auth", "azurerm_kubernetes_cluster", "google_container_cluster"];

    /// <summary>The cluster of a resource's provider; unknown when nothing in the configuration refers to exactly one.</summary>
    internal static Value Of(Resource resource, World world)
    {
        if (resource.Provider is not { } provider)
        {
            return new UnknownValue(UnknownReason.Ambiguous, $"nothing says to which cluster {resource.Address.Path} goes", resource.Place);
        }

        var clusters = provider.Deep().SelectMany(value => Named(value, world, 0)).Distinct().Take(2).ToList();
        return clusters is [var only]
            ? Links.To(only)
            : new UnknownValue(UnknownReason.Ambiguous, $"the provider of {resource.Address.Path} does not name one cluster that is declared here", resource.Place);
    }

    /// <summary>Data sources that read a cluster which is not declared here, as far as can be told.</summary>
    internal static IEnumerable<Resource> Foreign(World world) =>
        world.Inventory.OfTypes(DataSources).Where(resource => resource.IsData && !resource.Type.EndsWith("_auth", StringComparison.Ordinal) && !Named(resource.At("name"), world, 0).Any() && !HasNameOf(resource, world).Any());

    /// <summary>The clusters a value is an attribute of: by reference or through data sources.</summary>
    private static IEnumerable<Cluster> Named(Value value, World world, int depth)
    {
        if (depth > DepthLimit)
        {
            return [];
        }

        return world.FactsOf<Cluster>(value).Concat(world.Inventory.Referents(value).Where(resource => resource.IsData && DataSources.Contains(resource.Type, StringComparer.Ordinal)).Distinct()
            .SelectMany(resource => Named(resource.At("name"), world, depth + 1).Concat(HasNameOf(resource, world))));
    }

    private static IEnumerable<Cluster> HasNameOf(Resource data, World world) => data.At("name") is TextValue { Known: not null } name
        ? world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Name.EqualTo(name) == Truth.Yes)
        : [];
}
