using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Languages.Helm;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>
/// What charts run as far as values say it: those that lie here and are not rendered, and those that somebody installs with values of his own. It is derived from the conventions of charts.
/// </summary>
internal sealed class ChartReader : IReader
{
    private static readonly HashSet<string> NoOthers = new(StringComparer.Ordinal);

    public void Read(World world)
    {
        foreach (var chart in world.Inventory.OfType("helm/Chart"))
        {
            Add(chart, "Chart", Written.Blocks(chart.Body, "images"), Written.Blocks(chart.Body, "pull_secrets"), Written.Blocks(chart.Body, "host_paths"), world);
        }

        foreach (var (release, read) in world.Each(ChartRelease.Of(world), static release => (release, ChartValues.Of(release.Values(), NullValue.Instance, NoOthers))))
        {
            var because = new Cause(UnknownReason.Missing, $"the chart that {release.Resource.Address.Path} installs is not seen", release.Resource.Place, null);
            if (read.Images.Count > 0)
            {
                Add(
                    release.Resource,
                    "Release",
                    Open(read.Images.Select(image => MapValue.Of(("image", image.Image), ("policy", image.Policy))), because),
                    Open(read.PullSecrets, because),
                    Open([], because),
                    world);
            }
        }
    }

    public void Join(World world)
    {
    }

    private static ListValue Open(IEnumerable<Value> values, Cause because) => PodTemplate.Open(values.Select(value => new Item(value)), [because]);

    private static void Add(Resource resource, string kind, ListValue containers, ListValue secrets, ListValue paths, World world)
    {
        var unseen = new UnknownValue([.. (containers.OpenBecause ?? []).Take(Cause.Limit)]);
        world.Add(new Workload
        {
            Kind = kind,
            Name = new TextValue(resource.Name),
            Namespace = unseen,
            Images = PodTemplate.Open(containers.Items.Select(item => item with { Value = Written.Find(item.Value, "image") }), containers.OpenBecause ?? []),
            Containers = containers,
            PullSecrets = secrets,
            OwnPullSecrets = secrets,
            HostPaths = paths,
            PodLabels = unseen,
            PodAnnotations = unseen,
            ObjectLabels = unseen,
            Env = new ListValue([]) { OpenBecause = containers.OpenBecause },
            HostNetwork = unseen,
            TokenAudiences = new ListValue([]) { OpenBecause = containers.OpenBecause },
            VolumeDrivers = new ListValue([]) { OpenBecause = containers.OpenBecause },
            Placement = unseen,
            IsGuessed = true,
            IsDerived = true,
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
        });
    }
}
