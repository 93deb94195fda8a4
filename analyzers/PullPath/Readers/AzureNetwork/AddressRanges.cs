using Analyzer.Facts.Values;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Address ranges of subnets.</summary>
internal static class AddressRanges
{
    /// <summary>Whether all IPv4 addresses of some ranges are in a block; No where none is.</summary>
    internal static Truth IsWithin(Value ranges, AddressBlock block)
    {
        if (ranges is not ListValue { IsOpen: false, Items.Length: > 0 } list)
        {
            return Truth.Unknown;
        }

        var own = list.Items.Where(static item => item.Value is not TextValue { Known: { } text } || AddressBlock.Parse(text) is not { IsLong: true })
            .Select(item => item is { Guard.IsAlways: true, Value: TextValue { Known: { } text } } && AddressBlock.Parse(text) is { } range
                ? block.Covers(range) ? Truth.Yes : block.Meets(range) ? Truth.Unknown : Truth.No
                : Truth.Unknown)
            .Distinct().Take(2).ToList();
        return own is [var only] ? only : Truth.Unknown;
    }
}
