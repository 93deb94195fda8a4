using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>The objects of one kustomization that nobody takes in, as they reach the cluster, and what of it could not be seen.</summary>
/// <param name="Folder">The folder of the kustomization, which names the world its objects are in.</param>
/// <param name="Objects">The objects, in the order in which they were taken in.</param>
/// <param name="Gaps">What was not seen.</param>
/// <param name="Images">Entries of <c>images</c> of all kustomizations that were built.</param>
internal sealed record Built(string Folder, IReadOnlyList<BuildObject> Objects, IReadOnlyList<Gap> Gaps, IReadOnlyList<ImageUse> Images);

/// <summary>
/// Builds one kustomization with all it takes in, in the order of kustomize: resources, generators, components, its own changes; names that hash content and references to
/// what was renamed come last, for all of it at once.
/// </summary>
internal sealed class Build
{
    private const int DepthLimit = 32;
    private const int StepLimit = 1_000;
    private const int ObjectLimit = 20_000;

    private readonly KustomizationGraph _graph;
    private readonly Func<string, Manifest?> _manifests;
    private readonly FileTree _files;
    private readonly ProblemLog _problems;
    private readonly string _root;
    private readonly List<Gap> _gaps = [];
    private readonly List<Kustomization> _open = [];
    private int _steps;
    private bool _isCut;

    private Build(KustomizationGraph graph, Func<string, Manifest?> manifests, FileTree files, ProblemLog problems, string root) =>
        (_graph, _manifests, _files, _problems, _root) = (graph, manifests, files, problems, root);

    /// <summary>Builds a kustomization.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="graph">All kustomizations.</param>
    /// <param name="manifests">Reads the objects of a file; null if there is none.</param>
    /// <param name="files">The repository.</param>
    /// <param name="problems">For what kustomize would refuse, and what cannot be seen.</param>
    internal static Built Of(string root, KustomizationGraph graph, Func<string, Manifest?> manifests, FileTree files, ProblemLog problems)
    {
        var build = new Build(graph, manifests, files, problems, root);
        var state = new BuildState();
        build.Add(graph.Of(root)!, state);
        foreach (var each in state.Objects)
        {
            if (each.WantsHash)
            {
                ContentHash.Append(each);
            }
        }

        References.Follow(state);
        Variables.Resolve(state);
        state.Objects.RemoveAll(each => IsLocal(each.Body));
        foreach (var each in state.Objects)
        {
            each.MayHavePlaceholders = state.HasPlaceholders;
            DropEmptyAnnotations(each);
        }

        return new Built(root, state.Objects, build._gaps, state.Images);
    }

    private static bool IsLocal(MapValue body) => ObjectId.Text(((body["metadata"] as MapValue)?["annotations"] as MapValue)?["config.kubernetes.io/local-config"]) is { Length: > 0 } local && local != "false";

    /// <summary>Kustomize keeps notes of its own in annotations; when they are gone in the end, so is a map that has no others.</summary>
    private static void DropEmptyAnnotations(BuildObject each)
    {
        if (each.Body["metadata"] is MapValue metadata && metadata["annotations"] is MapValue { Entries: [], IsOpen: false } or NullValue)
        {
            each.Body = each.Body.WithEntry("metadata", metadata.Without("annotations"));
        }
    }

    private void Add(Kustomization at, BuildState state)
    {
        if (++_steps > StepLimit || _open.Count >= DepthLimit)
        {
            Cut(at, at.File.At(0, at.File.Line(1).Length));
            return;
        }

        _open.Add(at);
        state.HasPlaceholders |= at.MayHavePlaceholders;
        foreach (var entry in at.Resources)
        {
            Take(at, entry, state, isComponent: false);
        }

        Configure(at, state);
        Generator.Run(at, _files, state, _gaps.Count > 0);
        foreach (var entry in at.Items("helmCharts").Concat(at.Items("helmChartInflationGenerator")).Take(1))
        {
            Unseen(at, entry, "the charts of a kustomization are not rendered");
        }

        foreach (var entry in at.Items("generators").Take(1))
        {
            Unseen(at, entry, "the generators of a kustomization are not run");
        }

        foreach (var entry in at.Items("components"))
        {
            Take(at, entry, state, isComponent: true);
        }

        new Changes(at, state, _files, _problems, _gaps.Count > 0).Run();
        Variables.Define(at, state);
        _open.RemoveAt(_open.Count - 1);
    }

