using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>A controller whose work is to call AWS.</summary>
/// <param name="Name">What it is known as: also the name of its image, its chart and its add-on.</param>
/// <param name="Account">The service account that its chart and its add-on make.</param>
internal sealed record KnownController(string Name, string Account)
{
    /// <summary>The end of the names of its images, where it is not its own name.</summary>
    internal string[] Images { get; init; } = [];

    /// <summary>The argument without which it serves another cloud; null where there is no other.</summary>
    internal string? Argument { get; init; }

    /// <summary>The value of its chart that names the cloud, null where there is none. The charts' default is AWS.</summary>
    internal string? CloudValue { get; init; }

    /// <summary>Kind of the workload that calls AWS.</summary>
    internal string Kind { get; init; } = "Deployment";

    /// <summary>Whether EKS installs it as an add-on.</summary>
    internal bool IsAddOn { get; init; }

    /// <summary>Whether an image is one of its own.</summary>
    internal bool IsOf(Value image) => ImageName.Of(image).Repository is TextValue { Known: { } path }
        && (Images.Length == 0 ? [Name] : Images).Any(name => path == name || path.EndsWith("/" + name, StringComparison.Ordinal));
}

/// <summary>The controllers that are known, from their own charts and manifests.</summary>
internal static class KnownControllers
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<KnownController> All { get; } =
    [
        new("aws-load-balancer-controller", "aws-load-balancer-controller") { Images = ["aws-load-balancer-controller", "aws-alb-ingress-controller"] },
        new("cluster-autoscaler", "cluster-autoscaler") { Argument = "--cloud-provider=aws", CloudValue = "cloudProvider" },
        new("external-dns", "external-dns") { Argument = "--provider=aws", CloudValue = "provider" },
        new("karpenter", "karpenter") { Images = ["karpenter/controller"] },
        new("aws-ebs-csi-driver", "ebs-csi-controller-sa") { IsAddOn = true },
        new("aws-for-fluent-bit", "aws-for-fluent-bit") { Kind = "DaemonSet" },
    ];
}
