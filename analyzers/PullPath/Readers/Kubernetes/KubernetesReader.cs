using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Workloads and service accounts, from manifests and from Terraform. It joins before all others: they ask on which cluster a workload runs.</summary>
internal sealed class KubernetesReader : IReader
{
    /// <summary>Objects that have containers in them and make no pods: definitions, policies about other objects, values of charts.</summary>
    private static readonly string[] Podless =
    [
        "apiextensions.k8s.io/", "admissionregistration.k8s.io/", "kyverno.io/", "constraints.gatekeeper.sh/", "templates.gatekeeper.sh/", "mutations.gatekeeper.sh/",
        ArgoApplication.Type, "helm.toolkit.fluxcd.io/", "helm.cattle.io/", "/ConfigMap", "/Secret", "skaffold/", "helm/",
    ];

    public void Read(World world) => world.AddEach(KubernetesObject.Of(world), static each => each.Type == "/ServiceAccount" ? (Fact)ReadAccount(each) : ReadWorkload(each));

    public void Join(World world)
    {
        var choice = ClusterChoice.Of(world);
        var workloads = world.Facts.All<Workload>(Workload.Fields).ToList();
        var accounts = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).ToList();
        foreach (var workload in workloads)
        {
            workload.Cluster = choice.Of(workload.Resource!);
        }

        foreach (var account in accounts)
        {
            account.Cluster = choice.Of(account.Resource!);
        }

