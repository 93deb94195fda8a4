using Analyzer.Facts.Values;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>What a route's destination covers.</summary>
internal enum Destination : byte
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>The whole internet, IPv4.</summary>
    Internet,

    /// <summary>Addresses that are private everywhere.</summary>
    Private,

    /// <summary>A part of the internet, IPv6, or a prefix list.</summary>
    Part,
}

/// <summary>Reads destinations.</summary>
internal static class Destinations
{
    /// <summary>What an IPv4 block covers; a block that is not known covers nobody knows what.</summary>
    internal static Destination Of(Value cidr)
    {
        if (cidr is not TextValue { Known: { } text })
        {
            return Destination.Unknown;
        }

        return AddressBlock.Parse(text) switch
        {
            { IsLong: false, IsAll: true } => Destination.Internet,
            { IsPrivate: true } => Destination.Private,
            _ => Destination.Part,
        };
    }
}
