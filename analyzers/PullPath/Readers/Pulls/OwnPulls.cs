using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Gcp;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// Which pulls on a pool of GKE, or of virtual machines of Google, only the identity of its nodes can make, and what tells that there are any. An image counts whose registry lies in the cluster's project and is not public; a pod
/// with pull secrets brings an identity of its own.
/// </summary>
internal sealed class OwnPulls : IReader
{
    private enum Kind
    {
        /// <summary>Nobody asks who pulls, or the pod says it itself.</summary>
        None,

        /// <summary>Google asks, for a project that is another.</summary>
        Elsewhere,

        /// <summary>The cluster's own project.</summary>
        Own,

        /// <summary>Nobody knows.</summary>
        Unknown,
    }

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var pulls = world.Facts.All<Pull>(Pull.Fields).Where(pull => !pull.IsDerived).ToLookup(pull => pull.NodePool.As<NodePool>());
        var deployments = world.Facts.All<Deployment>(Deployment.Fields).ToLookup(deployment => deployment.Cluster.As<Cluster>());
        var busy = world.Workloads.Concat<Facts.Model.Fact>(world.Facts.OfKind(Deployment.Fields.Kind)).Select(fact => ClusterChoice.StageOf(fact.Place.Outermost.File.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            var isGoogle = pool.Kind.StartsWith("gke", StringComparison.Ordinal) || pool.Kind == "capi-gcp";
            pool.RunsOthers = isGoogle ? BoolValue.False : NullValue.Instance;
            if (!isGoogle || pool.Cluster.As<Cluster>() is not { } cluster)
            {
                pool.PullEvidence = isGoogle ? UnknownValue.From(DataType.Text, pool.Cluster) : NullValue.Instance;
                continue;
            }

            var seen = pulls[pool].Select(pull => (Pull: pull, Kind: KindOf(pull, cluster))).ToList();
            var own = seen.Where(each => each.Kind == Kind.Own).Select(each => each.Pull).ToList();
            List<Cause> unseen = [.. seen.Where(each => each.Kind == Kind.Unknown).Select(each => Doubt(each.Pull)), .. Unseen(cluster, deployments[cluster])];
            pool.OwnPulls = Links.To(own, unseen);
            pool.OtherPulls = OthersOf(pool, seen.Where(each => each.Kind == Kind.Elsewhere).Select(each => each.Pull), world);
            pool.RunsOthers = BoolValue.Of(seen.Count > 0 && seen.TrueForAll(each => each.Kind is Kind.None or Kind.Elsewhere));
            pool.PullEvidence = own.Exists(IsCertain) ? new TextValue("image")
                : own.Exists(pull => pull.Lands is BoolValue) ? new TextValue("possible-image")
                : cluster.Registries is ListValue { Items: [_, ..] } && unseen.Count > 0 ? new TextValue("registry")
                : unseen.Count > 0 && IsShown(pool, ClusterChoice.StageOf(cluster.Address.Scope), busy) ? new TextValue("sample")
                : unseen.Count > 0 || own.Count > 0 ? UnknownValue.From(DataType.Text, pool.OwnPulls)
                : new TextValue(seen.Exists(each => each.Kind == Kind.Elsewhere) ? "elsewhere" : "none");
        }
    }

    /// <summary>Of pulls from other projects those whose repository is declared, in a root in which all rights on it are seen.</summary>
    private static ListValue OthersOf(NodePool pool, IEnumerable<Pull> elsewhere, World world)
    {
        var judged = new List<Pull>();
        var unseen = new List<Cause>();
        foreach (var pull in elsewhere)
        {
            if (pull.Registry.As<Registry>() is not { Resource.IsData: false, Address.Scope: var scope })
            {
                continue;
            }

            if (scope != pool.Address.Scope && world.Inventory.GapsOf(scope, IamStatement.Types).FirstOrDefault() is { } gap)
            {
                unseen.Add(World.Because(gap));
            }
            else
            {
                judged.Add(pull);
            }
        }

        return Links.To(judged, unseen);
    }

    private static bool IsCertain(Pull pull) => pull is { CertainlyLands: BoolValue { Value: true }, Guard.IsAlways: true };

    /// <summary>
    /// True for a pool in a sample of how to use a module that makes the account of its nodes and gives it roles. Who follows the sample has images of his own, and relies on the module. Where the
    /// sample or the product brings something that runs, its images tell.
    /// </summary>
    private static bool IsShown(NodePool pool, string stage, HashSet<string> busy) =>
        stage.Length > 0 && !busy.Contains(stage) && !busy.Contains("")
        && pool.Identity.As<Identity>() is { Resource: { Module: not "" } account, Grants: ListValue { Items: [_, ..] } }
        && ClusterChoice.StageOf(account.Place.Outermost.File.Path) != stage;

    private static Kind KindOf(Pull pull, Cluster cluster)
    {
        if (pull.Registry.As<Registry>() is not { } registry)
        {
            return pull.Registry is NullValue ? Kind.None : Kind.Unknown;
        }

        if (registry.Kind is not ("gar" or "gcr") || registry.IsPublic is BoolValue { Value: true })
        {
            return Kind.None;
        }

        return (BringSecrets(pull.Workload.As<Workload>()), InProjectOf(cluster, registry)) switch
        {
            (Truth.No, Truth.Yes) => Kind.Own,
            (Truth.No, Truth.No) => Kind.Elsewhere,
            (Truth.Yes, _) => Kind.None,
            _ => Kind.Unknown,
        };
    }

    /// <summary>Whether pods bring pull secrets: their own, or those of their service account. One that is not declared has none.</summary>
    private static Truth BringSecrets(Workload? workload) => workload switch
    {
        null => Truth.Unknown,
        { OwnPullSecrets: ListValue { Items: [], IsOpen: false }, ServiceAccount: NullValue } => Truth.No,
        { PullSecrets: ListValue { Items: [], IsOpen: false } } => Truth.No,
        { PullSecrets: ListValue { Items: [{ Guard.IsAlways: true }, ..] } } => Truth.Yes,
        _ => Truth.Unknown,
    };

    private static Truth InProjectOf(Cluster cluster, Registry registry) =>
        GoogleAccounts.InOneProject(registry.Account, cluster.Project, registry.Resource is not null && registry.Address.Scope == cluster.Address.Scope);

    private static Cause Doubt(Pull pull) => new(UnknownReason.Ambiguous, $"whether {pull.Address.Path} is a pull from the cluster's own project", pull.Place, null);

    /// <summary>Why there may be images that are not seen: nothing is seen to run, something may run elsewhere or here, a release hides its pods.</summary>
    private static IEnumerable<Cause> Unseen(Cluster cluster, IEnumerable<Deployment> deployments)
    {
        if (cluster.Workloads is not ListValue { Items: [_, ..] } workloads)
        {
            yield return new Cause(UnknownReason.OpenWorld, $"no workload of {cluster.Address.Path} is seen", cluster.Place, null);
            yield break;
        }

        foreach (var cause in workloads.OpenBecause ?? [])
        {
            yield return cause;
        }

        foreach (var deployment in deployments.Where(each => each.Images is not ListValue { IsOpen: false }))
        {
            yield return new Cause(UnknownReason.Missing, $"the images of {deployment.Address.Path} are not all seen", deployment.Place, null);
        }
    }
}
