using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.Terraform.Configuration;

/// <summary>What <c>terraform init</c> has installed for a root: <c>.terraform/modules/modules.json</c>.</summary>
internal sealed class ModuleManifest
{
    private const string RegistryHost = "registry.terraform.io/";
    private static readonly string[] Hosts = ["github.com/", "bitbucket.org/"];
    private readonly Dictionary<string, (string Source, string Folder)> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the manifest of a root; an empty one where there is none.</summary>
    internal static ModuleManifest Read(FileTree files, string rootFolder, ProblemLog problems)
    {
        var manifest = new ModuleManifest();
        var path = FileTree.Resolve(rootFolder, ".terraform/modules/modules.json")!;
        if (files.Read(path) is { } source && JsonReader.Read(source, problems) is MapValue root && root["Modules"] is ListValue modules)
        {
            foreach (var each in modules.Values)
            {
                if (each is MapValue entry && Text(entry, "Key") is { Length: > 0 } key && Text(entry, "Dir") is { } relative
                    && FileTree.Resolve(rootFolder, relative) is { } folder)
                {
                    manifest._entries[key] = (Text(entry, "Source") ?? "", folder);
                }
            }
        }

        return manifest;
    }

    /// <summary>
    /// The folder of an installed module, or null. An entry left behind by another source is not trusted.
    /// </summary>
    /// <param name="key">Names of the calls from the root, joined by dots.</param>
    /// <param name="source">The source as the call has it.</param>
    internal string? Find(string key, string source) =>
        _entries.TryGetValue(key, out var entry) && (entry.Source == source || entry.Source == RegistryHost + source || entry.Source == WrittenOut(source)) ? entry.Folder : null;

    /// <summary>A source with the address written out for which it is short, as Terraform records it: <c>github.com/OWNER/REPOSITORY</c>, <c>git@HOST:PATH</c>.</summary>
    private static string WrittenOut(string source)
    {
        var query = source.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? mark : source.Length;
        var end = source.IndexOf("//", StringComparison.Ordinal) is >= 0 and var inside && inside < query ? inside : query;
        var (repository, rest) = (source[..end], source[end..]);
        if (Hosts.Any(host => repository.StartsWith(host, StringComparison.Ordinal)))
        {
            return $"git::https://{repository}{(repository.EndsWith(".git", StringComparison.Ordinal) ? "" : ".git")}{rest}";
        }

        var (user, path) = (repository.IndexOf('@', StringComparison.Ordinal), repository.IndexOf(':', StringComparison.Ordinal));
        return user > 0 && path > user ? $"git::ssh://{repository[..path]}/{repository[(path + 1)..]}{rest}" : source;
    }

    private static string? Text(MapValue map, string key) => map[key] is TextValue { Known: { } text } ? text : null;
}
