using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// Service accounts and pull secrets that another Kustomization of Flux brings than the one that brings the pods. Kustomizations are applied in no order unless one depends on the other; one without
/// <c>wait</c> and <c>healthChecks</c> is ready when its objects are applied, whether or not an operator has made of them what they stand for.
/// </summary>
internal sealed class FluxNeeds : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var flux = new Dictionary<string, List<Bringer>>(StringComparer.Ordinal);
        foreach (var each in KubernetesObject.Of(world).Where(each => each.Type == "kustomize.toolkit.fluxcd.io/Kustomization" && !each.IsTerraform))
        {
            if (Written.Find(each.Body, "spec.path") is TextValue { Known: { } path } && FileTree.Resolve("", path.TrimStart('/')) is { Length: > 0 } folder)
            {
                (flux.TryGetValue(folder, out var list) ? list : flux[folder] = []).Add(new Bringer(each, folder));
            }
        }

        if (flux.Count < 2)
        {
            return;
        }

        var accounts = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).ToLookup(account => (account.Name as TextValue)?.Known ?? "", StringComparer.Ordinal);
        foreach (var workload in world.Workloads.Where(workload => workload.Resource is { Language: Language.Kubernetes, IsOfWholeSet: true }))
        {
            if (Bringers(workload.Resource!, flux) is [var by])
            {
                Check(workload, by, accounts, flux, world);
            }
        }
    }

    private static void Check(Workload workload, Bringer by, ILookup<string, ServiceAccount> accounts, Dictionary<string, List<Bringer>> flux, World world)
    {
        var (unordered, unready, doubts) = (new List<Item>(), new List<Item>(), new List<Cause>());
        if (workload.ServiceAccountName is TextValue { Known: { } name and not "default" })
        {
            Add($"service account {name}", accounts[name].Where(account => account.Namespace.EqualTo(workload.Namespace) == Truth.Yes).Select(account => account.Resource!), isMade: false);
        }

        foreach (var secret in (workload.OwnPullSecrets as ListValue)?.Values.OfType<TextValue>() ?? [])
        {
            var makers = SecretDefinitions.In(world).At(secret, workload.Namespace).Where(each => each.Is(secret, workload.Namespace) == Truth.Yes).Select(each => each.By).ToList();
            Add($"pull secret {secret}", makers.Select(maker => maker.Resource), makers.Exists(maker => maker.Type != "/Secret"));
        }

        workload.UnorderedNeeds = PodTemplate.Open(unordered, doubts);
        workload.UnreadyNeeds = PodTemplate.Open(unready, doubts);

        void Add(string what, IEnumerable<Resource> all, bool isMade)
        {
            // What comes the same way as the pods, or by several ways, is not told.
            if (all.Take(2).ToList() is not [{ IsOfWholeSet: true } only] || only.Address.Scope == workload.Resource!.Address.Scope || Bringers(only, flux) is not [var other] || !other.GoesWith(by))
            {
                return;
            }

            var waits = by.WaitsFor(other, flux, []);
            if (waits == Truth.No)
            {
                unordered.Add(new Item(new TextValue($"{what} of {other.Name}").With(by.Place)));
            }
            else if (waits == Truth.Unknown)
            {
                doubts.Add(new Cause(UnknownReason.OpenWorld, $"{by.Name} depends on what is not seen", by.Object.Resource.Place, null));
            }
            else if (isMade && other.IsReadyWhenApplied)
            {
                unready.Add(new Item(new TextValue($"{what} of {other.Name}").With(other.Place)));
            }
        }
    }

    /// <summary>The Kustomizations that bring a resource: those of the nearest folder around it that any brings.</summary>
    private static List<Bringer> Bringers(Resource resource, Dictionary<string, List<Bringer>> flux)
    {
        for (var folder = resource.Address.Scope; folder.Length > 0; folder = folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : "")
        {
            if (flux.TryGetValue(folder, out var found))
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>A Kustomization of Flux and the folder that it brings.</summary>
    private sealed record Bringer(KubernetesObject Object, string Folder)
    {
        private Value Spec { get; } = Written.Find(Object.Body, "spec");

        internal string Name => (Object.Name as TextValue)?.ToString() ?? "<?>";

        /// <summary>Where it says what it depends on; where it is named, where it says nothing.</summary>
        internal Trace? Place => Written.Blocks(Spec, "dependsOn").Values.Select(each => Written.Find(each, "name").Trace).FirstOrDefault(trace => trace is not null) ?? Object.Name.Trace;

        internal bool IsReadyWhenApplied => Written.Find(Spec, "wait") is NullValue or BoolValue { Value: false } && Written.Find(Spec, "healthChecks") is NullValue;

        /// <summary>Whether both are certainly of one set, and bring to one cluster.</summary>
        internal bool GoesWith(Bringer other) => Object.Roots == other.Object.Roots && Written.Find(Spec, "kubeConfig") is NullValue && Written.Find(other.Spec, "kubeConfig") is NullValue
            && Written.Find(Spec, "sourceRef.name").EqualTo(Written.Find(other.Spec, "sourceRef.name")) == Truth.Yes;

        /// <summary>Whether it is applied after another: what it depends on is followed by name.</summary>
        internal Truth WaitsFor(Bringer other, Dictionary<string, List<Bringer>> flux, HashSet<string> seen)
        {
            var dependsOn = Written.Blocks(Spec, "dependsOn");
            var answer = dependsOn.IsOpen ? Truth.Unknown : Truth.No;
            foreach (var entry in seen.Add(Name) ? dependsOn.Values : [])
            {
                if (Written.Find(entry, "name") is not TextValue { Known: { } name })
                {
                    answer = answer.Or(Truth.Unknown);
                    continue;
                }

                var next = flux.Values.SelectMany(list => list).Where(each => each.Name == name && each.Object.Roots == Object.Roots).ToList();
                answer = answer.Or(name == other.Name ? Truth.Yes : next.Count == 0 ? Truth.Unknown : next.Select(each => each.WaitsFor(other, flux, seen)).Any());
            }

            return answer;
        }
    }
}
