using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>One rule of a group: an object of <c>alert</c> or <c>record</c>, <c>expr</c>, <c>for</c> and <c>annotations</c>.</summary>
/// <param name="Resource">What declares it.</param>
/// <param name="Body">The rule.</param>
/// <param name="Guard">When it is there.</param>
/// <param name="IsLocal">Whether it sees one namespace only, whatever it selects.</param>
internal sealed record WrittenRule(Resource Resource, Value Body, Guard Guard, bool IsLocal);

/// <summary>Finds rules of Prometheus wherever they are written: in objects and files of their own, in ConfigMaps, in values of charts, in Terraform.</summary>
internal sealed class RuleGroups
{
    private const int DepthLimit = 16;

    private static readonly string[] Objects =
    [
        "monitoring.coreos.com/PrometheusRule", "operator.victoriametrics.com/VMRule", "monitoring.googleapis.com/ClusterRules", "monitoring.googleapis.com/GlobalRules",
        "monitoring.googleapis.com/Rules", "prometheus/RuleFile",
    ];

    private readonly List<Cause> _unseen = [];

    private RuleGroups(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (Array.IndexOf(Objects, each.Type) is >= 0 and var at)
            {
                var spec = at == Objects.Length - 1 ? each.Body : Written.Find(each.Body, "spec");
                AddGroups(each.Resource, spec, each.Resource.Guard, each.Kind == "Rules");
            }
            else if (each.Type == "/ConfigMap")
            {
                AddTexts(each);
            }
        }

        foreach (var resource in world.Inventory.OfTypes("aws_prometheus_rule_group_namespace", "AWS::APS::RuleGroupsNamespace").Where(each => !each.IsData))
        {
            AddDecoded(resource, Written.Either(resource.Body, "data", "Data"), resource.Guard);
        }

        foreach (var resource in world.Inventory.OfType("azurerm_monitor_alert_prometheus_rule_group").Where(each => !each.IsData))
        {
            AddRules(resource, Written.Blocks(resource.Body, "rule"), resource.Guard, isLocal: false);
        }

        foreach (var release in ChartRelease.Of(world))
        {
            foreach (var value in release.Trees.Concat(release.Single.Select(each => each.Value)))
            {
                Search(release.Resource, value, 0);
            }
        }
    }

    /// <summary>All rules that are seen.</summary>
    internal List<WrittenRule> Rules { get; } = [];

    /// <summary>Why there may be more.</summary>
    internal IReadOnlyList<Cause> Unseen => _unseen;

    /// <summary>All rules of a repository.</summary>
    internal static RuleGroups Of(World world) => new(world);

    private void AddTexts(KubernetesObject map)
    {
        foreach (var entry in (Written.Find(map.Body, "data") as MapValue)?.Entries ?? [])
        {
            if (entry.Value is TextValue text && MayHaveAlerts(text.ToString()))
            {
                AddDecoded(map.Resource, text, map.Resource.Guard);
            }
        }
    }

    private static bool MayHaveAlerts(string text) =>
        text.Contains("groups", StringComparison.Ordinal) && text.Contains("alert", StringComparison.Ordinal) && text.Contains("expr", StringComparison.Ordinal);

    private void AddDecoded(Resource resource, Value text, Guard guard)
    {
        var content = text switch
        {
            TextValue { Content: { Format: "yaml" or "json", Content: var encoded } } => encoded,
            TextValue written => YamlText.Decode(written, written.Trace?.Made.Place),
            _ => text,
        };
        if (content is MapValue map)
        {
            AddGroups(resource, map, guard, isLocal: false);
        }
        else
        {
            _unseen.AddRange(Cause.Of(content).DefaultIfEmpty(new Cause(UnknownReason.NotComputed, $"the rules in {resource.Address.Path} are not read", resource.Place, null)));
        }
    }

    /// <summary>Groups anywhere in the values of a chart.</summary>
    private void Search(Resource resource, Value value, int depth)
    {
        switch (value)
        {
            case MapValue map when map["groups"] is ListValue groups && groups.Values.Any(group => Written.Find(group, "rules") is ListValue):
                AddGroups(resource, map, resource.Guard, isLocal: false);
                break;
            case MapValue { Entries: var entries } when depth < DepthLimit:
                foreach (var entry in entries)
                {
                    Search(resource, entry.Value, depth + 1);
                }

                break;
            case ListValue list when depth < DepthLimit:
                foreach (var item in list.Items)
                {
                    Search(resource, item.Value, depth + 1);
                }

                break;
        }
    }

    private void AddGroups(Resource resource, Value parent, Guard guard, bool isLocal)
    {
        var groups = Written.Blocks(parent, "groups");
        _unseen.AddRange(groups.OpenBecause ?? []);
        foreach (var group in groups.Items)
        {
            if (guard.And(group.Guard) is { } both)
            {
                AddRules(resource, Written.Blocks(group.Value, "rules"), both, isLocal);
            }
        }
    }

    private void AddRules(Resource resource, ListValue rules, Guard guard, bool isLocal)
    {
        _unseen.AddRange(rules.OpenBecause ?? []);
        foreach (var rule in rules.Items)
        {
            if (guard.And(rule.Guard) is not { } both)
            {
                continue;
            }

            if (rule.Value is MapValue)
            {
                Rules.Add(new WrittenRule(resource, rule.Value, both, isLocal));
            }
            else
            {
                _unseen.AddRange(Cause.Of(rule.Value));
            }
        }
    }
}
