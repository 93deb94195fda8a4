using Analyzer.Facts.Values;
using Analyzer.Languages.PromQl;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>What a query selects of a pull that fails.</summary>
internal sealed class AlertCondition
{
    private const string Reason = "reason";
    private const string AnyNamespace = "a-namespace-of-nobody";
    private const string AnyMetric = "a_metric_of_nobody";

    private static readonly string[] ReasonMetrics = ["kube_pod_container_status_waiting_reason", "kube_pod_init_container_status_waiting_reason"];

    /// <summary>Metrics that tell of pods which are not running, with the label value they have then: sum and count queries over them differ too much to be computed.</summary>
    private static readonly (string Metric, string Label, string Value)[] Symptoms =
    [
        ("kube_pod_status_phase", "phase", "Pending"), ("kube_pod_status_ready", "", ""), ("kube_pod_container_status_ready", "", ""), ("kube_pod_container_status_waiting", "", ""),
        ("kube_pod_init_container_status_waiting", "", ""), ("kube_deployment_status_replicas_available", "", ""), ("kube_deployment_status_replicas_unavailable", "", ""),
        ("kube_deployment_status_replicas_ready", "", ""), ("kube_deployment_status_condition", "", ""), ("kube_statefulset_status_replicas_ready", "", ""),
        ("kube_statefulset_status_replicas_available", "", ""), ("kube_statefulset_status_replicas_updated", "", ""), ("kube_replicaset_status_ready_replicas", "", ""),
        ("kube_daemonset_status_number_ready", "", ""), ("kube_daemonset_status_number_available", "", ""), ("kube_daemonset_status_number_unavailable", "", ""),
    ];

    private static readonly string[] Watched = ["kube_pod_", "kube_deployment_", "kube_statefulset_", "kube_daemonset_", "kube_replicaset_"];

    /// <summary>Functions and aggregations of which the value stays between those of what they are given.</summary>
    private static readonly string[] Keeping =
        ["max", "min", "avg", "group", "max_over_time", "min_over_time", "avg_over_time", "last_over_time", "label_replace", "label_join", "topk", "bottomk", "sort", "sort_desc", "ceil", "abs"];

    private readonly Truth[] _reasons = new Truth[PullReasons.All.Length];
    private readonly IReadOnlyDictionary<string, PromQlNode> _records;

    private AlertCondition(IReadOnlyDictionary<string, PromQlNode> records)
    {
        _records = records;
        Array.Fill(_reasons, Truth.No);
    }

    /// <summary>Whether it selects reasons of waiting containers.</summary>
    internal Truth AsksReason { get; private set; } = Truth.No;

    /// <summary>Whether it asks for a usual reason by name.</summary>
    internal Truth NamesPull { get; private set; } = Truth.No;

    /// <summary>Whether it fires for pods that are not running.</summary>
    internal Truth IsGeneral { get; private set; } = Truth.No;

    /// <summary>Whether it watches pods of all namespaces.</summary>
    internal Truth WatchesPods { get; private set; } = Truth.No;

    /// <summary>Words it asks for that are nearly reasons.</summary>
    internal List<string> Misspelled { get; } = [];

    /// <summary>Whether one of the two usual reasons makes it fire.</summary>
    internal Truth Covers => _reasons[0].Or(_reasons[1]);

    /// <summary>Reads a query.</summary>
    /// <param name="node">The query.</param>
    /// <param name="records">Queries that are recorded under names of their own.</param>
    internal static AlertCondition Of(PromQlNode node, IReadOnlyDictionary<string, PromQlNode> records)
    {
        var condition = new AlertCondition(records);
        condition.Walk(node, Truth.Yes, new Within([], IsRecorded: false));
        return condition;
    }

    /// <summary>Whether a reason of <see cref="PullReasons.All"/> passes.</summary>
    internal Truth Admits(int reason) => _reasons[reason];

    private void Walk(PromQlNode node, Truth fires, Within within)
    {
        switch (node)
        {
            case PromQlSelector selector:
                Take(selector, fires, within);
                break;
            case PromQlCall { Name: "absent" or "absent_over_time" }:
                break;
            case PromQlCall call:
                foreach (var operand in call.Operands)
                {
                    Walk(operand, fires, within);
                }

                break;
            case PromQlBinary { Operator: "unless" } binary:
                Walk(binary.Left, fires, within);
                break;
            case PromQlBinary binary:
                Walk(binary.Left, fires.And(Fires(binary, binary.Left, binary.Right, isTurned: false)), within);
                Walk(binary.Right, fires.And(Fires(binary, binary.Right, binary.Left, isTurned: true)), within);
                break;
        }
    }

