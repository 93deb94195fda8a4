using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// Issuers of federated credentials that no token of a cluster names. AKS signs as <c>https://REGION.oic.prod-aks.azure.com/TENANT/ID/</c>, and Entra compares the whole text, the slash at its
/// end included (learn.microsoft.com, "Troubleshoot Azure Workload Identity").
/// </summary>
internal static class Issuers
{
    private const string AksHost = ".oic.prod-aks.azure.";

    /// <summary>What is wrong with an issuer, as what one says of it; null for nothing.</summary>
    internal static Value FaultOf(Value issuer, World world)
    {
        if (issuer is TextValue { Known: { } known })
        {
            return Text(FaultOf(known), issuer);
        }

        // A name of the cluster further behind may be a folder of whoever publishes the keys.
        var start = issuer is TextValue { Parts: [{ Literal: "https://" or "http://" }, { Hole: { } host }, ..] } ? host : issuer;
        foreach (var reference in start.References.Where(reference => world.Inventory.Referent(reference)?.Type == Principal.ClusterType))
        {
            if (IsOfServer(reference.Attribute))
            {
                return Text("is the address of the cluster's API server", issuer);
            }

            if (issuer is UnknownValue && (reference.Attribute == "oidc_issuer_url" || IsTrimmed(reference.Attribute)))
            {
                return Text(IsTrimmed(reference.Attribute) ? "has lost the slash at its end" : null, issuer);
            }
        }

        return UnknownValue.From(DataType.Text, issuer);
    }

    private static string? FaultOf(string issuer)
    {
        var host = Uri.TryCreate(issuer, UriKind.Absolute, out var address) ? address.Host : "";
        return host.StartsWith("kubernetes.default", StringComparison.Ordinal) ? "is an address that only the cluster itself knows"
            : host.EndsWith(".azmk8s.io", StringComparison.Ordinal) ? "is the address of the cluster's API server"
            : host.Contains(AksHost, StringComparison.Ordinal) && !issuer.EndsWith('/') ? "lacks the slash at its end"
            : null;
    }

    private static bool IsOfServer(string attribute) => attribute is "fqdn" or "private_fqdn" or "portal_fqdn"
        || (attribute.StartsWith("kube_", StringComparison.Ordinal) && attribute.EndsWith("host", StringComparison.Ordinal));

    private static bool IsTrimmed(string attribute) =>
        attribute.StartsWith("trimsuffix(oidc_issuer_url, \"/", StringComparison.Ordinal) || attribute.StartsWith("trim(oidc_issuer_url, \"/", StringComparison.Ordinal);

    private static Value Text(string? fault, Value written) => fault is null ? NullValue.Instance : new TextValue(fault).With(written.Trace);
}
