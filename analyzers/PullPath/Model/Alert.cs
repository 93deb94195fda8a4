using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An alerting rule: when it fires, and whether a pull that fails makes it fire.</summary>
public sealed class Alert : Fact
{
    /// <summary>Fields of alerts.</summary>
    public static Shape Fields { get; } = new(
        "alert",
        "An alerting rule, of Prometheus or of another system that is told in queries or words: in objects and files of rules, in values of charts, in Terraform.",
        Shape.Field<Alert>("name", FieldType.Text, "What it is called.", alert => alert.Name),
        Shape.Field<Alert>("expression_value", FieldType.Text, "The written query: the place to edit.", alert => alert.ExpressionValue),
        Shape.Field<Alert>("for_value", FieldType.Text, "How long the query must hold before it fires, as written; null for not written.", alert => alert.ForValue),
        Shape.Field<Alert>("for_seconds", FieldType.Number, "The same in seconds; 0 where nothing is written.", alert => alert.ForSeconds),
        Shape.Field<Alert>("asks_reason", FieldType.Bool, "Whether it selects the reasons for which containers wait.", alert => alert.AsksReason),
        Shape.Field<Alert>("reasons", FieldType.List(FieldType.Text), "The reasons of failed pulls that its matchers let pass: ErrImagePull, ImagePullBackOff and rarer ones; open where a matcher is not known.", alert => alert.Reasons),
        Shape.Field<Alert>("covers_image_pull", FieldType.Bool, "Whether it fires for the reasons that every failed pull has: ErrImagePull or ImagePullBackOff.", alert => alert.CoversImagePull),
        Shape.Field<Alert>("names_image_pull", FieldType.Bool, "Whether it asks for such a reason by name; others let it pass with all reasons but some.", alert => alert.NamesImagePull),
        Shape.Field<Alert>("is_general", FieldType.Bool, "Whether it fires because pods are not running, for whatever reason: some minutes after the pull failed.", alert => alert.IsGeneral),
        Shape.Field<Alert>("watches_pods", FieldType.Bool, "Whether it watches pods or what makes them, in all namespaces.", alert => alert.WatchesPods),
        Shape.Field<Alert>("misspelled_reasons", FieldType.List(FieldType.Text), "Words it asks for that are nearly a reason of a failed pull and are none.", alert => alert.MisspelledReasons),
        Shape.Field<Alert>("speaks_of_image_pull", FieldType.Bool, "Whether its name or annotations say that it is about pulling images.", alert => alert.SpeaksOfImagePull));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Its name.</summary>
    public required Value Name { get; init; }

    /// <summary>The query.</summary>
    public required Value ExpressionValue { get; init; }

    /// <summary>How long it must hold, as written.</summary>
    public Value ForValue { get; init; } = NullValue.Instance;

    /// <summary>How long it must hold.</summary>
    public Value ForSeconds { get; init; } = NumberValue.Of(0);

    /// <summary>Whether it selects reasons of waiting containers.</summary>
    public Value AsksReason { get; init; } = BoolValue.False;

    /// <summary>Reasons of failed pulls that pass.</summary>
    public Value Reasons { get; init; } = ListValue.Empty;

    /// <summary>Whether a failed pull makes it fire by its reason.</summary>
    public Value CoversImagePull { get; init; } = BoolValue.False;

    /// <summary>Whether it names such a reason.</summary>
    public Value NamesImagePull { get; init; } = BoolValue.False;

    /// <summary>Whether it fires for pods that are not running.</summary>
    public Value IsGeneral { get; init; } = BoolValue.False;

    /// <summary>Whether it watches pods everywhere.</summary>
    public Value WatchesPods { get; init; } = BoolValue.False;

    /// <summary>Reasons that are none.</summary>
    public Value MisspelledReasons { get; init; } = ListValue.Empty;

    /// <summary>Whether its words are about pulling images.</summary>
    public Value SpeaksOfImagePull { get; init; } = BoolValue.False;
}
