using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>What makes AWS accept tokens of a cluster's issuer.</summary>
public sealed class OidcProvider : Fact
{
    /// <summary>Fields of providers.</summary>
    public static Shape Fields { get; } = new(
        "oidc_provider",
        "An IAM OIDC provider: AWS accepts the tokens of its issuer.",
        Shape.Field<OidcProvider>("cluster", FieldType.Of("cluster"), "The cluster whose issuer it names.", provider => provider.Cluster),
        Shape.Field<OidcProvider>("url", FieldType.Text, "Issuer, as written.", provider => provider.Url),
        Shape.Field<OidcProvider>("audiences", FieldType.List(FieldType.Text), "Accepted audiences, as written.", provider => provider.Audiences));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Issuer.</summary>
    public required Value Url { get; init; }

    /// <summary>Audiences.</summary>
    public required Value Audiences { get; init; }
}
