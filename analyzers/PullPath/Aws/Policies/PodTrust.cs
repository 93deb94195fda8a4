using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>What EKS Pod Identity does with a role for a service account, and whether the trust policy of the role lets it.</summary>
internal static class PodTrust
{
    private const string Service = "pods.eks.amazonaws.com";

    private const string Tag = "aws:requesttag/";

    private static readonly string[] Tags = ["eks-cluster-arn", "eks-cluster-name", "kubernetes-namespace", "kubernetes-service-account", "kubernetes-pod-name", "kubernetes-pod-uid"];

    private static readonly TextValue Itself = new("*");

    /// <summary>What one call does: it takes the role and, unless that is switched off, tags the session.</summary>
    internal static IEnumerable<string> ActionsOf(Association association) => association.IsTagged == Truth.No ? ["sts:AssumeRole"] : ["sts:AssumeRole", "sts:TagSession"];

    /// <summary>What a trust policy says to one of the actions. The tags of the session name cluster, namespace and service account.</summary>
    internal static Decision Decide(Value trust, string action, Association association) => PolicyEvaluation.Decide(trust, new AccessRequest(action, Itself)
    {
        Principal = (kind, written) => kind == "Service" ? TrustPolicies.IsService(written, Service) : Kleene.Of(kind == "AWS" && written is TextValue { Known: "*" }),
        Key = key => !key.StartsWith(Tag, StringComparison.Ordinal) ? PullRequests.SafeKey(key) : key[Tag.Length..] switch
        {
            var name when association.IsTagged == Truth.No && Tags.Contains(name, StringComparer.Ordinal) => NullValue.Instance,
            "kubernetes-namespace" => association.Namespace,
            "kubernetes-service-account" => association.ServiceAccountName,
            "eks-cluster-name" => association.Cluster.As<Cluster>()?.Name,
            _ => null,
        },
    });
}
