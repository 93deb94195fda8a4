using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// What AKS asks for where the identity of the nodes is chosen: the control plane has a user-assigned identity too, and may give the other one to machines. Source: learn.microsoft.com, "Use a managed identity
/// in AKS".
/// </summary>
internal sealed class KubeletOperators : IReader
{
    private static readonly string[] Choices = ["user_assigned_identity_id", "object_id", "client_id"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == "aks"))
        {
            var choice = cluster.Resource!.Block("kubelet_identity");
            if (choice is NullValue || Array.TrueForAll(Choices, name => Written.Find(choice, name) is NullValue))
            {
                continue;
            }

            cluster.KubeletChoice = choice;
            cluster.KubeletChoiceFault = FaultOf(cluster.Resource!, choice);
            if (cluster.KubeletChoiceFault is NullValue && cluster.KubeletIdentity.As<Identity>() is { Resource: { } kubelet })
            {
                cluster.KubeletOperators = cluster.Identity switch
                {
                    FactValue { Fact: Identity control } => control.Resource == kubelet ? NullValue.Instance : OperatorsOf(kubelet, control, world),
                    var unknown => UnknownValue.From(null, unknown),
                };
            }
        }
    }

    private static Value FaultOf(Resource cluster, Value choice)
    {
        if (IsMadeByAks(choice))
        {
            return NullValue.Instance;
        }

        var type = cluster.At("identity.type");
        return type switch
        {
            TextValue { Known: { } known } => string.Equals(known, "SystemAssigned", StringComparison.OrdinalIgnoreCase) ? new TextValue("its control plane has a system-assigned one").With(type.Trace) : NullValue.Instance,
            NullValue when cluster.Language == Language.Terraform && cluster.Block("identity") is NullValue => new TextValue("its control plane has none").With(choice.Trace),
            NullValue => NullValue.Instance,
            _ => UnknownValue.From(DataType.Text, type),
        };
    }

    /// <summary>
    /// Whether an identity is the one that AKS makes for nodes where none is chosen: <c>NAME-agentpool</c> beside the machines, by default in a group <c>MC_…</c>. It stands in code that was written down
    /// from a cluster that is there (<c>terraform plan -generate-config-out</c>), and nobody asks for it anew.
    /// </summary>
    private static bool IsMadeByAks(Value choice) => Written.Find(choice, Choices[0]) is TextValue { Known: { } id }
        && (id.EndsWith("-agentpool", StringComparison.OrdinalIgnoreCase) || id.Contains("/resourceGroups/MC_", StringComparison.OrdinalIgnoreCase));

    /// <summary>Grants by which one identity may give another to machines.</summary>
    private static Value OperatorsOf(Resource kubelet, Identity control, World world)
    {
        if (control.Grants is not ListValue own)
        {
            return UnknownValue.From(null, control.Grants);
        }

        var causes = own.OpenBecause?.ToList() ?? [];
        var found = new List<Grant>();
        foreach (var grant in own.Each<Grant>().Concat(ToUnknown(control, world)))
        {
            var gives = Answer.TruthOf(grant.AssignsIdentities).And(Covers(grant.Scope, kubelet, world));
            if (gives == Truth.Yes && grant.Identity is FactValue)
            {
                found.Add(grant);
            }
            else if (gives != Truth.No)
            {
                causes.Add(new Cause(UnknownReason.OpenWorld, $"{grant.Address.Path} may let the control plane do it", grant.Place, null));
            }
        }

        return Absences.Of(world).Resting(Links.To(found, causes), control.Resource!, RoleAssignmentReader.Types);
    }

    private static IEnumerable<Grant> ToUnknown(Identity control, World world) => world.Facts.All<Grant>(Grant.Fields)
        .Where(grant => grant.Identity is UnknownValue && grant.AssignsIdentities is not NullValue && grant.Address.Scope == control.Address.Scope);

    private static Truth Covers(Value scope, Resource kubelet, World world) =>
        AzureScopes.IsSubscription(scope, world) ? Truth.Yes : Answer.TruthOf(AzureScopes.Covers(scope, kubelet, world));
}
