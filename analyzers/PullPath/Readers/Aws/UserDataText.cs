using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>User data as text: what base64, templates and cloud-init's multi-part documents were made from.</summary>
internal static class UserDataText
{
    private const int DepthLimit = 8;

    private static readonly string[] MultiPart = ["cloudinit_config", "template_cloudinit_config"];

    /// <summary>The text; null for none, an unknown or a choice where it is one.</summary>
    internal static Value Of(Value written, World world)
    {
        var text = Decode(written, world, DepthLimit);
        return text is TextValue { Known: "" } ? NullValue.Instance : text.With(written.Trace);
    }

    private static Value Decode(Value written, World world, int depth)
    {
        switch (written)
        {
            case var _ when depth == 0:
                return UnknownValue.From(DataType.Text, written);
            case TextValue { Content: { Format: "base64" or "gzip", Content: var content } }:
                return Decode(content, world, depth - 1);
            case TextValue { Known: { Length: > 0 } known } when FromBase64(known) is { } plain:
                return new TextValue(plain);
            case TextValue { Parts: [{ Hole: { } only }] }:
                return Decode(only, world, depth - 1);
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Decode(each.Value, world, depth - 1) }));
            case UnknownValue { Reference: { } reference } when world.Inventory.Referent(reference) is { IsData: true } data && Array.IndexOf(MultiPart, data.Type) >= 0:
                return Joined(Written.Blocks(data.Body, "part"), world, depth);
            default:
                return written;
        }
    }

    /// <summary>The parts of a multi-part document one after the other.</summary>
    private static Value Joined(ListValue parts, World world, int depth)
    {
        if (parts.IsOpen || parts.Items.Any(item => !item.Guard.IsAlways))
        {
            return UnknownValue.From(DataType.Text, parts);
        }

        var text = new List<TextPart>();
        foreach (var part in parts.Values)
        {
            var content = Decode(Written.Find(part, "content"), world, depth - 1);
            text.Add(content is NullValue ? new TextPart("\n") : new TextPart(content));
            text.Add(new TextPart("\n"));
        }

        return TextValue.Of(text);
    }

    /// <summary>Readable text that base64 says; null for what is no base64 or says something else.</summary>
    private static string? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length < 16 || text.Contains(' ', StringComparison.Ordinal) || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        var plain = Encoding.UTF8.GetString(bytes, 0, length);
        return plain.Any(unit => unit == '\uFFFD' || (char.IsControl(unit) && unit is not ('\n' or '\r' or '\t'))) ? null : plain;
    }
}
