using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analyzer.Facts.Text;

/// <summary>
/// Names what stands at a place of a JSON file, as RFC 6901 has it: <c>/resource_changes/3/change/after/role</c>. In a file that a machine wrote on one line that says more than a column.
/// </summary>
public static class JsonPointer
{
    private const int DepthLimit = 512;

    /// <summary>The pointer to the innermost value or key around a place; null for a place outside of JSON files and behind what is no JSON.</summary>
    public static string? Of(Span place)
    {
        var span = place.Outermost;
        if (!span.File.Path.EndsWith(".json", StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = span.File.Bytes.Span;
        var mark = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(bytes[mark..], new JsonReaderOptions { MaxDepth = DepthLimit, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var steps = new List<Step>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    steps.RemoveAt(steps.Count - 1);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    steps[^1].Name = reader.GetString()!;
                }
                else if (steps.Count > 0 && steps[^1].IsArray)
                {
                    steps[^1].Index++;
                }

                if (mark + reader.BytesConsumed > span.Start)
                {
                    return Written(steps);
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    steps.Add(new Step { IsArray = reader.TokenType == JsonTokenType.StartArray });
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return "";
    }

    private static string Written(List<Step> steps)
    {
        var pointer = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.IsArray ? step.Index >= 0 : step.Name is not null)
            {
                pointer.Append('/').Append(step.IsArray
                    ? step.Index.ToString(CultureInfo.InvariantCulture)
                    : step.Name!.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return pointer.ToString();
    }

    private sealed class Step
    {
        internal bool IsArray { get; init; }

        internal int Index { get; set; } = -1;

        internal string? Name { get; set; }
    }
}
