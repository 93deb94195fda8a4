using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Languages.Yaml;

/// <summary>Reads YAML text and keeps what it said.</summary>
internal sealed class Documents
{
    private readonly ProblemLog _log = new();

    internal Documents(string text, YamlOptions? options = null)
        : this(SourceFile.FromText("a.yaml", text), options)
    {
    }

    internal Documents(SourceFile source, YamlOptions? options = null) => All = YamlReader.Read(source, options ?? YamlOptions.Kubernetes, _log);

    internal IReadOnlyList<YamlDocument> All { get; }

    internal Value Root => All[0].Root;

    internal IReadOnlyList<Problem> Problems => _log.Sorted();

    internal IEnumerable<string> Codes => Problems.Select(problem => problem.Code);

    /// <summary>The value at a path of keys and indices: <c>spec.containers.0.image</c>.</summary>
    internal Value this[string path]
    {
        get
        {
            var value = Root;
            foreach (var step in path.Split('.'))
            {
                value = value is ListValue list ? list.Items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)].Value : ((MapValue)value)[step]!;
            }

            return value;
        }
    }

    internal string Text(string path) => ((TextValue)this[path]).ToString();

    /// <summary>What the file says at the place of a value.</summary>
    internal string Written(string path) => this[path].Trace!.Place.Text;

    internal string KeyWritten(string path, string key) => ((MapValue)(path.Length == 0 ? Root : this[path])).Find(key)!.KeyPlace!.Value.Text;
}
