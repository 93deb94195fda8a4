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
        var access = new RoleAccess(world);
        return
        [
            new Function(
                "pull_actions", [new Parameter("kind", FieldType.Text)], Texts,
                "The actions that a pull from a registry of a kind (ecr, ecr-public) needs.",
                call => Actions(call[0])),
            new Function(
                "allows",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts), new Parameter("registry", FieldType.Of("registry"))],
                FieldType.Bool,
                "Whether an AWS role may do all of the actions on a registry; with null for the registry, on any private repository. Policies, boundary and repository policies together.",
                call => Each(call[0], identity => Allows(access, identity, call[1], call[2]))),
            new Function(
                "missing",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("actions", Texts), new Parameter("registry", FieldType.Of("registry"))],
                Texts,
                "Those of the actions that an AWS role certainly may not do.",
                call => call[0].As<Identity>() is { } identity
                    ? ListValue.Of(Names(call[1]).Where(action => access.Decide(identity, action, call[2].As<Registry>()).Result == Truth.No).Select(action => new TextValue(action)))
                    : UnknownValue.From(null, call[0])),
            new Function(
                "trusts",
                [new Parameter("identity", FieldType.Of("identity")), new Parameter("subject", FieldType.Text), new Parameter("audience", FieldType.Text)],
                FieldType.Bool,
                "Whether the trust policy of an AWS role lets a token of a Kubernetes issuer take it, with this subject (system:serviceaccount:NAMESPACE:NAME) and audience; with null for them, whether any service account may.",
                call => Each(call[0], identity => TrustPolicies.Decide(identity.Trust, call[1], call[2]) is var decision ? Answer.Of(decision.Result, decision.Causes) : NullValue.Instance)),
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

    private static Value Allows(RoleAccess access, Identity identity, Value actions, Value registry)
    {
        if (registry is not (NullValue or FactValue))
        {
            return UnknownValue.From(DataType.Bool, registry);
        }

        var decisions = Names(actions).Select(action => access.Decide(identity, action, registry.As<Registry>())).ToList();
        return Answer.Of(decisions.Select(each => each.Result).All(), decisions.Where(each => each.Result == Truth.Unknown).SelectMany(each => each.Causes));
    }

    private static IEnumerable<string> Names(Value actions) => actions is ListValue list ? list.Values.OfType<TextValue>().Select(text => text.Known).OfType<string>() : [];

    /// <summary>The answer for one identity, for all that a choice may be, or none.</summary>
    private static Value Each(Value link, Func<Identity, Value> ask) => link switch
    {
        FactValue { Fact: Identity { Kind: "aws-role" } identity } => ask(identity),
        ChoiceValue choice => Answer.Of(
            Answer.Same(choice.Alternatives.Select(each => Answer.TruthOf(Each(each.Value, ask)))),
            choice.Alternatives.SelectMany(each => Cause.Of(each.Value).Concat(each.Guard.Causes))),
        NullValue => new UnknownValue(UnknownReason.NoValue, "there is no identity", type: DataType.Bool),
        _ => UnknownValue.From(DataType.Bool, link),
    };
}
