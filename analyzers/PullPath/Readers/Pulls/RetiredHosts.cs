using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Gcp;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// Images on gcr.io of a project that has moved on: Container Registry was shut down in March 2025, and its hosts lead to repositories of Artifact Registry that are named like them
/// (cloud.google.com/artifact-registry/docs/transition/gcr-repositories).
/// </summary>
internal sealed class RetiredHosts : IReader
{
    private const string RepositoryType = "google_artifact_registry_repository";

    private static readonly string[] Hosts = ["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var declared = world.Inventory.OfType(RepositoryType).Where(each => !each.IsData).ToList();
        if (declared.Count == 0)
        {
            return;
        }

        foreach (var workload in world.Facts.All<Workload>(Workload.Fields))
        {
            workload.RetiredImages = Retired(workload, declared, world);
        }
    }

    private static ListValue Retired(Workload workload, List<Resource> declared, World world)
    {
        var stage = ClusterChoice.StageOf(workload.Place.Outermost.File?.Path ?? workload.Address.Scope);
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in (workload.Images as ListValue)?.Items ?? [])
        {
            if (ImageName.Of(item.Value) is not { Registry: { Kind: "gcr", Account: TextValue { Known: not null } project, Host: TextValue { Known: { } host }, IsPublic: not BoolValue { Value: true } } })
            {
                continue;
            }

            var own = declared.Where(each => ClusterChoice.StageOf(each.Address.Scope) == stage && GoogleAccounts.ProjectOf(each).EqualTo(project) == Truth.Yes && each.IsCertain).ToList();
            if (own.Count == 0 || Makers(world).Any(each => MayBe(each, host)))
            {
                continue;
            }

            if (world.Inventory.Gaps.FirstOrDefault(gap => ClusterChoice.StageOf(gap.Scope) == stage && gap.Hides(RepositoryType)) is { } gap)
            {
                open.Add(World.Because(gap));
            }
            else
            {
                found.Add(item);
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>Repositories that are made, looked up, or switched off.</summary>
    private static IEnumerable<Resource> Makers(World world) =>
        world.Inventory.OfType(RepositoryType).Concat(world.Inventory.Omissions.Select(each => each.Resource).Where(each => each.Type == RepositoryType));

    /// <summary>True unless the repository certainly has not taken over any host of Container Registry.</summary>
    private static bool MayBe(Resource repository, string host) => repository.At("repository_id") is var id
        && (id.EqualTo(new TextValue(host)) != Truth.No || Array.Exists(Hosts, each => id.EqualTo(new TextValue(each)) == Truth.Yes));
}
