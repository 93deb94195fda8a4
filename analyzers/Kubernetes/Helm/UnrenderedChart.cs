using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Helm;

/// <summary>
/// What the templates of a chart say without Helm about the identities of pods: service accounts and what makes pods, where these are written out and under no condition. What else the chart
/// declares is not seen.
/// </summary>
internal static class UnrenderedChart
{
    private static readonly string[] Makers = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];

    /// <summary>What marks objects of charts that are not rendered.</summary>
    internal static MapValue Mark { get; } = MapValue.Of(("is_unrendered", BoolValue.True));

    /// <summary>The objects of templates that can be told; none of a chart that names no identity of a cloud.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="templates">Its templates.</param>
    internal static IEnumerable<Manifest> Read(ChartFolder chart, List<SourceFile> templates)
    {
        if (!templates.Exists(NamesIdentity))
        {
            yield break;
        }

        foreach (var source in templates.Where(IsOfPods))
        {
            var problems = new ProblemLog();
            if (PlainTemplate.Of(source, chart.Name) is { } text && ManifestReader.Read(text, problems) is { Lost: null } manifest && problems.Sorted().Count == 0)
            {
                var objects = manifest.Objects.Select(each => each with { Body = (MapValue)Opened(each.Body) }).Where(IsCertain).ToList();
                if (objects.Count > 0)
                {
                    yield return new Manifest(objects, null, null, MayHavePlaceholders: true);
                }
            }
        }
    }

    private static bool NamesIdentity(SourceFile source) =>
        source.Bytes.Span.IndexOf("azure.workload.identity/"u8) >= 0 || source.Bytes.Span.IndexOf("eks.amazonaws.com/role-arn"u8) >= 0 || source.Bytes.Span.IndexOf("iam.gke.io/gcp-service-account"u8) >= 0;

    private static bool IsOfPods(SourceFile source) => source.Bytes.Span.IndexOf("serviceAccountName:"u8) >= 0 || source.Bytes.Span.IndexOf("kind: ServiceAccount"u8) >= 0;

    /// <summary>True for an object of which it is known what it is; hooks of a chart have an order of their own.</summary>
    private static bool IsCertain(ManifestObject each) =>
        (Array.IndexOf(Makers, each.Kind) >= 0 || (each.Kind == "ServiceAccount" && each.ApiVersion == "v1"))
        && each.Metadata["annotations"] is not UnknownValue && (each.Metadata["annotations"] as MapValue)?["helm.sh/hook"] is null;

    /// <summary>A value with what the marks of a template stand for: anything.</summary>
    private static Value Opened(Value value)
    {
        switch (value)
        {
            case MapValue map:
                var entries = map.Entries.Where(entry => !IsMark(entry.Key)).Select(entry => entry with { Value = IsForShell(entry) ? Unknown(entry.Value) : Opened(entry.Value) }).ToImmutableArray();
                return entries.Length == map.Entries.Length ? Same(map, entries, map.OpenBecause)
                    : entries.Length == 0 ? Unknown(map)
                    : Same(map, entries, [Because(map)]);
            case ListValue list:
                var items = list.Items.Where(item => item.Value is not TextValue { Known: { } text } || !IsMark(text)).Select(item => item with { Value = Opened(item.Value) }).ToImmutableArray();
                return items.Length < list.Items.Length && items.Length == 0 ? Unknown(list)
                    : new ListValue(items, list.Kind, list.ElementType) { OpenBecause = items.Length == list.Items.Length ? list.OpenBecause : [Because(list)] }.With(list.Trace);
            default:
                return value;
        }
    }

    /// <summary>In what a shell runs, actions are no placeholders elsewhere; here they are.</summary>
    private static bool IsForShell(Entry entry) => entry.Key is "args" or "command" && entry.Value.Deep().OfType<TextValue>().Any(text => text.ToString().Contains("{{", StringComparison.Ordinal));

    private static bool IsMark(string text) => text.StartsWith(PlainTemplate.Mark, StringComparison.Ordinal);

    private static MapValue Same(MapValue map, ImmutableArray<Entry> entries, ImmutableArray<Cause>? open) => (MapValue)new MapValue(entries) { Place = map.Place, OpenBecause = open }.With(map.Trace);

    private static Value Unknown(Value value) => new UnknownValue([Because(value)]).With(value.Trace);

    private static Cause Because(Value value) => new(UnknownReason.Placeholder, "what the template puts here is known when it is rendered", value.Trace?.Place, null);
}
