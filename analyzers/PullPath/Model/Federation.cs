using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A promise of an identity: whoever brings a token of this issuer for this subject may be it.</summary>
public sealed class Federation : Fact
{
    /// <summary>Fields of federations.</summary>
    public static Shape Fields { get; } = new(
        "federation",
        "Which service account may become an identity: an Azure federated credential, a Workload Identity binding of a Google account.",
        Shape.Field<Federation>("identity", FieldType.Of("identity"), "The identity that may be taken.", federation => federation.Identity),
        Shape.Field<Federation>("issuer", FieldType.Text, "Issuer of accepted tokens.", federation => federation.Issuer),
        Shape.Field<Federation>("issuer_fault", FieldType.Text, "Azure: why no token of a cluster names this issuer; null for nothing.", federation => federation.IssuerFault),
        Shape.Field<Federation>("subject", FieldType.Text, "Accepted subject: Azure system:serviceaccount:NAMESPACE:NAME, Google NAMESPACE/NAME.", federation => federation.Subject),
        Shape.Field<Federation>("audiences", FieldType.List(FieldType.Text), "Accepted audiences.", federation => federation.Audiences),
        Shape.Field<Federation>("is_one", FieldType.Bool, "Whether its declaration makes exactly one; unknown for any number, by keys or a count that nobody knows.", federation => federation.IsOne),
        Shape.Field<Federation>("cluster", FieldType.Of("cluster"), "The cluster whose issuer it names.", federation => federation.Cluster),
        Shape.Field<Federation>("meant", FieldType.List(FieldType.Of("service_account")), "Google: the declared service accounts that it is for, where none names the identity; open where something unseen may annotate them.", federation => federation.Meant));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The identity.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>Issuer.</summary>
    public required Value Issuer { get; init; }

    /// <summary>Azure: why no token of a cluster names this issuer.</summary>
    public Value IssuerFault { get; init; } = NullValue.Instance;

    /// <summary>Subject.</summary>
    public required Value Subject { get; init; }

    /// <summary>Audiences.</summary>
    public Value Audiences { get; set; } = NullValue.Instance;

    /// <summary>Whether its declaration makes exactly one.</summary>
    public Value IsOne => Answer.Of(
        Resource is { Multiplicity: Multiplicity.Any } ? Truth.Unknown : Truth.Yes, new Cause(UnknownReason.NoValue, $"how many {Address.Path} makes is not known", Place, null));

    /// <summary>The cluster of the issuer.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Google: the service accounts that it is for; set by the join.</summary>
    public Value Meant { get; set; } = ListValue.Empty;
}
