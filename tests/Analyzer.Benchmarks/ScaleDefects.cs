using Analyzer.Rules;

namespace Analyzer.Benchmarks;

/// <summary>
/// Defects to put into a <see cref="ScaleTree"/>, and near misses that look like them: examples of rules, each in a folder of its own, over and over. What must be found is what the
/// examples say, at any size and among everything else.
/// </summary>
internal sealed class ScaleDefects
{
    /// <summary>
    /// Rules whose answer depends on the whole repository: on alerts, providers, roles or registries that others declare. In a tree with all of these their examples mean something
    /// else.
    /// </summary>
    private static readonly string[] AskEverybody =
    [
        "aws-ecr-endpoint-policy-drops-pull", "aws-imds-hop-limit-starves-node-credential-pods", "aws-instance-profile-missing-or-wrong", "aws-irsa-oidc-provider-missing",
        "aws-isolated-missing-companion-endpoints", "aws-pod-identity-node-permission-missing", "aws-registry-traffic-over-nat",
        "aws-workload-identity-unavailable", "azure-workload-identity-unavailable", "gke-gcr-host-retired", "gke-gcr-storage-grant-only", "gke-image-repository-mismatch", "gke-module-registry-access-off", "gke-module-scopes-overridden", "gke-node-sa-missing-registry-reader", "gke-registry-dns-incomplete", "k8s-alert-image-pull-missing", "k8s-host-policy-blocks-imds", "k8s-static-acr-token-secret", "azure-acr-dns-zone-name", "azure-acr-pe-no-dns",
        "k8s-static-ecr-token-secret", "k8s-static-gcp-token-secret", "k8s-workload-identity-misplaced-marker",
    ];

    /// <summary>Rules whose manifests are judged by the cluster they go to, or by objects of the same names: among many of these nothing is proven.</summary>
    private static readonly string[] AskTheCluster =
    [
        "aws-irsa-trust-without-annotation", "aws-isolated-image-registry-unreachable", "aws-pod-identity-association-target-missing", "aws-pod-identity-on-fargate", "aws-ptc-first-pull-needs-internet",
        "k8s-credential-provider-no-match", "k8s-pod-overrides-sa-pull-secrets", "k8s-pull-secret-host-mismatch", "k8s-pull-secret-wrong-namespace", "k8s-sa-pull-annotation-incomplete",
        "kustomize-reference-not-rewritten",
    ];

    /// <summary>Objects that name folders from the root of the repository: in a folder of its own an example with them means nothing.</summary>
    private static readonly string[] AtTheRoot = ["kind: Application", "kustomize.toolkit.fluxcd.io"];

    private readonly List<ScaleDefect> _all;

    /// <summary>Takes the examples that stand for themselves: of one language alone, of rules that are on, in which no other rule speaks.</summary>
    internal ScaleDefects(IReadOnlyList<Rule> rules) => _all =
    [
        .. rules.Where(rule => !rule.IsOff && Array.IndexOf(AskEverybody, rule.Id) < 0)
            .SelectMany(rule => rule.Examples.Where(example => Stands(rule.Id, example)).Select(example => new ScaleDefect(rule.Id, example))),
    ];

    /// <summary>How many topics have a defect.</summary>
    internal int Topics => _all.Where(each => each.IsDefect).DistinctBy(each => each.Topic).Count();

    /// <summary>Defects or near misses, one topic after the other, each example again when all were there; every topic at least once.</summary>
    internal IEnumerable<(string Home, ScaleDefect Defect)> Take(int count, bool defects)
    {
        var topics = _all.Where(each => each.IsDefect == defects).GroupBy(each => each.Topic).Select(group => group.ToList()).ToList();
        for (var at = 0; at < Math.Max(count, topics.Count); at++)
        {
            var examples = topics[at % topics.Count];
            var round = at / topics.Count;
            var defect = examples[round % examples.Count];
            yield return ($"{(defects ? "defects" : "near-misses")}/{defect.Topic}/{round}", defect);
        }
    }

    private static bool Stands(string rule, RuleExample example)
    {
        var isTerraform = example.Files.All(file => file.Path.EndsWith(".tf", StringComparison.Ordinal) || file.Path.EndsWith(".tfvars", StringComparison.Ordinal));
        var isTemplate = example.Files.All(file => file.Text.Contains("Resources", StringComparison.Ordinal) && file.Text.Contains("AWS::", StringComparison.Ordinal));
        var isManifest = Array.IndexOf(AskTheCluster, rule) < 0 && example.Files.All(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal) && !Array.Exists(AtTheRoot, kind => file.Text.Contains(kind, StringComparison.Ordinal)));
        return (isTerraform || isTemplate || isManifest) && example.Also.IsEmpty && (example.Expected == Outcome.Pass || (example.Expected == Outcome.Fail && !example.Places.IsEmpty));
    }
}

/// <summary>One of them.</summary>
/// <param name="Topic">The rule it is about.</param>
/// <param name="Example">Its files and what is expected of them.</param>
internal sealed record ScaleDefect(string Topic, RuleExample Example)
{
    /// <summary>True for a defect, false for what only looks like one.</summary>
    internal bool IsDefect => Example.Expected == Outcome.Fail;
}
