using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Clouds;

/// <summary>
/// What a ClusterConfig of eksctl makes, beside itself: the cluster, its network, OIDC provider, add-ons, associations, profiles for Fargate and service accounts as resources of AWS in
/// Terraform's words, and each node group with the launch template that eksctl writes for it.
/// </summary>
internal sealed partial class EksctlConfig
{
    /// <summary>The type of the configuration itself.</summary>
    internal const string Type = "eksctl.io/ClusterConfig";

    /// <summary>What is written for a cluster that eksctl creates, and for no other.</summary>
    private static readonly string[] OnlyOfNewClusters =
    [
        "availabilityZones", "vpc.nat", "kubernetesNetworkConfig", "privateCluster", "secretsEncryption", "cloudWatch", "accessConfig", "autoModeConfig", "addonsConfig", "iam.serviceRoleARN", "gitops", "karpenter",
    ];

    private static readonly TextValue Required = new("required");
    private static readonly string[] NamesOfRights = ["serviceAccountRoleARN", "attachPolicyARNs", "attachPolicy", "wellKnownPolicies", "permissionsBoundary", "podIdentityAssociations", "useDefaultPodIdentityAssociations"];

    private readonly Resource _config;
    private readonly List<Resource> _made = [];
    private readonly HashSet<Address> _taken = [];
    private readonly Value _cluster;

    private EksctlConfig(Resource config)
    {
        _config = config;
        var reference = new Reference(Named("cluster"), "name");
        _cluster = At("metadata.name") is TextValue name
            ? name.With(new Trace(StepKind.Attribute, reference.ToString(), config.Place, name.Trace, reference))
            : ReferenceTo("cluster", "name");
    }

    /// <summary>The resources that a configuration makes.</summary>
    internal static IReadOnlyList<Resource> Of(Resource config)
    {
        var made = new EksctlConfig(config);
        made.AddCluster();
        made.AddNetwork();
        made.AddGroups("managedNodeGroups", isManaged: true);
        made.AddGroups("nodeGroups", isManaged: false);
        made.AddAddOns();
        made.AddAssociations();
        made.AddProfiles();
        made.AddAccounts();
        return made._made;
    }

    private void AddCluster()
    {
        var auto = At("autoModeConfig.enabled");
        var isPrivate = At("privateCluster.enabled");
        Add("cluster", "aws_eks_cluster", null, Guard.Always,
            ("name", At("metadata.name")),
            ("vpc_config", MapValue.Of(
                ("endpoint_private_access", isPrivate is NullValue or BoolValue { Value: false } ? At("vpc.clusterEndpoints.privateAccess") : isPrivate),
                ("subnet_ids", SubnetsOfCluster()))),
            ("access_config", MapValue.Of(("authentication_mode", At("accessConfig.authenticationMode") is NullValue ? new TextValue("API_AND_CONFIG_MAP") : At("accessConfig.authenticationMode")))),
            ("compute_config", MapValue.Of(("enabled", auto), ("node_role_arn", auto is NullValue ? auto : Or(At("autoModeConfig.nodeRoleARN"), "eksctl makes the role of the nodes")))));
        AddUnseen();
    }

    /// <summary>
    /// The OIDC provider, and what may be there besides: most configurations may also be those of a cluster that exists, to which eksctl adds a node group, an add-on or an account. Accounts
    /// with roles are refused without a provider either way.
    /// </summary>
    private void AddUnseen()
    {
        var tokens = At("iam.withOIDC");

        // Who adds nodes to a cluster that is there tells eksctl its VPC and security group, and may leave everything else of the first configuration in.
        var isWhole = (Array.Exists(OnlyOfNewClusters, path => At(path) is not NullValue) && (At("vpc.id") is NullValue || At("vpc.securityGroup") is NullValue))
            || (At("vpc.cidr") is not NullValue && At("vpc.id") is NullValue);
        if (tokens is not (NullValue or BoolValue { Value: false }) || (!isWhole && At("iam.serviceAccounts") is NullValue))
        {
            var isThere = tokens is BoolValue { Value: true } ? Guard.Always : Guard.When(
                $"{_config.Address.Scope}|{_config.Address.Path} provider", true, "the cluster has a provider", new Cause(UnknownReason.OpenWorld, "whether the cluster has a provider", _config.Place, null));
            Add("OIDC provider", "aws_iam_openid_connect_provider", null, isThere,
                ("url", ReferenceTo("cluster", "identity[0].oidc[0].issuer")),
                ("client_id_list", ListValue.Of([new TextValue("sts.amazonaws.com")])));
        }

        if (!isWhole)
        {
            Add("add-ons of before", "aws_eks_addon", null, Guard.Always,
                ("cluster_name", _cluster), ("addon_name", new UnknownValue(UnknownReason.OpenWorld, "the cluster may be there already, with add-ons", _config.Place)),
                ("service_account_role_arn", NullValue.Instance), ("pod_identity_association", ListValue.Empty));
        }
    }

