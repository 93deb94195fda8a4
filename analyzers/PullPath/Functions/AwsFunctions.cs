using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about AWS roles: what they may do and who may take them.</summary>
internal static class AwsFunctions
{
    private static readonly FieldType Texts = FieldType.List(FieldType.Text);

    /// <summary>The functions, bound to a world.</summary>
    internal static ImmutableArray<Function> Of(World world)
    {
        var access = RoleAccess.Of(world);
        return
        [
            new Function(
                "pull_actions", [new Parameter("kind", FieldType.Text)], Texts,
                "The actions that a pull from a registry of a kind (ecr, ecr-public) needs.",
                call => Actions(call[0])),
            new Function(
                "allows",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts), new Parameter("what", FieldType.Any)],
                FieldType.Bool,
                "Whether an AWS role may do all of the actions on what is to be pulled: the repository of a pull, a registry (of one that is not declared: any of its repositories), any private repository for null. Policies, boundary and repository policies together.",
                call => PullTarget.Of(call[2]) is { } target ? RoleAccess.Each(call[0], identity => access.Allows(identity, Names(call[1]), target)) : UnknownValue.From(DataType.Bool, call[2])),
            new Function(
                "missing",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts), new Parameter("what", FieldType.Any)],
                Texts,
                "Those of the actions that an AWS role certainly may not do on what is to be pulled.",
                call => call[0].As<Identity>() is { } identity && PullTarget.Of(call[2]) is { } target
                    ? ListValue.Of(Names(call[1]).Where(action => access.Decide(identity, action, target).Allowed == Truth.No).Select(action => new TextValue(action)))
                    : UnknownValue.From(null, call[0], call[2])),
            new Function(
                "admits",
                [new Parameter("registry", FieldType.Of("registry")), new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts)],
                FieldType.Bool,
                "Whether the policy of a declared ECR repository lets an AWS role do all of the actions: what a role of another account needs besides its own policies.",
                call => call[0].As<Registry>() is { } registry ? RoleAccess.Each(call[1], identity => access.Admits(registry, identity, [.. Names(call[2])])) : UnknownValue.From(DataType.Bool, call[0])),
            new Function(
                "denying",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts)],
                FieldType.List(FieldType.Of("grant")),
                "The policies of an AWS role that deny one of the actions on all private repositories; open where one may that nobody knows.",
                call => Grants(call[0], grant => Any(call[1], action => access.Decide(grant.Policy, action, PullTarget.Any), static each => each.Deny))),
            new Function(
                "naming",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts)],
                FieldType.List(FieldType.Of("grant")),
                "The policies of an AWS role that allow one of the actions on whatever resource, also on one that the action does not know; open where one may that nobody knows.",
                call => Grants(call[0], grant => Any(call[1], action => access.MeansToAllow(grant, action), static each => each.Allow))),
            new Function(
                "trusts",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("subject", FieldType.Text), new Parameter("audience", FieldType.Text)],
                FieldType.Bool,
                "Whether the trust policy of an AWS role lets a token of a Kubernetes issuer take it, with this subject (system:serviceaccount:NAMESPACE:NAME) and audience; with null for them, whether any service account may.",
                call => RoleAccess.Each(call[0], identity => TrustPolicies.Decide(identity.Trust, call[1], call[2]) is var decision ? Answer.Of(decision.Result, decision.Causes) : NullValue.Instance)),
            new Function(
                "may_be_role_arn", [new Parameter("value", FieldType.Text)], FieldType.Bool,
                "Whether a text is the ARN of an IAM role, or may be one by what is not known of it.",
                call => Answer.Of(RoleArns.MayBe(call[0]), Cause.Of(call[0]))),
            new Function(
                "trusted_subjects", [new Parameter("identity", FieldType.Of("identity"))], Texts,
                "What the conditions of an AWS role's trust policy ask of subjects, with their operators: StringEquals system:serviceaccount:app:api.",
                call => call[0].As<Identity>() is { } identity ? ListValue.Of(TrustPolicies.Subjects(identity.Trust)) : ListValue.Empty),
        ];
    }

    private static Value Actions(Value kind) => kind is TextValue { Known: { } known }
        ? ListValue.Of((known switch
        {
            "ecr" => PullRequests.EcrActions,
            "ecr-public" => (IReadOnlyList<string>)["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
            _ => [],
        }).Select(action => new TextValue(action)))
        : UnknownValue.From(null, kind);

    /// <summary>The grants of a role that are meant: those that may be meant leave the list open, as do those that are not seen.</summary>
    private static Value Grants(Value identity, Func<Grant, Answered> isMeant)
    {
        if (identity is NullValue)
        {
            return ListValue.Empty;
        }

        if (identity.As<Identity>()?.Grants is not ListValue grants)
        {
            return UnknownValue.From(null, identity.As<Identity>()?.Grants ?? identity);
        }

        var meant = new List<Item>();
        var open = new List<Cause>(grants.OpenBecause ?? []);
        foreach (var item in grants.Items)
        {
            var (truth, causes) = item.Value.As<Grant>() is { } grant ? isMeant(grant) : new Answered(Truth.Unknown, Cause.Of(item.Value));
            if (truth == Truth.Yes)
            {
                meant.Add(item);
            }
            else if (truth == Truth.Unknown)
            {
                open.AddRange(causes.DefaultIfEmpty(new Cause(UnknownReason.NotComputed, "what a policy allows is not known", item.Value.As<Grant>()?.Place, null)));
            }
        }

        return new ListValue([.. meant]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    private static Answered Any(Value actions, Func<string, Decision> decide, Func<Decision, Truth> part)
    {
        var decisions = Names(actions).Select(decide).ToList();
        return new Answered(decisions.Select(part).Any(), decisions.SelectMany(each => each.Causes));
    }

    /// <summary>An answer, and what would decide an unknown one.</summary>
    private sealed record Answered(Truth Truth, IEnumerable<Cause> Causes);

    /// <summary>The actions in a list of texts.</summary>
    internal static IEnumerable<string> Names(Value actions) => actions is ListValue list ? list.Values.OfType<TextValue>().Select(text => text.Known).OfType<string>() : [];
}
