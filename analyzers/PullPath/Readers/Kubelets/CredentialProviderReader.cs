using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Kubelets;

/// <summary>Configurations of credential providers, what kubeadm tells kubelets of them, and the images that none of them is asked for.</summary>
internal sealed class CredentialProviderReader : IReader
{
    private const string ConfigKind = "CredentialProviderConfig";
    private const string ConfigType = "kubelet.config.k8s.io/" + ConfigKind;
    private const string Files = "files";
    private static readonly string[] Placeholders = ["${", "{{", "$(", "<%"];

    private const string ExtraArgs = "nodeRegistration.kubeletExtraArgs";

    /// <summary>Registries by the names of the plug-ins that their clouds make, and how long their tokens live: 12 h, 3 h and 1 h.</summary>
    private static readonly (string Word, string Kind, long Seconds)[] Plugins = [("ecr", "ecr", 12 * 3600), ("acr", "acr", 3 * 3600), ("gcp", "gar", 3600), ("gcr", "gar", 3600), ("gke", "gar", 3600)];

    /// <summary>Objects of kubeadm and Cluster API, with the paths at which they configure nodes.</summary>
    private static readonly (string Type, string[] Paths)[] Kubeadm =
    [
        ("bootstrap.cluster.x-k8s.io/KubeadmConfig", ["spec"]),
        ("bootstrap.cluster.x-k8s.io/KubeadmConfigTemplate", ["spec.template.spec"]),
        ("controlplane.cluster.x-k8s.io/KubeadmControlPlane", ["spec.kubeadmConfigSpec"]),
        ("controlplane.cluster.x-k8s.io/KubeadmControlPlaneTemplate", ["spec.template.spec.kubeadmConfigSpec"]),
    ];

