using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>One kustomization as written: what it takes in and what it changes.</summary>
internal sealed class Kustomization
{
    private Kustomization(SourceFile file, MapValue body)
    {
        File = file;
        Body = body;
    }

    /// <summary>Its file.</summary>
    internal SourceFile File { get; }

    /// <summary>Its folder, which names it.</summary>
    internal string Folder => File.Folder;

    /// <summary>The whole document.</summary>
    internal MapValue Body { get; }

    /// <summary>Files it takes objects from.</summary>
    internal List<string> Files { get; } = [];

    /// <summary>Kustomizations it takes in, by folder.</summary>
    internal List<string> Bases { get; } = [];

    /// <summary>Components that change what it has taken in, by folder.</summary>
    internal List<string> Components { get; } = [];

    /// <summary>What it takes in and nobody can see: remote bases, charts, files that are not there; with the places that name them.</summary>
    internal List<(Span Place, string Reason)> Unseen { get; } = [];

    /// <summary><c>namespace</c>, or null.</summary>
    internal Value? Namespace => Written("namespace");

    /// <summary><c>namePrefix</c>, or null.</summary>
    internal Value? NamePrefix => Written("namePrefix");

    /// <summary><c>nameSuffix</c>, or null.</summary>
    internal Value? NameSuffix => Written("nameSuffix");

    /// <summary>Entries of <c>images</c> and of its old name.</summary>
    internal IEnumerable<MapValue> Images => Items("images").Concat(Items("imageTags")).OfType<MapValue>();

    /// <summary>Labels it adds to objects, and whether to the pods of objects too.</summary>
    internal IEnumerable<(MapValue Pairs, bool InTemplates)> Labels
    {
        get
        {
            if (Body["commonLabels"] is MapValue common)
            {
                yield return (common, true);
            }

            foreach (var entry in Items("labels").OfType<MapValue>())
            {
                if (entry["pairs"] is MapValue pairs)
                {
                    yield return (pairs, IsTrue(entry["includeSelectors"]) || IsTrue(entry["includeTemplates"]));
                }
            }
        }
    }

    /// <summary>Annotations that are added, or null.</summary>
    internal MapValue? Annotations => Body["commonAnnotations"] as MapValue;

    /// <summary>True when plug-ins may change anything.</summary>
    internal bool HasPlugIns => Items("transformers").Any();

    /// <summary>Whether it changes anything at all.</summary>
    internal bool Transforms => Changes.Any(key => Body.Find(key) is not null);

    private static readonly string[] Changes =
    [
        "namespace", "namePrefix", "nameSuffix", "images", "imageTags", "labels", "commonLabels", "commonAnnotations",
        "patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers",
    ];

    /// <summary>Reads the kustomization of a file; null if it is none.</summary>
    internal static Kustomization? Read(SourceFile file, ProblemLog problems)
    {
        foreach (var document in YamlReader.Read(file, YamlOptions.Kubernetes, problems))
        {
            if (document.Root is MapValue body)
            {
                return new Kustomization(file, new Placeholders(file.Folder).Replace(body) as MapValue ?? body);
            }
        }

        return null;
    }

    /// <summary>Sorts what it takes in into files, kustomizations and things that cannot be seen.</summary>
    /// <param name="isKustomization">Whether a folder has a kustomization.</param>
    /// <param name="isFile">Whether a file is there.</param>
    internal void Resolve(Func<string, bool> isKustomization, Func<string, bool> isFile)
    {
        foreach (var entry in Items("resources").Concat(Items("bases")))
        {
            Take(entry, Bases);
        }

        foreach (var entry in Items("components"))
        {
            Take(entry, Components);
        }

        foreach (var key in (string[])["helmCharts", "helmChartInflationGenerator", "generators"])
        {
            foreach (var entry in Items(key).Take(1))
            {
                Unseen.Add((PlaceOf(entry), $"the {key} of a kustomization are not run"));
            }
        }

        void Take(Value entry, List<string> folders)
        {
            if (entry is not TextValue { Known: { } text })
            {
                Unseen.Add((PlaceOf(entry), "an entry of a kustomization is not text"));
            }
            else if (FileTree.Resolve(Folder, text) is { } path && isKustomization(path))
            {
                folders.Add(path);
            }
            else if (FileTree.Resolve(Folder, text) is { } name && isFile(name))
            {
                Files.Add(name);
            }
            else
            {
                var isRemote = text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) || text.Contains("?ref=", StringComparison.Ordinal)
                    || text.StartsWith("github.com/", StringComparison.Ordinal) || text.Contains("//", StringComparison.Ordinal);
                Unseen.Add((PlaceOf(entry), isRemote ? $"the base {text} is remote" : $"{text} is not in the repository"));
            }
        }
    }

    /// <summary>Elements of a list of the kustomization.</summary>
    internal IEnumerable<Value> Items(string key) => Body[key] switch
    {
        ListValue list => list.Values,
        null or NullValue => [],
        var single => [single],
    };

    private static bool IsTrue(Value? value) => value is BoolValue { Value: true };

    private Value? Written(string key) => Body[key] is { } value and not NullValue and not TextValue { Known: "" } ? value : null;

    /// <summary>Where one of its values is written.</summary>
    internal Span PlaceOf(Value value) => value.Trace?.Source.Place ?? (value as MapValue)?.Place ?? File.Whole;
}
