using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Something that makes pods: a Deployment, a Job, a Helm release whose pods nobody sees.</summary>
public sealed class Workload : Fact
{
    /// <summary>Fields of workloads.</summary>
    public static Shape Fields { get; } = new(
        "workload",
        "A Kubernetes object that makes pods, written as a manifest or in Terraform; a task definition of ECS.",
        Shape.Field<Workload>("kind", FieldType.Text, "Kind as Kubernetes spells it: Deployment, CronJob.", workload => new TextValue(workload.Kind)),
        Shape.Field<Workload>("name", FieldType.Text, "metadata.name", workload => workload.Name),
        Shape.Field<Workload>("namespace", FieldType.Text, "Namespace; unknown when nothing says it.", workload => workload.Namespace),
        Shape.Field<Workload>("cluster", FieldType.Of("cluster"), "The cluster it is deployed to.", workload => workload.Cluster),
        Shape.Field<Workload>("service_account", FieldType.Of("service_account"), "The service account of its pods, when declared.", workload => workload.ServiceAccount),
        Shape.Field<Workload>("service_account_name", FieldType.Text, "Name of the service account; default when not written.", workload => workload.ServiceAccountName),
        Shape.Field<Workload>("images", FieldType.List(FieldType.Text), "Image names as written; open for unseen containers.", workload => workload.Images),
        Shape.Field<Workload>("env", FieldType.List(FieldType.Any), "Environment variables of its containers: objects of name and from (literal, secret, config-map, other), never with the value; open where some are not seen.", workload => workload.Env),
        Shape.Field<Workload>("host_network", FieldType.Bool, "Whether its pods use the network of their node, as the kubelet does.", workload => workload.HostNetwork),
        Shape.Field<Workload>("token_audiences", FieldType.List(FieldType.Text), "Audiences of the service account tokens that its pods mount themselves; open where volumes are not seen.", workload => workload.TokenAudiences),
        Shape.Field<Workload>("volume_drivers", FieldType.List(FieldType.Text), "CSI drivers of the volumes of its pods (secrets-store.csi.k8s.io); open where volumes are not seen.", workload => workload.VolumeDrivers),
        Shape.Field<Workload>("pod_labels", FieldType.Any, "Labels of its pods.", workload => workload.PodLabels),
        Shape.Field<Workload>("pod_annotations", FieldType.Any, "Annotations of its pods.", workload => workload.PodAnnotations),
        Shape.Field<Workload>("token_lifetime", FieldType.Any, "Azure: how many seconds the token lives that the webhook of workload identity gives to its pods, as an annotation says; null where none does.", workload => workload.TokenLifetime),
        Shape.Field<Workload>("object_labels", FieldType.Any, "Labels of the object itself.", workload => workload.ObjectLabels),
        Shape.Field<Workload>("pull_secrets", FieldType.List(FieldType.Text), "Names of imagePullSecrets of its pods and, where these have none, of the service account.", workload => workload.PullSecrets),
        Shape.Field<Workload>("own_pull_secrets", FieldType.List(FieldType.Text), "Names of imagePullSecrets that its pods list themselves.", workload => workload.OwnPullSecrets),
        Shape.Field<Workload>("account_is_declared", FieldType.Bool, "Whether anything makes the service account of its pods; false only where all that is applied together was seen and nothing of the repository speaks of the name.", workload => workload.AccountIsDeclared),
        Shape.Field<Workload>("refused_pull_secrets", FieldType.List(FieldType.Text), "Names that its pods list and that its service account, which allows only its own (kubernetes.io/enforce-mountable-secrets), does not.", workload => workload.RefusedPullSecrets),
        Shape.Field<Workload>("lost_images", FieldType.List(FieldType.Text), "Images for which only a pull secret of the service account has credentials, which pods with a list of their own do not get.", workload => workload.LostImages),
        Shape.Field<Workload>("unfit_pull_secrets", FieldType.List(FieldType.Text), "All of its pull secrets, where their contents are seen and none is for a registry of its images; else empty.", workload => workload.UnfitPullSecrets),
        Shape.Field<Workload>("near_hosts", FieldType.List(FieldType.Text), "Registries of these secrets that nearly are those of its images: the same service or host under another name.", workload => workload.NearHosts),
        Shape.Field<Workload>("stale_references", FieldType.List(FieldType.Text), "Service account and pull secrets that its pods call by the name that they had before a kustomization renamed them, and that nothing has now.", workload => workload.StaleReferences),
        Shape.Field<Workload>("unordered_needs", FieldType.List(FieldType.Text), "Service account and pull secrets of its pods that another Kustomization of Flux brings, for which the one that brings the pods does not wait; at the place that says what it waits for.", workload => workload.UnorderedNeeds),
        Shape.Field<Workload>("unready_needs", FieldType.List(FieldType.Text), "Pull secrets that an operator makes from an object of a Kustomization of Flux on which that of the pods depends, and which is ready as soon as it is applied.", workload => workload.UnreadyNeeds),
        Shape.Field<Workload>("late_needs", FieldType.List(FieldType.Text), "Service account and pull secrets of its pods that its delivery creates only after them: in a later wave, outside of hooks; open where the order is not known.", workload => workload.LateNeeds),
        Shape.Field<Workload>("following_needs", FieldType.List(FieldType.Text), "Pull secrets that an operator makes from an object of the same wave, which is written only after its pods: their first pulls fail and are tried again.", workload => workload.FollowingNeeds),
        Shape.Field<Workload>("is_helm_hook", FieldType.Bool, "Whether it is a hook of a chart.", workload => workload.IsHelmHook),
        Shape.Field<Workload>("image_faults", FieldType.List(FieldType.Text), "What is wrong with image names that are none, each at its place; open for names that are meant to be replaced.", workload => workload.ImageFaults),
        Shape.Field<Workload>("misplaced_images", FieldType.List(FieldType.Text), "Google: images whose repository is declared with another location or for something else than images, a phrase for each; open where that depends on what is not seen.", workload => workload.MisplacedImages),
        Shape.Field<Workload>("images_without_repository", FieldType.List(FieldType.Text), "Google: images of Artifact Registry whose path is too short to name a repository; open for names of which a part is not seen.", workload => workload.ImagesWithoutRepository),
        Shape.Field<Workload>("retired_images", FieldType.List(FieldType.Text), "Google: images on hosts of Container Registry, of a project that declares repositories of Artifact Registry and none that has taken over these hosts.", workload => workload.RetiredImages),
        Shape.Field<Workload>("unloaded_monitors", FieldType.List(FieldType.Text), "Node problem detector: monitors of clock or metadata service that lie in a mounted ConfigMap, and that its containers are not told to load.", workload => workload.UnloadedMonitors),
        Shape.Field<Workload>("blind_monitors", FieldType.List(FieldType.Text), "Node problem detector: monitors it loads that ask for the unit ntp.service, as its sample script does.", workload => workload.BlindMonitors),
        Shape.Field<Workload>("moving_images", FieldType.List(FieldType.Text), "Images of cloud registries without a fixed tag that every start of a container pulls anew.", workload => workload.MovingImages),
        Shape.Field<Workload>("unpulled_images", FieldType.List(FieldType.Text), "Images of other hosts that the kubelet never pulls (imagePullPolicy Never), and nothing of the repository brings to nodes.", workload => workload.UnpulledImages),
        Shape.Field<Workload>("unsecured_images", FieldType.List(FieldType.Text), "Azure: images of private registries that are declared, of pods on virtual nodes of AKS, which have no identity to pull with, and no pull secret; open where secrets are not seen; null for other pods.", workload => workload.UnsecuredImages),
        Shape.Field<Workload>("node_selector", FieldType.Any, "Labels that its nodes must have; null for none.", workload => workload.NodeSelector),
        Shape.Field<Workload>("tolerations", FieldType.List(FieldType.Any), "Taints that its pods tolerate.", workload => workload.Tolerations),
        Shape.Field<Workload>("runs_on_fargate", FieldType.Bool, "EKS: whether a Fargate profile of its cluster picks its pods.", workload => workload.RunsOnFargate),
        Shape.Field<Workload>("host_paths", FieldType.List(FieldType.Text), "Paths of their nodes that its pods mount; open where volumes are not seen.", workload => workload.HostPaths),
        Shape.Field<Workload>("is_derived", FieldType.Bool, "True for what the values of a chart say of its pods, and lines of its templates without actions: a template may make something else of it, and an installation give other values.", workload => BoolValue.Of(workload.IsDerived)),
        Shape.Field<Workload>("is_guessed", FieldType.Bool, "True for a kind that is not known: its pods were found by their containers, and nothing of them is proven absent.", workload => BoolValue.Of(workload.IsGuessed)));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Namespace.</summary>
    public required Value Namespace { get; init; }

