using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Google roles by whether they contain artifactregistry.repositories.downloadArtifacts (cloud.google.com/artifact-registry/docs/access-control; basic roles contain it). Roles of other
/// services do not; custom roles that are declared here tell by their permissions, other ones and roles that are not known may.
/// </summary>
internal static class GoogleRoles
{
    private const string Reader = "roles/artifactregistry.reader";
    private const string Download = "artifactregistry.repositories.downloadArtifacts";

    private static readonly string[] CustomRoles = ["google_project_iam_custom_role", "google_organization_iam_custom_role"];

    private static readonly string[] Granting =
    [
        Reader, "roles/artifactregistry.writer", "roles/artifactregistry.repoAdmin", "roles/artifactregistry.admin",
        "roles/artifactregistry.createOnPushWriter", "roles/artifactregistry.createOnPushRepoAdmin", "roles/editor", "roles/owner", "roles/viewer",
    ];

    private static readonly string[] ReadingBuckets =
    [
        "roles/storage.objectViewer", "roles/storage.objectUser", "roles/storage.objectAdmin", "roles/storage.admin", "roles/storage.legacyObjectReader", "roles/storage.legacyBucketReader",
    ];

    private static readonly string[] OtherServices =
    [
        "roles/container.", "roles/logging.", "roles/monitoring.", "roles/stackdriver.", "roles/storage.", "roles/iam.", "roles/compute.", "roles/cloudsql.", "roles/pubsub.",
        "roles/secretmanager.", "roles/cloudtrace.", "roles/dns.", "roles/cloudkms.", "roles/bigquery.", "roles/redis.", "roles/spanner.", "roles/gkehub.", "roles/autoscaling.",
        "roles/serviceusage.", "roles/cloudprofiler.", "roles/errorreporting.",
    ];

    /// <summary>Whether a role lets its holder pull.</summary>
    internal static Value Pulls(Value role, World world)
    {
        if (role is TextValue { Known: { } known })
        {
            return Array.Exists(Granting, each => each == known) ? BoolValue.True
                : Array.Exists(OtherServices, each => known.StartsWith(each, StringComparison.Ordinal)) ? BoolValue.False
                : new UnknownValue(UnknownReason.External, $"role {known} is not known to pull or not to pull", type: DataType.Bool);
        }

        var custom = role.References.Select(world.Inventory.Referent).OfType<Resource>().FirstOrDefault(resource => CustomRoles.Contains(resource.Type) && !resource.IsData);
        return custom?.At("permissions") switch
        {
            ListValue list when list.Values.Any(each => each is TextValue { Known: Download }) => BoolValue.True,
            ListValue { IsWhollyKnown: true } => BoolValue.False,
            null => UnknownValue.From(DataType.Bool, role),
            var permissions => UnknownValue.From(DataType.Bool, permissions),
        };
    }

    /// <summary>True for the role that is for those who only pull.</summary>
    internal static bool IsReader(Value role) => role is TextValue { Known: Reader };

    /// <summary>Whether a role lets its holder read objects in buckets.</summary>
    internal static Value ReadsBuckets(Value role) => role is TextValue { Known: { } known }
        ? BoolValue.Of(Array.Exists(ReadingBuckets, each => each == known))
        : UnknownValue.From(DataType.Bool, role);
}
