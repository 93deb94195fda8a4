using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>How bad it is that pods lack the label which calls the webhook of Azure depends on where it stands instead, and on who else signs in for them.</summary>
public sealed class PodLabelLevelTests
{
    private const string Secrets = ", volumes: [{name: secrets, csi: {driver: secrets-store.csi.k8s.io}}]";

    [Theory]
    [InlineData("labels: {azure.workload.identity/use: 'true'}", "shop.azurecr.io/api:1", "", Level.Error)]
    [InlineData("annotations: {azure.workload.identity/client-id: 00000000-1111-2222-3333-444444444444}", "shop.azurecr.io/api:1", "", Level.Warning)]
    [InlineData("labels: {azure.workload.identity/use: 'true'}", "shop.azurecr.io/api:1", Secrets, Level.Warning)]
    [InlineData("labels: {azure.workload.identity/use: 'true'}", "registry.k8s.io/e2e-test-images/busybox:1.29-1", Secrets, null)]
    [InlineData("labels: {azure.workload.identity/use: 'true'}", "busybox", Secrets, null)]
    public void A_label_that_is_missing_matters_as_far_as_pods_sign_in_themselves(string account, string image, string volumes, Level? expected)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("k8s/api.yaml", $"apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n  namespace: shop\n  {account}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  namespace: shop\nspec: {{serviceAccountName: api, containers: [{{name: api, image: {image}}}]{volumes}}}\n")), problems);
        var rules = BuiltInRuleTests.Rules.Where(rule => rule.Id == "azure-wi-pod-label-missing").ToList();
        var finding = Judge.Decide(rules, model.Facts, model.Functions, problems).SingleOrDefault(verdict => verdict.Outcome == Outcome.Fail);
        Assert.Equal(expected, finding?.Level);
    }
}
