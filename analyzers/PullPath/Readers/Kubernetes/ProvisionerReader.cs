using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>NodePools and Provisioners of Karpenter, from manifests and from Terraform.</summary>
internal sealed class ProvisionerReader : IReader
{
    /// <summary>What the definition of a NodePool says where nothing is written: 720 h.</summary>
    private const long DefaultSeconds = 720 * 3600;

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (each.Type is not ("karpenter.sh/NodePool" or "karpenter.sh/Provisioner"))
            {
                continue;
            }

            var written = LifetimeOf(each);
            world.Add(new Provisioner
            {
                Name = each.Name,
                Address = each.Resource.Address,
                Place = each.Resource.Place,
                Resource = each.Resource,
                Guard = each.Resource.Guard,
                IsAutoMode = BoolValue.Of(Written.Find(each.Body, "spec.template.spec.nodeClassRef.group") is TextValue { Known: "eks.amazonaws.com" }),
                ExpireAfterValue = written,
                ExpireAfter = each.Kind == "Provisioner" ? written : SecondsOf(written),
                DriftBlocks = DriftBlocks(Written.Blocks(Written.Find(each.Body, "spec.disruption"), "budgets")),
            });
        }
    }

    public void Join(World world)
    {
    }

    /// <summary>Where each version keeps it: v1, v1beta1, v1alpha5.</summary>
    private static Value LifetimeOf(KubernetesObject each) => (each.Kind, each.Version) switch
    {
        ("Provisioner", _) => Written.Find(each.Body, "spec.ttlSecondsUntilExpired"),
        (_, "v1beta1") => Written.Find(each.Body, "spec.disruption.expireAfter"),
        _ => Written.Find(each.Body, "spec.template.spec.expireAfter"),
    };

    private static Value SecondsOf(Value written) => written switch
    {
        NullValue => NumberValue.Of(DefaultSeconds),
        TextValue { Known: "Never" } => NullValue.Instance,
        TextValue { Known: { } text } when Durations.Seconds(text) is { } seconds => NumberValue.Of(seconds).With(written.Trace),
        _ => UnknownValue.From(DataType.Number, written),
    };

    /// <summary>
    /// Budgets of no node at all, at any time and for drift. Of several the strictest counts, so one of them is enough.
    /// </summary>
    private static ListValue DriftBlocks(ListValue budgets)
    {
        var found = new List<Item>();
        var open = new List<Cause>(budgets.OpenBecause ?? []);
        foreach (var item in budgets.Items)
        {
            var isNone = Written.Find(item.Value, "nodes") switch
            {
                TextValue { Known: { } text } => Kleene.Of(text is "0" or "0%"),
                NumberValue number => Kleene.Of(number.Number.Whole == 0),
                NullValue => Truth.No,
                _ => Truth.Unknown,
            };
            var reasons = Written.Blocks(item.Value, "reasons");
            var meansDrift = reasons is { Items.Length: 0, IsOpen: false } ? Truth.Yes : reasons.Values.Any(reason => reason.EqualTo(new TextValue("Drifted"))).Or(reasons.IsOpen ? Truth.Unknown : Truth.No);
            var isAlways = Written.Find(item.Value, "schedule") switch { NullValue => Truth.Yes, TextValue { Known: not null } => Truth.No, _ => Truth.Unknown };
            var blocks = isNone.And(meansDrift).And(isAlways);
            if (blocks == Truth.Yes)
            {
                found.Add(item);
            }
            else if (blocks == Truth.Unknown)
            {
                open.AddRange(Cause.Of(item.Value));
            }
        }

        return PodTemplate.Open(found, open);
    }
}
