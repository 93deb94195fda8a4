using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A Kubernetes cluster (or an ECS cluster) that the repository declares.</summary>
public sealed class Cluster : Fact
{
    /// <summary>Fields of clusters.</summary>
    public static Shape Fields { get; } = new(
        "cluster",
        "A cluster: EKS, AKS, GKE.",
        Shape.Field<Cluster>("kind", FieldType.Text, "eks, aks, gke, or kubeadm for virtual machines of Cluster API.", cluster => new TextValue(cluster.Kind)),
        Shape.Field<Cluster>("name", FieldType.Text, "Name as written.", cluster => cluster.Name),
        Shape.Field<Cluster>("node_pools", FieldType.List(FieldType.Of("node_pool")), "Its node pools; open when a module or a tag could add some.", cluster => cluster.NodePools),
        Shape.Field<Cluster>("workloads", FieldType.List(FieldType.Of("workload")), "Workloads that are deployed to it.", cluster => cluster.Workloads),
        Shape.Field<Cluster>("identity", FieldType.Of("identity"), "Identity of the control plane.", cluster => cluster.Identity),
        Shape.Field<Cluster>("kubelet_identity", FieldType.Of("identity"), "AKS: the identity with which all nodes pull.", cluster => cluster.KubeletIdentity),
        Shape.Field<Cluster>("kubelet_choice", FieldType.Any, "AKS: the written block that chooses the identity of its nodes; null where AKS makes that identity.", cluster => cluster.KubeletChoice),
        Shape.Field<Cluster>("kubelet_choice_fault", FieldType.Text, "AKS: why the service refuses the identity that is chosen for its nodes, a phrase; null for nothing, and where AKS makes that identity.", cluster => cluster.KubeletChoiceFault),
        Shape.Field<Cluster>("kubelet_operators", FieldType.List(FieldType.Of("grant")), "AKS: grants that let its control plane give its nodes their identity, which is declared here and another than its own; open when somebody unseen could grant it; null where no grant is needed.", cluster => cluster.KubeletOperators),
        Shape.Field<Cluster>("oidc_issuer", FieldType.Bool, "Whether it issues tokens that clouds accept (AKS: oidc_issuer_enabled; always true for EKS and GKE).", cluster => cluster.OidcIssuer),
        Shape.Field<Cluster>("workload_identity", FieldType.Bool, "Whether workloads can get an identity of their own: GKE workload pool, AKS workload identity, EKS OIDC provider or Pod Identity.", cluster => cluster.WorkloadIdentity),
        Shape.Field<Cluster>("outbound_type", FieldType.Text, "AKS: how traffic leaves its nodes, as written: loadBalancer, userDefinedRouting; null for the default, and for other clouds.", cluster => cluster.OutboundType),
        Shape.Field<Cluster>("unrouted_subnets", FieldType.List(FieldType.Text), "AKS: addresses of subnets of its nodes that lack the route table without which userDefinedRouting is refused; open where one may be given out of sight; null elsewhere.", cluster => cluster.UnroutedSubnets),
        Shape.Field<Cluster>("has_way_out", FieldType.Bool, "AKS with the outbound type none or block: whether its nodes reach the internet by what is declared beside it; null elsewhere.", cluster => cluster.HasWayOut),
        Shape.Field<Cluster>("outside_images", FieldType.List(FieldType.Text), "AKS with the outbound type none or block: images of its workloads in well-known registries of the internet, without those that Azure has copies of; null elsewhere.", cluster => cluster.OutsideImages),
        Shape.Field<Cluster>("workload_pool", FieldType.Text, "GKE: the workload pool, null for none.", cluster => cluster.WorkloadPool),
        Shape.Field<Cluster>("workload_pool_is_own", FieldType.Bool, "GKE: whether the workload pool is that of its project, or of the project of its fleet; null for none.", cluster => cluster.WorkloadPoolIsOwn),
        Shape.Field<Cluster>("federations", FieldType.List(FieldType.Of("federation")), "Azure: federated credentials whose issuer it is.", cluster => cluster.Federations),
        Shape.Field<Cluster>("service_accounts", FieldType.List(FieldType.Of("service_account")), "Service accounts that are deployed to it.", cluster => cluster.ServiceAccounts),
        Shape.Field<Cluster>("deliveries", FieldType.List(FieldType.Of("delivery")), "GKE: deployments that start images of a declared registry on it; open when images are not seen.", cluster => cluster.Deliveries),
        Shape.Field<Cluster>("own_images", FieldType.List(FieldType.Text), "GKE: images of its workloads that lie in a declared registry.", cluster => cluster.OwnImages),
        Shape.Field<Cluster>("registries", FieldType.List(FieldType.Of("registry")), "GKE: Docker repositories that are declared in its own project.", cluster => cluster.Registries),
        Shape.Field<Cluster>("ignored_grant", FieldType.Any, "GKE: what a call of a module gives for a right to pull that no node gets, because the nodes run as an account which the call brings: the value that switches the right on, or names the account; null for nothing.", cluster => cluster.IgnoredGrant),
        Shape.Field<Cluster>("is_autopilot", FieldType.Bool, "GKE Autopilot or EKS Auto Mode: nodes are managed by the cloud.", cluster => cluster.IsAutopilot),
        Shape.Field<Cluster>("oidc_providers", FieldType.List(FieldType.Of("oidc_provider")), "EKS: OIDC providers of its issuer; open when something unseen could make one.", cluster => cluster.OidcProviders),
        Shape.Field<Cluster>("federated_identities", FieldType.List(FieldType.Of("identity")), "EKS: roles whose trust policy names its OIDC issuer or provider, or which its service accounts name.", cluster => cluster.FederatedIdentities),
        Shape.Field<Cluster>("authentication_mode", FieldType.Text, "EKS: how it decides whom it lets in: CONFIG_MAP, API or API_AND_CONFIG_MAP.", cluster => cluster.AuthenticationMode),
        Shape.Field<Cluster>("access_entries", FieldType.List(FieldType.Of("access_entry")), "EKS: its access entries; open when something unseen could add one.", cluster => cluster.AccessEntries),
        Shape.Field<Cluster>("associations", FieldType.List(FieldType.Of("association")), "EKS: its Pod Identity associations; open for those of clusters nobody knows.", cluster => cluster.Associations),
        Shape.Field<Cluster>("pod_identity_agent", FieldType.Bool, "EKS: whether the Pod Identity agent runs on its nodes: an add-on, Auto Mode, or a workload of that name.", cluster => cluster.PodIdentityAgent),
        Shape.Field<Cluster>("private_access", FieldType.Bool, "EKS: whether its API is reached inside its VPC.", cluster => cluster.PrivateAccess),
        Shape.Field<Cluster>("private_access_value", FieldType.Any, "EKS: the written value: the place to edit; null when not written.", cluster => cluster.PrivateAccessValue),
        Shape.Field<Cluster>("guards_metadata", FieldType.Bool, "Whether network policies keep its pods from the metadata service of their node: unknown where some speak of it.", cluster => cluster.GuardsMetadata),
        Shape.Field<Cluster>("upgrade_channel", FieldType.Text, "AKS: which upgrades it makes by itself, as written: patch, stable, rapid, node-image; null when not written.", cluster => cluster.UpgradeChannel),
        Shape.Field<Cluster>("node_os_channel", FieldType.Text, "AKS: how its nodes get updates of their system, as written: NodeImage, SecurityPatch, Unmanaged, None; null when not written.", cluster => cluster.NodeOsChannel),
        Shape.Field<Cluster>("node_os_window_days", FieldType.Number, "AKS: days from one window for updates of its nodes' system to the next, a month being thirty; null where no window is written.", cluster => cluster.NodeOsWindowDays),
        Shape.Field<Cluster>("service_principal", FieldType.Any, "AKS: the written service principal, with a password, that it is instead of a managed identity; null for none.", cluster => cluster.ServicePrincipal),
        Shape.Field<Cluster>("shows_secret", FieldType.Bool, "AKS: whether the password of its service principal stands in the repository as text; null elsewhere.", cluster => cluster.ShowsSecret),
        Shape.Field<Cluster>("registry_in_other_tenant", FieldType.Bool, "AKS: whether it pulls from a registry in another tenant, which only a service principal can; null elsewhere.", cluster => cluster.RegistryInOtherTenant),
        Shape.Field<Cluster>("directory", FieldType.Any, "AKS: the written block that lets users of Entra in; null for none.", cluster => cluster.Directory),
        Shape.Field<Cluster>("local_accounts_disabled", FieldType.Bool, "AKS: whether nobody gets in with a certificate, past Entra; null elsewhere.", cluster => cluster.LocalAccountsDisabled),
        Shape.Field<Cluster>("project", FieldType.Text, "Project, account or subscription, as far as written.", cluster => cluster.Project));

