using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>
/// Names of endpoint services as short keys: <c>com.amazonaws.eu-west-1.ecr.api</c>, in every partition and with holes for the region, is <c>ecr.api</c>.
/// </summary>
internal static class ServiceNames
{
    /// <summary>The key as text; null when no service is named; unknown when the part behind the region is.</summary>
    internal static Value KeyOf(World world, Value written)
    {
        switch (written)
        {
            case NullValue:
                return written;
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = KeyOf(world, each.Value) }));
            case TextValue text when KeyOf(text) is { } key:
                return new TextValue(key).With(text.Trace);
        }

        foreach (var resource in world.Inventory.Referents(written))
        {
            if (resource is { IsData: true, Type: "aws_vpc_endpoint_service" })
            {
                return resource.At("service") is var service and not NullValue ? service : KeyOf(world, resource.At("service_name"));
            }
        }

        return UnknownValue.From(DataType.Text, written);
    }

    /// <summary>The literal text behind the region; null if there is none or it has holes.</summary>
    internal static string? KeyOf(TextValue name)
    {
        // A hole is written as a character that no service name has.
        const char Hole = '\u0001';
        var segments = string.Concat(name.Parts.Select(part => part.Literal ?? Hole.ToString())).Split('.');
        var region = Array.FindIndex(segments, IsRegion);
        if (region == 0 && segments.Length > 1 && IsRegion(segments[1]))
        {
            // The first hole is the name of the partition, backwards.
            region = 1;
        }

        if (region < 0 || region + 1 == segments.Length)
        {
            return null;
        }

        var key = string.Join('.', segments[(region + 1)..]);
        return key.Length == 0 || key.Contains(Hole, StringComparison.Ordinal) ? null : key;

        static bool IsRegion(string segment) => segment == Hole.ToString()
            || (segment.Length > 4 && segment.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(segment[^1]) && segment[^2] == '-' && char.IsAsciiLetterLower(segment[0]));
    }
}
