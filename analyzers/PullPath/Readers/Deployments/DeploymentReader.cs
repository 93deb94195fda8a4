using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>
/// Steps of a Terraform run that start pods, with the time they wait for them. Times are the providers' defaults where nothing is written: helm_release 300 s, kubernetes_deployment and
/// its like 600 s, kubernetes_job 60 s, kubernetes_pod 300 s, kubectl_manifest 600 s for a Deployment; other manifests do not wait (documentation of the helm, kubernetes and kubectl providers).
/// </summary>
internal sealed class DeploymentReader : IReader
{
    private enum Waiting
    {
        Rollout,
        Completion,
        Always,
        OwnRollout,
        Never,
    }

    private static readonly (string Type, Waiting Waiting, int Seconds)[] Kinds =
    [
        ("kubernetes_deployment", Waiting.Rollout, 600),
        ("kubernetes_deployment_v1", Waiting.Rollout, 600),
        ("kubernetes_stateful_set", Waiting.Rollout, 600),
        ("kubernetes_stateful_set_v1", Waiting.Rollout, 600),
        ("kubernetes_daemonset", Waiting.Rollout, 600),
        ("kubernetes_daemon_set_v1", Waiting.Rollout, 600),
        ("kubernetes_job", Waiting.Completion, 60),
        ("kubernetes_job_v1", Waiting.Completion, 60),
        ("kubernetes_pod", Waiting.Always, 300),
        ("kubernetes_pod_v1", Waiting.Always, 300),
        ("kubernetes_cron_job", Waiting.Never, 0),
        ("kubernetes_cron_job_v1", Waiting.Never, 0),
        ("kubernetes_manifest", Waiting.Never, 0),
        ("kubectl_manifest", Waiting.OwnRollout, 600),
    ];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType("helm_release").Where(each => !each.IsData))
        {
            Add(resource, HelmDeadline(resource), world);
        }

        foreach (var (type, waiting, seconds) in Kinds)
        {
            foreach (var resource in world.Inventory.OfType(type).Where(each => !each.IsData))
            {
                Add(resource, DeadlineOf(resource, waiting, seconds), world);
            }
        }
    }

    public void Join(World world)
    {
        world.Each(world.Facts.All<Deployment>(Deployment.Fields), deployment =>
        {
            var resource = deployment.Resource!;
            var workload = world.FactOf<Workload>(resource) is { IsDerived: false } own ? own : null;
            deployment.Images = workload?.Images ?? TextsOf(resource);
            deployment.Cluster = workload?.Cluster ?? ProviderClusters.Of(resource, world);
            deployment.NeedsNodes = workload is not null ? BoolValue.Of(workload.Kind != "DaemonSet")
                : resource.Type == "helm_release" ? Charts.NeedNodes(resource)
                : KubernetesObject.Of(resource) is not null ? BoolValue.False
                : new UnknownValue(UnknownReason.NotComputed, $"the object in {resource.Address.Path} is not known", resource.Place, type: DataType.Bool);
        });
    }

    private static void Add(Resource resource, Value deadline, World world) => world.Add(new Deployment
    {
        Kind = resource.Type,
        Address = resource.Address,
        Place = resource.Place,
        Resource = resource,
        Guard = resource.Guard,
        Deadline = deadline,
        Waits = deadline switch
        {
            NullValue => BoolValue.False,
            NumberValue => BoolValue.True,
            _ => UnknownValue.From(DataType.Bool, deadline),
        },
    });

    private static Value HelmDeadline(Resource release) => Flag(release.At("wait"), otherwise: true).Or(Flag(release.At("atomic"), otherwise: false)) switch
    {
        Truth.No => NullValue.Instance,
        Truth.Yes => release.At("timeout") switch
        {
            NullValue => NumberValue.Of(300),
            NumberValue written => written,
            TextValue { Known: { } text } written when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => NumberValue.Of(seconds).With(written.Trace),
            var other => UnknownValue.From(DataType.Number, other),
        },
        _ => UnknownValue.From(DataType.Number, release.At("wait"), release.At("atomic")),
    };

    private static Truth Flag(Value written, bool otherwise) => written is NullValue ? Kleene.Of(otherwise) : Answer.TruthOf(written);

    private static Value DeadlineOf(Resource resource, Waiting waiting, int seconds)
    {
        var flag = waiting switch
        {
            Waiting.Rollout or Waiting.OwnRollout => resource.At("wait_for_rollout"),
            Waiting.Completion => resource.At("wait_for_completion"),
            Waiting.Never => resource.At("wait"),
            _ => NullValue.Instance,
        };
        if (waiting == Waiting.Never)
        {
            // What they wait for is a field of the object: no time that would bound a pull.
            return flag is NullValue or BoolValue { Value: false } ? NullValue.Instance : UnknownValue.From(DataType.Number, flag);
        }

        if (waiting == Waiting.OwnRollout && KubernetesObject.Of(resource) is { Type: not "apps/Deployment" })
        {
            return NullValue.Instance;
        }

        return Flag(flag, otherwise: true) switch
        {
            Truth.No => NullValue.Instance,
            Truth.Yes => resource.At("timeouts.create") switch
            {
                NullValue => NumberValue.Of(seconds),
                TextValue { Known: { } text } when Durations.Seconds(text) is { } written => NumberValue.Of(written),
                var other => UnknownValue.From(DataType.Number, other),
            },
            _ => UnknownValue.From(DataType.Number, flag),
        };
    }

    /// <summary>Everything a release is given: an image may stand in any value, and those of the chart itself are not seen.</summary>
    private static ListValue TextsOf(Resource resource) => new(
        [.. new[] { "set", "values", "set_list", "manifest", "yaml_body" }
            .Select(name => resource[name]).OfType<Value>().SelectMany(value => value.Deep())
            .Where(value => value is TextValue or UnknownValue).Select(value => new Item(value))])
    {
        OpenBecause = [new Cause(UnknownReason.Missing, $"the pods of {resource.Address.Path} are not seen", resource.Place, null)],
    };
}
