using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Azure;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>The identity of virtual machines that Cluster API makes on Azure.</summary>
internal static class AzureMachines
{
    private const string Identities = "userAssignedIdentities";

    /// <summary>
    /// The value that names the first identity that is assigned: the controller writes it into <c>azure.json</c>, with which the kubelet signs in. Without one nobody knows what it writes there.
    /// </summary>
    internal static Value IdentityIn(Value spec, NodePool pool) =>
        Written.Find(spec, "identity") is TextValue { Known: "UserAssigned" } && Written.Blocks(spec, Identities) is { Items: [{ Guard.IsAlways: true, Value: var first }, ..] }
            ? Written.Find(first, "providerID")
            : new UnknownValue(UnknownReason.External, $"the identity with which nodes of {pool.Address.Path} sign in", pool.Place, type: DataType.Text);

    /// <summary>The declared identity that an id (<c>azure:///subscriptions/.../userAssignedIdentities/NAME</c>) means, by its resource group and name; unknown for one that is declared elsewhere.</summary>
    internal static Value IdentityOf(Value written, NodePool pool, World world)
    {
        if (written is TextValue { Known: { } id })
        {
            var parts = id.Split('/');
            var found = world.Facts.All<Identity>(Identity.Fields).Where(identity => identity.Resource is { Type: Principal.IdentityType } resource
                && Is(resource.At("name"), After(parts, Identities)) && Is(resource.At("resource_group_name"), After(parts, "resourceGroups"))).Take(2).ToList();
            if (found is [var only])
            {
                return Links.To(only);
            }
        }

        return written is UnknownValue ? written : new UnknownValue(UnknownReason.External, $"the identity of {pool.Address.Path} is declared elsewhere", pool.Place);
    }

    private static string? After(string[] parts, string word) => Array.FindIndex(parts, part => part.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at && at + 1 < parts.Length ? parts[at + 1] : null;

    private static bool Is(Value value, string? text) => text is not null && value is TextValue { Known: { } known } && known.Equals(text, StringComparison.OrdinalIgnoreCase);
}
