using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Nodes of one kind: what can run a pod and pulls its images.</summary>
public sealed class NodePool : Fact
{
    /// <summary>The kind of nodes of EKS outside of AWS.</summary>
    internal const string Hybrid = "hybrid";

    /// <summary>Kind of virtual machines that Cluster API makes on Azure.</summary>
    internal const string OfAzureMachines = "capi-azure";

    /// <summary>Fields of node pools.</summary>
    public static Shape Fields { get; } = new(
        "node_pool",
        "A set of equal nodes: EKS node group, Fargate profile, Auto Scaling group, Karpenter node class, AKS or GKE node pool.",
        Shape.Field<NodePool>("kind", FieldType.Text, "eks-managed, eks-self-managed, eks-fargate, eks-auto, karpenter, hybrid (nodes of EKS outside of AWS), ecs-fargate, ecs-ec2, eks-eksctl, aks, gke, gke-inline, gke-autoprovisioning; of virtual machines of Cluster API eks-capi, capi-aws, capi-azure, capi-gcp.", pool => new TextValue(pool.Kind)),
        Shape.Field<NodePool>("name", FieldType.Text, "Name as written.", pool => pool.Name),
        Shape.Field<NodePool>("cluster", FieldType.Of("cluster"), "The cluster it belongs to.", pool => pool.Cluster),
        Shape.Field<NodePool>("cluster_is_inferred", FieldType.Bool, "True when nothing names the cluster and it is taken to be the only one there is.", pool => BoolValue.Of(pool.ClusterIsInferred)),
        Shape.Field<NodePool>("identity", FieldType.Of("identity"), "The identity with which its nodes pull.", pool => pool.Identity),
        Shape.Field<NodePool>("identity_value", FieldType.Text, "The written value that names the identity: the place to edit.", pool => pool.IdentityValue),
        Shape.Field<NodePool>("service", FieldType.Text, "AWS: the service that takes the role, such as ec2.amazonaws.com; null elsewhere.", pool => pool.Service is { } service ? new TextValue(service) : NullValue.Instance),
        Shape.Field<NodePool>("needs_ecr", FieldType.Bool, "AWS: whether its nodes pull from private ECR registries. Those of EKS do, for the add-ons.", pool => pool.NeedsEcr),
        Shape.Field<NodePool>("ecr_services", FieldType.List(FieldType.Text), "AWS: the services that a pull from ECR asks, by the names that endpoints have: ecr.api for the token, ecr.dkr for the manifest; tasks on a platform of Fargate before 1.4 ask ecr.dkr alone.", pool => pool.EcrServices),
        Shape.Field<NodePool>("pull_obstacle", FieldType.Text, "AWS: the first thing that keeps its nodes from pulling any private image: no-role, trust, exclusive-policies, deny, boundary, missing, token-scope; null for nothing.", pool => pool.PullObstacle),
        Shape.Field<NodePool>("account", FieldType.Text, "AWS: number of the account its nodes are in, where a provider names it.", pool => pool.Account),
        Shape.Field<NodePool>("ecr_pulls", FieldType.List(FieldType.Of("pull")), "AWS: what its nodes pull from private registries.", pool => pool.EcrPulls),
        Shape.Field<NodePool>("add_on_registry", FieldType.Of("registry"), "AWS: where the add-ons of EKS lie in its region; null where its nodes run none.", pool => pool.AddOnRegistry),
        Shape.Field<NodePool>("template", FieldType.Of("launch_template"), "AWS: the template its instances are started from; null for none of their own.", pool => pool.Template),
        Shape.Field<NodePool>("template_version", FieldType.Text, "AWS: the version of the template: $Latest, $Default or a number.", pool => pool.TemplateVersion),
        Shape.Field<NodePool>("profile_fault", FieldType.Text, "AWS: what is wrong with the way its instances get their role, a phrase; null for nothing.", pool => pool.ProfileFault),
        Shape.Field<NodePool>("subnets", FieldType.List(FieldType.Of("subnet")), "Subnets in which its nodes stand.", pool => pool.Subnets),
        Shape.Field<NodePool>("subnets_value", FieldType.Any, "The written subnet list: the place to edit.", pool => pool.SubnetsValue),
        Shape.Field<NodePool>("network", FieldType.Of("network"), "The network its subnets are in.", pool => pool.Network),
        Shape.Field<NodePool>("network_is_elsewhere", FieldType.Bool, "True when its network is declared in another root module or template.", pool => BoolValue.Of(pool.NetworkIsElsewhere)),
        Shape.Field<NodePool>("exit", FieldType.Text, "AWS: how its nodes reach the internet: public, nat, isolated when no subnet has a way out, mixed when some have none; unknown when nobody knows.", pool => pool.Exit),
        Shape.Field<NodePool>("isolated_subnets", FieldType.List(FieldType.Of("subnet")), "AWS: those of its subnets that certainly have no way out.", pool => pool.IsolatedSubnets),
        Shape.Field<NodePool>("own_pulls", FieldType.List(FieldType.Of("pull")), "GKE: pulls from private registries of its cluster's project by pods without pull secrets: only the identity of the nodes can make them. Open where images are not seen.", pool => pool.OwnPulls),
        Shape.Field<NodePool>("reaches_google", FieldType.Bool, "GKE: false where its private nodes certainly have no way to Google's registries, because the subnet says no to Private Google Access and nothing leads out of the network; null where nothing speaks against it.", pool => pool.ReachesGoogle),
        Shape.Field<NodePool>("leaves_network", FieldType.Bool, "GKE: false where its nodes are private and certainly nothing leads out of their network, as it is written that they are private; null where they have public addresses.", pool => pool.LeavesNetwork),
        Shape.Field<NodePool>("foreign_pulls", FieldType.List(FieldType.Of("pull")), "GKE: pulls by its pods from registries that only the internet leads to, neither Google's nor mirrored by it; open where that is not known of some.", pool => pool.ForeignPulls),
        Shape.Field<NodePool>("blocked_by", FieldType.Text, "GKE: the firewall rule that certainly keeps its nodes from the registries of Google, at the place that says so; null for none.", pool => pool.BlockedBy),
        Shape.Field<NodePool>("denied_by", FieldType.Text, "GKE: the deny policy of its project that refuses images to its nodes whatever roles they have, at the place that names the permission; null for none.", pool => pool.DeniedBy),
        Shape.Field<NodePool>("other_pulls", FieldType.List(FieldType.Of("pull")), "GKE: pulls by pods without pull secrets from repositories that are declared, in another project than its cluster's; open where rights on them may be given that are not seen.", pool => pool.OtherPulls),
        Shape.Field<NodePool>("pull_evidence", FieldType.Text, "GKE: what tells of pulls with the identity of its nodes. image: a pod that must land here has an own image; possible-image: one that may land here; registry: no image is seen, but a Docker repository in the project is declared; sample: no image is seen, but a sample shows how to use a module that makes the account and gives it roles; elsewhere: all images come from other projects or ask nobody who pulls; none: no image asks. Unknown when nobody knows.", pool => pool.PullEvidence),
        Shape.Field<NodePool>("runs_others", FieldType.Bool, "GKE: whether images are seen to run here, none of which is pulled from the cluster's project with the identity of its nodes.", pool => pool.RunsOthers),
        Shape.Field<NodePool>("unaddressed_subnets", FieldType.List(FieldType.Of("subnet")), "AWS: those of its subnets that lead to an internet gateway, and in which its nodes get no public address.", pool => pool.UnaddressedSubnets),
        Shape.Field<NodePool>("acl_obstacle", FieldType.Text, "AWS: what network ACLs that are written for its subnets certainly stop in one of them: out (no TCP 443 leaves), back (no answers come in); null for nothing.", pool => pool.AclObstacle),
        Shape.Field<NodePool>("security_groups", FieldType.List(FieldType.Of("security_group")), "AWS: security groups of its nodes.", pool => pool.SecurityGroups),
        Shape.Field<NodePool>("security_groups_value", FieldType.Any, "AWS: the written list: the place to edit; null when not written.", pool => pool.SecurityGroupsValue),
        Shape.Field<NodePool>("detours", FieldType.List(FieldType.Text), "AWS: what else may lead its nodes to registries: proxies, mirrors of registries, webhooks that rewrite images.", pool => pool.Detours),
        Shape.Field<NodePool>("makes_profile", FieldType.Bool, "Karpenter: whether the controller makes the instance profile itself, because the class names a role.", pool => pool.MakesProfile),
        Shape.Field<NodePool>("is_managed", FieldType.Bool, "EKS: whether it is a managed node group; null elsewhere.", pool => pool.IsManaged),
        Shape.Field<NodePool>("ami_type", FieldType.Text, "EKS managed: the written type of machine image; null for none.", pool => pool.AmiType),
        Shape.Field<NodePool>("release_version", FieldType.Text, "EKS managed: the written release of the machine image; null for the newest when the pool is made.", pool => pool.ReleaseVersion),
        Shape.Field<NodePool>("auto_repair", FieldType.Bool, "EKS managed, GKE: whether unhealthy nodes are replaced.", pool => pool.AutoRepair),
        Shape.Field<NodePool>("auto_upgrade", FieldType.Bool, "GKE: whether nodes are replaced by those of newer versions; null elsewhere.", pool => pool.AutoUpgrade),
        Shape.Field<NodePool>("rotation", FieldType.Any, "GKE: what is written of when its nodes are replaced: the longest time they run, how upgrades go about it, or the maintenance window of the cluster; null for nothing.", pool => pool.Rotation),
        Shape.Field<NodePool>("starters", FieldType.List(FieldType.Any), "What starts its nodes as soon as it is made: the pool itself; for tasks of ECS on Fargate the services that run them.", pool => pool.Starters),
        Shape.Field<NodePool>("max_lifetime", FieldType.Number, "EKS self-managed: seconds after which an instance is replaced; null for none written.", pool => pool.MaxLifetime),
        Shape.Field<NodePool>("is_replaced", FieldType.Bool, "EKS self-managed: whether an instance refresh or a schedule replaces its instances.", pool => pool.IsReplaced),
        Shape.Field<NodePool>("is_live", FieldType.Bool, "False for a pool that is certainly empty or removed at once.", pool => pool.IsLive),
        Shape.Field<NodePool>("scopes", FieldType.List(FieldType.Text), "GKE: OAuth scopes in canonical form; null when none are written.", pool => pool.Scopes),
        Shape.Field<NodePool>("scopes_value", FieldType.Any, "GKE: the written scope list: the place to edit.", pool => pool.ScopesValue),
        Shape.Field<NodePool>("workload_metadata", FieldType.Text, "GKE: the written mode of the metadata server that pods see, in its old or new words; null for none.", pool => pool.WorkloadMetadata));

