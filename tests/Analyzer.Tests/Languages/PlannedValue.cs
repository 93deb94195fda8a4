using System.Text.Json;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Languages;

/// <summary>A value as Terraform plans it: JSON, with a mask of what it does not know.</summary>
internal static class PlannedValue
{
    /// <summary>What is planned is known, and the same; what the mask hides may be anything that is there.</summary>
    internal static void AssertKnown(JsonElement expected, JsonElement mask, Value? actual)
    {
        if (mask.ValueKind == JsonValueKind.True)
        {
            Assert.False(actual is null or NullValue);
            return;
        }

        if (actual is ChoiceValue choice)
        {
            Assert.All(choice.Alternatives, each => AssertKnown(expected, mask, each.Value));
            return;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                var list = Assert.IsType<ListValue>(actual);
                Assert.Equal(expected.GetArrayLength(), list.Items.Length);
                for (var at = 0; at < list.Items.Length; at++)
                {
                    AssertKnown(expected[at], mask.ValueKind == JsonValueKind.Array ? mask[at] : default, list.Items[at].Value);
                }

                break;
            case JsonValueKind.Object:
                var map = Assert.IsType<MapValue>(actual);
                var masked = mask.ValueKind == JsonValueKind.Object ? mask.EnumerateObject().Where(each => each.Value.ValueKind != JsonValueKind.False).Select(each => each.Name) : [];
                Assert.Equal(expected.EnumerateObject().Select(each => each.Name).Union(masked).Order(StringComparer.Ordinal), map.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
                foreach (var entry in map.Entries)
                {
                    var inner = mask.ValueKind == JsonValueKind.Object && mask.TryGetProperty(entry.Key, out var own) ? own : default;
                    AssertKnown(expected.TryGetProperty(entry.Key, out var value) ? value : default, inner, entry.Value);
                }

                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), Assert.IsType<TextValue>(actual).Known);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetRawText(), Assert.IsType<NumberValue>(actual).Number.ToString());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), Assert.IsType<BoolValue>(actual).Value);
                break;
            default:
                // An argument that is null reads as not written.
                Assert.True(actual is null or NullValue);
                break;
        }
    }
}
