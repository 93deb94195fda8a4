using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>One kustomization as written: what it takes in and what it changes.</summary>
internal sealed class Kustomization
{
    private static readonly string[] Texts = ["namespace", "namePrefix", "nameSuffix"];
    private static readonly string[] Maps = ["commonLabels", "commonAnnotations", "generatorOptions"];
    private static readonly string[] ListsOfTexts = ["resources", "bases", "components", "configurations", "crds", "generators", "transformers", "validators"];
    private static readonly string[] ListsOfMaps =
        ["images", "imageTags", "labels", "replicas", "patches", "patchesJson6902", "replacements", "configMapGenerator", "secretGenerator", "vars", "helmCharts", "helmChartInflationGenerator"];

    private readonly Lazy<IReadOnlyList<Patch>> _merges;
    private readonly Lazy<IReadOnlyList<Patch>> _patches;
    private readonly Lazy<IReadOnlyList<Patch>> _jsonPatches;
    private readonly Lazy<bool> _mayHavePlaceholders;

    private Kustomization(SourceFile file, MapValue body, FileTree files, ProblemLog problems)
    {
        File = file;
        Body = body;
        Log = problems;
        var reader = new PatchReader(this, files, problems);
        _merges = new(() => reader.Read("patchesStrategicMerge"));
        _patches = new(() => reader.Read("patches"));
        _jsonPatches = new(() => reader.Read("patchesJson6902"));
        _mayHavePlaceholders = new(() => Placeholders.MayBeIn(file.Bytes.Span) || Merges.Concat(Patches).Concat(JsonPatches).Any(patch => patch.MayHavePlaceholders));
    }

    /// <summary>Its file.</summary>
    internal SourceFile File { get; }

    /// <summary>Its folder, which names it.</summary>
    internal string Folder => File.Folder;

    /// <summary>The whole document.</summary>
    internal MapValue Body { get; }

    /// <summary>For what kustomize would refuse.</summary>
    internal ProblemLog Log { get; }

    /// <summary>True for a component, which changes what others take in.</summary>
    internal bool IsComponent => ObjectId.Text(Body["kind"]) == "Component";

    /// <summary>Whether it, or a patch of it, may have placeholders.</summary>
    internal bool MayHavePlaceholders => _mayHavePlaceholders.Value;

    /// <summary><c>namespace</c>, or null.</summary>
    internal Value? Namespace => Written("namespace");

    /// <summary><c>namePrefix</c>, or null.</summary>
    internal Value? NamePrefix => Written("namePrefix");

    /// <summary><c>nameSuffix</c>, or null.</summary>
    internal Value? NameSuffix => Written("nameSuffix");

    /// <summary>What it takes objects from, in order.</summary>
    internal IEnumerable<Value> Resources => Items("resources").Concat(Items("bases"));

    /// <summary>Entries of <c>images</c> and of its old name.</summary>
    internal IEnumerable<MapValue> Images => Items("images").Concat(Items("imageTags")).OfType<MapValue>();

    /// <summary>Patches in their old place, before all others.</summary>
    internal IReadOnlyList<Patch> Merges => _merges.Value;

    /// <summary>Patches of both kinds.</summary>
    internal IReadOnlyList<Patch> Patches => _patches.Value;

    /// <summary>JSON patches in their old place, after names and labels.</summary>
    internal IReadOnlyList<Patch> JsonPatches => _jsonPatches.Value;

    /// <summary>Reads the kustomization of a file; null if it is none. What has a type it cannot have is a problem, and left out.</summary>
    internal static Kustomization? Read(SourceFile file, FileTree files, ProblemLog problems)
    {
        foreach (var document in YamlReader.Read(file, YamlOptions.Kubernetes, problems))
        {
            if (document.Root is MapValue body)
            {
                return new Kustomization(file, Checked(body, problems), files, problems);
            }
        }

        return null;
    }

    /// <summary>A kustomization that stands in an object of another file.</summary>
    internal static Kustomization Given(SourceFile file, MapValue body, FileTree files, ProblemLog problems) => new(file, Checked(body, problems), files, problems);

    /// <summary>Elements of a list of the kustomization.</summary>
    internal IEnumerable<Value> Items(string key) => Body[key] is ListValue list ? list.Values : [];

    /// <summary>Where one of its values is written.</summary>
    internal Span PlaceOf(Value value) => value.Trace?.Source.Place ?? (value as MapValue)?.Place ?? File.Whole;

    /// <summary>Says that kustomize would not accept something.</summary>
    internal void Refuse(string message, Value? at) =>
        Log.Add(new Problem("kustomization-invalid", $"kustomize refuses this: {message}.", at is null ? File.At(0, File.Line(1).Length) : PlaceOf(at)));

    /// <summary>Says that something is not seen which may well be there when it is built: a file that a script writes before.</summary>
    internal void Miss(string reason, Value at) => Log.Add(new Problem("base-not-seen", $"Not everything of this kustomization is seen: {reason}.", PlaceOf(at)));

    private Value? Written(string key) => Body[key] is { } value and not NullValue and not TextValue { Known: "" } ? value : null;

    private static MapValue Checked(MapValue body, ProblemLog problems)
    {
        var wrong = new List<string>();
        foreach (var entry in body.Entries)
        {
            var expected = Texts.Contains(entry.Key, StringComparer.Ordinal) && entry.Value is MapValue or ListValue ? "text"
                : Maps.Contains(entry.Key, StringComparer.Ordinal) && entry.Value is not (MapValue or NullValue or UnknownValue) ? "a map"
                : ListsOfTexts.Contains(entry.Key, StringComparer.Ordinal) && !IsListOf(entry.Value, item => item is not (MapValue or ListValue or NullValue)) ? "a list of texts"
                : ListsOfMaps.Contains(entry.Key, StringComparer.Ordinal) && !IsListOf(entry.Value, item => item is MapValue) ? "a list of maps"
                : entry.Key == "patchesStrategicMerge" && !IsListOf(entry.Value, item => item is TextValue) ? "a list of texts"
                : null;
            if (expected is not null)
            {
                problems.Add(new Problem("kustomization-invalid", $"kustomize refuses this: {entry.Key} must be {expected}.", entry.KeyPlace));
                if (entry.Value is not ListValue)
                {
                    wrong.Add(entry.Key);
                }
            }
        }

        return wrong.Count == 0 ? body : (MapValue)new MapValue([.. body.Entries.Where(entry => !wrong.Contains(entry.Key))]) { Place = body.Place }.With(body.Trace);
    }

    private static bool IsListOf(Value value, Func<Value, bool> fits) => value is NullValue or UnknownValue || (value is ListValue list && list.Values.All(fits));
}