    private static readonly ListValue BothServices = ListValue.Of([new TextValue("ecr.api"), new TextValue("ecr.dkr")]);

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>What starts its nodes; where nothing else does, the pool itself.</summary>
    public Value Starters
    {
        get => field ??= ListValue.Of([new FactValue(this)]);
        set;
    }

    /// <summary>Kind of pool.</summary>
    public required string Kind { get; init; }

    /// <summary>Name as written.</summary>
    public required Value Name { get; init; }

    /// <summary>Its cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Whether the cluster was inferred.</summary>
    public bool ClusterIsInferred { get; set; }

    /// <summary>Its identity.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>The value that names the identity.</summary>
    public Value IdentityValue { get; set; } = NullValue.Instance;

    /// <summary>AWS: the service that takes the role; nodes outside of AWS may have it from IAM Roles Anywhere as well.</summary>
    public string? Service => Kind switch
    {
        "eks-fargate" => "eks-fargate-pods.amazonaws.com",
        "ecs-fargate" => "ecs-tasks.amazonaws.com",
        Hybrid => "ssm.amazonaws.com",
        "karpenter" or "ecs-ec2" or "capi-aws" => "ec2.amazonaws.com",
        _ when Kind.StartsWith("eks-", StringComparison.Ordinal) => "ec2.amazonaws.com",
        _ => null,
    };

