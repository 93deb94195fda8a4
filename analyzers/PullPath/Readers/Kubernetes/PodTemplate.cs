using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>How a language spells the parts of a pod specification.</summary>
internal sealed record PodSpelling
{
    private PodSpelling()
    {
    }

    /// <summary>As in manifests.</summary>
    internal static PodSpelling Manifest { get; } = new();

    /// <summary>As the Terraform provider for Kubernetes names blocks and attributes.</summary>
    internal static PodSpelling Terraform { get; } = new()
    {
        Containers = "container",
        InitContainers = "init_container",
        PullSecrets = "image_pull_secrets",
        Account = "service_account_name",
        OldAccount = "service_account_name",
        NodeSelector = "node_selector",
        Tolerations = "toleration",
        NodeName = "node_name",
        Scheduler = "scheduler_name",
        Affinity = "affinity.node_affinity.required_during_scheduling_ignored_during_execution",
        HostNetwork = "host_network",
        PullPolicy = "image_pull_policy",
        EnvFrom = "env_from",
        SecretKey = "value_from.secret_key_ref",
        ConfigMapKey = "value_from.config_map_key_ref",
        ValueFrom = "value_from",
        Volumes = "volume",
        OwnToken = "service_account_token",
        Mounts = "volume_mount",
        MountPath = "mount_path",
        SecretVolume = "secret.secret_name",
        SecretRef = "secret_ref",
        ConfigMapRef = "config_map_ref",
        HostPath = "host_path.path",
    };

    internal string Containers { get; private init; } = "containers";

    internal string InitContainers { get; private init; } = "initContainers";

    internal string PullSecrets { get; private init; } = "imagePullSecrets";

    internal string Account { get; private init; } = "serviceAccountName";

    internal string OldAccount { get; private init; } = "serviceAccount";

    internal string NodeSelector { get; private init; } = "nodeSelector";

    internal string Tolerations { get; private init; } = "tolerations";

    internal string NodeName { get; private init; } = "nodeName";

    internal string Scheduler { get; private init; } = "schedulerName";

    internal string Affinity { get; private init; } = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    internal string HostNetwork { get; private init; } = "hostNetwork";

    internal string PullPolicy { get; private init; } = "imagePullPolicy";

    internal string EnvFrom { get; private init; } = "envFrom";

    internal string ValueFrom { get; private init; } = "valueFrom";

    internal string SecretKey { get; private init; } = "valueFrom.secretKeyRef";

    internal string ConfigMapKey { get; private init; } = "valueFrom.configMapKeyRef";

    internal string Volumes { get; private init; } = "volumes";

    internal string OwnToken { get; private init; } = "serviceAccountToken";

    internal string Mounts { get; private init; } = "volumeMounts";

    internal string MountPath { get; private init; } = "mountPath";

    internal string SecretVolume { get; private init; } = "secret.secretName";

    internal string SecretRef { get; private init; } = "secretRef";

    internal string ConfigMapRef { get; private init; } = "configMapRef";

    internal string HostPath { get; private init; } = "hostPath.path";
}

/// <summary>What matters of the pods that an object makes.</summary>
/// <param name="Images">Image names; open for containers that are not seen.</param>
/// <param name="Account">Name of the service account; null where none is written.</param>
/// <param name="PullSecrets">Names of pull secrets; a list that may be open.</param>
/// <param name="Labels">Labels of the pods.</param>
/// <param name="NodeSelector">Node selector, or null.</param>
/// <param name="Tolerations">Tolerations.</param>
/// <param name="Placement">What else decides on nodes, or null.</param>
internal sealed record PodTemplate(ListValue Images, Value Account, ListValue PullSecrets, Value Labels, Value NodeSelector, ListValue Tolerations, Value Placement)
{
    /// <summary>Annotations of the pods.</summary>
    internal Value Annotations { get; init; } = MapValue.Empty;

    /// <summary>Environment variables of the containers, without their values.</summary>
    internal ListValue Env { get; init; } = ListValue.Empty;

    /// <summary>The containers: objects of image and policy.</summary>
    internal ListValue Containers { get; init; } = ListValue.Empty;

    /// <summary>Whether the pods use the network of their node.</summary>
    internal Value HostNetwork { get; init; } = BoolValue.False;

