using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>Artifact Registry repositories, and which of them lie in a cluster's own project.</summary>
internal sealed class ArtifactRegistryReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType("google_artifact_registry_repository").Where(each => !each.IsData))
        {
            world.Add(new Registry
            {
                Kind = "gar",
                Name = resource.At("repository_id"),
                Host = resource.At("location") is TextValue { Known: { } location } ? new TextValue(location + "-docker.pkg.dev") : UnknownValue.From(DataType.Text, resource.At("location")),
                Region = resource.At("location"),
                Account = GoogleAccounts.ProjectOf(resource),
                Format = resource.At("format"),
                Upstream = resource.At("remote_repository_config.docker_repository.public_repository"),
                UpstreamCredentials = resource.Block("remote_repository_config.upstream_credentials"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        var registries = world.Facts.All<Registry>(Registry.Fields)
            .Where(registry => registry is { Kind: "gar", Resource: not null, Format: TextValue { Known: { } format } } && string.Equals(format, "DOCKER", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(each => each.Kind == "gke"))
        {
            cluster.Registries = Links.To(registries.Where(registry =>
                GoogleAccounts.InOneProject(registry.Account, cluster.Project, registry.Address.Scope == cluster.Address.Scope) == Truth.Yes));
        }
    }
}