    /// <summary>AWS: whether its nodes pull from private registries.</summary>
    public Value NeedsEcr { get; set; } = BoolValue.False;

    /// <summary>AWS: whether a task of ECS on it certainly sends its output to CloudWatch.</summary>
    public bool SendsLogs { get; set; }

    /// <summary>AWS: the services that a pull asks.</summary>
    public Value EcrServices { get => field ?? (Service is null ? NullValue.Instance : BothServices); set; }

    /// <summary>AWS: what keeps its nodes from pulling; set by the join.</summary>
    public Value PullObstacle { get; set; } = NullValue.Instance;

    /// <summary>EKS: whether EKS manages the group.</summary>
    public Value IsManaged { get => field ?? (Kind.StartsWith("eks-", StringComparison.Ordinal) ? BoolValue.Of(Kind == "eks-managed") : NullValue.Instance); init; }

    /// <summary>AWS: number of its account; set by the join.</summary>
    public Value Account { get; set; } = NullValue.Instance;

    /// <summary>AWS: what its nodes pull from private registries; set by the join.</summary>
    public Value EcrPulls { get; set; } = NullValue.Instance;

    /// <summary>AWS: the registry of the add-ons; set by the join.</summary>
    public Value AddOnRegistry { get; set; } = NullValue.Instance;

    /// <summary>AWS: the value that names the template.</summary>
    public Value TemplateValue { get; set; } = NullValue.Instance;

    /// <summary>AWS: its template; set by the join.</summary>
    public Value Template { get; set; } = NullValue.Instance;

    /// <summary>AWS: the version of the template; made canonical by the join.</summary>
    public Value TemplateVersion { get; set; } = NullValue.Instance;

    /// <summary>AWS: what is wrong with its instance profile; set by the join.</summary>
    public Value ProfileFault { get; set; } = NullValue.Instance;

    /// <summary>Its subnets; set by the join.</summary>
    public Value Subnets { get; set; } = ListValue.Empty;

    /// <summary>The subnet list as written.</summary>
    public Value SubnetsValue { get; set; } = NullValue.Instance;