    /// <summary>Audiences of the tokens that the pods mount themselves.</summary>
    internal ListValue TokenAudiences { get; init; } = ListValue.Empty;

    /// <summary>Drivers of their volumes.</summary>
    internal ListValue VolumeDrivers { get; init; } = ListValue.Empty;

    /// <summary>Paths of their nodes that the pods mount.</summary>
    internal ListValue HostPaths { get; init; } = ListValue.Empty;

    /// <summary>Reads a pod specification, and the metadata beside it.</summary>
    internal static PodTemplate Read(Value spec, Value metadata, PodSpelling spelling)
    {
        var (labels, annotations) = (Written.Find(metadata, "labels"), Written.Find(metadata, "annotations"));
        var images = new List<Item>();
        var open = new List<Cause>();
        var variables = new Variables();
        var each = new List<Item>();
        foreach (var name in (string[])[spelling.Containers, spelling.InitContainers, "ephemeralContainers"])
        {
            var containers = Written.Blocks(spec, name);
            Take(containers, "image");
            foreach (var item in containers.Items)
            {
                each.Add(item with { Value = MapValue.Of(("image", Written.Find(item.Value, "image")), ("policy", Written.Find(item.Value, spelling.PullPolicy))) });
                variables.Add(Written.Blocks(item.Value, "env"), item.Guard, variable => SourceOf(variable, spelling));
                variables.Open(Written.Blocks(item.Value, spelling.EnvFrom), "variables that come whole from an object are not seen");
            }

            variables.Open(new ListValue([]) { OpenBecause = containers.OpenBecause }, "");
        }

        var volumes = Written.Blocks(spec, spelling.Volumes);
        Take(volumes, "image.reference");
        var projected = volumes.Items.Select(item => Written.Blocks(Written.Find(item.Value, "projected"), "sources")).ToList();
        if (spec is UnknownValue)
        {
            open.AddRange(Cause.Of(spec));
        }

        var account = Written.Find(spec, spelling.Account);
        var placement = new[] { Written.Block(spec, spelling.Affinity), Written.Find(spec, spelling.NodeName), Written.Find(spec, spelling.Scheduler) }.FirstOrDefault(value => value is not (NullValue or TextValue { Known: "" or "default-scheduler" }));
        return new PodTemplate(
            Open(images, open),
            account is NullValue or TextValue { Known: "" } ? Written.Find(spec, spelling.OldAccount) : account,
            Names(Written.Blocks(spec, spelling.PullSecrets)),
            labels is NullValue ? MapValue.Empty : labels,
            Written.Find(spec, spelling.NodeSelector),
            Written.Blocks(spec, spelling.Tolerations),
            placement ?? NullValue.Instance)
        {
            Annotations = annotations is NullValue ? MapValue.Empty : annotations,
            Env = variables.All,
            Containers = new ListValue([.. each]),
            HostNetwork = Written.Find(spec, spelling.HostNetwork) is not NullValue and var host ? Answer.Of(Answer.TruthOf(host), Cause.Of(host)).With(host.Trace) : BoolValue.False,
            TokenAudiences = Found(projected.SelectMany(each => each.Items), spelling.OwnToken + ".audience", projected.Prepend(volumes)),
            VolumeDrivers = Found(volumes.Items, "csi.driver", [volumes]),
            HostPaths = Found(volumes.Items, spelling.HostPath, [volumes]),
        };

        static ListValue Found(IEnumerable<Item> items, string path, IEnumerable<ListValue> of) => Open(
            items.Select(item => item with { Value = Written.Find(item.Value, path) }).Where(item => item.Value is not NullValue),
            of.SelectMany(list => list.OpenBecause ?? []));

        void Take(ListValue list, string path)
        {
            foreach (var item in list.Items)
            {
                AddImage(images, Written.Find(item.Value, path), item.Guard);
            }

            open.AddRange(list.OpenBecause ?? []);
        }
    }

    /// <summary>The template, which is there only under a guard.</summary>
    internal PodTemplate When(Guard guard) => guard.IsAlways ? this : this with
    {
        Images = When(Images, guard),
        Env = When(Env, guard),
        Containers = When(Containers, guard),
    };