    private void Take(Kustomization by, Value entry, BuildState state, bool isComponent)
    {
        var taken = _graph.Take(by, entry);
        if (taken.Folder is { } folder && _graph.Of(folder) is { } target)
        {
            if (_open.Contains(target))
            {
                _problems.Add(new Problem("kustomization-cycle", $"This kustomization takes in itself: {string.Join(" -> ", _open.SkipWhile(each => each != target).Append(target).Select(NameOf))}.", by.PlaceOf(entry)));
                return;
            }

            if (_open.Exists(each => each.Folder.StartsWith(folder.Length == 0 ? "" : folder + "/", StringComparison.Ordinal)))
            {
                by.Refuse($"{NameOf(target)} is around a folder that takes it in", entry);
            }

            if (target.IsComponent != isComponent)
            {
                by.Refuse(isComponent ? $"{NameOf(target)} is no component" : $"{NameOf(target)} is a component, which belongs under components", entry);
            }

            if (target.IsComponent)
            {
                Add(target, state);
                return;
            }

            var inner = new BuildState();
            Add(target, inner);
            Merge(by, entry, inner, state);
        }
        else if (taken.File is { } file && !isComponent)
        {
            TakeFile(by, entry, file, state);
        }
        else
        {
            Unseen(by, entry, taken.Unseen ?? "a component is a folder with a kustomization");
        }
    }

    private void TakeFile(Kustomization by, Value entry, string file, BuildState state)
    {
        if (_manifests(file) is not { } manifest)
        {
            return;
        }

        foreach (var each in manifest.Objects)
        {
            Append(by, entry, new BuildObject(each with { Body = PlainWords.Read(each.Body) }), state);
        }

        state.HasPlaceholders |= manifest.MayHavePlaceholders;
        if (manifest.Lost is { } lost)
        {
            _gaps.Add(GapAt(manifest.LostAt!.Value, lost));
        }
    }

    private void Merge(Kustomization by, Value entry, BuildState inner, BuildState state)
    {
        foreach (var each in inner.Objects)
        {
            Append(by, entry, each, state);
        }

        state.Images.AddRange(inner.Images);
        state.Settings = state.Settings.With(inner.Settings);
        state.HasPlaceholders |= inner.HasPlaceholders;
        foreach (var (name, variable) in inner.Variables)
        {
            state.Variables[name] = variable;
        }
    }

    private void Append(Kustomization by, Value entry, BuildObject each, BuildState state)
    {
        if (state.Objects.Count >= ObjectLimit)
        {
            Cut(by, by.PlaceOf(entry));
            return;
        }

        if (!state.Taken.Add(each.Current))
        {
            by.Refuse($"{each.Current} is there twice", entry);
            return;
        }

        state.Objects.Add(each);
    }

    private void Configure(Kustomization at, BuildState state)
    {
        foreach (var entry in at.Items("configurations"))
        {
            var taken = _graph.Take(at, entry);
            if (taken.File is not { } path || _files.Read(path) is not { } file)
            {
                if (taken.Unseen is { } unseen)
                {
                    at.Miss(unseen, entry);
                }
                else
                {
                    at.Refuse("a configuration must be a file", entry);
                }

                continue;
            }

            foreach (var document in Languages.Yaml.YamlReader.Read(file, Languages.Yaml.YamlOptions.Kubernetes, _problems))
            {
                state.Settings = document.Root is MapValue map ? state.Settings.With(map) : state.Settings;
            }
        }
    }

    private void Cut(Kustomization at, Span place)
    {
        if (!_isCut)
        {
            _isCut = true;
            _problems.Add(new Problem("kustomization-limit", $"The build of {(_root.Length == 0 ? "." : _root)} is too large or too deep; the rest of it is not seen.", place));
            _gaps.Add(GapAt(place, $"the build is cut off at {NameOf(at)}"));
        }
    }

    private void Unseen(Kustomization by, Value entry, string reason)
    {
        by.Miss(reason, entry);
        _gaps.Add(GapAt(by.PlaceOf(entry), reason));
    }

    private Gap GapAt(Span place, string reason) => new()
    {
        Address = new Address(_root, $"{place.Outermost.File.Path}:{place.StartPosition.Line}"),
        Place = place,
        Reason = reason,
    };

    private static string NameOf(Kustomization each) => each.Folder.Length == 0 ? "." : each.Folder;
}

/// <summary>What a build has taken in so far.</summary>
internal sealed class BuildState
{
    /// <summary>The objects.</summary>
    internal List<BuildObject> Objects { get; } = [];

    /// <summary>What they are called.</summary>
    internal HashSet<ObjectId> Taken { get; } = [];

    /// <summary>Entries of <c>images</c>, in the order in which they were applied.</summary>
    internal List<ImageUse> Images { get; } = [];

    /// <summary>Which fields changes reach.</summary>
    internal FieldSettings Settings { get; set; } = FieldSettings.Default;

    /// <summary>Variables by name: the object that has the value, and the path to it.</summary>
    internal Dictionary<string, (BuildObject Source, string Path)> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether any text that came in may have placeholders.</summary>
    internal bool HasPlaceholders { get; set; }
}
