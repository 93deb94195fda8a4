using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Task definitions of ECS. A task on Fargate brings its node along: each definition is a workload and the pool it runs on, whose nodes pull with the execution role. A task on EC2 runs on
/// <see cref="EcsInstances"/>.
/// It joins after clusters of Kubernetes have their workloads, which these are not.
/// </summary>
internal sealed class EcsReader : IReader
{
    private const string Kind = "ecs-fargate";

    private static readonly TextValue Fargate = new("FARGATE");

    private static readonly TextValue Ec2 = new("EC2");

    private readonly List<(Resource Task, NodePool? Pool, ContainerDefinitions Containers, bool IsOnInstances)> _tasks = [];

    private readonly Dictionary<Address, List<TaskService>> _services = [];

    public void Read(World world)
    {
        var services = TaskDefinitions.Of(world);
        ReadServices(services, world);
        var launched = Launched(services);
        var started = StartedOnInstances(services);
        foreach (var task in world.Managed("aws_ecs_task_definition", "AWS::ECS::TaskDefinition"))
        {
            var isFargate = Has(task.Field("requires_compatibilities", "RequiresCompatibilities"), Fargate).Or(launched.GetValueOrDefault(task.Address, Truth.No));
            var containers = ContainerDefinitions.Of(task.Field("container_definitions", "ContainerDefinitions"));

            // Elsewhere it pulls with the role of an instance that nobody ties to it.
            var pool = isFargate == Truth.No ? null : world.Add(new NodePool
            {
                Kind = Kind,
                Name = NameOf(task),
                Address = task.Address,
                Place = task.Place,
                Resource = task,
                Guard = task.Guard,
                IdentityValue = task.Field("execution_role_arn", "ExecutionRoleArn"),
                NeedsEcr = Answer.Of(isFargate.And(containers.NeedEcr), containers.Causes),
                SendsLogs = containers.SendLogs,
            });
            _tasks.Add((task, pool, containers, isFargate == Truth.No && started.Contains(task.Address)));
        }
    }

    public void Join(World world)
    {
        var (roles, instances) = (RoleNames.Of(world), new EcsInstances(world));
        foreach (var (task, pool, containers, isOnInstances) in _tasks)
        {
            // Whenever a service is there, it starts them.
            pool?.Starters = ListValue.Of(_services.GetValueOrDefault(task.Address, []).Select(static each => new FactValue(each)));
            pool?.Identity = roles.RoleOf(pool.IdentityValue, task.Address.Scope);
            var host = isOnInstances ? instances.Under(task) : null;
            var asks = Truth.No;
            if (host is not null)
            {
                host.SendsLogs |= containers.SendLogs && task.Guard.IsAlways;
                var executionRole = task.Field("execution_role_arn", "ExecutionRoleArn");
                asks = instances.Asks(executionRole, roles.RoleOf(executionRole, task.Address.Scope));
                host.NeedsEcr = Answer.Of(Answer.TruthOf(host.NeedsEcr).Or(asks.And(containers.NeedEcr)), containers.Causes);
            }

            world.Add(new Workload
            {
                Kind = "TaskDefinition",
                Name = NameOf(task),
                Namespace = NullValue.Instance,
                Images = containers.Images,
                Env = containers.Environment,
                OwnPool = Links.To(pool ?? (asks == Truth.Yes ? host : null)),
                Address = task.Address,
                Place = task.Place,
                Resource = task,
                Guard = task.Guard,
            });
        }
    }

    private static Value NameOf(Resource task) => task.Field("family", "Family") is not NullValue and var family ? family : new TextValue(task.Address.Path);

    private void ReadServices(IReadOnlyList<TaskStart> services, World world)
    {
        foreach (var (service, task) in services)
        {
            var fact = world.Add(new TaskService
            {
                Name = service.Field("name", "ServiceName"),
                Address = service.Address,
                Place = service.Place,
                Resource = service,
                Guard = service.Guard,
            });
            if (task is not null)
            {
                (_services.TryGetValue(task.Address, out var known) ? known : _services[task.Address] = []).Add(fact);
            }
        }
    }

    /// <summary>The task definitions that services start on Fargate.</summary>
    private static Dictionary<Address, Truth> Launched(IReadOnlyList<TaskStart> services)
    {
        var launched = new Dictionary<Address, Truth>();
        foreach (var (service, task) in services)
        {
            var isFargate = service.Field("launch_type", "LaunchType").EqualTo(Fargate)
                .Or(service.FieldBlocks("capacity_provider_strategy", "CapacityProviderStrategy").Values
                    .Any(each => IsFargate(service.Language == Language.CloudFormation ? Written.Find(each, "CapacityProvider") : Written.Find(each, "capacity_provider"))));
            if (task is not null)
            {
                launched[task.Address] = launched.GetValueOrDefault(task.Address, Truth.No).Or(isFargate);
            }
        }

        return launched;
    }

    /// <summary>The task definitions that services start on instances: they say so, or the definition fits nothing else.</summary>
    private static HashSet<Address> StartedOnInstances(IReadOnlyList<TaskStart> services)
    {
        var started = new HashSet<Address>();
        foreach (var (service, task) in services)
        {
            if (task is not null
                && service.Field("launch_type", "LaunchType").EqualTo(Ec2).Or(Has(task.Field("requires_compatibilities", "RequiresCompatibilities"), Ec2)) == Truth.Yes)
            {
                started.Add(task.Address);
            }
        }

        return started;
    }

    private static Truth IsFargate(Value provider) => provider.EqualTo(Fargate).Or(provider.EqualTo(new TextValue("FARGATE_SPOT")));

    private static Truth Has(Value list, Value item) => list switch
    {
        NullValue => Truth.No,
        ListValue known => Answer.Has(known, each => each.EqualTo(item)),
        _ => Truth.Unknown,
    };
}
