using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Secrets;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// What an AKS cluster is set up for, in the words of azurerm, which Crossplane has too, or of the resource manager, which Azure Service Operator and Cluster API have. Source: the resource
/// azurerm_kubernetes_cluster, and learn.microsoft.com, "Microsoft.ContainerService managedClusters".
/// </summary>
internal static class AksOptions
{
    private const string NodeOsWindow = "maintenance_window_node_os";

    /// <summary>The service principal that the cluster is instead of a managed identity: the block; null for none, which the resource manager spells <c>msi</c>.</summary>
    internal static Value ServicePrincipal(Resource resource)
    {
        var block = Either(resource, "service_principal", "service_principal_profile");
        return Written.Find(block, "client_id") is TextValue { Known: "msi" } ? NullValue.Instance : block;
    }

    /// <summary>Whether the password of a service principal stands in the repository: what looks like one, and stands for nothing else.</summary>
    internal static Value ShowsSecret(Value principal) => BoolValue.Of(CloudKeys.Is("AZURE_CLIENT_SECRET", Written.Find(principal, "client_secret")) == Truth.Yes);

    /// <summary>The block that lets users of Entra in; null for none, and for the old way of doing it with applications, beside which local accounts cannot be disabled.</summary>
    internal static Value Directory(Resource resource)
    {
        var block = Either(resource, "azure_active_directory_role_based_access_control", "aad_profile");
        return Written.Find(block, "server_app_id") is NullValue ? block : NullValue.Instance;
    }

    /// <summary>Whether nobody gets in past Entra: where nothing is written, everybody does, and the place is that of the block for Entra. Unknown where others set it.</summary>
    internal static Value LocalAccountsDisabled(Resource resource) => Lasting(resource, "local_account_disabled", "disable_local_accounts", DataType.Bool) switch
    {
        NullValue => BoolValue.False.With(Directory(resource).Trace),
        var written => written,
    };

    /// <summary>Days from one window for updates of the nodes' system to the next, a month being thirty; null where none is written.</summary>
    internal static Value NodeOsWindowDays(Resource resource)
    {
        var window = resource.Block(NodeOsWindow);
        if (window is NullValue)
        {
            return window;
        }

        var written = Lasting(resource, NodeOsWindow, NodeOsWindow);
        var (frequency, interval) = (Written.Find(written, "frequency"), Written.Find(written, "interval"));
        return (DaysOf(frequency), interval) switch
        {
            ( > 0 and var days, NumberValue { Number.Whole: { } times }) => NumberValue.Of(days * times).With(days == 7 ? interval.Trace : frequency.Trace),
            _ => UnknownValue.From(DataType.Number, frequency, interval),
        };
    }

    private static int DaysOf(Value frequency) => frequency is not TextValue { Known: { } known } ? 0 : known.ToUpperInvariant() switch
    {
        "DAILY" => 1,
        "WEEKLY" => 7,
        "RELATIVEMONTHLY" or "ABSOLUTEMONTHLY" => 30,
        _ => 0,
    };

    /// <summary>The value of an attribute under either of its names; where its changes are ignored, others set it.</summary>
    internal static Value Lasting(Resource resource, string name, string otherName, DataType? type = null) => resource.Ignores(name) || resource.Ignores(otherName)
        ? new UnknownValue(UnknownReason.External, $"changes of {name} are ignored: it is set elsewhere", resource.Place, type: type)
        : Written.Either(resource.Body, name, otherName);

    private static Value Either(Resource resource, string name, string other) => resource.Block(name) is not NullValue and var block ? block : resource.Block(other);
}
