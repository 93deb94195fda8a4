using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;
using Analyzer.PullPath.Readers.Gcp;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>
/// Clusters of Cluster API whose machines are virtual machines of a cloud, and the pools of these: with the identity that the template of the machines gives them. Pools that a cloud manages
/// (AWSManagedMachinePool and the like) are resources of that cloud, and are read as such.
/// </summary>
internal sealed class ClusterApiReader : IReader
{
    private const string OfEks = "eks-capi";
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    private readonly Dictionary<NodePool, Machines> _read = [];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (each.Resource.Language != Language.Kubernetes)
            {
                continue;
            }

            if (each.Type == WorkloadClusters.Type && Written.Find(each.Body, "spec.infrastructureRef.kind") is TextValue { Known: "AWSCluster" or "AzureCluster" or "GCPCluster" } && !IsOfEks(each))
            {
                world.Add(new Cluster
                {
                    Kind = Cluster.Kubeadm,
                    Name = each.Name,
                    Project = NamedObjects.Referred(world, each, Written.Find(each.Body, "spec.infrastructureRef"))?.At("spec.project") ?? NullValue.Instance,
                    Address = each.Resource.Address,
                    Place = each.Resource.Place,
                    Resource = each.Resource,
                    Guard = each.Resource.Guard,
                });
            }

            var number = 0;
            foreach (var machines in Machines.Of(each, world))
            {
                if (PoolOf(machines, world, number) is { } pool)
                {
                    _read.Add(world.Add(pool), machines);
                    number++;
                }
            }
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var names = ClusterNames.Of(world);
        foreach (var (pool, machines) in _read)
        {
            var cluster = ClusterOf(machines, world);
            if (pool.Kind == OfEks)
            {
                var made = cluster is null ? null : WorkloadClusters.Of(world).ControlPlaneOf(cluster);
                PoolClusters.Join(pool, made is null ? new UnknownValue(UnknownReason.External, $"the cluster of {pool.Address.Path} is not declared here", pool.Place, type: DataType.Text) : made.At("name"), names);
            }
            else
            {
                pool.Cluster = cluster is not null && world.FactOf<Cluster>(cluster.Resource) is { } known ? Links.To(known)
                    : new UnknownValue(UnknownReason.External, $"the cluster of {pool.Address.Path} is not declared here", pool.Place);
            }

            switch (pool.Kind)
            {
                case OfEks or "capi-aws":
                    pool.IdentityValue = pool.Template.As<LaunchTemplate>()?.InstanceProfile ?? UnknownValue.From(DataType.Text, pool.Template);
                    pool.Identity = roles.RoleOfProfile(pool.IdentityValue, pool.Address.Scope);
                    break;
                case "capi-gcp":
                    pool.Identity = GkeReader.IdentityOf(pool, world);
                    break;
                default:
                    pool.Identity = AzureMachines.IdentityOf(pool.IdentityValue, pool, world);
                    break;
            }
        }

