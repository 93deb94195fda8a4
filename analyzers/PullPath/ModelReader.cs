using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Functions;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Alerts;
using Analyzer.PullPath.Readers.Aws;
using Analyzer.PullPath.Readers.AwsNetwork;
using Analyzer.PullPath.Readers.Azure;
using Analyzer.PullPath.Readers.AzureNetwork;
using Analyzer.PullPath.Readers.ClusterApi;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Gcp;
using Analyzer.PullPath.Readers.Kubelets;
using Analyzer.PullPath.Readers.Kubernetes;
using Analyzer.PullPath.Readers.Pulls;
using Analyzer.PullPath.Readers.Secrets;

namespace Analyzer.PullPath;

/// <summary>The model of a repository and the functions that rules may ask it.</summary>
public sealed class PullPathModel
{
    internal PullPathModel(World world) => (World, Functions) = (world, ModelReader.Functions(world));

    /// <summary>All facts.</summary>
    public FactModel Facts => World.Facts;

    /// <summary>Functions over them, by name: what <see cref="ModelReader.Functions"/> lists, bound to these facts.</summary>
    public ImmutableArray<Function> Functions { get; }

    /// <summary>What the facts were read from.</summary>
    internal World World { get; }
}

/// <summary>Makes the model: every reader reads, then every reader joins.</summary>
public static class ModelReader
{
    /// <summary>The shapes of all kinds of facts, for the rule checker, the schema and the reference page.</summary>
    public static ImmutableArray<Shape> Shapes { get; } =
    [
        Cluster.Fields, NodePool.Fields, Identity.Fields, Grant.Fields, Registry.Fields, Network.Fields, Subnet.Fields, RouteTable.Fields, Endpoint.Fields, Endpoint.OmittedFields, SecurityGroup.Fields, SecurityRule.Fields,
        Workload.Fields, ServiceAccount.Fields, Deployment.Fields, Pull.Fields, Federation.Fields, RegistryUse.Fields, Delivery.Fields, OidcProvider.Fields, SignIn.Fields,
        AddOn.Fields, AccessEntry.Fields, Association.Fields, TaskService.Fields,
        LaunchTemplate.Fields, CacheRule.Fields, Provisioner.Fields, Controller.Fields, Alert.Fields, Alerting.Fields,
        PrivateEndpoint.Fields, PrivateZone.Fields, ApiZone.Fields, HostPolicy.Fields, CredentialProvider.Fields, KubeletSettings.Fields, PullSecret.Fields, SecretReference.Fields, TokenRenewal.Fields, ImageEntry.Fields, MisplacedMarker.Fields, KeyHolder.Fields, RetiredIdentity.Fields, ContainerApp.Fields, NodeIdentityUse.Fields, NsgRule.Fields, RegistryPath.Fields, RegistryRecord.Fields,
    ];

    /// <summary>Reads and joins everything.</summary>
    /// <param name="inventory">The resources.</param>
    /// <param name="problems">For what is wrong with them.</param>
    /// <param name="onNewKind">Told each kind of facts as soon as there is one, so that what is needed for it can be fetched meanwhile.</param>
    /// <param name="parallelism">How many threads may read at once.</param>
    public static PullPathModel Read(Inventory inventory, ProblemLog problems, Action<string>? onNewKind = null, int parallelism = 1)
    {
        var world = new World(inventory, problems, onNewKind, parallelism);
        var readers = Readers();
        foreach (var reader in readers)
        {
            reader.Read(world);
        }

        foreach (var reader in readers)
        {
            reader.Join(world);
        }

        return new PullPathModel(world);
    }

    /// <summary>The functions rules may call, bound to a world. Names, types and docs do not depend on it, so an empty world serves the rule checker.</summary>
    public static ImmutableArray<Function> Functions(World world) =>
        [.. OrderFunctions.Of(world), .. ValueFunctions.All, .. AwsFunctions.Of(world), .. NetworkFunctions.Of(world), .. GrantFunctions.Of(world), .. CallerFunctions.All];

    private static IReader[] Readers() =>
    [
        // First, because all others ask on which cluster a workload runs.
        new KubernetesReader(), new AnnotationReader(), new ImageEntryReader(),
        new DeploymentReader(), new ChartReader(), new ProvisionerReader(), new MetadataPolicies(),
        new AksReader(), new ManagedIdentityReader(), new AcrReader(), new PrivateEndpointReader(), new ClusterRoutes(), new RoleAssignmentReader(), new KubeletOperators(), new NodeGrants(), new RegistryUseReader(), new ContainerAppReader(), new RetiredIdentities(), new NodeIdentityUses(), new VirtualNodes(), new TokenLifetimes(),
        new NsgReader(), new SubnetRuleReader(), new RegistryPathReader(), new FirewallReader(), new RegistryRecords(),
        new RoleReader(), new EcrReader(), new SignInReader(), new AddOnReader(), new PodIdentityReader(), new EksReader(), new AccessEntryReader(), new HybridReader(),
        new NodeGroupReader(), new TemplateReader(), new TemplateBoot(), new SelfManagedReader(), new KarpenterReader(), new EksctlReader(), new ClusterApiReader(), new PoolClusters(), new FargateSelectors(),
        new EcsReader(), new PoolRoles(), new PoolRotation(), new AttachmentFaults(), new ProfileFaults(),
        new NetworkReader(), new RouteTableReader(), new SecurityGroupReader(), new NetworkAcls(), new EndpointReader(), new PoolNetworks(), new TimeServerReader(),
        new GkeReader(), new GoogleAccountReader(), new ArtifactRegistryReader(), new GoogleGrantReader(), new GkeDeliveryReader(), new PrivatePools(), new IgnoredGrants(), new ApiZoneReader(), new EgressRules(), new DenyPolicies(),

        // Last, because clusters have their pools by then.
        new PullReader(), new OwnPulls(), new MachineRegistries(), new PullAccess(), new CacheRuleReader(), new ControllerReader(), new OutsideImages(),
        new AlertReader(), new CredentialProviderReader(), new PullSecretReader(), new KeyHolderReader(), new RenewalReader(), new AccountDeclarations(), new SecretReferenceReader(), new WorkloadSecrets(), new LateNeeds(), new MisplacedMarkers(), new FluxNeeds(), new MovedAccounts(), new ImageUses(), new MisplacedImages(), new RetiredHosts(), new ForeignPulls(), new ForeignCredentials(), new NodeMonitors(), new HostPolicyReader(),
    ];
}
