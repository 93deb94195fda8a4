using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// What <c>terraform_remote_state</c> reads: the outputs of the root of this repository whose backend is the one that is read. Unknown where no root's is, or more than one.
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
            .Where(root => root.Module.Folder != reader.Scope && !reader.ReadBy.Contains(root.Module.Folder, StringComparer.Ordinal) && Writes(root.Module, type))
            .Select(root => new ModuleInstance(reader.Others.Begin(root, [.. reader.ReadBy, reader.Scope]), root.Module))
            .Where(root => IsSame(type, config, reader.Scope, root))
            .Take(2).ToList();
        return found is not [var only] ? null : new MapValue([.. only.Outputs().Entries.Select(Read)])
        {
            OpenBecause = [new Cause(UnknownReason.External, $"the state of \"{only.Root.Scope}\" may hold other outputs", instance.Declaration.Header, null)],
        };

        Entry Read(Entry output) => output with
        {
            Value = output.Value.Through(
                StepKind.Output, $"{instance.Declaration.LocalName}.outputs.{output.Key}", instance.Declaration.Header, new Reference(instance.Address, $"outputs.{output.Key}")),
        };
    }

    private static bool Writes(Module module, string type) =>
        module.Backends is [.., var backend] ? TypeOf(backend) == type || (type == "remote" && TypeOf(backend) == "cloud") : type == "local" && module.Outputs.Count > 0;

    private static string TypeOf(Declaration backend) => backend.Labels.Count > 0 ? backend.Name : backend.Block.Type;

    private static bool IsSame(string type, MapValue config, string readerFolder, ModuleInstance root)
    {
        var written = root.Backend?.Arguments ?? MapValue.Empty;
        return type switch
        {
            "local" => PathOf(config, readerFolder) is { } read && read == PathOf(written, root.Root.Scope),
            "s3" => Share(config, written, "bucket", "key"),
            "gcs" => Share(config, written, "bucket", "prefix"),
            "azurerm" => Share(config, written, "storage_account_name", "container_name", "key"),
            "remote" => Share(config, written, "organization") && WorkspaceOf(config) is { } workspace && workspace == WorkspaceOf(written),
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
