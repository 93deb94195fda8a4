using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Objects that others refer to by kind and name: those of their own set and namespace.</summary>
internal static class NamedObjects
{
    /// <summary>The object that a reference (<c>kind</c>, <c>name</c>) means; null where it is not declared beside the one that refers to it, or its name is not known.</summary>
    internal static Resource? Referred(World world, KubernetesObject from, Value reference) =>
        Written.Find(reference, "kind") is TextValue { Known: { } kind } ? Named(world, from, kind, Written.Find(reference, "name")) : null;

    /// <summary>The object of a kind and name beside another.</summary>
    internal static Resource? Named(World world, KubernetesObject beside, string kind, Value name)
    {
        var space = Written.Find(beside.Body, "metadata.namespace");
        if (name is not TextValue { Known: { } known } || space is not (NullValue or TextValue { Known: not null }))
        {
            return null;
        }

        var folder = space is TextValue { Known: { Length: > 0 } written } ? written + "/" : "";
        return world.Inventory.Find(new Address(beside.Resource.Address.Scope, $"{kind}/{folder}{known}"));
    }
}
