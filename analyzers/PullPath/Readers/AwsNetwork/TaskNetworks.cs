using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Where the tasks of ECS on Fargate stand: what the only service that starts them says. Tasks that several services start, or none that is seen, may stand anywhere.</summary>
internal sealed class TaskNetworks(World world)
{
    private readonly ILookup<Address, Resource> _services = world.Managed("aws_ecs_service", "AWS::ECS::Service")
        .Select(service => (Service: service, Tasks: world.Inventory.Referents(service.Field("task_definition", "TaskDefinition")).Take(2).ToList()))
        .Where(each => each.Tasks.Count == 1)
        .ToLookup(each => each.Tasks[0].Address, each => each.Service);

    /// <summary>The written subnets of a pool and its template; null where nobody knows.</summary>
    internal (Value Subnets, NodeTemplate Template)? Of(NodePool pool)
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
        return (Written.Find(network, isTemplate ? "Subnets" : "subnets"), new NodeTemplate(Written.Find(network, isTemplate ? "SecurityGroups" : "security_groups"), address));
    }
}
