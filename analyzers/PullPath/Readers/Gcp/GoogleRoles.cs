using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Google roles by whether they contain artifactregistry.repositories.downloadArtifacts (cloud.google.com/artifact-registry/docs/access-control; basic roles contain it). Roles of other
/// services do not; custom roles and roles that are not known may.
/// </summary>
internal static class GoogleRoles
{
    private static readonly string[] Granting =
    [
        "roles/artifactregistry.reader", "roles/artifactregistry.writer", "roles/artifactregistry.repoAdmin", "roles/artifactregistry.admin",
        "roles/artifactregistry.createOnPushWriter", "roles/artifactregistry.createOnPushRepoAdmin", "roles/editor", "roles/owner", "roles/viewer",
    ];

    private static readonly string[] OtherServices =
    [
        "roles/container.", "roles/logging.", "roles/monitoring.", "roles/stackdriver.", "roles/storage.", "roles/iam.", "roles/compute.", "roles/cloudsql.", "roles/pubsub.",
        "roles/secretmanager.", "roles/cloudtrace.", "roles/dns.", "roles/cloudkms.", "roles/bigquery.", "roles/redis.", "roles/spanner.", "roles/gkehub.", "roles/autoscaling.",
    ];

    internal static Value Pulls(Value role)
    {
        if (role is not TextValue { Known: { } known })
        {
            return UnknownValue.From(DataType.Bool, role);
        }

        return Array.Exists(Granting, each => each == known) ? BoolValue.True
            : Array.Exists(OtherServices, each => known.StartsWith(each, StringComparison.Ordinal)) ? BoolValue.False
            : new UnknownValue(UnknownReason.External, $"role {known} is not known to pull or not to pull", type: DataType.Bool);
    }
}
