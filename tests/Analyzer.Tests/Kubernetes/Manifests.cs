using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes;

namespace Analyzer.Tests.Kubernetes;

/// <summary>A repository of manifests in memory, loaded.</summary>
internal sealed class Manifests
{
    private readonly ProblemLog _problems = new();

    internal Manifests(params (string Path, string Text)[] files)
        : this(new LoadOptions(), files)
    {
    }

    internal Manifests(LoadOptions options, params (string Path, string Text)[] files) => KubernetesLoader.Load(new MemoryFiles(files), options, Inventory, _problems);

    internal Inventory Inventory { get; } = new();

    internal IReadOnlyList<Problem> Problems => _problems.Sorted();

    internal IEnumerable<string> Paths => Inventory.Resources.Select(resource => resource.Address.Path);

    internal Resource this[string path] => Inventory.Resources.Single(resource => resource.Address.Path == path);

    internal Resource Only => Assert.Single(Inventory.Resources);

    /// <summary>A value in an object: keys and indices with dots between them.</summary>
    internal static Value? At(Resource resource, string path)
    {
        Value? value = resource.Body;
        foreach (var part in path.Split('.'))
        {
            value = value switch
            {
                MapValue map => map[part],
                ListValue list => list.Items[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)].Value,
                _ => null,
            };
        }

        return value;
    }

    internal static string? Text(Resource resource, string path) => (At(resource, path) as TextValue)?.ToString();
}