    private static ListValue When(ListValue list, Guard guard) =>
        new([.. list.Items.Select(item => item.Guard.And(guard) is { } both ? item with { Guard = both } : null).OfType<Item>()]) { OpenBecause = list.OpenBecause };

    /// <summary>Where the value of a variable comes from; null for one that is given an empty text.</summary>
    private static string? SourceOf(Value variable, PodSpelling spelling) =>
        Written.Block(variable, spelling.ValueFrom) is NullValue ? Variables.Literal(Written.Find(variable, "value"))
        : Written.Block(variable, spelling.SecretKey) is not NullValue ? "secret"
        : Written.Block(variable, spelling.ConfigMapKey) is not NullValue ? "config-map"
        : "other";

    /// <summary>The names in a list of references.</summary>
    internal static ListValue Names(ListValue references) =>
        new([.. references.Items.Select(item => item with { Value = item.Value is TextValue ? item.Value : Written.Find(item.Value, "name") })]) { OpenBecause = references.OpenBecause };

    /// <summary>Several templates of one object as one: what they do not share is unknown.</summary>
    internal static PodTemplate Merge(IReadOnlyList<PodTemplate> templates)
    {
        if (templates is [var only])
        {
            return only;
        }

        return new PodTemplate(
            Open(templates.SelectMany(each => each.Images.Items), templates.SelectMany(each => each.Images.OpenBecause ?? [])),
            Shared(each => each.Account, "service accounts"),
            templates.Skip(1).All(each => each.PullSecrets.EqualTo(templates[0].PullSecrets) == Truth.Yes)
                ? templates[0].PullSecrets
                : Open([], [new Cause(UnknownReason.Ambiguous, "its pods have different pull secrets", null, null)]),
            Shared(each => each.Labels, "labels"),
            Shared(each => each.NodeSelector, "node selectors"),
            templates.Skip(1).All(each => each.Tolerations.EqualTo(templates[0].Tolerations) == Truth.Yes)
                ? templates[0].Tolerations
                : Open([], [new Cause(UnknownReason.Ambiguous, "its pods have different tolerations", null, null)]),
            Shared(each => each.Placement, "affinities"))
        {
            Annotations = Shared(each => each.Annotations, "annotations"),
            Env = Open(templates.SelectMany(each => each.Env.Items), templates.SelectMany(each => each.Env.OpenBecause ?? [])),
            Containers = Open(templates.SelectMany(each => each.Containers.Items), []),
            HostNetwork = Shared(each => each.HostNetwork, "networks"),
            TokenAudiences = Open(templates.SelectMany(each => each.TokenAudiences.Items), templates.SelectMany(each => each.TokenAudiences.OpenBecause ?? [])),
            VolumeDrivers = Open(templates.SelectMany(each => each.VolumeDrivers.Items), templates.SelectMany(each => each.VolumeDrivers.OpenBecause ?? [])),
            HostPaths = Open(templates.SelectMany(each => each.HostPaths.Items), templates.SelectMany(each => each.HostPaths.OpenBecause ?? [])),
        };

        Value Shared(Func<PodTemplate, Value> part, string what) => templates.Skip(1).All(each => part(each).EqualTo(part(templates[0])) == Truth.Yes)
            ? part(templates[0])
            : new UnknownValue(UnknownReason.Ambiguous, $"its pods have different {what}");
    }

    /// <summary>Adds an image; of a choice each alternative under its guard.</summary>
    internal static void AddImage(List<Item> images, Value image, Guard guard)
    {
        if (image is ChoiceValue choice)
        {
            foreach (var alternative in choice.Alternatives)
            {
                if (guard.And(alternative.Guard) is { } both)
                {
                    AddImage(images, alternative.Value, both);
                }
            }
        }
        else if (image is not NullValue)
        {
            images.Add(new Item(image, guard));
        }
    }

    /// <summary>A list that is open when there are causes.</summary>
    internal static ListValue Open(IEnumerable<Item> items, IEnumerable<Cause> because)
    {
        var causes = because.Distinct().Take(Cause.Limit).ToList();
        return new ListValue([.. items]) { OpenBecause = causes.Count == 0 ? null : [.. causes] };
    }
}
