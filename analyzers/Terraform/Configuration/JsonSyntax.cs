using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Json;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// Reads the JSON syntax of Terraform (<c>.tf.json</c>) by writing it down in native syntax, with places that lead back into the JSON file: so there is one kind of
/// tree for everything that follows.
/// </summary>
/// <remarks>
/// Which properties are blocks follows from the block types of Terraform itself. In the bodies of resources nobody knows without a schema: an object or an array of objects stays
/// an argument there, and as a value an array of objects looks exactly like nested blocks.
/// </remarks>
internal static class JsonSyntax
{
    /// <summary>Parses a file.</summary>
    internal static ParsedFile Parse(SourceFile source)
    {
        var log = new ProblemLog();
        var native = new NativeText(source);
        foreach (var body in Bodies(JsonReader.Read(source, log)))
        {
            TopLevel(native, body);
        }

        var file = HclParser.ParseFile(native.Finish());
        return new ParsedFile(source.Path, file.Body, [.. log.Sorted(), .. file.Problems]);
    }

    private static void TopLevel(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "//":
                    break;
                case "resource" or "data" or "ephemeral":
                    Blocks(native, entry, 2, ResourceBody);
                    break;
                case "module":
                    Blocks(native, entry, 1, ModuleBody);
                    break;
                case "variable":
                    Blocks(native, entry, 1, VariableBody);
                    break;
                case "output" or "provider":
                    Blocks(native, entry, 1, PlainBody);
                    break;
                case "check":
                    Blocks(native, entry, 1, static (_, _) => { });
                    break;
                case "terraform":
                    Blocks(native, entry, 0, SettingsBody);
                    break;
                case "moved" or "import" or "removed":
                    Blocks(native, entry, 0, static (_, _) => { });
                    break;
                default:
                    Blocks(native, entry, 0, PlainBody);
                    break;
            }
        }
    }

    private static void ResourceBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "lifecycle":
                    Blocks(native, entry, 0, LifecycleBody);
                    break;
                case "provisioner":
                    Blocks(native, entry, 1, PlainBody);
                    break;
                case "connection" or "timeouts":
                    Blocks(native, entry, 0, PlainBody);
                    break;
                case "dynamic":
                    Blocks(native, entry, 1, DynamicBody);
                    break;
                case "depends_on":
                    native.Names(entry);
                    break;
                case "provider":
                    native.Name(entry);
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void DynamicBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "content":
                    Blocks(native, entry, 0, ResourceBody);
                    break;
                case "iterator":
                    native.Name(entry);
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void LifecycleBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "ignore_changes" when entry.Value is TextValue:
                    native.Name(entry);
                    break;
                case "ignore_changes" or "replace_triggered_by":
                    native.Names(entry);
                    break;
                case "precondition" or "postcondition":
                    Blocks(native, entry, 0, PlainBody);
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void ModuleBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "source" or "version":
                    native.Literal(entry);
                    break;
                case "depends_on":
                    native.Names(entry);
                    break;
                case "providers" when entry.Value is MapValue providers:
                    native.Open(entry.Key, entry.KeyPlace, [], isMap: true);
                    foreach (var provider in providers.Entries)
                    {
                        native.Name(provider, quoteKey: true);
                    }

                    native.Close();
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void VariableBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "type":
                    native.Name(entry);
                    break;
                case "default" or "description":
                    native.Literal(entry);
                    break;
                case "validation":
                    Blocks(native, entry, 0, PlainBody);
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void SettingsBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            switch (entry.Key)
            {
                case "backend":
                    Blocks(native, entry, 1, PlainBody);
                    break;
                case "cloud" or "required_providers" or "provider_meta":
                    Blocks(native, entry, entry.Key == "provider_meta" ? 1 : 0, PlainBody);
                    break;
                default:
                    native.Attribute(entry);
                    break;
            }
        }
    }

    private static void PlainBody(NativeText native, MapValue body)
    {
        foreach (var entry in body.Entries)
        {
            if (entry.Key == "depends_on")
            {
                native.Names(entry);
            }
            else
            {
                native.Attribute(entry);
            }
        }
    }

    /// <summary>One nesting level per label, each an object or an array of objects; then a body or an array of bodies.</summary>
    private static void Blocks(NativeText native, Entry entry, int labels, Action<NativeText, MapValue> write)
    {
        Descend(entry.Value, []);

        void Descend(Value value, Entry[] path)
        {
            foreach (var map in Bodies(value))
            {
                if (path.Length < labels)
                {
                    foreach (var label in map.Entries)
                    {
                        if (label.Key != "//")
                        {
                            Descend(label.Value, [.. path, label]);
                        }
                    }
                }
                else
                {
                    native.Open(entry.Key, path.Length == 0 ? entry.KeyPlace : path[0].KeyPlace ?? entry.KeyPlace, path, isMap: false);
                    write(native, map);
                    native.Close();
                }
            }
        }
    }

    private static IEnumerable<MapValue> Bodies(Value? value) => value switch
    {
        MapValue map => [map],
        ListValue list => list.Values.OfType<MapValue>(),
        _ => [],
    };
}
