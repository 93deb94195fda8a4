using System.Globalization;
using Analyzer.Facts.Values;

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

        if (text == "0.0.0.0/0")
        {
            return Destination.Internet;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var octets = (slash < 0 ? text : text[..slash]).Split('.');
        if (octets.Length != 4 || !int.TryParse(slash < 0 ? "32" : text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return Destination.Part;
        }

        uint address = 0;
        foreach (var octet in octets)
        {
            if (!byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out var part))
            {
                return Destination.Part;
            }

            address = (address << 8) | part;
        }

        return Within(0x0A000000, 8) || Within(0xAC100000, 12) || Within(0xC0A80000, 16) || Within(0x64400000, 10) ? Destination.Private : Destination.Part;

        bool Within(uint block, int bits) => length >= bits && (address >> (32 - bits)) == (block >> (32 - bits));
    }
}
