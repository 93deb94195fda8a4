using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Questions to trust policies: who may take a role with a token of a Kubernetes service account.</summary>
public static class TrustPolicies
{
    private const string TakeWithToken = "sts:AssumeRoleWithWebIdentity";

    private const string SubjectKey = ":sub";

    private const string Accounting = "system:serviceaccount:";

    /// <summary>Keys begin with the host of the issuer. One with its whole address, or with the ARN of its provider, is in no token.</summary>
    private static readonly string[] WrongStarts = ["https://", "arn:"];

    private const string TakeAsService = "sts:AssumeRole";

    private static readonly TextValue Itself = new("*");

    /// <summary>A service of AWS has no device beside its credentials: the key says so, or is not there.</summary>
    private static readonly Value NoDevice = ChoiceValue.Of(
    [
        new Alternative(Guard.When("aws:MultiFactorAuthPresent", true, "the call of a service has the key"), new TextValue("false")),
        new Alternative(Guard.Always, NullValue.Instance),
    ]);

    private static readonly TextPart Some = new(new UnknownValue(UnknownReason.OpenWorld, "any token"));

    private static readonly TextValue AnyText = TextValue.Of([Some]);

    private static readonly TextValue AnyAccount = TextValue.Of([new TextPart(Accounting), Some, new TextPart(":"), Some]);

    /// <summary>Whether a trust policy has any statement for tokens of an OIDC provider, whatever its conditions.</summary>
    public static Value TrustsTokens(Value trust)
    {
        var decision = PolicyEvaluation.Decide(trust, new AccessRequest(TakeWithToken, Itself) { Principal = IsIssuer, Key = static _ => null });

        // A statement under conditions that nobody decides is there all the same.
        return decision.Allow == Truth.No ? BoolValue.False
            : trust.Deep().OfType<MapValue>().Any(map => map["Federated"] is not null) ? BoolValue.True
            : Answer.Of(Truth.Unknown, decision.Causes);
    }

    /// <summary>What a trust policy says to a token with a subject and an audience; null for either asks whether there is one that it admits.</summary>
    public static Decision Decide(Value trust, Value subject, Value audience) => PolicyEvaluation.Decide(trust, new AccessRequest(TakeWithToken, Itself)
    {
        Principal = IsIssuer,
        KeyHoles = subject is NullValue || audience is NullValue ? Holes.Free : Holes.Unknown,
        Key = key => Array.Exists(WrongStarts, start => key.StartsWith(start, StringComparison.Ordinal)) ? NullValue.Instance
            : key.EndsWith(SubjectKey, StringComparison.Ordinal) ? subject is NullValue ? AnyAccount : subject
            : key.EndsWith(":aud", StringComparison.Ordinal) ? audience is NullValue ? AnyText : audience
            : null,
    });

    /// <summary>What a trust policy says to a service of AWS, for whose sake it acts: the ARN that <c>aws:SourceArn</c> is compared with.</summary>
    /// <param name="trust">Trust policy.</param>
    /// <param name="service">Service, such as <c>ec2.amazonaws.com</c>.</param>
    /// <param name="source">ARN of what it acts for; its holes are taken to be what the condition asks for. Null for nothing.</param>
    public static Decision DecideService(Value trust, string service, TextValue? source) => PolicyEvaluation.Decide(trust, new AccessRequest(TakeAsService, Itself)
    {
        Principal = (kind, written) => kind == "Service" ? IsService(written, service) : written is TextValue { Known: "*" } ? Truth.Unknown : Truth.No,
        Key = key => key switch
        {
            "aws:sourcearn" => source,
            "aws:multifactorauthpresent" => NoDevice,
            "aws:multifactorauthage" => NullValue.Instance,
            _ => PullRequests.SafeKey(key),
        },
        KeyHoles = Holes.Free,
    });

    /// <summary>What the conditions on subjects ask for, as <c>StringEquals system:serviceaccount:app:api</c>, in the order in which they are written.</summary>
    public static IEnumerable<Value> Subjects(Value trust) => Asked(trust).Select(each => each.Subject is TextValue text
        ? TextValue.Of([new TextPart(each.Operator + " "), .. text.Parts, .. each.WrongStart is { } start ? [new TextPart($" of a key that begins with {start}, which no token has")] : Array.Empty<TextPart>()]).With(text.Trace)
        : UnknownValue.From(DataType.Text, each.Subject));

    /// <summary>The written subjects of service accounts; empty for a role that other issuers' tokens are for.</summary>
    public static IEnumerable<Value> Accounts(Value trust) =>
        Asked(trust).Select(each => each.Subject).Where(subject => subject is TextValue text && text.Prefix.StartsWith(Accounting, StringComparison.Ordinal));

    private static IEnumerable<AskedSubject> Asked(Value trust) =>
        from condition in trust.Deep().OfType<MapValue>().Select(map => map["Condition"]).OfType<MapValue>()
        from comparison in condition.Entries
        from key in (comparison.Value as MapValue)?.Entries ?? []
        where key.Key.EndsWith(SubjectKey, StringComparison.OrdinalIgnoreCase)
        from subject in Alternatives(key.Value)
        select new AskedSubject(comparison.Key, subject, Array.Find(WrongStarts, start => (Condition.StartOf(key.KeyText) + key.Key).StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A subject, the operator it is compared with, and what its key begins with that no key does; null for a key that may be right.</summary>
    private sealed record AskedSubject(string Operator, Value Subject, string? WrongStart);

    private static IEnumerable<Value> Alternatives(Value value) => value switch
    {
        ListValue list => list.Values.SelectMany(Alternatives),
        ChoiceValue choice => choice.Alternatives.SelectMany(each => Alternatives(each.Value)),
        _ => [value],
    };

    /// <summary>A service goes by one name everywhere, but for the end that partitions give it: <c>ec2.amazonaws.com.cn</c>, <c>ec2.${dns_suffix}</c>.</summary>
    internal static Truth IsService(Value written, string service)
    {
        var name = service[..(service.IndexOf('.', StringComparison.Ordinal) + 1)];
        return written switch
        {
            TextValue { Known: { } known } => known == service || known == service + ".cn" ? Truth.Yes
                : known.StartsWith(name, StringComparison.Ordinal) ? Truth.Unknown
                : Truth.No,
            TextValue text when text.Prefix == name => Truth.Yes,
            TextValue or UnknownValue => written.EqualTo(new TextValue(service)),
            _ => Truth.Unknown,
        };
    }

    /// <summary>Any OIDC provider counts as the token's own, but for those that are certainly no cluster's.</summary>
    private static Truth IsIssuer(string kind, Value written) => kind != "Federated" ? Truth.No : written switch
    {
        TextValue { Known: { } known } => Kleene.Of(!known.EndsWith(".com", StringComparison.Ordinal) && !known.Contains(":saml-provider/", StringComparison.Ordinal)
            && !known.EndsWith("token.actions.githubusercontent.com", StringComparison.Ordinal)),
        _ => Truth.Yes,
    };
}
