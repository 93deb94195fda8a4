using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.PromQl;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>A value that may keep a metric away.</summary>
/// <param name="At">The value.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="IsCertain">Whether it does.</param>
internal sealed record MetricDrop(Value At, Span Place, Truth IsCertain);

/// <summary>
/// What keeps the metric of waiting containers from Prometheus: lists of kube-state-metrics, in its arguments or in values of charts, and relabelings of its ServiceMonitor. An alert on the
/// metric then never fires.
/// </summary>
internal static class DroppedMetrics
{
    private const string Metric = "kube_pod_container_status_waiting_reason";
    private const string Program = "kube-state-metrics";

    private static readonly string[] DenyFlags = ["--metric-denylist=", "--metric-blacklist="];
    private static readonly string[] AllowFlags = ["--metric-allowlist=", "--metric-whitelist="];

    /// <summary>Where it is dropped: each value that says so, and whether it certainly does.</summary>
    internal static IEnumerable<MetricDrop> Of(World world)
    {
        var programs = KubernetesObject.Of(world).Where(each => IsProgram(each, world)).ToList();
        var charts = ChartRelease.Of(world).Where(release => release.Chart is Program or "kube-prometheus-stack").ToList();

        // Of several, another may bring the metric.
        var isAlone = programs.Count + charts.Count < 2 ? Truth.Yes : Truth.Unknown;
        foreach (var (text, place) in programs.SelectMany(each => each.Body.Deep().OfType<TextValue>().Select(text => (text, text.Trace?.Source.Place ?? each.Resource.Place))))
        {
            var written = text.ToString();
            if (Array.Find(DenyFlags, flag => written.StartsWith(flag, StringComparison.Ordinal)) is { } deny)
            {
                yield return new MetricDrop(text, place, IsDenied(written[deny.Length..].Split(',')).And(isAlone));
            }
            else if (Array.Find(AllowFlags, flag => written.StartsWith(flag, StringComparison.Ordinal)) is { } allow)
            {
                yield return new MetricDrop(text, place, IsLeftOut(written[allow.Length..].Split(',')).And(isAlone));
            }
        }

        foreach (var release in charts)
        {
            var prefix = release.Chart == Program ? "" : Program + ".";
            var (denied, allowed) = (release.At(prefix + "metricDenylist"), release.At(prefix + "metricAllowlist"));
            foreach (var (list, answer) in ((Value, Truth)[])[(denied, IsDenied(Texts(denied))), (allowed, IsLeftOut(Texts(allowed)))])
            {
                if (list is ListValue { Items: [var first, ..] })
                {
                    yield return new MetricDrop(first.Value, first.Value.Trace?.Source.Place ?? release.Resource.Place, answer.And(isAlone));
                }
                else if (list is UnknownValue)
                {
                    yield return new MetricDrop(list, release.Resource.Place, Truth.Unknown);
                }
            }
        }

        foreach (var each in KubernetesObject.Of(world).Where(each => each.Type == "monitoring.coreos.com/ServiceMonitor" && IsNamed(each)))
        {
            foreach (var rule in Written.Blocks(Written.Find(each.Body, "spec"), "endpoints").Values.SelectMany(endpoint => Written.Blocks(endpoint, "metricRelabelings").Values))
            {
                var pattern = Written.Find(rule, "regex");
                yield return new MetricDrop(pattern, pattern.Trace?.Source.Place ?? each.Resource.Place, Relabeled(rule).And(isAlone));
            }
        }
    }

    private static bool IsProgram(KubernetesObject each, World world) => world.FactOf<Model.Workload>(each.Resource)?.Images is ListValue images
        && images.Values.Any(image => ImageName.Of(image).Repository is TextValue { Known: { } path } && path.EndsWith("/" + Program, StringComparison.Ordinal));

    private static bool IsNamed(KubernetesObject each) => each.Name is TextValue { Known: { } name } && name.EndsWith(Program, StringComparison.Ordinal);

    private static IEnumerable<string> Texts(Value list) => (list as ListValue)?.Values.Select(each => each is TextValue text ? text.ToString() : "${") ?? [];

    /// <summary>Certainly where a pattern fits the whole name, perhaps where it fits a part: whether patterns are anchored differs between versions.</summary>
    private static Truth IsDenied(IEnumerable<string> patterns) => patterns.Where(pattern => pattern.Trim().Length > 0).Select(pattern => pattern.Trim())
        .Select(pattern => Fits(pattern) == Truth.Yes ? Truth.Yes : Fits($".*(?:{pattern}).*") == Truth.No ? Truth.No : Truth.Unknown).Any();

    private static Truth IsLeftOut(IEnumerable<string> patterns)
    {
        var all = patterns.Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0).ToList();
        return all.Count == 0 ? Truth.No : all.Select(pattern => Fits($".*(?:{pattern}).*")).Any().Not();
    }

    private static Truth Relabeled(Value rule)
    {
        var isOfName = Written.Blocks(rule, "sourceLabels") is { Items: [{ Value: TextValue { Known: LabelMatcher.Name } }], IsOpen: false };
        var pattern = Written.Find(rule, "regex") is TextValue text ? text.ToString() : null;
        return (Written.Find(rule, "action"), isOfName, pattern) switch
        {
            (TextValue { Known: "drop" or "Drop" }, true, { } drop) => Fits(drop),
            (TextValue { Known: "keep" or "Keep" }, true, { } keep) => Fits(keep).Not(),
            _ => Truth.No,
        };
    }

    private static Truth Fits(string pattern) => new LabelMatcher(LabelMatcher.Name, MatchKind.Matches, pattern).Admits(Metric);
}
