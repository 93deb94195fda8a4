using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Images;

/// <summary>Attributes of resources whose text is decided when they are made, but looks the same every time.</summary>
internal static class RegistryReferences
{
    private static readonly (string Type, string Attribute, string Pattern)[] Table =
    [
        ("aws_ecr_repository", "repository_url", "?.dkr.ecr.?.?/?"),
        ("aws_ecr_image", "image_uri", "?.dkr.ecr.?.?/?@?"),
        ("aws_ecrpublic_repository", "repository_uri", "public.ecr.aws/?/?"),
        ("azurerm_container_registry", "login_server", "?.azurecr.?"),
        ("google_artifact_registry_repository", "registry_uri", "?-docker.pkg.dev/?/?"),
        ("google_container_registry_repository", "repository_url", "?gcr.io/?"),
        ("google_container_registry_image", "image_url", "?gcr.io/?"),
    ];

    /// <summary>What a value with a reference looks like, or null.</summary>
    internal static TextValue? Expand(Value value)
    {
        foreach (var reference in value.References)
        {
            foreach (var (type, attribute, pattern) in Table)
            {
                if (reference.Attribute == attribute && IsOf(reference.Target.Path, type))
                {
                    return Fill(pattern, value, reference);
                }
            }
        }

        return null;
    }

    /// <summary>Every question mark is a part that only this value has: unknown, and equal to nothing but itself.</summary>
    private static TextValue Fill(string pattern, Value value, Reference reference)
    {
        var parts = new List<TextPart>();
        var causes = value is UnknownValue unknown ? unknown.Causes : UnknownValue.From(DataType.Text, value).Causes;
        foreach (var unit in pattern)
        {
            parts.Add(unit == '?'
                ? new TextPart(new UnknownValue(causes, DataType.Text)
                {
                    Reference = reference with { Attribute = $"{reference.Attribute}#{parts.Count}" },
                    IsNotNull = true,
                }.With(value.Trace))
                : new TextPart(unit.ToString()));
        }

        return TextValue.Of(parts);
    }

    /// <summary>Whether an address is that of a resource or data source of a type, in whatever module.</summary>
    private static bool IsOf(string path, string type)
    {
        var at = path.IndexOf(type + ".", StringComparison.Ordinal);
        return at == 0 || (at > 0 && path[at - 1] == '.');
    }
}
