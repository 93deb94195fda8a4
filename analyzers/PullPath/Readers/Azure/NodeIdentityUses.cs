using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// What signs in with an identity of its node. Source: learn.microsoft.com, "Provide an identity to access the Azure Key Vault provider for Secrets Store CSI Driver" (parameters.useVMManagedIdentity), and the Azure SDKs, which take the
/// identity whose client id is in AZURE_CLIENT_ID.
/// </summary>
internal sealed class NodeIdentityUses : IReader
{
    private const string ClassType = "secrets-store.csi.x-k8s.io/SecretProviderClass";

    private const string Variable = "AZURE_CLIENT_ID";

    private const string Label = "azure.workload.identity/use";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var each in KubernetesObject.Of(world).Where(static each => each.Resource.Meta?["is_unrendered"] is null))
        {
            if (each.Type == ClassType && Written.Find(each.Body, "spec.parameters.useVMManagedIdentity") is not NullValue and var written)
            {
                Add("secret-class", each.Name, Answer.Of(Answer.TruthOf(written), Cause.Of(written)), written, each.Resource, world);
            }
            else if (each is { IsTerraform: true, PodSpec.Length: > 0 } && Told(each, world) is { } value)
            {
                // With the label the webhook gives a token of the service account, and the variable says for whom.
                var label = Written.FindKey(world.FactOf<Workload>(each.Resource)?.PodLabels ?? NullValue.Instance, Label);
                var isUsed = label is NullValue ? Truth.Yes : label.EqualTo(new TextValue("true")).Not();
                Add("variable", each.Name, Answer.Of(isUsed, Cause.Of(label)), value, each.Resource, world);
            }
        }
    }

    private static void Add(string kind, Value name, Value isUsed, Value value, Resource by, World world) => world.Add(new NodeIdentityUse
    {
        Kind = kind,
        Name = name,
        IsUsed = isUsed,
        Value = value,
        Address = by.Address,
        Place = by.Place,
        Resource = by,
        Guard = by.Guard,
    });

    /// <summary>The client id of the identity of nodes that a container is told as its own; null for none.</summary>
    private static Value? Told(KubernetesObject each, World world) => Written.Blocks(Written.Find(each.Body, each.PodSpec!), "container").Values
        .SelectMany(static container => Written.Blocks(container, "env").Values)
        .Where(static variable => Written.Find(variable, "name") is TextValue { Known: Variable })
        .Select(static variable => Written.Find(variable, "value"))
        .FirstOrDefault(value => value.References.Any(reference => reference.Attribute.StartsWith("kubelet_identity", StringComparison.Ordinal) && reference.Attribute.EndsWith("client_id", StringComparison.Ordinal)
            && world.Inventory.Referent(reference)?.Type == Principal.ClusterType));
}
