using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Gcp;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// Images of Artifact Registry whose host names another location than the one in which their repository is declared, or whose repository keeps something else than images. A repository is known by project,
/// location and id together (cloud.google.com/artifact-registry/docs/repositories).
/// </summary>
internal sealed class MisplacedImages : IReader
{
    private const string RepositoryType = "google_artifact_registry_repository";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        // Data sources too: a repository that is looked up exists.
        var declared = world.Inventory.OfType(RepositoryType);
        if (!declared.Any(each => !each.IsData))
        {
            return;
        }

        var unseen = new Lazy<ILookup<string, Cause>>(() => Unseen(world));
        foreach (var workload in world.Facts.All<Workload>(Workload.Fields))
        {
            workload.MisplacedImages = Misplaced(workload, declared, unseen);
        }
    }

    private static ListValue Misplaced(Workload workload, IReadOnlyList<Resource> declared, Lazy<ILookup<string, Cause>> unseen)
    {
        var stage = ClusterChoice.StageOf(workload.Place.Outermost.File?.Path ?? workload.Address.Scope);
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in (workload.Images as ListValue)?.Items ?? [])
        {
            if (item.Value is not TextValue written || ImageName.Of(written) is not { Registry: { Kind: "gar", Region: TextValue { Known: { } location }, Account: TextValue { Known: not null } project } } image
                || RegistryJoin.PartOf(image) is not { } repository)
            {
                continue;
            }

            var named = declared.Select(each => new Candidate(each, IsNamed(each, project, repository))).Where(each => each.IsNamed != Truth.No).ToList();
            if (named.Find(each => each.IsNamed == Truth.Yes && each.IsIn(location) == Truth.Yes) is { } exact)
            {
                if (exact.Resource.At("format") is TextValue { Known: { } format } && !string.Equals(format, "DOCKER", StringComparison.OrdinalIgnoreCase))
                {
                    found.Add(item with { Value = new TextValue($"\"{written}\": repository {repository} keeps {format.ToUpperInvariant()} packages").With(written.Trace) });
                }

                continue;
            }

            if (named.Count == 0 || named.TrueForAll(each => each.IsNamed != Truth.Yes && each.IsIn(location) == Truth.Yes))
            {
                continue;
            }

            if (unseen.Value[stage].FirstOrDefault() is { } cause)
            {
                open.Add(cause);
            }
            else if (named.Find(each => !each.IsCertainlyElsewhere(location) || ClusterChoice.StageOf(each.Resource.Address.Scope) != stage) is { } doubt)
            {
                open.Add(new Cause(UnknownReason.NotComputed, $"{doubt.Resource.Address.Path} may be the repository of \"{written}\"", doubt.Resource.Place, null));
            }
            else
            {
                var places = string.Join(" and ", named.Select(each => each.Location!).Distinct(StringComparer.Ordinal));
                found.Add(item with { Value = new TextValue($"\"{written}\": repository {repository} is declared in {places}").With(written.Trace) });
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>Whether a declared repository has this id in this project.</summary>
    private static Truth IsNamed(Resource declared, Value project, string repository) =>
        declared.At("repository_id").EqualTo(new TextValue(repository)) is var isNamed && isNamed == Truth.No ? Truth.No
        : isNamed.And(GoogleAccounts.ProjectOf(declared) is var owner and not NullValue ? owner.EqualTo(project) : Truth.Unknown);

    /// <summary>Per sample, or for the product itself: what may declare the repository that an image names. One may be switched off, or lie in a module that is not there.</summary>
    private static ILookup<string, Cause> Unseen(World world) => world.Inventory.Omissions.Where(each => each.Resource.Type == RepositoryType)
        .Select(each => (each.Resource.Address.Scope, Cause: new Cause(UnknownReason.Condition, $"{each.Resource.Address.Path} is switched off", each.Resource.Place, null)))
        .Concat(world.Inventory.Gaps.Where(gap => gap.Hides(RepositoryType)).Select(gap => (gap.Scope, Cause: World.Because(gap))))
        .ToLookup(each => ClusterChoice.StageOf(each.Scope), each => each.Cause, StringComparer.Ordinal);

    /// <summary>A declared repository that may be the one an image names.</summary>
    private sealed record Candidate(Resource Resource, Truth IsNamed)
    {
        /// <summary>Its location, where it is known.</summary>
        internal string? Location => (Resource.At("location") as TextValue)?.Known?.ToLowerInvariant();

        internal Truth IsIn(string location) => Location is { } known ? Kleene.Of(known == location) : Truth.Unknown;

        /// <summary>True for one that is the repository by name, is made, and lies elsewhere.</summary>
        internal bool IsCertainlyElsewhere(string location) => IsNamed == Truth.Yes && IsIn(location) == Truth.No && Resource.IsCertain;
    }
}
