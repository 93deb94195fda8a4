using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Names of identities on the wrong object. The webhook of EKS and the metadata server of GKE read annotations of service accounts; the same on a Deployment, on its pods or as a label does nothing.
/// Azure has a label for pods besides its annotation, and rules of its own for it. Kinds of others are left out: their controllers may pass annotations on.
/// </summary>
internal sealed class MisplacedMarkers : IReader
{
    private static readonly CloudAnnotation[] Clouds = [CloudAnnotations.Aws, CloudAnnotations.Google];
    private static readonly string[] Groups = ["", "apps", "batch", "extensions"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields).ToList())
        {
            Add(world, account, account.Labels, $"a label of {account.Address.Path}", Links.To(account), account.Associations);
        }

        var objects = KubernetesObject.Of(world).ToLookup(each => each.Resource);
        foreach (var workload in world.Facts.All<Workload>(Workload.Fields).Where(workload => !workload.IsGuessed).ToList())
        {
            if (objects[workload.Resource!].FirstOrDefault() is not { } each || Array.IndexOf(Groups, each.Type[..each.Type.LastIndexOf('/')]) < 0)
            {
                continue;
            }

            var holders = new List<(Value Written, string Name)> { (each.Annotations, "an annotation of"), (each.Labels, "a label of") };
            if (MetadataOfPods(each) is not NullValue and var metadata)
            {
                holders.Add((Written.Find(metadata, "annotations"), "an annotation of the pods of"));
                holders.Add((Written.Find(metadata, "labels"), "a label of the pods of"));
            }

            var associations = workload.ServiceAccount.As<ServiceAccount>()?.Associations ?? ListValue.Empty;
            foreach (var (written, name) in holders)
            {
                Add(world, workload, written, $"{name} {workload.Address.Path}", workload.ServiceAccount, associations);
            }
        }
    }

    private static void Add(World world, Fact on, Value written, string holder, Value account, Value associations)
    {
        foreach (var annotation in Clouds)
        {
            if ((written as MapValue)?[annotation.Key] is not (null or NullValue or TextValue { Known: "" }) and var value)
            {
                world.Add(new MisplacedMarker
                {
                    Key = annotation.Key,
                    Value = value,
                    Holder = holder,
                    ServiceAccount = account,
                    IsGivenElsewhere = IsGiven(annotation, on, account, associations),
                    Address = on.Address,
                    Place = value.Trace?.Source.Place ?? on.Place,
                    Resource = on.Resource,
                    Guard = on.Guard,
                });
            }
        }
    }

    private static Value IsGiven(CloudAnnotation annotation, Fact on, Value account, Value associations)
    {
        if (account is not FactValue { Fact: ServiceAccount declared })
        {
            return UnknownValue.From(DataType.Bool, account is NullValue ? new UnknownValue(UnknownReason.OpenWorld, "the service account of its pods is not declared here; it may be annotated", on.Place) : account);
        }

        var own = Written.FindKey(declared.Annotations, annotation.Key);
        return own is UnknownValue ? UnknownValue.From(DataType.Bool, own)
            : own is not NullValue || associations is ListValue { Items: not [] } ? BoolValue.True
            : associations is ListValue { IsOpen: false } ? BoolValue.False
            : UnknownValue.From(DataType.Bool, associations);
    }

    /// <summary>The metadata of the pods that an object makes, where these are not the object itself.</summary>
    private static Value MetadataOfPods(KubernetesObject each)
    {
        var path = each.PodSpec ?? (WorkloadKinds.Find(each.Type)?.PodSpecs is [var only] ? only : "");
        return path.EndsWith(".spec", StringComparison.Ordinal) ? Written.Find(each.Body, path[..^"spec".Length] + "metadata") : NullValue.Instance;
    }
}
