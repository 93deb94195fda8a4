using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// How long tokens shall live that the webhook of workload identity gives to pods: what their own annotation says, else that of their account; an empty text says nothing
/// (Azure/azure-workload-identity, pkg/webhook).
/// </summary>
internal sealed class TokenLifetimes : IReader
{
    private const string Label = "azure.workload.identity/use";

    private const string Annotation = "azure.workload.identity/service-account-token-expiration";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var workload in world.Workloads.Where(workload => (workload.PodLabels as MapValue)?[Label] is TextValue { Known: "true" }))
        {
            var own = Written.FindKey(workload.PodAnnotations, Annotation);
            workload.TokenLifetime = own is not (NullValue or TextValue { Known: "" }) ? own
                : workload.ServiceAccount.As<ServiceAccount>() is { } account && Written.FindKey(account.Annotations, Annotation) is not TextValue { Known: "" } and var shared ? shared
                : NullValue.Instance;
        }
    }
}