    /// <summary>Cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Service account; set by the join.</summary>
    public Value ServiceAccount { get; set; } = NullValue.Instance;

    /// <summary>Name of the service account.</summary>
    public Value ServiceAccountName { get; set; } = NullValue.Instance;

    /// <summary>Image names.</summary>
    public Value Images { get; set; } = ListValue.Empty;

    /// <summary>Environment variables of its containers, without their values.</summary>
    public Value Env { get; init; } = ListValue.Empty;

    /// <summary>Whether its pods use the network of their node.</summary>
    public Value HostNetwork { get; init; } = BoolValue.False;

    /// <summary>Audiences of tokens that its pods mount themselves.</summary>
    public Value TokenAudiences { get; init; } = ListValue.Empty;

    /// <summary>Drivers of the volumes of its pods.</summary>
    public Value VolumeDrivers { get; init; } = ListValue.Empty;

    /// <summary>Paths of their nodes that its pods mount.</summary>
    public Value HostPaths { get; init; } = ListValue.Empty;

    /// <summary>True for what values of a chart say of its pods. What asks for everything that runs on a cluster does not count it.</summary>
    public bool IsDerived { get; init; }

    /// <summary>Labels of the pods.</summary>
    public Value PodLabels { get; set; } = MapValue.Empty;

    /// <summary>Annotations of the pods.</summary>
    public Value PodAnnotations { get; init; } = MapValue.Empty;