    /// <summary>A node group, and the template that eksctl makes for it: pods reach the metadata service in two hops unless they are to be kept away, and tokens are required.</summary>
    private void AddGroups(string list, bool isManaged)
    {
        foreach (var (item, group, at) in Maps(list))
        {
            var name = $"{list} {(group["name"] is TextValue text ? text.ToString() : "<?>")}";
            var template = $"template of {name}";
            var kept = Get(group, "disablePodIMDS");
            var olds = Get(group, "disableIMDSv1");
            Add(template, "aws_launch_template", group, item.Guard,
                ("user_data", Commands(group)),
                ("metadata_options", MapValue.Of(
                    ("http_tokens", kept is BoolValue { Value: true } || olds is NullValue or BoolValue { Value: true } ? Required.With(olds.Trace)
                        : kept is NullValue or BoolValue && olds is BoolValue ? new TextValue("optional").With(olds.Trace) : Unknown("whether tokens are required", group)),
                    ("http_put_response_hop_limit", kept switch
                    {
                        NullValue => NumberValue.Of(2),
                        BoolValue { Value: var isKept } => NumberValue.Of(isKept ? 1 : 2).With(kept.Trace),
                        _ => Unknown("whether pods are kept from the metadata service", kept),
                    }))));
            Add(name, "eksctl.io/NodeGroup", group, item.Guard,
                ("cluster_name", _cluster), ("is_managed", BoolValue.Of(isManaged)), ("launch_template", ReferenceTo(template, "id")), ("group", group),
                ("subnet_ids", SubnetsOf(group, Get(group, "privateNetworking"))));
        }
    }

    private static Value Commands(MapValue group)
    {
        var parts = new List<TextPart>();
        foreach (var value in (Get(group, "preBootstrapCommands") as ListValue)?.Values ?? [])
        {
            parts.Add(new TextPart(value));
            parts.Add(new TextPart("\n"));
        }

        if (Get(group, "overrideBootstrapCommand") is not NullValue and var own)
        {
            parts.Add(new TextPart(own));
        }

        return parts.Count == 0 ? NullValue.Instance : TextValue.Of(parts).With((parts[0].Hole ?? Get(group, "preBootstrapCommands")).Trace);
    }

    private void AddAddOns()
    {
        foreach (var (item, addOn, at) in Maps("addons"))
        {
            var associations = Get(addOn, "podIdentityAssociations") as ListValue;
            Add($"add-on {Spell(addOn["name"], at)}", "aws_eks_addon", addOn, item.Guard,
                ("cluster_name", _cluster),
                ("addon_name", addOn["name"] ?? Unknown("which add-on it is", addOn)),
                ("service_account_role_arn", Array.Exists(NamesOfRights, name => addOn[name] is not (null or NullValue or BoolValue { Value: false })) || At("iam.withOIDC") is not (NullValue or BoolValue { Value: false })
                    ? Or(Get(addOn, "serviceAccountRoleARN"), "eksctl may make a role for the add-on") : NullValue.Instance),
                ("pod_identity_association", associations?.WithItems(each => each is MapValue map
                    ? MapValue.Of(("service_account", Get(map, "serviceAccountName")), ("role_arn", Or(Get(map, "roleARN"), "eksctl makes the role"))) : each) ?? (Value)ListValue.Empty));
        }
    }

    private void AddAssociations()
    {
        foreach (var (item, association, at) in Maps("iam.podIdentityAssociations"))
        {
            var (space, name) = (Get(association, "namespace"), Get(association, "serviceAccountName"));
            Add($"association {Spell(space, at)}/{Spell(name, at)}", "aws_eks_pod_identity_association", association, item.Guard,
                ("cluster_name", _cluster), ("namespace", space), ("service_account", name), ("role_arn", Or(Get(association, "roleARN"), "eksctl makes the role")));
            if (Get(association, "createServiceAccount") is BoolValue { Value: true })
            {
                AddAccount(space, name, NullValue.Instance, association, item.Guard, at);
            }
        }
    }

    private void AddProfiles()
    {
        foreach (var (item, profile, at) in Maps("fargateProfiles"))
        {
            var role = Get(profile, "podExecutionRoleARN") is not NullValue and var own ? own : At("iam.fargatePodExecutionRoleARN");
            Add($"profile {Spell(profile["name"], at)}", "aws_eks_fargate_profile", profile, item.Guard,
                ("cluster_name", _cluster), ("fargate_profile_name", Get(profile, "name")), ("pod_execution_role_arn", Or(role, "eksctl makes the role")),
                ("selector", Get(profile, "selectors")), ("subnet_ids", SubnetsOf(profile, BoolValue.True)));
        }
    }

