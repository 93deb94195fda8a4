using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>The name of a cloud identity, written where no cloud reads it.</summary>
public sealed class MisplacedMarker : Fact
{
    /// <summary>Fields of such markers.</summary>
    public static Shape Fields { get; } = new(
        "misplaced_marker",
        "An annotation for service accounts that names an identity of AWS or Google, written on pods or what makes them, or as a label: nothing reads it there.",
        Shape.Field<MisplacedMarker>("key", FieldType.Text, "The annotation: eks.amazonaws.com/role-arn or iam.gke.io/gcp-service-account.", marker => new TextValue(marker.Key)),
        Shape.Field<MisplacedMarker>("value", FieldType.Text, "The identity it names: the place to edit.", marker => marker.Value),
        Shape.Field<MisplacedMarker>("holder", FieldType.Text, "What it is written on: the pods of Deployment/api, a label of ServiceAccount/api.", marker => new TextValue(marker.Holder)),
        Shape.Field<MisplacedMarker>("service_account", FieldType.Of("service_account"), "The service account that should have it; null for one that nothing declares.", marker => marker.ServiceAccount),
        Shape.Field<MisplacedMarker>("is_given_elsewhere", FieldType.Bool, "Whether that service account has it too, or a Pod Identity association; unknown for an account that is not seen.", marker => marker.IsGivenElsewhere));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The annotation.</summary>
    public required string Key { get; init; }

    /// <summary>The identity it names.</summary>
    public required Value Value { get; init; }

    /// <summary>What it is written on.</summary>
    public required string Holder { get; init; }

    /// <summary>The service account that should have it; set by the join.</summary>
    public Value ServiceAccount { get; set; } = NullValue.Instance;

    /// <summary>Whether the service account gets an identity otherwise; set by the join.</summary>
    public Value IsGivenElsewhere { get; set; } = BoolValue.False;
}
