using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Calls of modules that switch a right to pull on for an account which the module makes, while its nodes run as an account that the caller brings: the right goes to an account of no node, or, where the module is told to make none,
/// to nobody.
/// </summary>
internal sealed class IgnoredGrants : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        // Whether a grant lets anybody pull is computed when it is asked for: of those of other clouds nobody asks.
        var grants = world.Facts.All<Grant>(Grant.Fields)
            .Where(grant => grant.Resource is { Module: not "" } resource && resource.Type.StartsWith("google_", StringComparison.Ordinal) && grant.Pulls is BoolValue { Value: true }).ToList();
        var omitted = world.Inventory.Omissions.Where(each => each.Resource.Module.Length > 0 && IamStatement.Types.Contains(each.Resource.Type)).ToList();
        if (grants.Count + omitted.Count == 0)
        {
            return;
        }

        var others = new Others(world);
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(each => each is { Kind: "gke", Resource.Module: not "" }))
        {
            var pools = cluster.NodePools.Each<NodePool>().Where(pool => pool.Resource!.Module == cluster.Resource!.Module && pool.IsLive is BoolValue { Value: true }).ToList();

            // The accounts of all pools came through the call, so that none is made by the module.
            if (pools.Count > 0 && cluster.NodePools is ListValue { IsOpen: false } && pools.TrueForAll(pool => IsBrought(pool, world)))
            {
                cluster.IgnoredGrant = omitted.Where(each => IsBeside(each.Resource, cluster)).Select(each => SwitchOf(each, world)).FirstOrDefault(each => each is not NullValue)
                    ?? ForNobody(grants.FindAll(grant => IsBeside(grant.Resource!, cluster) && IsForNobody(grant, cluster, others)), pools[0]);
            }
        }
    }

    private static bool IsBeside(Resource resource, Cluster cluster) => resource.Module == cluster.Resource!.Module && resource.Address.Scope == cluster.Address.Scope;

    /// <summary>True for a pool whose account came with the call of its module: written there, or told to it.</summary>
    private static bool IsBrought(NodePool pool, World world) =>
        GoogleAccounts.IsDefault(pool.IdentityValue, world) != true && CameByCall(pool.IdentityValue) && pool.Identity.As<Identity>()?.Resource?.Module != pool.Resource!.Module;

    private static bool CameByCall(Value value) => value.Trace?.Steps.Any(step => step.Kind == StepKind.Argument) == true;

    /// <summary>What the caller wrote to switch on a right to pull that is not given because the account is not made; null for other grants, and for what a module asks for by default.</summary>
    private static Value SwitchOf(Omission omission, World world)
    {
        var statements = IamStatement.Of(omission.Resource, world) ?? [];
        return statements.Any(each => GoogleRoles.Pulls(each.Role, world) is BoolValue { Value: true })
            && omission.Because is [BoolValue { Value: false }, ..] && omission.Because.All(each => each is BoolValue { Value: false })
            && omission.Read.FirstOrDefault(each => each is BoolValue { Value: true } or UnknownValue && CameByCall(each) && !each.Trace!.Steps.Any(step => step.Kind == StepKind.Default)) is { } on
                ? on
                : NullValue.Instance;
    }

    /// <summary>The account of the nodes, where rights are certainly given to another that no node has; null for no such rights.</summary>
    private static Value ForNobody(List<Grant> grants, NodePool pool) => grants.Exists(grant => grant is { Resource.IsCertain: true, Guard.IsAlways: true }) ? pool.IdentityValue
        : grants is [var first, ..] ? new UnknownValue(UnknownReason.NoValue, $"whether {first.Address.Path} is there is not known", first.Place)
        : NullValue.Instance;

    /// <summary>True for a right of an account that the module makes, and that nothing outside of the module knows.</summary>
    private static bool IsForNobody(Grant grant, Cluster cluster, Others others) =>
        grant.Identity.As<Identity>() is { Resource: { } account } identity && IsBeside(account, cluster) && !others.Know(identity, account);

    /// <summary>Who may know an account that a module makes. Gathered once, when somebody asks.</summary>
    private sealed class Others(World world)
    {
        private readonly Lazy<HashSet<Identity>> _ofNodes = new(() => [.. world.Facts.All<NodePool>(NodePool.Fields).Select(static pool => pool.Identity.As<Identity>()).OfType<Identity>()]);

        /// <summary>True for an account that nodes have, that an output names, or that a resource of its root outside of its module speaks of.</summary>
        internal bool Know(Identity identity, Resource account) => _ofNodes.Value.Contains(identity)
            || world.Inventory.IsExported(account.Address)
            || world.Inventory.OfScope(account.Address.Scope).Any(each => each.Module != account.Module && each.Body.Mentioned.Any(reference => reference.Target.Block == account.Block));
    }
}