    /// <summary>Its network; set by the join.</summary>
    public Value Network { get; set; } = NullValue.Instance;

    /// <summary>Whether its network is declared elsewhere; set by the join.</summary>
    public bool NetworkIsElsewhere { get; set; }

    /// <summary>How its nodes reach the internet; null for clouds where this is not read. Set by the join.</summary>
    public Value Exit { get; set; } = NullValue.Instance;

    /// <summary>Subnets without a way out; set by the join.</summary>
    public Value IsolatedSubnets { get; set; } = ListValue.Empty;

    /// <summary>GKE: pulls that only the identity of its nodes can make; set by the join.</summary>
    public Value OwnPulls { get; set; } = ListValue.Empty;

    /// <summary>GKE: whether private nodes reach Google's registries; set by the join.</summary>
    public Value ReachesGoogle { get; set; } = NullValue.Instance;

    /// <summary>GKE: whether anything leads private nodes out of their network; set by the join.</summary>
    public Value LeavesNetwork { get; set; } = NullValue.Instance;

    /// <summary>GKE: pulls that only the internet can answer; set by the join.</summary>
    public Value ForeignPulls { get; set; } = ListValue.Empty;

    /// <summary>GKE: what keeps its nodes from registries; set by the join.</summary>
    public Value BlockedBy { get; set; } = NullValue.Instance;

    /// <summary>GKE: what denies images to its nodes; set by the join.</summary>
    public Value DeniedBy { get; set; } = NullValue.Instance;

    /// <summary>GKE: pulls from declared repositories of other projects; set by the join.</summary>
    public Value OtherPulls { get; set; } = ListValue.Empty;

    /// <summary>GKE: what tells of pulls from its own project; set by the join.</summary>
    public Value PullEvidence { get; set; } = NullValue.Instance;

    /// <summary>GKE: whether images are seen to run here, none of which its nodes pull with their own identity from the cluster's project.</summary>
    public Value RunsOthers { get; set; } = NullValue.Instance;

    /// <summary>Public subnets in which nodes get no public address; set by the join.</summary>
    public Value UnaddressedSubnets { get; set; } = ListValue.Empty;

    /// <summary>AWS: what network ACLs of its subnets stop; set by the join.</summary>
    public Value AclObstacle { get; set; } = NullValue.Instance;

    /// <summary>Security groups of the nodes; set by the join.</summary>
    public Value SecurityGroups { get; set; } = ListValue.Empty;

    /// <summary>The written security groups; set by the join.</summary>
    public Value SecurityGroupsValue { get; set; } = NullValue.Instance;

    /// <summary>Proxies, mirrors and rewriters; set by the join.</summary>
    public Value Detours { get; set; } = ListValue.Empty;

    /// <summary>Whether Karpenter makes the instance profile.</summary>
    public Value MakesProfile { get; init; } = BoolValue.False;

    /// <summary>EKS: type of machine image; set by the join.</summary>
    public Value AmiType { get; set; } = NullValue.Instance;

    /// <summary>EKS: release of the machine image; set by the join.</summary>
    public Value ReleaseVersion { get; set; } = NullValue.Instance;

    /// <summary>EKS, GKE: whether unhealthy nodes are replaced; set by the join for EKS.</summary>
    public Value AutoRepair { get; set; } = BoolValue.False;

    /// <summary>GKE: whether nodes are replaced by newer ones.</summary>
    public Value AutoUpgrade { get; init; } = NullValue.Instance;

    /// <summary>GKE: what is written of when its nodes are replaced; set by the join.</summary>
    public Value Rotation { get; set; } = NullValue.Instance;

    /// <summary>EKS: seconds an instance lives at most; set by the join.</summary>
    public Value MaxLifetime { get; set; } = NullValue.Instance;

    /// <summary>EKS: whether something replaces its instances; set by the join.</summary>
    public Value IsReplaced { get; set; } = BoolValue.False;

    /// <summary>False for a pool that is certainly empty or removed.</summary>
    public Value IsLive { get; set; } = BoolValue.True;

    /// <summary>Labels of its nodes, where the pool itself does not say them in the words of its cloud; null where it does.</summary>
    public Value? Labels { get; init; }

    /// <summary>Taints of its nodes, likewise.</summary>
    public Value? Taints { get; init; }

    /// <summary>GKE: the block that configures the nodes, as written; null for none.</summary>
    public Value NodeConfig { get; init; } = NullValue.Instance;

    /// <summary>GKE scopes.</summary>
    public Value Scopes { get; set; } = NullValue.Instance;

    /// <summary>GKE scopes as written.</summary>
    public Value ScopesValue { get; set; } = NullValue.Instance;

    /// <summary>GKE: mode of the metadata server, as written.</summary>
    public Value WorkloadMetadata { get; init; } = NullValue.Instance;
}