    /// <summary>Kind of a cluster that kubeadm makes of virtual machines.</summary>
    internal const string Kubeadm = "kubeadm";

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary><c>eks</c>, <c>aks</c>, <c>gke</c> or <c>kubeadm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name as written.</summary>
    public required Value Name { get; init; }

    /// <summary>Pools; set when pools are joined.</summary>
    public Value NodePools { get; set; } = ListValue.Empty;

    /// <summary>Workloads; set when workloads are joined.</summary>
    public Value Workloads { get; set; } = ListValue.Empty;

    /// <summary>Identity of the control plane.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>AKS: identity with which nodes pull.</summary>
    public Value KubeletIdentity { get; set; } = NullValue.Instance;

    /// <summary>AKS: what chooses the kubelet identity; set by the join.</summary>
    public Value KubeletChoice { get; set; } = NullValue.Instance;

    /// <summary>AKS: why the kubelet identity is refused; set by the join.</summary>
    public Value KubeletChoiceFault { get; set; } = NullValue.Instance;

    /// <summary>AKS: what lets the control plane give the kubelet identity; set by the join.</summary>
    public Value KubeletOperators { get; set; } = NullValue.Instance;

    /// <summary>Whether it issues tokens.</summary>
    public Value OidcIssuer { get; set; } = BoolValue.True;

