using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.PromQl;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>Alerts, and what all of them together watch. A repository without any has none of this.</summary>
internal sealed class AlertReader : IReader
{
    /// <summary>How long an alert may wait and still be in time: the pod is known to be broken, and the token of the node may be too.</summary>
    private const int InTime = 15 * 60;

    /// <summary>What may declare alerts, or install them.</summary>
    private static readonly string[] Declaring =
    [
        "kubernetes_manifest", "kubectl_manifest", "helm_release", "aws_prometheus_rule_group_namespace", "aws_cloudwatch_metric_alarm", "azurerm_monitor_alert_prometheus_rule_group",
        "azurerm_monitor_scheduled_query_rules_alert_v2", "google_monitoring_alert_policy", "datadog_monitor", "newrelic_nrql_alert_condition", "grafana_rule_group", "prometheus/RuleFile",
    ];

    private readonly List<Cause> _unseen = [];

    public void Read(World world)
    {
        var groups = RuleGroups.Of(world);
        _unseen.AddRange(groups.Unseen);
        var records = Records(groups.Rules);
        foreach (var rule in groups.Rules)
        {
            if (Written.Find(rule.Body, "alert") is var name and not NullValue && Answer.TruthOf(Written.Find(rule.Body, "enabled")) != Truth.No)
            {
                AddRule(rule, name, records, world);
            }
        }

        foreach (var (resource, query, covers) in OtherAlerts.Of(world))
        {
            var answer = Answer.Of(covers, Cause.Of(query));
            world.Add(new Alert
            {
                Name = resource.At("name") is TextValue written ? written : new TextValue(resource.Name),
                ExpressionValue = query is TextValue ? query : NullValue.Instance,
                CoversImagePull = answer,
                NamesImagePull = answer,
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        var alerts = world.Facts.All<Alert>(Alert.Fields).ToList();
        var stacks = MonitoringStacks.Of(world);
        if (alerts.Count + stacks.Count == 0)
        {
            return;
        }

        var causes = _unseen.Concat(OtherAlerts.Tellers(world)).Concat(MonitoringStacks.Unknown(world)).ToList();
        var drops = DroppedMetrics.Of(world).ToList();
        var stages = alerts.Select(alert => StageOf(alert.Place)).Concat(stacks.Select(stack => StageOf(stack.Resource.Place))).Distinct(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            var unseen = causes.Where(cause => cause.Place is not { } place || StageOf(place) == stage)
                .Concat(world.Inventory.Gaps.Where(gap => Array.Exists(Declaring, gap.Hides) && StageOf(gap.Place) == stage).Select(World.Because)).ToList();
            Add(alerts.FindAll(alert => StageOf(alert.Place) == stage), stacks.FindAll(stack => StageOf(stack.Resource.Place) == stage), unseen, DropsIn(stage, drops), world);
        }
    }

    private static ListValue DropsIn(string stage, List<MetricDrop> drops)
    {
        var own = drops.FindAll(drop => StageOf(drop.Place) == stage);
        return PodTemplate.Open(
            own.Where(drop => drop.IsCertain == Truth.Yes).Select(drop => new Item(drop.At)),
            own.Where(drop => drop.IsCertain == Truth.Unknown).Select(drop => new Cause(UnknownReason.NotComputed, "it may drop the metric of waiting containers", drop.Place, null)));
    }

    private static void Add(List<Alert> alerts, List<Deployments.ChartRelease> stacks, List<Cause> unseen, ListValue drops, World world)
    {
        var watching = alerts.Find(alert => Answer.TruthOf(alert.WatchesPods) == Truth.Yes);
        var first = watching ?? alerts.FirstOrDefault();
        var resource = first?.Resource ?? stacks[0].Resource;
        var general = new List<Item>();
        var open = new List<Cause>(unseen);
        foreach (var alert in alerts)
        {
            var isLate = Answer.TruthOf(alert.CoversImagePull).Or(Answer.TruthOf(alert.IsGeneral));
            if (isLate == Truth.Yes && IsInTime(alert) != Truth.Yes)
            {
                general.Add(new Item(Described(alert.Name, alert.ForValue), alert.Guard));
            }
            else if (isLate == Truth.Unknown)
            {
                open.AddRange(Cause.Of(alert.CoversImagePull));
            }
        }

        foreach (var stack in stacks)
        {
            foreach (var (name, after, isThere) in MonitoringStacks.AlertsOf(stack))
            {
                if (isThere == Truth.Yes)
                {
                    general.Add(new Item(new TextValue($"{name} after {after}"), stack.Resource.Guard));
                }
                else if (isThere == Truth.Unknown)
                {
                    open.AddRange(Cause.Of(MonitoringStacks.HasRules(stack)));
                }
            }
        }

        var covers = alerts.Any(alert => IsInTime(alert).And(Answer.Exists(alert.Guard)));
        var rules = stacks.Select(MonitoringStacks.HasRules).ToList();
        world.Add(new Alerting
        {
            Alerts = Links.To(alerts, unseen),
            WatchesPods = BoolValue.Of(watching is not null || stacks.Count > 0),
            CoversImagePull = Answer.Of(unseen.Count > 0 ? covers.Or(Truth.Unknown) : covers, unseen.Concat(alerts.SelectMany(alert => Cause.Of(alert.CoversImagePull)))),
            GeneralAlerts = PodTemplate.Open(general, open),
            Drops = drops,
            DefaultRules = rules.Count == 0 ? NullValue.Instance : rules.Find(each => Answer.TruthOf(each) == Truth.Yes) ?? rules.Find(each => each is UnknownValue) ?? rules[0],
            Address = new Address(resource.Address.Scope, resource.Address.Path),
            Place = first?.Place ?? resource.Place,
            Resource = resource,
        });
    }

    /// <summary>Whether an alert fires on failed pulls by their reason, and soon: by name, or at least within the quarter of an hour.</summary>
    private static Truth IsInTime(Alert alert)
    {
        var isSoon = alert.ForSeconds is NumberValue { Number.Whole: { } seconds } ? Kleene.Of(seconds <= InTime) : Truth.Unknown;
        return Answer.TruthOf(alert.CoversImagePull).And(Answer.TruthOf(alert.NamesImagePull).Or(isSoon));
    }

    private static Value Described(Value name, Value after) => TextValue.Of([new TextPart(name), .. after is NullValue ? Array.Empty<TextPart>() : [new TextPart(" after "), new TextPart(after)]]);

    private static string StageOf(Span place) => ClusterChoice.StageOf(place.Outermost.File.Path);

    private static Dictionary<string, PromQlNode> Records(List<WrittenRule> rules)
    {
        var records = new Dictionary<string, PromQlNode>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (Written.Find(rule.Body, "record") is TextValue { Known: { Length: > 0 } name } && PromQlParser.Parse(QueryOf(ExpressionOf(rule.Body))) is { } query)
            {
                records.TryAdd(name, query);
            }
        }

        return records;
    }

    private static Value ExpressionOf(Value rule) => Written.Either(rule, "expr", "expression");

    private static string QueryOf(Value expression) => expression is TextValue text ? string.Concat(text.Parts.Select(part => part.Literal ?? PromQlParser.Hole.ToString())) : "";

    private static void AddRule(WrittenRule rule, Value name, Dictionary<string, PromQlNode> records, World world)
    {
        var expression = ExpressionOf(rule.Body);
        var written = Written.Find(rule.Body, "for");
        var address = rule.Resource.Address;
        var condition = PromQlParser.Parse(QueryOf(expression)) is { } query ? AlertCondition.Of(query, records) : null;
        var why = Cause.Of(expression).DefaultIfEmpty(new Cause(UnknownReason.NotComputed, $"what the query of {name as TextValue} selects is not known", expression.Trace?.Source.Place ?? rule.Resource.Place, null)).Take(Cause.Limit).ToList();

        // Rulers of Loki read the same files with queries over logs: what these search for is what they fire on.
        var isLog = condition is null && expression is TextValue { Known: { } text } && PullReasons.AreIn(text);
        world.Add(new Alert
        {
            Name = name,
            ExpressionValue = expression,
            ForValue = written,
            ForSeconds = SecondsOf(written),
            AsksReason = Is(condition?.AsksReason ?? Truth.Unknown),
            Reasons = condition is null ? PodTemplate.Open([], why) : ReasonsOf(condition, why),
            CoversImagePull = isLog ? BoolValue.True : Is(condition?.Covers ?? Truth.Unknown),
            NamesImagePull = isLog ? BoolValue.True : Is(condition?.NamesPull ?? Truth.Unknown),
            IsGeneral = Is(condition?.IsGeneral ?? Truth.Unknown),
            WatchesPods = rule.IsLocal ? BoolValue.False : Is(condition?.WatchesPods ?? Truth.Unknown),
            MisspelledReasons = ListValue.Of((condition?.Misspelled ?? []).Distinct(StringComparer.Ordinal).Select(word => new TextValue(word).With(expression.Trace))),
            SpeaksOfImagePull = BoolValue.Of(Speaks(name, Written.Find(rule.Body, "annotations"))),
            Address = new Address(address.Scope, $"{address.Path} {(name as TextValue)?.ToString()}"),
            Place = name.Trace?.Source.Place ?? rule.Resource.Place,
            Resource = rule.Resource,
            Guard = rule.Guard,
        });

        Value Is(Truth truth) => Answer.Of(truth, why);
    }

    private static ListValue ReasonsOf(AlertCondition condition, List<Cause> why)
    {
        var reasons = new List<Item>();
        var open = false;
        for (var at = 0; at < PullReasons.All.Length; at++)
        {
            var passes = condition.Admits(at);
            open |= passes == Truth.Unknown;
            if (passes == Truth.Yes)
            {
                reasons.Add(new Item(new TextValue(PullReasons.All[at])));
            }
        }

        return PodTemplate.Open(reasons, open ? why : []);
    }

    private static bool Speaks(Value name, Value annotations) =>
        PullReasons.AreMeantBy((name as TextValue)?.ToString() ?? "")
        || (annotations is MapValue map && map.Entries.Any(entry => entry.Key is "summary" or "title" or "message" or "description" && entry.Value is TextValue text && PullReasons.AreMeantBy(text.ToString())));

    /// <summary>As Prometheus writes durations, and as Azure does: <c>PT15M</c>.</summary>
    private static Value SecondsOf(Value written) => written switch
    {
        NullValue => NumberValue.Of(0),
        NumberValue { Number.Whole: { } seconds } => NumberValue.Of((long)seconds).With(written.Trace),
        TextValue { Known: { } text } when Durations.Seconds(text.StartsWith("PT", StringComparison.Ordinal) ? text[2..].ToLowerInvariant() : text) is { } seconds => NumberValue.Of(seconds).With(written.Trace),
        _ => UnknownValue.From(DataType.Number, written),
    };
}
