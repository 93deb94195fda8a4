using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Where the tasks of ECS on Fargate stand: what the only service that starts them says. Tasks that several services start, or none that is seen, may stand anywhere.</summary>
internal sealed class TaskNetworks(World world)
{
    private readonly ILookup<Address, Resource> _services = TaskDefinitions.Of(world)
        .Where(each => each.Task is not null)
        .ToLookup(each => each.Task!.Address, each => each.Service);

    /// <summary>Where a pool stands; null where nobody knows.</summary>
    internal TaskNetwork? Of(NodePool pool)
    {
        if (_services[pool.Address].ToList() is not [var service] || !pool.Guard.Implies(service.Guard) || service.Multiplicity != Multiplicity.One)
        {
            return null;
        }

        var isTemplate = service.Language == Language.CloudFormation;
        var network = service.At(isTemplate ? "NetworkConfiguration.AwsvpcConfiguration" : "network_configuration");
        var address = Written.Find(network, isTemplate ? "AssignPublicIp" : "assign_public_ip") switch
        {
            NullValue or TextValue { Known: "DISABLED" } => BoolValue.False,
            TextValue { Known: "ENABLED" } => BoolValue.True,
            var written => written,
        };
        return new TaskNetwork(
            Written.Find(network, isTemplate ? "Subnets" : "subnets"),
            new NodeTemplate(Written.Find(network, isTemplate ? "SecurityGroups" : "security_groups"), address),
            ServicesOf(service.Field("platform_version", "PlatformVersion")));
    }

    /// <summary>The services that a pull asks: before version 1.4 of the platform no token is asked for by the task's own interface.</summary>
    private static ListValue ServicesOf(Value platform)
    {
        var manifests = new TextValue("ecr.dkr");
        return platform switch
        {
            TextValue { Known: "1.0.0" or "1.1.0" or "1.2.0" or "1.3.0" } => ListValue.Of([manifests]),
            NullValue or TextValue { Known: not null } => ListValue.Of([new TextValue("ecr.api"), manifests]),
            _ => new ListValue([new Item(manifests)]) { OpenBecause = [.. Cause.Of(platform).Take(Cause.Limit)] },
        };
    }
}

/// <summary>Where a task stands.</summary>
/// <param name="Subnets">The written subnets.</param>
/// <param name="Template">Its security groups and its address.</param>
/// <param name="Services">The services that a pull asks.</param>
internal sealed record TaskNetwork(Value Subnets, NodeTemplate Template, ListValue Services);
