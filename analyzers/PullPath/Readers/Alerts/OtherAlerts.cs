using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>Alerts of systems that are not asked in PromQL: what their query names is what they fire on, and where it is not seen nobody knows.</summary>
internal static class OtherAlerts
{
    private const string AwsMetric = "pod_container_status_waiting_reason_image_pull_error";

    /// <summary>Resources with the path of their query; empty where any text in them counts.</summary>
    private static readonly (string Type, string Path)[] Queries =
    [
        ("datadog_monitor", "query"), ("datadog_monitor_json", "monitor"), ("newrelic_nrql_alert_condition", ""), ("google_monitoring_alert_policy", ""), ("google_logging_metric", "filter"),
        ("azurerm_monitor_scheduled_query_rules_alert", "query"), ("azurerm_monitor_scheduled_query_rules_alert_v2", ""), ("grafana_rule_group", ""),
    ];

    private static readonly string[] Watchers = ["kubernetes-event-exporter", "robusta-runner", "botkube", "kwatch", "kubewatch", "event-router", "eventrouter"];
    private static readonly string[] WatcherCharts = ["kubernetes-event-exporter", "robusta", "botkube", "kwatch", "kubewatch", "datadog", "newrelic-infrastructure", "nri-bundle", "k8s-monitoring"];

    /// <summary>Alerts that are told in words, each with its query and whether that is about failed pulls.</summary>
    internal static IEnumerable<(Resource Resource, Value Query, Truth Covers)> Of(World world)
    {
        foreach (var (type, path) in Queries)
        {
            foreach (var resource in world.Inventory.OfType(type).Where(each => !each.IsData))
            {
                var query = path.Length == 0 ? resource.Body : Written.Find(resource.Body, path);
                yield return (resource, query, Names(query));
            }
        }

        foreach (var resource in world.Inventory.OfTypes("aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm").Where(each => !each.IsData))
        {
            if (Written.Either(resource.Body, "metric_name", "MetricName") is var metric and not NullValue)
            {
                yield return (resource, metric, metric.EqualTo(new TextValue(AwsMetric)));
            }
        }
    }

    /// <summary>What tells people of events in clusters, by settings that are not read.</summary>
    internal static IEnumerable<Cause> Tellers(World world)
    {
        foreach (var each in KubernetesObject.Of(world).Where(each => each.Kind is "Deployment" or "DaemonSet"))
        {
            var images = world.FactOf<Model.Workload>(each.Resource)?.Images as ListValue;
            if (images?.Values.Any(image => image is TextValue text && Array.Exists(Watchers, watcher => text.ToString().Contains(watcher, StringComparison.Ordinal))) == true)
            {
                yield return new Cause(UnknownReason.NotComputed, $"{each.Resource.Address.Path} may tell of it", each.Resource.Place, null);
            }
        }

        foreach (var release in ChartRelease.Of(world).Where(release => release.Chart is { } chart && WatcherCharts.Contains(chart, StringComparer.Ordinal)))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{release.Resource.Address.Path} may tell of it", release.Resource.Place, null);
        }
    }

    private static Truth Names(Value query)
    {
        var parts = query.Deep().ToList();
        return parts.Exists(part => part is TextValue text && PullReasons.AreIn(text.ToString())) ? Truth.Yes
            : parts.Exists(part => part is UnknownValue or ListValue { IsOpen: true } or MapValue { IsOpen: true }) ? Truth.Unknown
            : Truth.No;
    }
}