    /// <summary>AKS: how traffic leaves.</summary>
    public Value OutboundType { get; init; } = NullValue.Instance;

    /// <summary>AKS: subnets without a route table; set by the join.</summary>
    public Value UnroutedSubnets { get; set; } = NullValue.Instance;

    /// <summary>AKS: whether nodes reach the internet; set by the join.</summary>
    public Value HasWayOut { get; set; } = NullValue.Instance;

    /// <summary>AKS: images that lie there; set by the join.</summary>
    public Value OutsideImages { get; set; } = NullValue.Instance;

    /// <summary>Whether workloads can have an identity.</summary>
    public Value WorkloadIdentity { get; set; } = NullValue.Instance;

    /// <summary>GKE workload pool.</summary>
    public Value WorkloadPool { get; set; } = NullValue.Instance;

    /// <summary>GKE: whether the workload pool is that of its project; set by the join.</summary>
    public Value WorkloadPoolIsOwn { get; set; } = NullValue.Instance;

    /// <summary>Azure: credentials whose issuer it is; set by the join.</summary>
    public Value Federations { get; set; } = ListValue.Empty;

    /// <summary>Service accounts; set by the join.</summary>
    public Value ServiceAccounts { get; set; } = ListValue.Empty;

    /// <summary>GKE: deployments with images of a declared registry; set by the join.</summary>
    public Value Deliveries { get; set; } = ListValue.Empty;

    /// <summary>GKE: images in a declared registry; set by the join.</summary>
    public Value OwnImages { get; set; } = ListValue.Empty;

    /// <summary>GKE: Docker repositories in its project; set by the join.</summary>
    public Value Registries { get; set; } = ListValue.Empty;

    /// <summary>GKE: what asks for a right to pull that no node gets; set by the join.</summary>
    public Value IgnoredGrant { get; set; } = NullValue.Instance;

    /// <summary>GKE Autopilot, EKS Auto Mode.</summary>
    public Value IsAutopilot { get; set; } = BoolValue.False;

    /// <summary>OIDC providers of its issuer; set by the join.</summary>
    public Value OidcProviders { get; set; } = ListValue.Empty;

    /// <summary>Roles that trust its issuer; set by the join.</summary>
    public Value FederatedIdentities { get; set; } = ListValue.Empty;

    /// <summary>EKS: how it decides whom it lets in; set by the join.</summary>
    public Value AuthenticationMode { get; set; } = NullValue.Instance;

    /// <summary>EKS: whom it lets in; set by the join.</summary>
    public Value AccessEntries { get; set; } = ListValue.Empty;

    /// <summary>EKS: Pod Identity associations; set by the join.</summary>
    public Value Associations { get; set; } = ListValue.Empty;

    /// <summary>EKS: whether the Pod Identity agent runs; set by the join.</summary>
    public Value PodIdentityAgent { get; set; } = NullValue.Instance;

    /// <summary>Whether network policies keep pods from the metadata service; set by the join.</summary>
    public Value GuardsMetadata { get; set; } = BoolValue.False;

    /// <summary>Project, account or subscription.</summary>
    public Value Project { get; set; } = NullValue.Instance;

    /// <summary>AKS: which upgrades it makes by itself.</summary>
    public Value UpgradeChannel { get; init; } = NullValue.Instance;

    /// <summary>AKS: how its nodes get updates of their system.</summary>
    public Value NodeOsChannel { get; init; } = NullValue.Instance;

    /// <summary>AKS: days between windows for updates of the nodes' system.</summary>
    public Value NodeOsWindowDays { get; init; } = NullValue.Instance;

    /// <summary>AKS: the service principal it is.</summary>
    public Value ServicePrincipal { get; init; } = NullValue.Instance;

    /// <summary>AKS: whether that one's password stands in the repository.</summary>
    public Value ShowsSecret { get; init; } = NullValue.Instance;

    /// <summary>AKS: whether it pulls from a registry in another tenant; set by the join.</summary>
    public Value RegistryInOtherTenant { get; set; } = NullValue.Instance;

    /// <summary>AKS: what lets users of Entra in.</summary>
    public Value Directory { get; init; } = NullValue.Instance;

    /// <summary>AKS: whether nobody gets in past Entra.</summary>
    public Value LocalAccountsDisabled { get; init; } = NullValue.Instance;

    /// <summary>EKS: whether the API is reached inside the VPC.</summary>
    public Value PrivateAccess { get; init; } = NullValue.Instance;

    /// <summary>EKS: the written value.</summary>
    public Value PrivateAccessValue { get; init; } = NullValue.Instance;
}
