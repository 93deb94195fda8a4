using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Plans;

/// <summary>The configuration as a plan has it: which arguments are written, and what their expressions refer to.</summary>
internal sealed class PlanConfiguration(MapValue document)
{
    private readonly Dictionary<string, MapValue?> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<MapValue, Dictionary<string, MapValue>> _resources = new(ReferenceEqualityComparer.Instance);

    /// <summary>Names of the resources that the root module declares.</summary>
    internal IEnumerable<string> RootResources => document["root_module"] is MapValue root ? Index(root).Keys : [];

    /// <summary>Names of the modules that the root module calls.</summary>
    internal IEnumerable<string> RootCalls => document["root_module"] is MapValue root && root["module_calls"] is MapValue calls ? calls.Entries.Select(entry => entry.Key) : [];

    /// <summary>Whether an argument of a resource is written; everything may be, where the plan says nothing of the resource.</summary>
    internal Func<string, bool> IsWritten(PlannedResource resource) =>
        Find(resource)?["expressions"] is MapValue expressions ? name => expressions.Find(name) is not null : static _ => true;

    /// <summary>What a resource waits for, by the references of its expressions and by <c>depends_on</c>.</summary>
    internal IReadOnlyList<Dependency> Dependencies(PlannedResource resource)
    {
        if (Find(resource) is not { } written)
        {
            return [];
        }

        var found = new OrderedDictionary<string, Dependency>(StringComparer.Ordinal);
        Add(written["depends_on"], isExplicit: true);
        foreach (var expression in written["expressions"]?.Deep().OfType<MapValue>() ?? [])
        {
            Add(expression["references"], isExplicit: false);
        }

        return [.. found.Values];

        void Add(Value? references, bool isExplicit)
        {
            foreach (var reference in references is ListValue list ? list.Values : [])
            {
                if (reference is TextValue { Known: { } text } && Block(Address.PathWithoutKeys(text)) is { } block)
                {
                    var path = resource.Module.Length == 0 ? block : $"{resource.Module}.{block}";
                    found.TryAdd(path, new Dependency(resource.Address with { Path = path }, reference.Trace?.Place ?? resource.Place, isExplicit, []));
                }
            }
        }
    }

    /// <summary>The constant arguments of the provider of a resource; null if nothing is said of it.</summary>
    internal MapValue? Provider(PlannedResource resource)
    {
        if (Find(resource)?["provider_config_key"] is not TextValue { Known: { } key } || document["provider_config"] is not MapValue providers
            || providers[key] is not MapValue provider || provider["expressions"] is not MapValue expressions)
        {
            return null;
        }

        return new MapValue([.. expressions.Entries
            .Select(entry => entry with { Value = entry.Value is MapValue argument ? argument["constant_value"] ?? NullValue.Instance : NullValue.Instance })
            .Where(entry => entry.Value is not NullValue)]);
    }

    /// <summary>The resource or module that a reference names; null for what is none.</summary>
    private static string? Block(string reference)
    {
        var parts = reference.Split('.');
        return parts[0] switch
        {
            "var" or "local" or "each" or "count" or "path" or "terraform" or "self" => null,
            "data" when parts.Length > 2 => string.Join('.', parts.Take(3)),
            _ when parts.Length > 1 => string.Join('.', parts.Take(2)),
            _ => null,
        };
    }

    private MapValue? Find(PlannedResource resource) => Module(Address.PathWithoutKeys(resource.Module)) is { } module ? Index(module).GetValueOrDefault(resource.LocalName) : null;

    private MapValue? Module(string path)
    {
        if (!_modules.TryGetValue(path, out var module))
        {
            module = document["root_module"] as MapValue;
            foreach (var name in path.Split('.').Where((_, at) => at % 2 == 1))
            {
                module = ((module?["module_calls"] as MapValue)?[name] as MapValue)?["module"] as MapValue;
            }

            _modules.Add(path, module);
        }

        return module;
    }

    private Dictionary<string, MapValue> Index(MapValue module)
    {
        if (!_resources.TryGetValue(module, out var index))
        {
            index = new Dictionary<string, MapValue>(StringComparer.Ordinal);
            foreach (var each in module["resources"] is ListValue list ? list.Values.OfType<MapValue>() : [])
            {
                if (each["address"] is TextValue { Known: { } address })
                {
                    index.TryAdd(address, each);
                }
            }

            _resources.Add(module, index);
        }

        return index;
    }
}
