using Analyzer.Facts.Resources;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// What a module that is not local is called in the public registry. The registry's own naming rule makes a git source one too: the repository
/// <c>terraform-aws-eks</c> of <c>terraform-aws-modules</c> is the module <c>terraform-aws-modules/eks/aws</c>.
/// </summary>
/// <param name="Name">Namespace, name and provider, in lower case.</param>
/// <param name="Folder">The folder inside it that is meant; empty for its root.</param>
/// <param name="Versions">The versions that may be meant; null if it may be any.</param>
internal sealed record ModuleAddress(string Name, string Folder, VersionRange? Versions)
{
    private static readonly string[] Registries = ["registry.terraform.io/", "registry.opentofu.org/"];

    /// <summary>Reads the source and the version of a call; null for what is in no public registry.</summary>
    internal static ModuleAddress? Parse(string source, string? version)
    {
        var isGit = source.StartsWith("git::", StringComparison.Ordinal) || source.Contains("github.com", StringComparison.Ordinal);
        var path = source[(source.IndexOf("::", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];
        path = path[(path.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];

        // The query stands behind the folder or before it: "…?ref=v1//folder" is "…//folder?ref=v1".
        var (before, behind) = Split(path, "//");
        var (module, query) = Split(before, "?");
        var (folder, last) = Split(behind, "?");
        query = last.Length > 0 ? last : query;
        var name = isGit ? FromRepository(module) : FromRegistry(module);
        return name is null ? null : new ModuleAddress(
            name.ToLowerInvariant(),
            folder.Trim('/'),
            isGit ? Tagged(query) : version is null ? null : VersionRange.Parse(version));
    }

    private static string? FromRegistry(string module)
    {
        foreach (var host in Registries)
        {
            module = module.StartsWith(host, StringComparison.OrdinalIgnoreCase) ? module[host.Length..] : module;
        }

        return module.Split('/') is [{ Length: > 0 } owner, { Length: > 0 }, { Length: > 0 }] && !owner.Contains('.', StringComparison.Ordinal) ? module : null;
    }

    private static string? FromRepository(string module)
    {
        module = module.StartsWith("git@", StringComparison.Ordinal) ? module[4..] : module;
        module = module.EndsWith(".git", StringComparison.Ordinal) ? module[..^4] : module;
        return module.Replace(':', '/').Split('/') is ["github.com", { Length: > 0 } owner, var repository] && repository.Split('-', 3) is ["terraform", var provider, var name]
            ? $"{owner}/{name}/{provider}"
            : null;
    }

    /// <summary>The version of a tag: <c>ref=v20.8.5</c>. A branch or a commit may be any version, and a tag is exact only when it has all three numbers.</summary>
    private static VersionRange? Tagged(string query)
    {
        foreach (var part in query.Split('&'))
        {
            if (part.StartsWith("ref=", StringComparison.Ordinal))
            {
                var tag = part["ref=".Length..];
                tag = tag.StartsWith("refs/tags/", StringComparison.Ordinal) ? tag["refs/tags/".Length..] : tag;
                tag = tag.StartsWith('v') ? tag[1..] : tag;
                return tag.Length > 0 && char.IsAsciiDigit(tag[0]) && tag.Count(letter => letter == '.') == 2 ? VersionRange.Parse(tag) : null;
            }
        }

        return null;
    }

    private static (string Before, string After) Split(string text, string separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + separator.Length)..]) : (text, "");
}
