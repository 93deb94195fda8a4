using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// The policy of a repository; of a whole registry: then nothing names a repository; or the one that repositories get which a cache or a push makes: then the name is a prefix and what nobody knows yet.
/// </summary>
internal sealed record RepositoryPolicy(Resource? Repository, Value Name, Value Policy)
{
    /// <summary>The prefix of a template for all repositories that no other template is for.</summary>
    private const string Everything = "ROOT";

    /// <summary>All policies of a world that stand at repositories.</summary>
    internal static IEnumerable<RepositoryPolicy> Of(World world)
    {
        foreach (var policy in world.Managed("aws_ecr_repository_policy"))
        {
            var written = policy.At("repository");
            var target = world.Inventory.Referents(written).Take(2).ToList() is [var only] ? only : null;
            yield return new(target, target?["name"] ?? written, Decoded(policy.At("policy")));
        }

        foreach (var policy in world.Managed("aws_ecr_registry_policy", "AWS::ECR::RegistryPolicy", "awscc_ecr_registry_policy"))
        {
            yield return new(null, NullValue.Instance, Decoded(policy.Field(policy.Type == "aws_ecr_registry_policy" ? "policy" : "policy_text", "PolicyText")));
        }

        foreach (var repository in world.Managed("AWS::ECR::Repository", "awscc_ecr_repository"))
        {
            if (repository.Field("repository_policy_text", "RepositoryPolicyText") is not NullValue and var document)
            {
                yield return new(repository, repository.Field("repository_name", "RepositoryName") is not NullValue and var name ? name : UnknownValue.From(DataType.Text), Decoded(document));
            }
        }

        foreach (var template in world.Managed("aws_ecr_repository_creation_template", "AWS::ECR::RepositoryCreationTemplate", "awscc_ecr_repository_creation_template"))
        {
            if (template.Field("repository_policy", "RepositoryPolicy") is not NullValue and var document)
            {
                yield return new(null, NamesBelow(template.Field("prefix", "Prefix"), template), Decoded(document));
            }
        }
    }

    private static Value Decoded(Value document) => document is NullValue ? document : PolicyText.Decode(document);

    /// <summary>A name of which nothing is known but the prefix.</summary>
    private static Value NamesBelow(Value prefix, Resource template)
    {
        var rest = new TextPart(new UnknownValue(UnknownReason.Computed, "the name of the repository is known when it is made", template.Place));
        return prefix switch
        {
            TextValue { Known: Everything } => TextValue.Of([rest]),
            TextValue { Known: { } known } => TextValue.Of([new TextPart(known.TrimEnd('/') + "/"), rest]),
            _ => UnknownValue.From(DataType.Text, prefix),
        };
    }
}
