using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.Terraform.Configuration;

/// <summary>What <c>terraform init</c> has installed for a root: <c>.terraform/modules/modules.json</c>.</summary>
internal sealed class ModuleManifest
{
    private const string RegistryHost = "registry.terraform.io/";
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
        _entries.TryGetValue(key, out var entry) && (entry.Source == source || entry.Source == RegistryHost + source) ? entry.Folder : null;

    private static string? Text(MapValue map, string key) => map[key] is TextValue { Known: { } text } ? text : null;
}
