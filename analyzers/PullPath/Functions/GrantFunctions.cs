using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Azure;
using Analyzer.PullPath.Readers.Gcp;

namespace Analyzer.PullPath.Functions;

/// <summary>Questions that rules may ask about grants of Azure and Google.</summary>
internal static class GrantFunctions
{
    internal static IEnumerable<Function> Of(World world) =>
    [
        new Function(
            "covers",
            [new Parameter("grant", FieldType.Of("grant")), new Parameter("registry", FieldType.Of("registry"))],
            FieldType.Bool,
            "Whether the scope of a role assignment of Azure is the registry, its resource group or something above it; whether a grant of Google is on the repository or on its project.",
            call => (call[0].As<Grant>(), call[1].As<Registry>()) switch
            {
                ({ Resource: { } resource }, { Kind: "gar" } repository) => GrantTargets.Covers(resource, repository, world),
                ({ } grant, { } registry) => AzureScopes.Covers(grant.Scope, registry, world),
                _ => UnknownValue.From(DataType.Bool, call[0], call[1]),
            }),
        new Function(
            "admits_repository",
            [new Parameter("grant", FieldType.Of("grant")), new Parameter("repository", FieldType.Text)],
            FieldType.Bool,
            "Whether the condition of a role assignment lets its holder pull from a repository, by its path in the registry. Undecided for conditions of another shape than that of the portal.",
            call => call[0].As<Grant>() is { } grant
                ? Answer.Of(RepositoryCondition.Admits(grant.Condition, call[1]), Cause.Of(grant.Condition).Concat(Cause.Of(call[1])).DefaultIfEmpty(new Cause(UnknownReason.NotComputed, "which repositories the condition admits is not computed", grant.Condition.NewestPlace, null)))
                : UnknownValue.From(DataType.Bool, call[0])),
    ];
}
