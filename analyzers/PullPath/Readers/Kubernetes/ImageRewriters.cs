using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Objects that may give pods other images than are written: webhooks, and policies that change what is created.</summary>
internal static class ImageRewriters
{
    private static readonly string[] Types =
        ["admissionregistration.k8s.io/MutatingWebhookConfiguration", "kyverno.io/ClusterPolicy", "kyverno.io/Policy", "mutations.gatekeeper.sh/Assign", "mutations.gatekeeper.sh/AssignImage"];

    /// <summary>Why images may be others, for each of them.</summary>
    internal static IEnumerable<Cause> Of(World world) =>
        world.Inventory.OfTypes(Types).Select(static resource => new Cause(UnknownReason.External, $"{resource.Address.Path} may rewrite images", resource.Place, null));
}
