using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.GitOps;
using Analyzer.Kubernetes.Helm;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes;

/// <summary>
/// The Helm charts of a repository. Their templates are no YAML before they are rendered, so that little of them is read; where the user asks for it, Helm renders them, and
/// places in what it prints are places of the templates.
/// </summary>
internal sealed class Charts
{
    private const string File = "Chart.yaml";
    private const string Source = "# Source: ";

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _paths = [];
    private readonly Lazy<ILookup<string, string>> _templates;

    internal Charts(IReadOnlyList<string> paths)
    {
        _templates = new Lazy<ILookup<string, string>>(() => paths.Where(IsTemplate).ToLookup(path => path[..Math.Max(0, FolderEnd(path))], StringComparer.Ordinal));
        foreach (var path in paths)
        {
            if (path.EndsWith(File, StringComparison.Ordinal) && (path.Length == File.Length || path[^(File.Length + 1)] == '/'))
            {
                _paths.Add(path);
                _folders.Add(path[..Math.Max(0, path.Length - File.Length - 1)]);
            }
        }
    }

    /// <summary>Whether a file is a template of a chart, or part of a chart within a chart.</summary>
    internal bool Hide(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0 && _folders.Count > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (IsHidden(path.AsSpan(slash + 1)) && _folders.Contains(path[..slash]))
            {
                return true;
            }
        }

        return _folders.Contains("") && IsHidden(path);
    }

    /// <summary>Renders every chart, but not charts within charts, or says of it that it is not seen; answers the manifests with the worlds of their charts.</summary>
    internal List<(ManifestWorld World, Manifest Manifest)> Read(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var result = new List<(ManifestWorld, Manifest)>();
        var charts = _paths.Where(path => !Hide(path)).Select(files.Read).OfType<SourceFile>().Select(file => ChartFolder.Of(file, files)).ToList();
        var unrendered = new Unrendered[options.RenderChart is null ? charts.Count : 0];
        Workers.Each(unrendered.Length, options.Parallelism, at => unrendered[at] = Unrendered.Of(charts[at], _templates.Value[charts[at].File.Folder], files));
        for (var at = 0; at < charts.Count; at++)
        {
            var (chart, file) = (charts[at], charts[at].File);
            var place = file.At(0, file.Line(1).Length);
            if (options.RenderChart is { } render)
            {
                if (chart.IsLibrary)
                {
                    continue;
                }

                var (text, failure) = render(file.Folder);
                if (text is not null)
                {
                    foreach (var manifest in Manifests(text, file, place, files, problems))
                    {
                        result.Add((new ManifestWorld(file.Folder, Origin.Chart), manifest));
                    }

                    continue;
                }

                problems.Add(new Problem("chart-failed", $"Helm does not render this chart: {failure}.", place));
            }
            else
            {
                problems.Add(new Problem("chart-not-rendered", "This chart is not rendered: what its templates declare is not seen.", place, ProblemSeverity.Information));
                result.AddRange(unrendered[at].Manifests);
                if (unrendered[at].Chart is { } derived)
                {
                    inventory.Add(derived);
                }
            }

            inventory.Add(new Gap { Address = new Address(file.Folder, File), Place = place, Reason = options.RenderChart is null ? "a Helm chart is not rendered" : "a Helm chart cannot be rendered" });
        }

        return result;
    }

    /// <summary>What is known of a chart without Helm.</summary>
    /// <param name="Chart">What its values say of its pods.</param>
    /// <param name="Manifests">Objects that its templates write out, and that its values describe.</param>
    private sealed record Unrendered(Resource? Chart, IReadOnlyList<(ManifestWorld, Manifest)> Manifests)
    {
        internal static Unrendered Of(ChartFolder chart, IEnumerable<string> templates, FileTree files)
        {
            var sources = templates.Select(files.Read).OfType<SourceFile>().ToList();
            var values = chart.IsLibrary ? [] : chart.Values().ToList();
            var manifests = UnrenderedChart.Read(chart, sources).Select(manifest => (new ManifestWorld(chart.File.Folder, Origin.Template), manifest)).ToList();
            if (DerivedChart.Accounts(values) is { } accounts)
            {
                manifests.Add((new ManifestWorld(chart.File.Folder, Origin.Values), accounts));
            }

            return new Unrendered(DerivedChart.Of(chart, values, sources), manifests);
        }
    }

    /// <summary>The manifests Helm printed, those of one template together.</summary>
    private static IEnumerable<Manifest> Manifests(string text, SourceFile chart, Span place, FileTree files, ProblemLog problems)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int start = 0, at = 1; at <= lines.Length; at++)
        {
            if (at < lines.Length && !(lines[at] == "---" && at + 1 < lines.Length && lines[at + 1].StartsWith(Source, StringComparison.Ordinal)))
            {
                continue;
            }

            var named = Array.FindIndex(lines, start, at - start, line => line.StartsWith(Source, StringComparison.Ordinal));
            var template = named < 0 ? null : TemplateOf(lines[named][Source.Length..].Trim(), chart, files);
            var document = string.Join('\n', lines[start..at]);
            var stand = new StandIn(SourceFile.FromText(template?.Path ?? chart.Path, document), template is null ? place : template.At(0, template.Line(1).Length));
            yield return ManifestReader.Read(stand, problems);
            start = at;
        }
    }

    /// <summary><c>app/charts/db/templates/set.yaml</c> lies in <c>charts/db/templates</c> of the chart; null if it came in a package.</summary>
    private static SourceFile? TemplateOf(string source, SourceFile chart, FileTree files) =>
        source.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && FileTree.Resolve(chart.Folder, source[(slash + 1)..]) is { } path ? files.Read(path) : null;

    /// <summary>True for a template of the chart around it that is rendered by itself; parts for others begin with an underline.</summary>
    private static bool IsTemplate(string path) =>
        (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)) && FolderEnd(path) >= -1 && path[path.LastIndexOf('/') + 1] != '_'
        && !path.Contains("/templates/tests/", StringComparison.Ordinal);

    /// <summary>Where the folder of the chart of a template ends; -1 in the root; less for what is no template.</summary>
    private static int FolderEnd(string path) => path.StartsWith("templates/", StringComparison.Ordinal) ? -1 : path.IndexOf("/templates/", StringComparison.Ordinal) is >= 0 and var at ? at : -2;

    private static bool IsHidden(ReadOnlySpan<char> inside) => inside.StartsWith("templates/") || inside.StartsWith("charts/");
}
