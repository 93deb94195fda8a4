using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Service endpoints of subnets: a list of names up to azurerm 4, blocks since 5.</summary>
internal static class ServiceEndpoints
{
    /// <summary>Whether a subnet has one for a service.</summary>
    internal static Truth Has(Resource subnet, string service)
    {
        var blocks = Written.Blocks(subnet.Body, "service_endpoint");
        var has = Answer.Any(subnet.At("service_endpoints"), each => Is(each, service)).Or(Answer.Has(blocks, each => Is(Written.Find(each, "service"), service)));
        return has == Truth.No && (subnet.Ignores("service_endpoints") || subnet.Ignores("service_endpoint")) ? Truth.Unknown : has;
    }

    private static Truth Is(Value written, string service) => written is TextValue { Known: { } known } ? Kleene.Of(known.Equals(service, StringComparison.OrdinalIgnoreCase)) : Truth.Unknown;
}
