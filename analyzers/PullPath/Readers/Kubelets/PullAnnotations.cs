using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Kubelets;

/// <summary>
/// Annotations of service accounts by which the plug-ins of the clouds pull with the identity of pods (KEP-4412; kubernetes/cloud-provider-aws, kubernetes-sigs/cloud-provider-azure,
/// kubernetes/cloud-provider-gcp).
/// </summary>
internal static class PullAnnotations
{
    private const string AwsRole = "eks.amazonaws.com/ecr-role-arn";
    private const string AzureClient = "kubernetes.azure.com/acr-client-id";
    private const string AzureTenant = "kubernetes.azure.com/acr-tenant-id";
    private const string Google = "iam.gke.io/enable-wi-image-pull";

    private static readonly (string Key, string Kind)[] Keys = [(AwsRole, "ecr"), (AzureClient, "acr"), (AzureTenant, "acr"), (Google, "gar")];

    /// <summary>Reads them of a service account.</summary>
    internal static void Read(ServiceAccount account)
    {
        account.PullIdentityValue = Keys.Select(each => Written.FindKey(account.Annotations, each.Key)).FirstOrDefault(value => value is not NullValue) ?? NullValue.Instance;
        account.PullIdentityFault = FaultOf(account.Annotations);
    }

    /// <summary>Says of service accounts whether a plug-in of the repository is given their annotations; null where none of its cloud is configured here.</summary>
    internal static void Join(World world, IReadOnlyList<CredentialProvider> providers)
    {
        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => account.PullIdentityValue is not NullValue))
        {
            foreach (var (key, kind) in Keys.Where(each => Written.FindKey(account.Annotations, each.Key) is not NullValue))
            {
                var own = providers.Where(each => each.RegistryKind is TextValue { Known: { } known } && known == kind
                    && ClusterChoice.StageOf(each.Place.Outermost.File.Path) == ClusterChoice.StageOf(account.Place.Outermost.File.Path)).ToList();
                if (own.Count > 0)
                {
                    var isGiven = own.Any(each => Answer.Has(each.AnnotationKeys, value => value.EqualTo(new TextValue(key))));
                    account.PullIdentityIsAsked = Answer.Of(isGiven, own.SelectMany(each => each.AnnotationKeys.OpenBecause ?? []));
                }
            }
        }
    }

    private static Value FaultOf(Value annotations)
    {
        if (Written.FindKey(annotations, AwsRole) is var role and not NullValue && RoleArns.MayBe(role) == Truth.No)
        {
            return new TextValue($"{AwsRole} is no ARN of a role").With(role.Trace);
        }

        var (client, tenant) = (Written.FindKey(annotations, AzureClient), Written.FindKey(annotations, AzureTenant));
        return (client, tenant) switch
        {
            (NullValue, NullValue) => NullValue.Instance,
            (NullValue, not UnknownValue) => new TextValue($"{AzureClient} is missing").With(tenant.Trace),
            (not UnknownValue, NullValue) => new TextValue($"{AzureTenant} is missing").With(client.Trace),
            (UnknownValue, _) or (_, UnknownValue) => UnknownValue.From(DataType.Text, client, tenant),
            _ => NullValue.Instance,
        };
    }
}