    /// <summary>Whether a comparison with a number lets a series pass that is 1 while a container waits for a reason.</summary>
    private static Truth Fires(PromQlBinary binary, PromQlNode series, PromQlNode number, bool isTurned)
    {
        if (binary.IsBool || number is not PromQlNumber { Value: var limit } || binary.Operator is not ("==" or "!=" or "<" or "<=" or ">" or ">="))
        {
            return Truth.Yes;
        }

        var order = binary.Operator switch { "<" when isTurned => ">", "<=" when isTurned => ">=", ">" when isTurned => "<", ">=" when isTurned => "<=", var same => same };
        var keeps = true;
        while (series is PromQlCall call)
        {
            keeps &= Keeping.Contains(call.Name, StringComparer.Ordinal);
            series = call.Operands.FirstOrDefault(operand => operand is not (PromQlNumber or PromQlText)) ?? new PromQlText("");
        }

        if (series is not PromQlSelector)
        {
            return series is PromQlBinary { Operator: "+" or "-" or "*" or "/" or "%" or "^" } ? Truth.Unknown : Truth.Yes;
        }

        var passes = order switch { "==" => limit == 1, "!=" => limit != 1, "<" => limit > 1, "<=" => limit >= 1, ">" => limit < 1, _ => limit <= 1 };
        return passes ? Truth.Yes : keeps || order is "<" or "<=" || limit < 1 ? Truth.No : Truth.Unknown;
    }

    private void Take(PromQlSelector selector, Truth fires, Within within)
    {
        List<LabelMatcher> matchers = [.. selector.Matchers.Where(each => each.Label != LabelMatcher.Name), .. within.Matchers];
        if (!within.IsRecorded && selector.Matchers is [{ Label: LabelMatcher.Name, Kind: MatchKind.Equal, Operand: var recorded }, ..] && _records.TryGetValue(recorded, out var query))
        {
            Walk(query, fires, new Within(matchers, IsRecorded: true));
            return;
        }

        var everywhere = Passes(matchers, "namespace", AnyNamespace);
        WatchesPods = WatchesPods.Or(IsWatched(selector).And(everywhere));

        // Recorded queries use phases to choose pods whose resources they add up.
        foreach (var (metric, label, value) in within.IsRecorded ? [] : Symptoms)
        {
            IsGeneral = IsGeneral.Or(Is(selector, metric).And(Is(selector, AnyMetric).Not()).And(Passes(matchers, label, value)));
        }

        var isReason = IsReason(selector, matchers);
        if (isReason == Truth.No)
        {
            return;
        }

        AsksReason = AsksReason.Or(isReason);
        for (var at = 0; at < _reasons.Length; at++)
        {
            var passes = isReason.And(fires).And(Passes(matchers, Reason, PullReasons.All[at]));
            _reasons[at] = _reasons[at].Or(passes);
            if (at < PullReasons.Usual.Length && matchers.Exists(each => each.Label == Reason && each.IsPositive && each.Operand is not (".*" or ".+")))
            {
                NamesPull = NamesPull.Or(passes);
            }
        }

        foreach (var matcher in matchers.Where(each => each.Label == Reason))
        {
            Misspelled.AddRange((matcher.Words() ?? []).Where(PullReasons.IsMisspelled));
        }
    }

    /// <summary>A selector that takes every metric there is asks about reasons only where it names that label.</summary>
    private static Truth IsReason(PromQlSelector selector, List<LabelMatcher> matchers) =>
        Is(selector, AnyMetric) != Truth.No && !selector.Matchers.Any(each => each.HasHoles) && !matchers.Exists(each => each.Label == Reason)
            ? Truth.No
            : ReasonMetrics.Any(metric => Is(selector, metric));

    private static Truth Passes(List<LabelMatcher> matchers, string label, string value) => matchers.Where(each => each.Label == label).Select(each => each.Admits(value)).All();

    /// <summary>Whether a selector takes a metric. One without a name takes all that its other labels are on.</summary>
    private static Truth Is(PromQlSelector selector, string metric) => selector.Matchers.Any(each => each.Label == LabelMatcher.Name)
        ? selector.Matchers.Where(each => each.Label == LabelMatcher.Name).Select(each => each.Admits(metric)).All()
        : Truth.Unknown;

    private static Truth IsWatched(PromQlSelector selector) => selector.Matchers is [{ Label: LabelMatcher.Name, Kind: MatchKind.Equal, HasHoles: false, Operand: var name }, ..]
        ? Kleene.Of(Array.Exists(Watched, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        : IsReason(selector, [.. selector.Matchers]).And(Truth.Unknown);

    /// <summary>What a selector stands in: matchers of a recorded name that is asked for.</summary>
    private sealed record Within(List<LabelMatcher> Matchers, bool IsRecorded);
}