    /// <summary>Service accounts with roles for their tokens; eksctl makes both, and the annotation that ties them.</summary>
    private void AddAccounts()
    {
        foreach (var (item, account, at) in Maps("iam.serviceAccounts"))
        {
            var metadata = account["metadata"] as MapValue ?? MapValue.Empty;
            var space = Get(metadata, "namespace") is not NullValue and var written ? written : new TextValue("default");
            var role = Get(account, "attachRoleARN");
            if (role is NullValue)
            {
                var path = $"role for {Spell(space, at)}/{Spell(metadata["name"], at)}";
                Add(path, "aws_iam_role", account, item.Guard,
                    ("name", Or(Get(account, "roleName"), "eksctl names the role")),
                    ("assume_role_policy", MapValue.Of(("Statement", MapValue.Of(
                        ("Effect", new TextValue("Allow")), ("Action", new TextValue("sts:AssumeRoleWithWebIdentity")),
                        ("Principal", MapValue.Of(("Federated", ReferenceTo("cluster", "identity[0].oidc[0].issuer")))))))));
                role = ReferenceTo(path, "arn");
            }

            if (Get(account, "roleOnly") is NullValue or BoolValue { Value: false })
            {
                AddAccount(space, Get(metadata, "name"), role, account, item.Guard, at);
            }
        }
    }

    private void AddAccount(Value space, Value name, Value role, MapValue from, Guard guard, int at) =>
        Add($"ServiceAccount/{Spell(space, at)}/{Spell(name, at)}", "/ServiceAccount", from, guard,
            ("apiVersion", new TextValue("v1")), ("kind", new TextValue("ServiceAccount")),
            ("metadata", MapValue.Of(
                ("name", name), ("namespace", space),
                ("annotations", role is NullValue ? MapValue.Empty : MapValue.Of(("eks.amazonaws.com/role-arn", role))))));

    private void Add(string name, string type, MapValue? from, Guard guard, params ReadOnlySpan<(string Key, Value Value)> attributes) => Add(name, type, from, guard, null, attributes);

    private void Add(string name, string type, MapValue? from, Guard guard, MapValue? meta, params ReadOnlySpan<(string Key, Value Value)> attributes) => _made.Add(new Resource
    {
        Address = Free(Named(name)),
        Type = type,
        Name = name,
        Language = Language.Kubernetes,
        Body = MapValue.Of(attributes.ToArray()),
        Place = from?.Place ?? _config.Place,
        Whole = from?.Place ?? _config.Whole,
        Guard = guard,
        Module = _config.Module,
        Provider = At("metadata.region") is TextValue region ? MapValue.Of(("region", region)) : null,
        Meta = meta,
    });

    private Address Free(Address address)
    {
        var free = address;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = address with { Path = string.Create(CultureInfo.InvariantCulture, $"{address.Path} ({number})") };
        }

        return free;
    }

    private Address Named(string name) => _config.Address with { Path = $"{_config.Address.Path} {name}" };

    private UnknownValue ReferenceTo(string name, string attribute)
    {
        var reference = new Reference(Named(name), attribute);
        return new UnknownValue(UnknownReason.Computed, $"{reference} is known when it is made", _config.Place, reference) { IsNotNull = true };
    }

    /// <summary>The maps of a list; what is no map is nothing of eksctl's.</summary>
    private IEnumerable<(Item Item, MapValue Map, int At)> Maps(string path)
    {
        var items = (At(path) as ListValue)?.Items ?? [];
        for (var at = 0; at < items.Length; at++)
        {
            if (items[at].Value is MapValue map)
            {
                yield return (items[at], map, at);
            }
        }
    }

    private Value At(string path)
    {
        Value at = _config.Body;
        foreach (var key in path.Split('.'))
        {
            at = at switch
            {
                MapValue map => Get(map, key),
                UnknownValue or ChoiceValue => UnknownValue.From(null, at),
                _ => NullValue.Instance,
            };
        }

        return at;
    }

    /// <summary>What is written under a key: an empty list says what none says.</summary>
    private static Value Get(MapValue map, string key) => map[key] is { } written and not ListValue { Items: [], IsOpen: false } ? written : NullValue.Instance;

    private Value Or(Value written, string otherwise) => written is NullValue ? new UnknownValue(UnknownReason.External, otherwise, _config.Place) : written;

    private static UnknownValue Unknown(string why, Value at) => new(UnknownReason.NoValue, why, at.Trace?.Place);

    private static string Spell(Value? name, int at) => name is TextValue text ? text.ToString() : string.Create(CultureInfo.InvariantCulture, $"#{at + 1}");
}
