using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>Which registries the secrets of a repository have credentials for, and which images of pods need them.</summary>
internal sealed class Credentials
{
    /// <summary>Registries to which nodes may sign in themselves, or which ask nobody.</summary>
    private static readonly string[] NeedNone = ["ecr", "ecr-public", "acr", "gar", "gcr", "docker-hub"];

    private readonly World _world;
    private readonly ILookup<string, string> _hosts;
    private readonly Dictionary<SecretDefinition, ListValue> _content = [];

    internal Credentials(World world)
    {
        _world = world;
        _hosts = KubernetesObject.Of(world).Where(each => each.Type == "/Secret")
            .SelectMany(each => HostsIn(SecretContent.OfAnyType(each).Credentials).Distinct().Select(host => (Set: each.Roots, Host: host))).ToLookup(each => each.Set, each => each.Host, StringComparer.Ordinal);
    }

    /// <summary>Images of workloads that only a secret of this name could have credentials for; open where that is not known.</summary>
    internal ListValue OnlyBy(Value name, ListValue workloads)
    {
        var found = new List<Item>();
        var open = new List<Cause>(workloads.OpenBecause ?? []);
        foreach (var workload in workloads.Each<Workload>())
        {
            foreach (var image in ImageTexts.Certain(workload.Images))
            {
                if (ImageName.Of(image) is not { Registry: { } registry, Host: TextValue { Known: { } host } } || NeedNone.Contains(registry.Kind, StringComparer.Ordinal)
                    || !_hosts[KubernetesObject.RootsOf(workload.Resource!)].Contains(host, StringComparer.Ordinal))
                {
                    continue;
                }

                var others = Covered(workload, host, other => other.EqualTo(name) != Truth.Yes);
                if (others == Truth.No && workload.Guard.IsAlways)
                {
                    found.Add(new Item(image));
                }
                else if (others == Truth.Unknown)
                {
                    open.Add(new Cause(UnknownReason.NotComputed, "another secret of the pods may be for it", image.Trace?.Source.Place ?? workload.Place, null));
                }
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>Whether secrets that a pod lists have credentials for a host.</summary>
    /// <param name="workload">The pods.</param>
    /// <param name="host">The host.</param>
    /// <param name="counts">Which of the names count.</param>
    internal Truth Covered(Workload workload, string host, Func<Value, bool> counts) => workload.PullSecrets is not ListValue names ? Truth.Unknown
        : names.Values.Where(counts).Select(name => Covers(name, workload, host)).Any().Or(names.IsOpen ? Truth.Unknown : Truth.No);

    /// <summary>Whether the secret of a name has credentials for a host.</summary>
    internal Truth Covers(Value name, Workload workload, string host) =>
        ContentOf(name, workload) is not { } content ? Truth.Unknown
        : HostsIn(content).Contains(host, StringComparer.Ordinal) ? Truth.Yes
        : content.IsOpen ? Truth.Unknown : Truth.No;

    /// <summary>What the secret of a name holds for pods; null where it is not seen. A secret that cannot be used holds nothing.</summary>
    internal ListValue? ContentOf(Value name, Workload workload)
    {
        var meant = SecretDefinitions.In(_world).At(name, workload.Namespace).Where(each => Answers(each) != Truth.No).Take(2).ToList();
        if (meant is not [{ By.Type: "/Secret" } only] || Answers(only) != Truth.Yes)
        {
            return null;
        }

        if (!_content.TryGetValue(only, out var content))
        {
            _content.Add(only, content = only.Fault is NullValue ? SecretContent.OfAnyType(only.By).Credentials : only.Fault is TextValue ? ListValue.Empty : PodTemplate.Open([], Cause.Of(only.Fault)));
        }

        return content;

        Truth Answers(SecretDefinition each) => each.IsFor(workload.Resource!, workload.Cluster, name, workload.Namespace);
    }

    private static IEnumerable<string> HostsIn(ListValue credentials) => credentials.Values.Select(each => (Written.Find(each, "host") as TextValue)?.Known).OfType<string>();
}
