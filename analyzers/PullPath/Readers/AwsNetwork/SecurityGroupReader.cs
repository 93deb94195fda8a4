using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Security groups with their rules, inline and apart, and those that AWS makes with a VPC and with an EKS cluster.</summary>
internal sealed class SecurityGroupReader : IReader
{
    private static readonly string[] Groups = ["aws_security_group", "AWS::EC2::SecurityGroup"];

    private const string DefaultGroup = "aws_default_security_group";

    private readonly Dictionary<Network, SecurityGroup> _adopted = [];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Groups.Append(DefaultGroup)))
        {
            var group = Add(world, resource, resource.Address);
            if (resource.Type == DefaultGroup && NetworkReader.NetworkOf(world, resource.At("vpc_id")).As<Network>() is { } network)
            {
                _adopted.TryAdd(network, group);
            }
        }

        foreach (var network in world.Facts.All<Network>(Network.Fields).Where(network => !_adopted.ContainsKey(network)))
        {
            Add(world, network.Resource!, network.Address with { Path = network.Address.Path + " (default security group)" });
        }

        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == EksReader.Kind))
        {
            Add(world, cluster.Resource!, cluster.Address with { Path = cluster.Address.Path + " (cluster security group)" });
        }
    }

    public void Join(World world)
    {
        foreach (var network in world.Facts.All<Network>(Network.Fields))
        {
            network.DefaultSecurityGroup = _adopted.TryGetValue(network, out var adopted)
                ? network.Guard.Implies(adopted.Guard) ? Links.To(adopted) : new UnknownValue([.. adopted.Guard.Causes.Take(Cause.Limit)])
                : Links.To(world.FactOf<SecurityGroup>(network.Resource!));
        }

        var apart = new SecurityRules(world);
        var rules = world.Each(world.Facts.All<SecurityGroup>(SecurityGroup.Fields), group =>
        {
            var resource = group.Resource!;
            group.Network = NetworkTypes.Is(NetworkTypes.Networks, resource.Type) ? Links.To(world.FactOf<Network>(resource))
                : resource.Type == DefaultGroup || Groups.Contains(resource.Type) ? NetworkReader.NetworkOf(world, resource.Field("vpc_id", "VpcId"))
                : NullValue.Instance;
            var made = new List<SecurityRule>();
            group.Ingress = apart.Of(group, isIngress: true, made);
            group.Egress = apart.Of(group, isIngress: false, made);
            return made;
        });
        foreach (var rule in rules.SelectMany(static made => made))
        {
            world.Add(rule);
        }
    }

    /// <summary>How ids lead to security groups: directly, as the default group of a VPC, as the group that EKS makes for a cluster.</summary>
    internal static FindFact<SecurityGroup> Find(World world) => (reference, resource) =>
        world.FactOf<Network>(resource) is { } network ? IsGroup(reference) ? network.DefaultSecurityGroup.As<SecurityGroup>() : null
        : world.FactOf<SecurityGroup>(resource) is { } group && (world.FactOf<Cluster>(resource) is null || IsGroup(reference)) ? group
        : null;

    private static bool IsGroup(Reference reference) =>
        reference.Attribute.Contains("security_group", StringComparison.Ordinal) || reference.Attribute.Contains("SecurityGroup", StringComparison.Ordinal);

    private static SecurityGroup Add(World world, Resource resource, Address address) =>
        world.Add(new SecurityGroup { Address = address, Place = resource.Place, Resource = resource, Guard = resource.Guard });
}
