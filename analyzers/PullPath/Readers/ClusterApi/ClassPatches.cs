using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>
/// What the patches of a class of clusters (<c>spec.patches</c>) may change in the templates of its machines. Their values are mostly variables of each cluster, so what they touch is not known; what they leave
/// alone is as the template says.
/// </summary>
internal static class ClassPatches
{
    /// <summary>Fields of templates that say nothing about identities, scopes, metadata or how a node joins: sizes, images, disks, keys.</summary>
    private static readonly string[] Harmless =
    [
        "instanceType", "vmSize", "ami", "image", "imageFamily", "imageLookupFormat", "imageLookupOrg", "imageLookupBaseOS", "sshKeyName", "sshPublicKey", "rootVolume", "nonRootVolumes", "rootDeviceSize", "rootDeviceType",
        "osDisk", "dataDisks", "additionalTags", "additionalLabels", "failureDomain", "spotMarketOptions", "spotVMOptions", "preemptible", "acceleratedNetworking",
    ];

    /// <summary>
    /// A reference to a template of a class of machines as the patches leave it: the same, or without a name where they may change what matters of it.
    /// </summary>
    /// <param name="clusterClass">The class of clusters.</param>
    /// <param name="list">Where it lists the class of machines: <c>machineDeployments</c> or <c>machinePools</c>.</param>
    /// <param name="machineClass">Name of the class of machines.</param>
    /// <param name="reference">The reference.</param>
    internal static Value Leave(KubernetesObject clusterClass, string list, Value machineClass, Value reference)
    {
        var patches = Written.Blocks(Written.Find(clusterClass.Body, "spec"), "patches");
        var kind = Written.Find(reference, "kind");
        return patches.IsOpen || patches.Values.Any(patch => MayChange(patch, list, machineClass, kind)) ? MapValue.Of(("kind", kind)) : reference;
    }

    private static bool MayChange(Value patch, string list, Value machineClass, Value kind)
    {
        var definitions = Written.Blocks(patch, "definitions");
        return definitions.IsOpen || Written.Find(patch, "external") is not NullValue || patch is not MapValue
            || definitions.Values.Any(definition => IsMeant(Written.Find(definition, "selector"), list, machineClass, kind) && Touches(Written.Blocks(definition, "jsonPatches")));
    }

    /// <summary>True unless the selector certainly means other templates: those of another kind, of the control plane, or of other classes.</summary>
    private static bool IsMeant(Value selector, string list, Value machineClass, Value kind)
    {
        if (Written.Find(selector, "kind").EqualTo(kind) == Truth.No)
        {
            return false;
        }

        var matched = Written.Find(selector, $"matchResources.{(list == "machinePools" ? "machinePoolClass" : "machineDeploymentClass")}.names");
        return matched is UnknownValue || matched is ListValue { IsOpen: true }
            || (matched is ListValue names && names.Values.Any(name => (name is TextValue { Known: { } known } && known.Contains('*', StringComparison.Ordinal)) || name.EqualTo(machineClass) != Truth.No));
    }

    private static bool Touches(ListValue operations) => operations.IsOpen || operations.Values.Any(operation => Written.Find(operation, "path") is not TextValue { Known: { } path }
        || path.Split('/') is not ["", "spec", "template", "spec", var field, ..] || Array.IndexOf(Harmless, field) < 0);
}
