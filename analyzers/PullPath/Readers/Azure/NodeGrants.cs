using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>What is unwise about grants by which nodes of AKS pull: they allow more than that, or reach the nodes by way of a group.</summary>
internal sealed class NodeGrants : IReader
{
    private const string GroupType = "azuread_group";

    private static readonly string[] MemberTypes = ["azuread_group_member", GroupType];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == "aks").ToList();
        var kubelets = clusters.Select(cluster => cluster.KubeletIdentity.As<Identity>()).OfType<Identity>().ToHashSet();
        if (kubelets.Count == 0)
        {
            return;
        }

        var controls = clusters.Select(cluster => cluster.Identity.As<Identity>()).OfType<Identity>().ToHashSet();
        var registries = world.Facts.All<Registry>(Registry.Fields).Where(registry => registry is { Kind: "acr", Resource: not null }).ToList();
        var late = kubelets.Where(static each => Answer.TruthOf(each.IsDefault) == Truth.Yes && !each.Grants.Each<Grant>().Any(MayPull)).ToHashSet();
        var members = late.Count == 0 ? [] : MembersOf(late, world);
        foreach (var grant in world.Facts.All<Grant>(Grant.Fields).Where(static grant => grant.Pushes is not NullValue))
        {
            if (grant.Identity.As<Identity>() is { } holder && kubelets.Contains(holder))
            {
                grant.Excess = ExcessOf(grant, controls.Contains(holder), registries, world);
            }
            else if (members.Count > 0 && MayPull(grant) && GroupOf(grant.Principal, world) is { } group)
            {
                grant.LateMember = Answer.TruthOf(grant.Pulls) == Truth.Yes ? members.GetValueOrDefault(group, NullValue.Instance) : UnknownValue.From(DataType.Text, grant.Pulls);
            }
        }
    }

    private static bool MayPull(Grant grant) => Answer.TruthOf(grant.Pulls) != Truth.No && Answer.TruthOf(grant.ReachesRegistries) == Truth.Yes;

    /// <summary>What a grant to nodes allows besides pulling. Roles for everything may be for a control plane that has the same identity.</summary>
    private static Value ExcessOf(Grant grant, bool isControl, List<Registry> registries, World world)
    {
        if (grant.ReachesRegistries is not BoolValue { Value: true })
        {
            return NullValue.Instance;
        }

        if (grant.Pushes is not BoolValue { Value: var pushes } || grant.DoesEverything is not BoolValue { Value: var isAll })
        {
            return UnknownValue.From(DataType.Text, grant.Pushes);
        }

        var isSubscription = AzureScopes.IsSubscription(grant.Scope, world);
        return pushes ? new TextValue("change what is in the registry").With(grant.Role.Trace)
            : isAll ? !isControl && (isSubscription || registries.Exists(registry => Answer.TruthOf(AzureScopes.Covers(grant.Scope, registry, world)) == Truth.Yes))
                ? new TextValue($"do all that {grant.Role} may").With(grant.Role.Trace) : NullValue.Instance
            : isSubscription && Answer.TruthOf(grant.Pulls) == Truth.Yes ? new TextValue("pull from all registries of the subscription").With(grant.Scope.Trace)
            : NullValue.Instance;
    }

    /// <summary>What puts identities into groups, by the group; unknown where a member is not known.</summary>
    private static Dictionary<Resource, Value> MembersOf(HashSet<Identity> identities, World world)
    {
        var found = new Dictionary<Resource, Value>();
        foreach (var resource in world.Inventory.OfTypes(MemberTypes).Where(static each => !each.IsData && each.Guard.IsAlways))
        {
            var group = resource.Type == GroupType ? resource : GroupOf(resource.At("group_object_id"), world);
            var member = resource.Type == GroupType ? resource.At("members") : resource.At("member_object_id");
            if (group is null || member is NullValue)
            {
                continue;
            }

            if (member.Deep().Any(each => IsKubelet(Principal.Of(each, world), identities, world)))
            {
                found[group] = new TextValue(resource.Address.Path).Through(StepKind.Literal, resource.Address.Path, resource.Place);
            }
            else if (member.Deep().FirstOrDefault(each => each is not TextValue { Known: not null } && !each.IsWhollyKnown && Principal.Of(each, world).Kind is null) is { } unknown)
            {
                found.TryAdd(group, UnknownValue.From(DataType.Text, unknown));
            }
        }

        return found;
    }

    private static bool IsKubelet(Principal principal, HashSet<Identity> identities, World world) =>
        principal is { Kind: "kubelet", Cluster: { } cluster } && world.FactOf<Cluster>(cluster)?.KubeletIdentity.As<Identity>() is { } identity && identities.Contains(identity);

    private static Resource? GroupOf(Value principal, World world) =>
        principal.References.Where(static reference => reference.Attribute is "object_id" or "id").Select(world.Inventory.Referent).FirstOrDefault(static each => each?.Type == GroupType);
}
