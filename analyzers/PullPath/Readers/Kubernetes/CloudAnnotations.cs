using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>An annotation of a service account that names an identity of a cloud.</summary>
/// <param name="Key">The annotation.</param>
/// <param name="ClusterKind">Kind of cluster that reads it.</param>
internal sealed record CloudAnnotation(string Key, string ClusterKind);

/// <summary>The annotations with which the three clouds give service accounts an identity. Which identity a value names is for each cloud's readers to say.</summary>
internal static class CloudAnnotations
{
    /// <summary>An IAM role, by its ARN.</summary>
    internal static CloudAnnotation Aws { get; } = new("eks.amazonaws.com/role-arn", "eks");

    /// <summary>A managed identity or application, by its client id.</summary>
    internal static CloudAnnotation Azure { get; } = new("azure.workload.identity/client-id", "aks");

    /// <summary>A Google service account, by its address.</summary>
    internal static CloudAnnotation Google { get; } = new("iam.gke.io/gcp-service-account", "gke");

    /// <summary>All of them.</summary>
    internal static CloudAnnotation[] All { get; } = [Aws, Azure, Google];

    /// <summary>The value of the first of them that is among the annotations of a service account; null for none.</summary>
    internal static Value Written(Value annotations) =>
        All.Where(annotation => MayBeFor(annotations, annotation)).Select(annotation => PullPath.Written.FindKey(annotations, annotation.Key)).FirstOrDefault(value => value is not NullValue) ?? NullValue.Instance;

    /// <summary>Links the service accounts that carry an annotation with what its value names.</summary>
    internal static void Link(World world, CloudAnnotation annotation, Func<ServiceAccount, Value, Value> identityOf)
    {
        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields))
        {
            if (MayBeFor(account.Annotations, annotation) && PullPath.Written.FindKey(account.Annotations, annotation.Key) is var value and not NullValue)
            {
                account.IdentityValue = value;
                account.Identity = identityOf(account, value);
                account.AnnotatedFor = account.Annotations is MapValue map && map[annotation.Key] is not null
                    ? new TextValue(annotation.ClusterKind)
                    : UnknownValue.From(DataType.Text, account.Annotations);
            }
        }
    }

    /// <summary>False for annotations of which only another cloud's is seen: an account has the identity of one cloud, whatever else may be written.</summary>
    private static bool MayBeFor(Value annotations, CloudAnnotation annotation) =>
        annotations is not MapValue map || map[annotation.Key] is not null || !Array.Exists(All, other => map[other.Key] is not null);
}
