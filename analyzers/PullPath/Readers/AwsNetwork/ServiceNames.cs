using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>
/// Names of endpoint services as short keys: <c>com.amazonaws.eu-west-1.ecr.api</c>, in every partition and with holes for the region, is <c>ecr.api</c>.
/// </summary>
internal static class ServiceNames
{
    /// <summary>How many data sources are followed: one may be named by itself in a broken configuration.</summary>
    private const int DepthLimit = 8;

    private const char Hole = '\u0001';

    private static readonly string HoleText = Hole.ToString();

    /// <summary>The key as text; null when no service is named; unknown when the part behind the region is.</summary>
    internal static Value KeyOf(World world, Value written) => KeyOf(world, written, DepthLimit);

    private static Value KeyOf(World world, Value written, int depth)
    {
        switch (written)
        {
            case NullValue:
                return written;
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = KeyOf(world, each.Value, depth) }));
            case TextValue text when KeyOf(text) is { } key:
                return new TextValue(key).With(text.Trace);
        }

        foreach (var resource in depth > 0 ? world.Inventory.Referents(written) : [])
        {
            if (resource is { IsData: true, Type: "aws_vpc_endpoint_service" })
            {
                return resource.At("service") is var service and not NullValue ? service : KeyOf(world, resource.At("service_name"), depth - 1);
            }
        }

        return UnknownValue.From(DataType.Text, written);
    }

    /// <summary>The literal text behind the region; null if there is none or it has holes.</summary>
    internal static string? KeyOf(TextValue name)
    {
        var (segments, region) = Split(name);
        if (region < 0 || region + 1 == segments.Length)
        {
            return null;
        }

        var key = string.Join('.', segments[(region + 1)..]);
        return key.Length == 0 || key.Contains(Hole, StringComparison.Ordinal) ? null : key;
    }

    /// <summary>The region in the name of a service, also as what stands in a hole; where the name does not show one, that of the resource.</summary>
    internal static Value RegionOf(Value name, Resource resource)
    {
        if (name is TextValue text && Split(text) is var (segments, region) && region >= 0)
        {
            return segments[region] != HoleText ? new TextValue(segments[region]) : text.Parts.Where(part => part.Hole is not null).ElementAt(segments[..region].Count(segment => segment == HoleText)).Hole!;
        }

        return AwsResources.RegionOf(resource);
    }

    /// <summary>The segments of a name, with a hole as a character that no service name has, and which of them is the region; -1 for none.</summary>
    private static (string[] Segments, int Region) Split(TextValue name)
    {
        var segments = string.Concat(name.Parts.Select(part => part.Literal ?? HoleText)).Split('.');
        var region = Array.FindIndex(segments, IsRegion);

        // With two at the beginning the first hole is the name of the partition, backwards.
        return (segments, region == 0 && segments.Length > 1 && IsRegion(segments[1]) ? 1 : region);
    }

    private static bool IsRegion(string segment) => segment == HoleText
        || (segment.Length > 4 && segment.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(segment[^1]) && segment[^2] == '-' && char.IsAsciiLetterLower(segment[0]));
}
