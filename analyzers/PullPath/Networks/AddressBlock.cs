using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Analyzer.PullPath.Networks;

/// <summary>A range of addresses, IPv4 or IPv6.</summary>
internal sealed class AddressBlock
{
    private static readonly AddressBlock[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10" }.Select(text => Parse(text)!)];

    private readonly byte[] _address;
    private readonly int _length;

    private AddressBlock(byte[] address, int length) => (_address, _length) = (address, length);

    /// <summary>Whether it has IPv6 addresses.</summary>
    internal bool IsLong => _address.Length == 16;

    /// <summary>Whether it is every address.</summary>
    internal bool IsAll => _length == 0;

    /// <summary>Whether its addresses are private everywhere (RFC 1918 and 6598).</summary>
    internal bool IsPrivate => Array.Exists(Private, block => block.Covers(this));

    /// <summary>Reads an address with or without the length of its prefix; null where it is none.</summary>
    internal static AddressBlock? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var start = slash < 0 ? text : text[..slash];
        if ((start.Contains(':', StringComparison.Ordinal) ? Long(start) : Short(start)) is not { } address)
        {
            return null;
        }

        var width = address.Length * 8;
        var length = width;
        return slash < 0 || (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= width)
            ? new AddressBlock(address, length)
            : null;
    }

    /// <summary>Four decimal numbers: the platform's reader would take 10.1 for 10.0.0.1 and leading zeros for octal.</summary>
    private static byte[]? Short(string text)
    {
        var parts = text.Split('.');
        var address = new byte[4];
        for (var at = 0; at < parts.Length; at++)
        {
            if (parts.Length != address.Length || !byte.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out address[at]))
            {
                return null;
            }
        }

        return address;
    }

    private static byte[]? Long(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address.GetAddressBytes() : null;

    /// <summary>Whether all addresses of another range are in it.</summary>
    internal bool Covers(AddressBlock other)
    {
        if (IsLong != other.IsLong || other._length < _length)
        {
            return false;
        }

        for (var bit = 0; bit < _length; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((_address[bit / 8] & mask) != (other._address[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether they share an address.</summary>
    internal bool Meets(AddressBlock other) => Covers(other) || other.Covers(this);
}