        var byCluster = _read.Keys.ToLookup(pool => pool.Cluster.As<Cluster>());
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == Cluster.Kubeadm))
        {
            cluster.NodePools = Links.To(byCluster[cluster], UnseenOf(cluster, world));
        }
    }

    /// <summary>Why a cluster may have pools that are not seen: its class says what they are, and is declared elsewhere.</summary>
    private static IEnumerable<Cause> UnseenOf(Cluster cluster, World world) =>
        KubernetesObject.Of(cluster.Resource!) is { } each && Written.Find(each.Body, "spec.topology") is not NullValue and var topology && Machines.ClassOf(each, world) is null
            ? [new Cause(UnknownReason.External, $"the class of {cluster.Address.Path} is declared elsewhere", topology.Trace?.Place ?? cluster.Place, null)]
            : [];

    private static bool IsOfEks(KubernetesObject cluster) => Written.Find(cluster.Body, "spec.controlPlaneRef.kind") is TextValue { Known: "AWSManagedControlPlane" };

    /// <summary>The object of Cluster API that stands for the cluster; null where it is not declared beside the machines.</summary>
    private static KubernetesObject? ClusterOf(Machines machines, World world)
    {
        if (machines.Object.Type == WorkloadClusters.Type)
        {
            return machines.Object;
        }

        if (machines.IsControlPlane)
        {
            return WorkloadClusters.Of(world).ClusterWith(machines.Object.Resource);
        }

        return NamedObjects.Named(world, machines.Object, "Cluster", machines.ClusterName) is { } resource ? KubernetesObject.Of(resource) : null;
    }

    /// <summary>The pool of a set of machines; null for machines of another maker, and for pools that a cloud manages.</summary>
    private static NodePool? PoolOf(Machines machines, World world, int number)
    {
        var infrastructure = Written.Find(machines.Infrastructure, "kind") as TextValue;
        var made = NamedObjects.Referred(world, machines.Object, machines.Infrastructure);
        var spec = made?.At(infrastructure?.Known?.EndsWith("Template", StringComparison.Ordinal) == true ? "spec.template.spec" : "spec") ?? NullValue.Instance;
        var unseen = new UnknownValue(UnknownReason.External, $"the machines of {machines.Object.Resource.Address.Path} are not declared here", machines.Object.Resource.Place);
        var address = machines.Object.Resource.Address;
        var place = machines.Name.Trace?.Place is { } named && machines.Object.Type == WorkloadClusters.Type ? named : machines.Object.Resource.Place;
        var elsewhere = new UnknownValue(UnknownReason.External, "the controller of Cluster API chooses it", place);
        var pool = new NodePool
        {
            Kind = infrastructure?.Known switch
            {
                "AWSMachineTemplate" or "AWSMachinePool" when MachineBoot.IsOfEks(machines.Boot) || (ClusterOf(machines, world) is { } cluster && IsOfEks(cluster)) => OfEks,
                "AWSMachineTemplate" or "AWSMachinePool" => "capi-aws",
                "AzureMachineTemplate" or "AzureMachinePool" => NodePool.OfAzureMachines,
                "GCPMachineTemplate" or "GCPMachinePool" => "capi-gcp",
                _ => "",
            },
            Name = machines.Name,
            Address = number == 0 ? address : address with { Path = $"{address.Path}#{number}" },
            Place = place,
            Resource = machines.Object.Resource,
            Guard = machines.Object.Resource.Guard,
            IsLive = machines.Replicas is NumberValue { Number.Whole: 0 } ? BoolValue.False : BoolValue.True,
            Labels = MachineBoot.LabelsOf(machines, world),
            Taints = MachineBoot.TaintsOf(machines, world),
            SubnetsValue = elsewhere,
        };
        switch (pool.Kind)
        {
            case "":
                return null;
            case OfEks or "capi-aws":
                pool.NeedsEcr = pool.Kind == OfEks ? BoolValue.True : new UnknownValue(UnknownReason.NoValue, $"whether nodes of {address.Path} pull from ECR", place, type: DataType.Bool);
                pool.TemplateValue = made is null ? unseen : new UnknownValue(UnknownReason.Computed, "it is made from the template", place, new Reference(made.Address, "id")).With(
                    new Trace(StepKind.Attribute, made.Address.Path, place, null, new Reference(made.Address, "id")));

                // A template is never changed, only replaced, and then machines are too.
                pool.TemplateVersion = new TextValue("$Latest");
                return pool;
            case "capi-gcp":
                var account = made is null ? unseen : Written.Find(spec, "serviceAccounts");
                pool.IdentityValue = made is null ? unseen : Written.Find(account, "email");
                pool.ScopesValue = made is null ? unseen : Written.Find(account, "scopes");
                pool.Scopes = pool.ScopesValue is NullValue ? ListValue.Of([new TextValue(CloudPlatform)]) : GoogleScopes.Canonical(pool.ScopesValue);
                return pool;
            default:
                pool.IdentityValue = made is null ? unseen : AzureMachines.IdentityIn(spec, pool);
                return pool;
        }
    }
}
