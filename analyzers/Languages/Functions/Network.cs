using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of address ranges in CIDR notation.</summary>
internal static class NetworkFunctions
{
    private static readonly DataType Texts = new ListType(DataType.Text);

    internal static IEnumerable<Function> All =>
    [
        OfKnown("cidrhost", DataType.Text, "An address in a range, by its number; negative ones count from the end.", Host, Text("prefix"), Number("hostnum")),
        OfKnown("cidrnetmask", DataType.Text, "The mask of an IPv4 range.", Mask, Text("prefix")),
        OfKnown("cidrsubnet", DataType.Text, "A smaller range in a range.", Subnet, Text("prefix"), Number("newbits"), Number("netnum")),
        VariadicOfKnown("cidrsubnets", Texts, "Ranges that follow each other in a range.", Subnets, Text("prefix"), Number("newbits")),
    ];

    private static Value Host(Arguments call)
    {
        if (Range.Parse(call.Known(0)) is not { } range || call.Number(1).WholeBig is not { } number)
        {
            return Invalid(call.Known(0));
        }

        var size = BigInteger.One << (range.Width - range.Length);
        var host = number.Sign < 0 ? size + number : number;
        return host.Sign < 0 || host >= size
            ? Conversion.Error($"a prefix of {range.Length} does not hold a host numbered {number}", DataType.Text)
            : new TextValue(range.Address(range.Start + host));
    }

    private static Value Mask(Arguments call) => Range.Parse(call.Known(0)) switch
    {
        null => Invalid(call.Known(0)),
        { Width: 128 } => Conversion.Error("IPv6 ranges have no mask", DataType.Text),
        var range => new TextValue(range.Address((BigInteger.One << 32) - (BigInteger.One << (32 - range.Length)))),
    };

    private static Value Subnet(Arguments call)
    {
        if (Range.Parse(call.Known(0)) is not { } range || call.Number(1).Whole is not { } bits || call.Number(2).WholeBig is not { } number)
        {
            return Invalid(call.Known(0));
        }

        if (bits < 0 || range.Length + bits > range.Width)
        {
            return Conversion.Error($"a prefix of {range.Length} cannot be extended by {bits} bits", DataType.Text);
        }

        return number.Sign < 0 || number >= BigInteger.One << (int)bits
            ? Conversion.Error($"{bits} bits do not hold a network numbered {number}", DataType.Text)
            : new TextValue(range.Inside((int)bits, number).ToString());
    }

    private static Value Subnets(Arguments call)
    {
        if (Range.Parse(call.Known(0)) is not { } range)
        {
            return Invalid(call.Known(0));
        }

        var subnets = new List<Value>();
        var next = range.Start;
        for (var at = 1; at < call.Count; at++)
        {
            if (call.Number(at).Whole is not { } bits || bits < 1 || range.Length + bits > range.Width)
            {
                return Conversion.Error($"a prefix of {range.Length} cannot be extended by {call.Number(at)} bits", Texts);
            }

            var length = range.Length + (int)bits;
            var size = BigInteger.One << (range.Width - length);
            next = (next + size - 1) / size * size;
            if (next + size > range.Start + (BigInteger.One << (range.Width - range.Length)))
            {
                return Conversion.Error($"not enough addresses are left for a subnet with a prefix of {length}", Texts);
            }

            subnets.Add(new TextValue((range with { Start = next, Length = length }).ToString()));
            next += size;
        }

        return ListValue.Of(subnets, SequenceKind.List, DataType.Text);
    }

    private static UnknownValue Invalid(string text) => Conversion.Error($"\"{Conversion.Shortened(text)}\" is not an address range, or a number is not whole", DataType.Text);

    /// <summary>A range: first address as a number, length of the prefix, 32 or 128 bits.</summary>
    private sealed record Range(BigInteger Start, int Length, int Width)
    {
        internal static Range? Parse(string text)
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return null;
            }

            var start = text[..slash];
            var isLong = start.Contains(':', StringComparison.Ordinal);

            // Four parts of decimal digits: the platform would take 10.1 and 0x0a000001 too, and read leading zeros as octal.
            if (!isLong)
            {
                var parts = start.Split('.');
                if (parts.Length != 4 || !Array.TrueForAll(parts, part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                {
                    return null;
                }

                start = string.Join('.', parts.Select(part => byte.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)));
            }

            if (start.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(start, out var address) || (address.AddressFamily == AddressFamily.InterNetworkV6) != isLong)
            {
                return null;
            }

            var width = isLong ? 128 : 32;
            if (length > width)
            {
                return null;
            }

            var free = width - length;
            return new Range(new BigInteger(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true) >> free << free, length, width);
        }

        internal Range Inside(int bits, BigInteger number) => this with { Start = Start + (number << (Width - Length - bits)), Length = Length + bits };

        internal string Address(BigInteger number)
        {
            var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            var padded = new byte[Width / 8];
            bytes.CopyTo(padded, padded.Length - bytes.Length);
            return new IPAddress(padded).ToString();
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address(Start)}/{Length}");
    }
}