    /// <summary>Objects of Cluster API that start nodes of EKS: the machine image brings the flags of the kubelet, so only files that are written tell something.</summary>
    private static readonly string[] OfEks =
        ["bootstrap.cluster.x-k8s.io/EKSConfig", "bootstrap.cluster.x-k8s.io/EKSConfigTemplate", "bootstrap.cluster.x-k8s.io/NodeadmConfig", "bootstrap.cluster.x-k8s.io/NodeadmConfigTemplate"];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (each.Type == ConfigType)
            {
                AddProviders(each.Body, each.Resource, world);
            }
            else if (each.Type == "/ConfigMap" && !each.IsTerraform)
            {
                foreach (var entry in (Written.Find(each.Body, "data") as MapValue)?.Entries ?? [])
                {
                    AddText(entry.Value, each.Resource, world);
                }
            }
            else if (each.Type is "kubeadm.k8s.io/InitConfiguration" or "kubeadm.k8s.io/JoinConfiguration")
            {
                AddSettings(Written.Find(each.Body, ExtraArgs), each.Resource, each.Kind, world);
            }
            else if (Array.IndexOf(OfEks, each.Type) >= 0)
            {
                foreach (var file in Written.Blocks(Written.Find(each.Body, each.Kind.EndsWith("Template", StringComparison.Ordinal) ? "spec.template.spec" : "spec"), Files).Values)
                {
                    AddText(Written.Find(file, "content"), each.Resource, world);
                }
            }
            else
            {
                ReadKubeadm(each, world);
            }
        }
    }

    public void Join(World world)
    {
        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields))
        {
            PullAnnotations.Read(account);
        }

        var providers = world.Facts.All<CredentialProvider>(CredentialProvider.Fields).ToList();
        if (providers.Count == 0)
        {
            return;
        }

        PullAnnotations.Join(world, providers);

        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind is "eks" or "aks" or "gke").ToList();
        var images = world.Facts.All<Workload>(Workload.Fields)
            .SelectMany(workload => ImageTexts.Certain(workload.Images).Select(image => new UsedImage(image, ImageName.Of(image), StageOf(workload.Place), workload.IsDerived ? workload : null))).ToList();
        var machines = KubernetesObject.Of(world).Where(each => each.Type is "bootstrap.cluster.x-k8s.io/KubeadmConfig" or "bootstrap.cluster.x-k8s.io/KubeadmConfigTemplate" or "cluster.x-k8s.io/Cluster")
            .ToLookup(each => StageOf(each.Resource.Place), StringComparer.Ordinal);
        foreach (var provider in providers.Where(provider => provider.RegistryKind is TextValue))
        {
            var stage = StageOf(provider.Place);
            provider.IsOfAllNodes = BoolValue.Of(machines[stage].Count(each => each.Kind == "Cluster") == 1 && machines[stage].Any(each => each.Resource == provider.Resource)
                && machines[stage].All(each => each.Kind == "Cluster" || providers.Exists(other => other.Resource == each.Resource)));
            var patterns = providers.Where(other => StageOf(other.Place) == stage).SelectMany(other => other.MatchImages.Values).ToList();
            var used = images.FindAll(image => image.Stage == stage && IsOf(provider, image.Name) && IsUnmatched(image.Name, patterns));
            var unmatched = used.Select(image => image.Written).DistinctBy(image => (image as TextValue)?.Known).ToList();
            if (used.Count > 0 && used.TrueForAll(image => image.Chart is not null))
            {
                provider.IsOfAllNodes = new UnknownValue(UnknownReason.NotComputed, $"{used[0].Chart!.Address.Path} is not rendered", used[0].Chart!.Place, type: DataType.Bool);
            }

            // Nodes of a managed cluster have a configuration of their own, which is not seen.
            var other = clusters.Find(cluster => StageOf(cluster.Place) == stage);
            var open = provider.MatchImages.OpenBecause ?? [];
            provider.UnmatchedImages = other is null
                ? PodTemplate.Open(unmatched.Select(image => new Item(image)), open)
                : PodTemplate.Open([], unmatched.Count == 0 ? [] : [.. open, new Cause(UnknownReason.Ambiguous, $"{other.Address.Path} configures its nodes itself", other.Place, null)]);
        }
    }

    private static void ReadKubeadm(KubernetesObject each, World world)
    {
        foreach (var (type, paths) in Kubeadm)
        {
            if (type != each.Type)
            {
                continue;
            }

            foreach (var spec in paths.Select(path => Written.Find(each.Body, path)))
            {
                AddSettings(Written.Find(spec, "initConfiguration." + ExtraArgs), each.Resource, "initConfiguration", world);
                AddSettings(Written.Find(spec, "joinConfiguration." + ExtraArgs), each.Resource, "joinConfiguration", world);
                foreach (var file in Written.Blocks(spec, Files).Values)
                {
                    AddText(Written.Find(file, "content"), each.Resource, world);
                }
            }
        }
    }

    /// <summary>Flags as a map, or since version v1beta2 as a list of names and values.</summary>
    private static void AddSettings(Value flags, Resource resource, string part, World world)
    {
        if (flags is NullValue)
        {
            return;
        }

        world.Add(new KubeletSettings
        {
            ProviderConfig = Flag("image-credential-provider-config"),
            ProviderFolder = Flag("image-credential-provider-bin-dir"),
            Address = new Address(resource.Address.Scope, $"{resource.Address.Path} {part}"),
            Place = flags.Trace?.Source.Place ?? resource.Place,
            Resource = resource,
            Guard = resource.Guard,
        });

        Value Flag(string name)
        {
            if (flags is not ListValue list)
            {
                return Written.FindKey(flags, name);
            }

            var found = list.Values.FirstOrDefault(each => Written.Find(each, "name") is TextValue { Known: { } known } && known == name);
            return found is not null ? Written.Find(found, "value")
                : list.OpenBecause is { } because ? new UnknownValue(because)
                : list.Values.Any(each => Written.Find(each, "name") is UnknownValue) ? UnknownValue.From(DataType.Text, list)
                : NullValue.Instance;
        }
    }

    private static void AddText(Value text, Resource resource, World world)
    {
        if (text is TextValue written && written.ToString().Contains(ConfigKind, StringComparison.Ordinal)
            && YamlText.Decode(written, written.Trace?.Made.Place) is MapValue map && map["kind"] is TextValue { Known: ConfigKind })
        {
            AddProviders(map, resource, world, Array.Exists(Placeholders, mark => written.ToString().Contains(mark, StringComparison.Ordinal)) ? text : null);
        }
    }

    private static void AddProviders(Value config, Resource resource, World world, Value? template = null)
    {
        var providers = Written.Blocks(config, "providers");
        if (providers is { Items: [], IsOpen: false })
        {
            Add(NullValue.Instance, resource.Place, ListValue.Of([new TextValue("it has no providers").With(config.Trace)]));
        }

        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in providers.Items)
        {
            var name = Written.Find(item.Value, "name");
            Add(item.Value, name.Trace?.Source.Place ?? resource.Place, template is null ? ProviderFaults.Of(item.Value, earlier) : PodTemplate.Open([], [new Cause(UnknownReason.Placeholder, "its configuration has placeholders", template.Trace?.Source.Place, null)]));
            if (name is TextValue { Known: { } known })
            {
                earlier.Add(known);
            }
        }

        void Add(Value provider, Span place, ListValue faults)
        {
            var name = Written.Find(provider, "name");
            var plugin = name is TextValue { Known: { } known } ? Array.Find(Plugins, each => known.Contains(each.Word, StringComparison.OrdinalIgnoreCase)) : default;
            var cache = Written.Find(provider, "defaultCacheDuration");
            var token = Written.Find(provider, "tokenAttributes");
            var (required, optional) = (Written.Blocks(token, "requiredServiceAccountAnnotationKeys"), Written.Blocks(token, "optionalServiceAccountAnnotationKeys"));
            world.Add(new CredentialProvider
            {
                Name = name,
                RegistryKind = plugin.Kind is null ? NullValue.Instance : new TextValue(plugin.Kind),
                MatchImages = Written.Blocks(provider, "matchImages"),
                CacheValue = cache,
                CacheSeconds = cache is TextValue { Known: { } text } && ProviderFaults.Seconds(text) is { } seconds ? NumberValue.Of(seconds).With(cache.Trace) : UnknownValue.From(DataType.Number, cache),
                TokenSeconds = plugin.Kind is null ? NullValue.Instance : NumberValue.Of(plugin.Seconds),
                AnnotationKeys = PodTemplate.Open([.. required.Items, .. optional.Items], [.. required.OpenBecause ?? [], .. optional.OpenBecause ?? []]),
                Faults = faults,
                Address = new Address(resource.Address.Scope, name is TextValue named ? $"{resource.Address.Path} {named}" : resource.Address.Path),
                Place = place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    /// <summary>Whether an image is of the registries that a plug-in is for.</summary>
    private static bool IsOf(CredentialProvider provider, ImageName image) =>
        provider.RegistryKind is TextValue { Known: { } kind } && image.Registry is { Kind: var found } && (found == kind || (kind == "gar" && found == "gcr")) && image.Registry.IsPublic is not BoolValue { Value: true };

    private static bool IsUnmatched(ImageName image, List<Value> patterns) =>
        image is { Host: TextValue { Known: { } host }, Repository: TextValue repository }
        && patterns.TrueForAll(each => each is TextValue { Known: { } text } && (ImagePattern.Of(text)?.Matches(host, repository.Prefix) ?? Truth.No) == Truth.No);

    private static string StageOf(Span place) => ClusterChoice.StageOf(place.Outermost.File.Path);

    /// <summary>An image that something runs, and the chart whose values it is derived from.</summary>
    private sealed record UsedImage(Value Written, ImageName Name, string Stage, Workload? Chart);
}
