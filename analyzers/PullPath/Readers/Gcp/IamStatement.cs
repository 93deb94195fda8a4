using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>One statement of Google's access policies: some members get a role on a project, a repository or a bucket.</summary>
/// <param name="Resource">The resource that makes it.</param>
/// <param name="Role">The role.</param>
/// <param name="Members">Who gets it: a list, or unknown.</param>
/// <param name="MayChange">Whether conditions are attached, or what is written may not be all.</param>
/// <param name="IsExclusive">True where nobody else keeps the role: of bindings and whole policies.</param>
internal sealed record IamStatement(Resource Resource, Value Role, Value Members, bool MayChange, bool IsExclusive)
{
    private const string PolicyDocument = "google_iam_policy";
    private const string AccountPolicy = "google_service_account_iam_policy";

    /// <summary>What a statement can be about: grants on these count as rights on images or, long ago, on the buckets of Container Registry.</summary>
    private static readonly string[] Targets = ["google_project_iam", "google_artifact_registry_repository_iam", "google_storage_bucket_iam"];

    /// <summary>Types of resources that say who may become an account.</summary>
    internal static string[] AccountTypes { get; } = ["google_service_account_iam_member", "google_service_account_iam_binding", AccountPolicy];

    /// <summary>Types of resources that make statements about images.</summary>
    internal static string[] Types { get; } = [.. Targets.SelectMany(target => (string[])[target + "_member", target + "_binding", target + "_policy"])];

    /// <summary>The repository, bucket or project it is about, as written.</summary>
    internal Value Target => Resource.At("repository") is var repository and not NullValue ? repository
        : Resource.At("bucket") is var bucket and not NullValue ? bucket
        : Resource.At("project");

    /// <summary>The expression of its condition, where that is written and surely attached; null for none.</summary>
    internal Value Condition { get; private init; } = NullValue.Instance;

    /// <summary>True for a policy, which says all that anybody may do with its target.</summary>
    internal bool IsPolicy => Resource.Type.EndsWith("_policy", StringComparison.Ordinal);

    /// <summary>True for rights on a bucket: they say nothing about images in Artifact Registry.</summary>
    internal bool IsOnBucket => Resource.Type.StartsWith("google_storage", StringComparison.Ordinal);

    /// <summary>What a resource states; null where its policy is not seen.</summary>
    internal static IReadOnlyList<IamStatement>? Of(Resource resource, World world)
    {
        if (!resource.Type.EndsWith("_policy", StringComparison.Ordinal))
        {
            var isBinding = resource.Type.EndsWith("_binding", StringComparison.Ordinal);
            var members = isBinding ? resource.At("members") : ListValue.Of([resource.At("member")]);
            return [new IamStatement(resource, resource.At("role"), members, resource.Block("condition") is not NullValue, isBinding) { Condition = resource.At("condition.expression") }];
        }

        var document = resource.At("policy_data").References.Select(world.Inventory.Referent).OfType<Resource>().FirstOrDefault(each => each.Type == PolicyDocument);
        return document is null || Written.Blocks(document.Body, "binding") is not { IsOpen: false } bindings ? null
            : [.. bindings.Items.Select(item => new IamStatement(
                resource,
                Written.Find(item.Value, "role"),
                Written.Find(item.Value, "members"),
                !item.Guard.IsAlways || Written.Block(item.Value, "condition") is not NullValue,
                true)
            {
                Condition = item.Guard.IsAlways ? Written.Find(item.Value, "condition.expression") : NullValue.Instance,
            })];
    }
}