    /// <summary>Azure: how long tokens of workload identity live; set by the join.</summary>
    public Value TokenLifetime { get; set; } = NullValue.Instance;

    /// <summary>Labels of the object.</summary>
    public Value ObjectLabels { get; set; } = MapValue.Empty;

    /// <summary>Pull secrets.</summary>
    public Value PullSecrets { get; set; } = ListValue.Empty;

    /// <summary>Pull secrets that the pods list themselves.</summary>
    public Value OwnPullSecrets { get; init; } = ListValue.Empty;

    /// <summary>Whether the service account is made; set by the join.</summary>
    public Value AccountIsDeclared { get; set; } = BoolValue.True;

    /// <summary>Pull secrets the service account forbids; set by the join.</summary>
    public Value RefusedPullSecrets { get; set; } = ListValue.Empty;

    /// <summary>Images that lose their credentials; set by the join.</summary>
    public Value LostImages { get; set; } = ListValue.Empty;

    /// <summary>Pull secrets that are for nothing; set by the join.</summary>
    public Value UnfitPullSecrets { get; set; } = ListValue.Empty;

    /// <summary>What they are for, where it is near; set by the join.</summary>
    public Value NearHosts { get; set; } = ListValue.Empty;

    /// <summary>Names that are no more; set by the join.</summary>
    public Value StaleReferences { get; set; } = ListValue.Empty;

    /// <summary>What another Kustomization brings without order; set by the join.</summary>
    public Value UnorderedNeeds { get; set; } = ListValue.Empty;

    /// <summary>What another Kustomization brings and does not wait for; set by the join.</summary>
    public Value UnreadyNeeds { get; set; } = ListValue.Empty;

    /// <summary>What comes too late for its pods; set by the join.</summary>
    public Value LateNeeds { get; set; } = ListValue.Empty;

    /// <summary>What is written only after its pods, without anything waiting for either; set by the join.</summary>
    public Value FollowingNeeds { get; set; } = ListValue.Empty;

    /// <summary>Whether it is a hook of a chart; set by the join.</summary>
    public Value IsHelmHook { get; set; } = BoolValue.False;

    /// <summary>Image names that are none; set by the join.</summary>
    public Value ImageFaults { get; set; } = ListValue.Empty;

    /// <summary>Google: images that are not where their repository is declared; set by the join.</summary>
    public Value MisplacedImages { get; set; } = ListValue.Empty;

    /// <summary>Google: images whose path names no repository; set by the join.</summary>
    public Value ImagesWithoutRepository { get; set; } = ListValue.Empty;

    /// <summary>Google: images on retired hosts; set by the join.</summary>
    public Value RetiredImages { get; set; } = ListValue.Empty;

    /// <summary>Node problem detector: monitors that are not loaded; set by the join.</summary>
    public Value UnloadedMonitors { get; set; } = ListValue.Empty;

    /// <summary>Node problem detector: monitors that see nothing; set by the join.</summary>
    public Value BlindMonitors { get; set; } = ListValue.Empty;

    /// <summary>Images that are pulled at every start; set by the join.</summary>
    public Value MovingImages { get; set; } = ListValue.Empty;

    /// <summary>Images that are never pulled; set by the join.</summary>
    public Value UnpulledImages { get; set; } = ListValue.Empty;

    /// <summary>Azure: images on virtual nodes that need a pull secret; set by the join.</summary>
    public Value UnsecuredImages { get; set; } = NullValue.Instance;

    /// <summary>Containers of its pods: objects of image and policy, as written.</summary>
    public ListValue Containers { get; init; } = ListValue.Empty;

    /// <summary>Node selector.</summary>
    public Value NodeSelector { get; init; } = NullValue.Instance;

    /// <summary>Tolerations, as objects of Kubernetes.</summary>
    public Value Tolerations { get; init; } = ListValue.Empty;

    /// <summary>What else decides where pods land (affinity, a node by name, a scheduler of its own); null for nothing.</summary>
    public Value Placement { get; init; } = NullValue.Instance;

    /// <summary>The pool that it brings along (an ECS task on Fargate); null where a scheduler chooses one.</summary>
    public Value OwnPool { get; init; } = NullValue.Instance;

    /// <summary>EKS: whether its pods run on Fargate; set by the join.</summary>
    public Value RunsOnFargate { get; set; } = BoolValue.False;
}
