using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Helm;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Helm;

/// <summary>A chart as it lies in its folder: what <c>Chart.yaml</c> says of it, and its files of values.</summary>
internal sealed class ChartFolder
{
    /// <summary>Sets of values that are read of one chart with all that are within it.</summary>
    private const int ReadLimit = 1000;

    private const string DefaultValues = "values.yaml";
    private const string ForAll = "global";

    private readonly FileTree _files;
    private readonly MapValue _about;
    private readonly Lazy<MapValue> _defaults;
    private readonly Lazy<List<Dependency>> _dependencies;

    private ChartFolder(SourceFile file, FileTree files, MapValue about)
    {
        (File, _files, _about) = (file, files, about);
        _defaults = new Lazy<MapValue>(() => Read(DefaultValues) ?? MapValue.Empty);
        _dependencies = new Lazy<List<Dependency>>(() => [.. ((about["dependencies"] as ListValue)?.Values ?? []).OfType<MapValue>().Select(each => new Dependency(each, file, files))]);
    }

    /// <summary><c>Chart.yaml</c>.</summary>
    internal SourceFile File { get; }

    /// <summary>Its name (<c>.Chart.Name</c>); null where that is not plain.</summary>
    internal string? Name => _about["name"] is TextValue { Known: { Length: > 0 } name } && name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '.') ? name : null;

    /// <summary>Where the name is written.</summary>
    internal Span Place => _about["name"]?.Trace?.Place ?? File.At(0, File.Line(1).Length);

    /// <summary>A library has only parts for templates of others; Helm renders none by itself.</summary>
    internal bool IsLibrary => _about["type"] is TextValue { Known: "library" };

    private MapValue Defaults => _defaults.Value;

    /// <summary>Reads <c>Chart.yaml</c>; what cannot be read says nothing.</summary>
    internal static ChartFolder Of(SourceFile file, FileTree files) =>
        new(file, files, YamlReader.Read(file, YamlOptions.Kubernetes, new ProblemLog()) is [{ Root: MapValue map }, ..] ? map : MapValue.Empty);

    /// <summary>What its values say: those of <c>values.yaml</c>, then each other file of values laid over them; and with each what the charts within it say.</summary>
    internal IEnumerable<ChartValues> Values()
    {
        var others = _files.In(File.Folder).Where(name => name != DefaultValues && name.StartsWith("values", StringComparison.Ordinal) && (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal)));
        return others.Select(name => Read(name)).OfType<MapValue>().Select(each => ChartValues.Overlay(Defaults, each)).Prepend(Defaults).SelectMany(values => Read(values)).Take(ReadLimit);
    }

    private IEnumerable<ChartValues> Read(MapValue values)
    {
        yield return ChartValues.Of(values, _about["appVersion"] ?? NullValue.Instance, _dependencies.Value.Select(each => each.Key).ToHashSet(StringComparer.Ordinal));
        foreach (var other in _dependencies.Value.Where(each => each.IsOn(values)))
        {
            if (other.Chart.Value is not { } chart)
            {
                continue;
            }

            var forAll = values[ForAll] is { } global ? MapValue.Of((ForAll, global)) : MapValue.Empty;
            var given = ChartValues.Overlay(ChartValues.Overlay(chart.Defaults, values[other.Key] as MapValue ?? MapValue.Empty), forAll);
            foreach (var read in chart.Read(given))
            {
                yield return read;
            }
        }
    }

    /// <summary>The first document of a file of values that can matter; null for none.</summary>
    private MapValue? Read(string name)
    {
        var path = File.Folder.Length == 0 ? name : $"{File.Folder}/{name}";
        if (_files.Read(path) is not { } file || !MayMatter(file.Bytes.Span) || YamlReader.Read(file, YamlOptions.Kubernetes, new ProblemLog()) is not [{ Root: MapValue map }, ..])
        {
            return null;
        }

        return Placeholders.MayBeIn(file.Bytes.Span) ? new Placeholders(File.Folder).Replace(map) as MapValue : map;
    }

    private static bool MayMatter(ReadOnlySpan<byte> bytes) => bytes.IndexOf("image"u8) >= 0 || bytes.IndexOf("serviceAccount"u8) >= 0;

    /// <summary>A chart that another depends on.</summary>
    private sealed class Dependency
    {
        private readonly MapValue _written;

        internal Dependency(MapValue written, SourceFile of, FileTree files)
        {
            _written = written;
            Chart = new Lazy<ChartFolder?>(() => FileTree.Resolve(of.Folder, $"charts/{Text("name")}/Chart.yaml") is { } path && files.Read(path) is { } file ? Of(file, files) : null);
        }

        /// <summary>The chart, where it lies within the other.</summary>
        internal Lazy<ChartFolder?> Chart { get; }

        /// <summary>The key below which its values stand.</summary>
        internal string Key => Text("alias") is { Length: > 0 } alias ? alias : Text("name");

        /// <summary>False where the values switch it off: by the first of its conditions that they have.</summary>
        internal bool IsOn(MapValue values)
        {
            foreach (var path in Text("condition").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (path.Split('.').Aggregate((Value?)values, (value, key) => (value as MapValue)?[key]) is BoolValue condition)
                {
                    return condition.Value;
                }
            }

            return values[Key] is not MapValue own || !ChartValues.IsOff(own);
        }

        private string Text(string key) => (_written[key] as TextValue)?.Known ?? "";
    }
}
