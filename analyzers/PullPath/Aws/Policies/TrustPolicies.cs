using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Questions to trust policies: who may take a role with a token of a Kubernetes service account.</summary>
public static class TrustPolicies
{
    private const string TakeWithToken = "sts:AssumeRoleWithWebIdentity";

    private static readonly TextValue Itself = new("*");

    /// <summary>Whether a trust policy has any statement for tokens of an OIDC provider, whatever its conditions.</summary>
    public static Value TrustsTokens(Value trust)
    {
        var decision = PolicyEvaluation.Decide(trust, new AccessRequest(TakeWithToken, Itself) { Principal = IsIssuer, Key = static _ => null });

        // A statement under conditions that nobody decides is there all the same.
        return decision.Allow == Truth.No ? BoolValue.False
            : trust.Deep().OfType<MapValue>().Any(map => map["Federated"] is not null) ? BoolValue.True
            : Answer.Of(Truth.Unknown, decision.Causes);
    }

    /// <summary>What a trust policy says to a token with a subject and an audience.</summary>
    public static Decision Decide(Value trust, Value subject, Value audience) => PolicyEvaluation.Decide(trust, new AccessRequest(TakeWithToken, Itself)
    {
        Principal = IsIssuer,
        Key = key => key.EndsWith(":sub", StringComparison.Ordinal) ? subject
            : key.EndsWith(":aud", StringComparison.Ordinal) ? audience
            : null,
    });

    /// <summary>What the conditions on subjects ask for, as <c>StringEquals system:serviceaccount:app:api</c>, in the order in which they are written.</summary>
    public static IEnumerable<Value> Subjects(Value trust)
    {
        foreach (var condition in trust.Deep().OfType<MapValue>().Select(map => map["Condition"]).OfType<MapValue>())
        {
            foreach (var comparison in condition.Entries)
            {
                foreach (var key in (comparison.Value as MapValue)?.Entries ?? [])
                {
                    if (!key.Key.EndsWith(":sub", StringComparison.OrdinalIgnoreCase))
                    {
                        continue;
                    }

                    foreach (var subject in key.Value is ListValue list ? list.Values : [key.Value])
                    {
                        yield return subject is TextValue text
                            ? TextValue.Of([new TextPart(comparison.Key + " "), .. text.Parts]).With(text.Trace)
                            : UnknownValue.From(DataType.Text, subject);
                    }
                }
            }
        }
    }

    /// <summary>Any OIDC provider counts as the token's own, but for those that are certainly no cluster's.</summary>
    private static Truth IsIssuer(string kind, Value written) => kind != "Federated" ? Truth.No : written switch
    {
        TextValue { Known: { } known } => Kleene.Of(!known.EndsWith(".com", StringComparison.Ordinal) && !known.Contains(":saml-provider/", StringComparison.Ordinal)
            && !known.EndsWith("token.actions.githubusercontent.com", StringComparison.Ordinal)),
        _ => Truth.Yes,
    };
}