        // Gathered once for all clusters: a repository may have many of them, and tens of thousands of workloads.
        // What values of charts say is none of what a cluster certainly runs.
        var (workloadsOf, unplacedWorkloads) = Placed(workloads.FindAll(workload => !workload.IsDerived), workload => workload.Cluster);
        var (accountsOf, unplacedAccounts) = Placed(accounts, account => account.Cluster);
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields))
        {
            cluster.Workloads = Links.To(workloadsOf[cluster], unplacedWorkloads);
            cluster.ServiceAccounts = Links.To(accountsOf[cluster], unplacedAccounts);
        }

        new AccountJoin(world).Join();
    }

    /// <summary>Facts by the cluster that is theirs, and why some may be on any.</summary>
    private static (ILookup<Cluster?, T> ByCluster, IReadOnlyList<Cause> Unplaced) Placed<T>(List<T> facts, Func<T, Value> clusterOf)
        where T : Fact =>
        (facts.ToLookup(fact => clusterOf(fact).As<Cluster>()),
         [.. facts.Select(clusterOf).OfType<UnknownValue>().SelectMany(unknown => unknown.Causes).Distinct().Take(Cause.Limit)]);

    private static ServiceAccount ReadAccount(KubernetesObject each)
    {
        var annotations = each.Annotations;
        return new ServiceAccount
        {
            Name = each.Name,
            Namespace = each.Namespace,
            Annotations = annotations,
            Labels = each.Labels,
            IdentityValue = CloudAnnotations.Written(annotations),
            PullSecrets = PodTemplate.Names(Written.Blocks(each.Body, each.IsTerraform ? "image_pull_secret" : "imagePullSecrets")),
            Address = each.Resource.Address,
            Place = each.Resource.Place,
            Resource = each.Resource,
            Guard = each.Resource.Guard,
            IsGuessed = each.Resource.Meta?["is_derived"] is not null,
        };
    }

    /// <summary>What an object makes of pods; null for nothing.</summary>
    private static Workload? ReadWorkload(KubernetesObject each)
    {
        var kind = each.IsTerraform ? null : WorkloadKinds.Find(each.Type);
        var isGuessed = !each.IsTerraform && kind is null;
        if (TemplateOf(each, kind) is not { } pods || (isGuessed && pods.Images.Items.IsEmpty))
        {
            return null;
        }

        return new Workload
        {
            Kind = each.Kind,
            Name = each.Name,
            Namespace = each.Namespace,
            ServiceAccountName = pods.Account is NullValue ? new TextValue("default") : pods.Account,
            Images = pods.Images,
            Env = pods.Env,
            Containers = pods.Containers,
            HostNetwork = pods.HostNetwork,
            TokenAudiences = pods.TokenAudiences,
            VolumeDrivers = pods.VolumeDrivers,
            HostPaths = pods.HostPaths,
            PodLabels = pods.Labels,
            PodAnnotations = pods.Annotations,
            ObjectLabels = each.Labels,
            PullSecrets = pods.PullSecrets,
            OwnPullSecrets = pods.PullSecrets,
            NodeSelector = pods.NodeSelector,
            Tolerations = pods.Tolerations,
            Placement = pods.Placement,
            IsGuessed = isGuessed,
            Address = each.Resource.Address,
            Place = each.Resource.Place,
            Resource = each.Resource,
            Guard = each.Resource.Guard,
        };
    }

    /// <summary>The pods of an object; null for none.</summary>
    private static PodTemplate? TemplateOf(KubernetesObject each, WorkloadKind? kind)
    {
        if (each.PodSpec is { } path)
        {
            return PodTemplate.Read(Written.Find(each.Body, path), MetadataOf(each.Body, path), PodSpelling.Terraform);
        }

        if (kind is null)
        {
            return Array.Exists(Podless, prefix => each.Type.StartsWith(prefix, StringComparison.Ordinal)) ? null : Guess(each.Body);
        }

        var templates = new List<PodTemplate>();
        foreach (var specPath in kind.PodSpecs)
        {
            var templatePath = specPath.EndsWith(".spec", StringComparison.Ordinal) ? specPath[..^".spec".Length] : null;
            foreach (var holder in templatePath is null ? [new Item(each.Body)] : ObjectPaths.Follow(each.Body, templatePath))
            {
                var spec = Written.Find(holder.Value, templatePath is null ? specPath : "spec");
                if (spec is not NullValue)
                {
                    templates.Add(PodTemplate.Read(spec, Written.Find(holder.Value, "metadata"), PodSpelling.Manifest).When(holder.Guard));
                }
            }
        }

        foreach (var made in kind.Objects.SelectMany(path => ObjectPaths.Follow(each.Body, path)))
        {
            if (MadeBy(made.Value, each) is { } inner)
            {
                templates.Add(inner.When(made.Guard));
            }
        }

        var loose = Loose(each.Body, kind);
        if (templates.Count == 0 || kind.PodSpecs.Length == 0)
        {
            return templates.Count == 0 ? loose : PodTemplate.Merge(loose is null or { Images.Items: [] } ? templates : [loose, .. templates]);
        }

        // What stands outside belongs to the same pods.
        var merged = PodTemplate.Merge(templates);
        return loose is null ? merged : merged with { Images = PodTemplate.Open(merged.Images.Items.Concat(loose.Images.Items), merged.Images.OpenBecause ?? []) };
    }

    /// <summary>The pods of an object that another makes.</summary>
    private static PodTemplate? MadeBy(Value body, KubernetesObject by) =>
        Written.Find(body, "kind") is TextValue { Known: { } kind } && Written.Find(body, "apiVersion") is TextValue { Known: { } version }
        && WorkloadKinds.Find($"{(version.LastIndexOf('/') is > 0 and var slash ? version[..slash] : "")}/{kind}") is { Objects: [] } known
            ? TemplateOf(by with { Body = body }, known)
            : null;

    /// <summary>Images that stand outside of pod specifications; null where the kind has none.</summary>
    private static PodTemplate? Loose(Value body, WorkloadKind kind)
    {
        if (kind.Images.Length == 0 && kind.ImageKeys is null)
        {
            return null;
        }

        var images = new List<Item>();
        foreach (var found in kind.Images.SelectMany(path => ObjectPaths.Follow(body, path)))
        {
            PodTemplate.AddImage(images, found.Value, found.Guard);
        }

        foreach (var entry in (kind.ImageKeys is { } keys ? Written.Find(body, keys) as MapValue : null)?.Entries ?? [])
        {
            foreach (var tag in Written.Blocks(entry.Value, "tags").Items)
            {
                var written = Written.Find(tag.Value, "tag");
                images.Add(new Item(TextValue.Of([new TextPart(entry.Key + ":"), new TextPart(written)]).With(written.Trace), tag.Guard));
            }
        }

        return new PodTemplate(
            PodTemplate.Open(images, []),
            AccountOf(body, kind),
            SecretsOf(body, kind),
            MapValue.Empty,
            NullValue.Instance,
            ListValue.Empty,
            new UnknownValue(UnknownReason.NotComputed, $"where pods of a {kind.Type} land"))
        {
            Annotations = new UnknownValue(UnknownReason.NotComputed, $"how the pods of a {kind.Type} are annotated"),
            Env = PodTemplate.Open([], [new Cause(UnknownReason.NotComputed, $"what the containers of a {kind.Type} are given", null, null)]),
            TokenAudiences = PodTemplate.Open([], [new Cause(UnknownReason.NotComputed, $"which volumes the pods of a {kind.Type} have", null, null)]),
            VolumeDrivers = PodTemplate.Open([], [new Cause(UnknownReason.NotComputed, $"which volumes the pods of a {kind.Type} have", null, null)]),
            HostPaths = PodTemplate.Open([], [new Cause(UnknownReason.NotComputed, $"which volumes the pods of a {kind.Type} have", null, null)]),
            HostNetwork = new UnknownValue(UnknownReason.NotComputed, $"in which network the pods of a {kind.Type} are", type: DataType.Bool),
        };
    }

    /// <summary>The account of all pods; unknown where some have one of their own.</summary>
    private static Value AccountOf(Value body, WorkloadKind kind)
    {
        var account = kind.Accounts.Select(path => Written.Find(body, path)).FirstOrDefault(value => value is not NullValue) ?? NullValue.Instance;
        return kind.OwnAccounts.SelectMany(path => ObjectPaths.Follow(body, path)).Any(own => own.Value.EqualTo(account) != Truth.Yes)
            ? new UnknownValue(UnknownReason.Ambiguous, "its pods have different service accounts")
            : account;
    }

    private static ListValue SecretsOf(Value body, WorkloadKind kind)
    {
        var found = kind.Secrets.SelectMany(path => ObjectPaths.Follow(body, path)).ToList();

        // What follows a list that is open ends in an unknown.
        return PodTemplate.Open(found.Where(item => item.Value is not UnknownValue { Reference: null }), found.Select(item => item.Value).OfType<UnknownValue>().Where(value => value.Reference is null).SelectMany(Cause.Of));
    }

    /// <summary>Pods of an object nobody knows. What it may add to them is unknown, so nothing is proven absent.</summary>
    private static PodTemplate? Guess(Value body)
    {
        var specs = ObjectPaths.PodSpecs(body);
        if (specs.Count == 0)
        {
            return null;
        }

        var because = new Cause(UnknownReason.NotComputed, "the kind is not known; its controller may add to its pods", null, null);
        var merged = PodTemplate.Merge([.. specs.Select(spec => PodTemplate.Read(spec, NullValue.Instance, PodSpelling.Manifest))]);
        return merged with
        {
            Account = merged.Account is NullValue ? new UnknownValue([because]) : merged.Account,
            PullSecrets = PodTemplate.Open(merged.PullSecrets.Items, [because]),
            Labels = new UnknownValue([because]),
            Annotations = new UnknownValue([because]),
            Placement = new UnknownValue([because]),
            Env = PodTemplate.Open(merged.Env.Items, [because]),
            HostNetwork = new UnknownValue([because], DataType.Bool),
            TokenAudiences = PodTemplate.Open(merged.TokenAudiences.Items, [because]),
            VolumeDrivers = PodTemplate.Open(merged.VolumeDrivers.Items, [because]),
            HostPaths = PodTemplate.Open(merged.HostPaths.Items, [because]),
        };
    }

    private static Value MetadataOf(Value body, string specPath) => specPath.EndsWith(".spec", StringComparison.Ordinal)
        ? Written.Find(body, specPath[..^".spec".Length] + ".metadata")
        : Written.Find(body, "metadata");
}
