using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Annotations that Terraform adds to service accounts which are declared elsewhere (<c>kubernetes_annotations</c>).</summary>
internal sealed class AnnotationReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfTypes("kubernetes_annotations", "kubernetes_annotations_v1").Where(each => !each.IsData))
        {
            if (resource.At("kind").EqualTo(new TextValue("ServiceAccount")) == Truth.No)
            {
                continue;
            }

            var space = resource.At("metadata.namespace") is not NullValue and var written ? written : new TextValue("default");
            foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields))
            {
                var isMeant = resource.At("metadata.name").EqualTo(account.Name).And(space.EqualTo(account.Namespace)).And(Answer.Exists(resource.Guard));
                if (isMeant != Truth.No && account.Annotations is MapValue own)
                {
                    account.Annotations = isMeant == Truth.Yes ? With(own, resource.At("annotations"), resource) : Perhaps(own, resource.At("annotations"), resource);
                    account.IdentityValue = CloudAnnotations.Written(account.Annotations);
                }
            }
        }
    }

    public void Join(World world)
    {
    }

    private static MapValue With(MapValue own, Value added, Resource by) => added is MapValue { IsOpen: false } more
        ? new MapValue([.. own.Entries.Where(entry => more.Find(entry.Key) is null), .. more.Entries]) { OpenBecause = own.OpenBecause, Place = own.Place }
        : new MapValue(own.Entries) { OpenBecause = [Doubt(by)], Place = own.Place };

    /// <summary>The annotations where nobody knows whether this account is meant: those that would be added are not known, all others are.</summary>
    private static MapValue Perhaps(MapValue own, Value added, Resource by) => added is MapValue { IsOpen: false } more
        ? new MapValue([.. own.Entries.Where(entry => more.Find(entry.Key) is null), .. more.Entries.Select(entry => entry with { Value = new UnknownValue([Doubt(by)], DataType.Text) })]) { OpenBecause = own.OpenBecause, Place = own.Place }
        : With(own, NullValue.Instance, by);

    private static Cause Doubt(Resource by) => new(UnknownReason.OpenWorld, $"{by.Address.Path} may annotate it", by.Place, null);
}
