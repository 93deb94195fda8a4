using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>All alerting rules of a repository together; each sample or test has its own.</summary>
public sealed class Alerting : Fact
{
    /// <summary>Fields of alertings.</summary>
    public static Shape Fields { get; } = new(
        "alerting",
        "All alerting rules of a repository together, those that monitoring stacks bring along included; a sample or test in it has its own.",
        Shape.Field<Alerting>("alerts", FieldType.List(FieldType.Of("alert")), "The alerts; open where some may not be seen.", alerting => alerting.Alerts),
        Shape.Field<Alerting>("watches_pods", FieldType.Bool, "Whether any of them watches pods of all namespaces, so that whoever wrote them watches the cluster and not one application.", alerting => alerting.WatchesPods),
        Shape.Field<Alerting>("covers_image_pull", FieldType.Bool, "Whether one fires on a failed pull by its reason, in time: within 15 minutes or by name.", alerting => alerting.CoversImagePull),
        Shape.Field<Alerting>("general_alerts", FieldType.List(FieldType.Text), "Alerts that fire on a failed pull too, late and without saying so: their names and how long they wait.", alerting => alerting.GeneralAlerts),
        Shape.Field<Alerting>("drops", FieldType.List(FieldType.Text), "What keeps the metric of waiting containers from Prometheus; open for what may.", alerting => alerting.Drops),
        Shape.Field<Alerting>("default_rules", FieldType.Bool, "Whether a monitoring stack brings its own rules about workloads; null where no stack is installed here.", alerting => alerting.DefaultRules));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The alerts.</summary>
    public required Value Alerts { get; init; }

    /// <summary>Whether they watch the cluster.</summary>
    public required Value WatchesPods { get; init; }

    /// <summary>Whether one covers failed pulls.</summary>
    public required Value CoversImagePull { get; init; }

    /// <summary>General alerts.</summary>
    public required Value GeneralAlerts { get; init; }

    /// <summary>What drops the metric.</summary>
    public required Value Drops { get; init; }

    /// <summary>Whether a stack brings rules.</summary>
    public required Value DefaultRules { get; init; }
}
