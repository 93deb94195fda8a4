using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Role assignments as grants: who may do what where, and which identities may hold grants that nobody sees.</summary>
internal sealed class RoleAssignmentReader : IReader
{
    /// <summary>Type of what gives roles.</summary>
    internal const string Type = "azurerm_role_assignment";

    /// <summary>All types that give roles.</summary>
    internal static readonly string[] Types = [Type, "azurerm_pim_active_role_assignment"];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfTypes(Types))
        {
            var (name, id) = (resource.At("role_definition_name"), resource.At("role_definition_id"));
            if (name is NullValue && id is not NullValue)
            {
                // The idiom "${subscription}${data.azurerm_role_definition.x.id}": the role's name stands in the data source.
                var definitions = id.Deep().SelectMany(world.Inventory.Referents).Where(each => each.Type == "azurerm_role_definition" && each.IsData).Distinct().Take(2).ToList();
                name = definitions is [var only] ? only.At("name") : name;
            }

            world.Add(new Grant
            {
                Role = name is NullValue ? id : name,
                Principal = resource.At("principal_id"),
                Scope = resource.At("scope"),
                Pulls = AzureRoles.Pulls(name, id),
                PullsByRegistry = AzureRoles.PullsByRegistry(name, id),
                PullsByRepository = AzureRoles.PullsByRepository(name, id),
                Pushes = AzureRoles.Pushes(name, id),
                DoesEverything = AzureRoles.DoesEverything(name, id),
                AssignsIdentities = AzureRoles.AssignsIdentities(name, id),
                Condition = resource.At("condition"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        var grants = world.Facts.All<Grant>(Grant.Fields).Where(grant => grant.Resource is { } resource && Types.Contains(resource.Type, StringComparer.Ordinal)).ToList();
        foreach (var grant in grants)
        {
            var principal = Principal.Of(grant.Principal, world);
            grant.PrincipalKind = principal.Kind is { } kind ? new TextValue(kind) : UnknownValue.From(DataType.Text, grant.Principal);
            grant.Identity = HolderOf(principal, grant.Principal, world);
            grant.ReachesRegistries = BoolValue.Of(AzureScopes.MayHoldRegistries(grant.Scope, world));
        }

        var own = grants.ToLookup(grant => grant.Identity.As<Identity>());
        var doubtful = grants.FindAll(grant => grant.Identity is UnknownValue && grant is { Pulls: not BoolValue { Value: false }, ReachesRegistries: BoolValue { Value: true } });
        var beside = new Lazy<ILookup<string, Resource>>(() => world.Inventory.Resources.ToLookup(each => each.Address.Scope, StringComparer.Ordinal));
        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == "azure-managed-identity"))
        {
            var seen = Links.To(own[identity], OpenBecause(identity, doubtful, beside.Value[identity.Address.Scope], world));
            identity.Grants = identity.Resource is { } resource ? Absences.Of(world).Resting(seen, resource, Types) : seen;
        }
    }

    private static Value HolderOf(Principal principal, Value written, World world) => principal switch
    {
        { Kind: "kubelet", Cluster: { } cluster } => world.FactOf<Cluster>(cluster)?.KubeletIdentity ?? UnknownValue.From(null, written),
        { Kind: "control-plane", Cluster: { } cluster } when world.FactOf<Cluster>(cluster) is { Identity: FactValue identity } => identity,
        { Kind: "identity", Identity: { } identity } => Links.To(world.FactOf<Identity>(identity)),
        { Kind: null } => UnknownValue.From(null, written),
        _ => NullValue.Instance,
    };

    /// <summary>
    /// Why an identity may hold grants that were not seen: an assignment to somebody unknown beside it, a module that is told of it, a script that grants, an output that
    /// hands it to others, or another root that looks clusters up.
    /// </summary>
    private static IEnumerable<Cause> OpenBecause(Identity identity, List<Grant> doubtful, IEnumerable<Resource> beside, World world)
    {
        var scope = identity.Address.Scope;
        foreach (var grant in doubtful)
        {
            if (grant.Address.Scope == scope || LooksUpClusters(grant.Principal))
            {
                yield return new Cause(UnknownReason.OpenWorld, $"{grant.Address.Path} is for somebody who is not known", grant.Place, null);
            }
        }

        foreach (var resource in beside)
        {
            if (resource.Type == "azapi_resource" && MayAssignRoles(resource.At("type")))
            {
                yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may be a role assignment", resource.Place, null);
            }
            else if (GrantsByScript(resource))
            {
                yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} runs a script that may grant roles", resource.Place, null);
            }
            else if (resource.Type == "output" && identity.Resource is { } own && resource.Body.Deep().Any(value => HandsOut(value, own)))
            {
                yield return new Cause(UnknownReason.OpenWorld, $"{resource.Address.Path} hands the identity to others, who may grant it roles", resource.Place, null);
            }
        }

        foreach (var gap in world.Inventory.GapsOf(scope, Types).Where(gap => identity.Resource is not { } resource || gap.Mentions(resource.Address) != Truth.No))
        {
            yield return new Cause(UnknownReason.Missing, $"{gap.Address.Path} may grant roles: {gap.Reason}", gap.Place, null);
        }
    }

    private static bool MayAssignRoles(Value type) =>
        type is not TextValue { Known: { } known } || known.StartsWith("Microsoft.Authorization/roleAssignments", StringComparison.OrdinalIgnoreCase);

    private static bool LooksUpClusters(Value principal) => principal.References.Any(reference =>
        reference.Target.Path.Contains("data.azurerm_kubernetes_cluster.", StringComparison.Ordinal)
        || reference.Target.Path.Contains("data.terraform_remote_state.", StringComparison.Ordinal));

    private static bool HandsOut(Value value, Resource identity) => value.References.Any(reference => reference.Target == identity.Address
        && (identity.Type == Principal.IdentityType
            ? reference.Attribute is "principal_id" or ""
            : reference.Attribute.Length == 0 || reference.Attribute.StartsWith("kubelet_identity", StringComparison.Ordinal)));

    private static bool GrantsByScript(Resource resource) => resource.Meta?["provisioner"] is { } provisioner && provisioner.Deep().OfType<TextValue>().Any(text =>
        text.ToString() is var script && (script.Contains("--attach-acr", StringComparison.Ordinal) || script.Contains("role assignment create", StringComparison.Ordinal)
            || script.Contains("check-acr", StringComparison.Ordinal)));
}
