using Analyzer.Facts.Values;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// A connection that nodes make: over which port to whom, and which words of a network security group mean that. Source of the words: learn.microsoft.com, "Virtual network service tags".
/// </summary>
internal sealed class Flow
{
    /// <summary>Tags of services that have no address of a registry, of its storage, of the host.</summary>
    private static readonly HashSet<string> OtherTags = new(StringComparer.OrdinalIgnoreCase)
    {
        "ApiManagement", "AppService", "AppServiceManagement", "AzureActiveDirectory", "AzureActiveDirectoryDomainServices", "AzureAdvancedThreatProtection", "AzureBackup", "AzureBotService", "AzureContainerRegistry",
        "AzureCosmosDB", "AzureDatabricks", "AzureDevOps", "AzureEventGrid", "AzureFrontDoor", "AzureKeyVault", "AzureLoadBalancer", "AzureMonitor", "AzurePlatformDNS", "AzurePlatformIMDS", "AzurePlatformLKM", "AzureResourceManager",
        "AzureSiteRecovery", "AzureTrafficManager", "DataFactory", "EventHub", "GatewayManager", "GuestAndHybridManagement", "MicrosoftContainerRegistry", "ServiceBus", "ServiceFabric", "Sql", "SqlManagement", "Storage",
    };

    /// <summary>The tag of exactly its addresses; null for none.</summary>
    internal string? Tag { get; private init; }

    /// <summary>The region in which these are.</summary>
    internal Value Region { get; private init; } = NullValue.Instance;

    /// <summary>Address ranges of the network in which its address is private; null for public addresses and those of the host.</summary>
    internal Value? Ranges { get; private init; }

    /// <summary>
    /// Whether the tag VirtualNetwork means its addresses. That tag has the network, those that are peered with it and what routes and gateways lead elsewhere, which may be all addresses.
    /// </summary>
    internal Truth IsInNetwork { get; private init; }

    /// <summary>The one address; null for several.</summary>
    private AddressBlock? Host { get; init; }

    /// <summary>Protocols over which it may go: if one is closed, it is.</summary>
    internal string Protocol { get; private init; } = "Tcp";

    internal int Port { get; private init; } = 443;

    /// <summary>To a service of Azure on its public addresses.</summary>
    internal static Flow ToService(string tag, Value region, Truth isInNetwork) => new() { Tag = tag, Region = region, IsInNetwork = isInNetwork };

    /// <summary>To a private endpoint in a subnet with these address ranges.</summary>
    internal static Flow ToEndpoint(Value ranges, Truth isInNetwork) => new() { Ranges = ranges, IsInNetwork = isInNetwork };

    /// <summary>To the metadata service of the host, which gives tokens.</summary>
    internal static Flow ToMetadata { get; } = new() { Tag = "AzurePlatformIMDS", Host = AddressBlock.Parse("169.254.169.254"), Port = 80 };

    /// <summary>To the name server of the host.</summary>
    internal static Flow ToNames { get; } = new() { Tag = "AzurePlatformDNS", Host = AddressBlock.Parse("168.63.129.16"), Protocol = "Udp", Port = 53 };

    /// <summary>Whether a written destination means all of its addresses; No for none of them.</summary>
    internal Truth Meets(Value destination) => destination is TextValue { Known: { } word } ? word == "*" ? Truth.Yes : AddressBlock.Parse(word) is { } block ? Meets(block) : MeetsTag(word)
        : Ranges is ListValue { Items: [var only], IsOpen: false } && destination.EqualTo(only.Value) == Truth.Yes ? Truth.Yes
        : Truth.Unknown;

    private Truth Meets(AddressBlock block) => block.IsLong ? Truth.No
        : block.IsAll ? Truth.Yes
        : Host is { } host ? Kleene.Of(block.Covers(host))
        : Ranges is { } ranges ? AddressRanges.IsWithin(ranges, block)
        : block.IsPrivate ? Truth.No
        : Truth.Unknown;

    private Truth MeetsTag(string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        var (name, region) = dot < 0 ? (word, null) : (word[..dot], word[(dot + 1)..]);
        if (Is(name, Tag))
        {
            // A regional tag has what is in its region; a registry may have replicas in others.
            return region is null || (Region is TextValue { Known: { } own } && Is(Regions.Key(own), Regions.Key(region))) ? Truth.Yes : Truth.Unknown;
        }

        var isPublic = Host is null && Ranges is null;
        return Is(name, "Internet") ? Kleene.Of(isPublic)
            : Is(name, "AzureCloud") ? !isPublic ? Truth.No : region is null ? Truth.Yes : Truth.Unknown
            : Is(name, "VirtualNetwork") ? IsInNetwork
            : OtherTags.Contains(name) ? Truth.No
            : Truth.Unknown;
    }

    private static bool Is(string word, string? other) => string.Equals(word, other, StringComparison.OrdinalIgnoreCase);
}
