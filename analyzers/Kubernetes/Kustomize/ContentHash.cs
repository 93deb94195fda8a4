using System.Security.Cryptography;
using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>The hash of its content that kustomize appends to the name of a generated object, so that pods are replaced when it changes.</summary>
internal static class ContentHash
{
    /// <summary>Appends the hash to the name; where the content is not known, something unknown that is the same for all who use the name.</summary>
    internal static void Append(BuildObject each)
    {
        if (each.Body["metadata"] is not MapValue metadata || metadata["name"] is not { } name)
        {
            return;
        }

        var body = each.Body;
        var ending = body.IsWhollyKnown
            ? new TextPart("-" + Of(each.Current.Kind, body))
            : new TextPart(new UnknownValue(UnknownReason.Missing, "the content of which the name has a hash", each.Source.Place, new Reference(new Address(each.Source.File.Path, each.Current.ToString()), "hash"), DataType.Text) { IsNotNull = true });
        each.Remember();
        var renamed = TextValue.Of([new TextPart(name), .. ending.Hole is null ? [ending] : new[] { new TextPart("-"), ending }]).With(new Trace(StepKind.Overlay, "hash of the content", each.Source.Place, name.Trace));
        each.Body = body.WithEntry("metadata", metadata.WithEntry("name", renamed));
    }

    /// <summary>Ten characters made of kind, type and content. The name was meant to be part of it, and is empty.</summary>
    private static string Of(string kind, MapValue body)
    {
        var (more, isSecret) = kind == "Secret" ? ("stringData", true) : ("binaryData", false);
        var content = new List<Entry> { new("kind", new TextValue(kind)), new("name", new TextValue("")), new("data", body["data"] ?? new TextValue("")) };
        if (body[more] is MapValue data)
        {
            content.Add(new Entry(more, data));
        }

        if (isSecret)
        {
            content.Add(new Entry("type", body["type"] ?? new TextValue("")));
        }

        var hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonText.Plain(new MapValue([.. content])).ToString())))[..10];
        return string.Concat(hex.Select(digit => digit switch { '0' => 'g', '1' => 'h', '3' => 'k', 'a' => 'm', 'e' => 't', _ => digit }));
    }
}
