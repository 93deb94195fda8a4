using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Analyzer.CloudFormation;

/// <summary>Divides blocks of addresses as <c>Fn::Cidr</c> does.</summary>
internal static class CidrBlocks
{
    private const int CountLimit = 256;

    /// <summary>The first blocks inside a block.</summary>
    /// <param name="block">Block in CIDR notation, IPv4 or IPv6.</param>
    /// <param name="count">How many, 1 to 256.</param>
    /// <param name="hostBits">Bits that stay for hosts; null for those of a /24 or /64 inside it.</param>
    /// <returns>The blocks in order; null if they do not fit or the text is no block.</returns>
    internal static IReadOnlyList<string>? Divide(string block, int count, int? hostBits)
    {
        if (count is < 1 or > CountLimit || !IPNetwork.TryParse(block, out var network))
        {
            return null;
        }

        var isOld = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        var width = isOld ? 32 : 128;
        var bits = hostBits ?? (isOld ? 8 : 64);
        var available = width - network.PrefixLength - bits;
        if (bits < 0 || available < 0 || (available < 9 && count > 1 << available))
        {
            return null;
        }

        var bytes = new byte[16];
        network.BaseAddress.GetAddressBytes().CopyTo(bytes, 16 - (width / 8));
        var start = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var result = new List<string>(count);
        for (var at = 0; at < count; at++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, start + ((UInt128)at << bits));
            var address = new IPAddress(bytes.AsSpan(16 - (width / 8)));
            result.Add(string.Create(CultureInfo.InvariantCulture, $"{address}/{width - bits}"));
        }

        return result;
    }
}
