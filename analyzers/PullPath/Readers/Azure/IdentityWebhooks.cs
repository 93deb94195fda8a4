using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>What installs the webhook of Azure workload identity without AKS: its chart, by whatever tool, or its configuration.</summary>
internal static class IdentityWebhooks
{
    private const string Chart = "workload-identity-webhook";

    private const string Configuration = "azure-wi-webhook-mutating-webhook-configuration";

    /// <summary>The first such resource, or null.</summary>
    internal static Resource? Find(World world) =>
        world.Inventory.OfType("helm_release").FirstOrDefault(each => IsChart(each.At("chart")))
        ?? world.Inventory.OfTypes("kubernetes_mutating_webhook_configuration", "kubernetes_mutating_webhook_configuration_v1").FirstOrDefault(each => IsText(each.At("metadata.name"), Configuration))
        ?? KubernetesObject.Of(world).FirstOrDefault(Installs)?.Resource;

    private static bool Installs(KubernetesObject each) => each.Type switch
    {
        "admissionregistration.k8s.io/MutatingWebhookConfiguration" => IsText(each.Name, Configuration),
        "helm.toolkit.fluxcd.io/HelmRelease" => IsChart(Written.Find(each.Body, "spec.chart.spec.chart")),
        ArgoApplication.Type => ArgoApplication.Sources(each.Body).Any(source => IsChart(Written.Find(source, "chart"))),
        _ => false,
    };

    private static bool IsChart(Value chart) => chart is TextValue { Known: { } known } && known[(known.LastIndexOf('/') + 1)..] == Chart;

    private static bool IsText(Value value, string text) => value is TextValue { Known: { } known } && known == text;
}
