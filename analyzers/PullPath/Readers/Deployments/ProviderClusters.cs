using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>The cluster that a provider configuration talks to: the one whose attributes its host, certificates or tokens are.</summary>
internal static class ProviderClusters
{
    /// <summary>The cluster of a resource's provider; unknown when nothing in the configuration refers to exactly one.</summary>
    internal static Value Of(Resource resource, World world)
    {
        if (resource.Provider is not { } provider)
        {
            return new UnknownValue(UnknownReason.Ambiguous, $"nothing says to which cluster {resource.Address.Path} goes", resource.Place);
        }

        var clusters = provider.Deep().SelectMany(world.FactsOf<Cluster>).Distinct().Take(2).ToList();
        return clusters is [var only]
            ? Links.To(only)
            : new UnknownValue(UnknownReason.Ambiguous, $"the provider of {resource.Address.Path} does not name one cluster that is declared here", resource.Place);
    }
}
