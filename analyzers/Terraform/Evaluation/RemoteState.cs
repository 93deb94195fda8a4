using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// What <c>terraform_remote_state</c> reads: the outputs of the root of this repository whose backend is the one that is read. Unknown where no root's is, or more than one. What that root does not put out
/// comes from <c>defaults</c>.
/// </summary>
internal static class RemoteState
{
    private const string DefaultPath = "terraform.tfstate";

    /// <summary>The outputs, open because the state may be older than the code; null if no single root is known to write the state.</summary>
    internal static Value? Outputs(ResourceInstance instance)
    {
        var reader = instance.Module.Root;
        if (instance.Body["backend"] is not TextValue { Known: { } type } || instance.Body["config"] is not MapValue config)
        {
            return null;
        }

        var found = reader.Others.Roots
            .Where(root => root.Module.Folder != reader.Scope && !reader.ReadBy.Contains(root.Module.Folder, StringComparer.Ordinal)
                && Writes(root, reader.Others.BackendOf(root), type, config, reader.Scope))
            .Take(2).ToList();
        if (found is not [var only])
        {
            return null;
        }

        var outputs = new ModuleInstance(reader.Others.Begin(only, [.. reader.ReadBy, reader.Scope]), only.Module).Outputs();
        var defaults = instance.Body["defaults"] as MapValue ?? MapValue.Empty;
        return new MapValue([.. outputs.Entries.Select(Read), .. defaults.Entries.Where(entry => outputs.Find(entry.Key) is null)])
        {
            OpenBecause = [new Cause(UnknownReason.External, $"the state of \"{only.Module.Folder}\" may hold other outputs", instance.Declaration.Header, null)],
        };

        Entry Read(Entry output) => output with
        {
            Value = output.Value.Through(
                StepKind.Output, $"{instance.Declaration.LocalName}.outputs.{output.Key}", instance.Declaration.Header, new Reference(instance.Address, $"outputs.{output.Key}")),
        };
    }

    /// <summary>Whether a root writes the state that is read: a backend of the same type, at the same place.</summary>
    private static bool Writes(Root root, Backend? backend, string type, MapValue config, string readerFolder)
    {
        var written = backend?.Arguments ?? MapValue.Empty;
        return (backend?.Type ?? "local", type) switch
        {
            ("local", "local") => (backend is not null || root.Module.Outputs.Count > 0) && PathOf(config, readerFolder) is { } read && read == PathOf(written, root.Module.Folder),
            ("s3", "s3") => Share(config, written, "bucket", "key"),
            ("gcs", "gcs") => Share(config, written, "bucket", "prefix"),
            ("azurerm", "azurerm") => Share(config, written, "storage_account_name", "container_name", "key"),
            ("remote" or "cloud", "remote") => Share(config, written, "organization") && WorkspaceOf(config) is { } workspace && workspace == WorkspaceOf(written),
            _ => false,
        };
    }

    private static bool Share(MapValue left, MapValue right, params string[] names) =>
        names.All(name => left[name] is { } mine && right[name] is { } theirs && mine.EqualTo(theirs) == Truth.Yes);

    private static string? PathOf(MapValue arguments, string folder) => arguments["path"] switch
    {
        null or NullValue => arguments.IsOpen ? null : FileTree.Resolve(folder, DefaultPath),
        TextValue { Known: { } path } => FileTree.Resolve(folder, path),
        _ => null,
    };

    /// <summary>The name in <c>workspaces</c>, which is an object where it is read and a block where it is written.</summary>
    private static string? WorkspaceOf(MapValue arguments)
    {
        var workspaces = arguments["workspaces"] is ListValue { Items: [var only] } ? only.Value : arguments["workspaces"];
        return workspaces is MapValue map && map["name"] is TextValue { Known: { } name } ? name : null;
    }
}
