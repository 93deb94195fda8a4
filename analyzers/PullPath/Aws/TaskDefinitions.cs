using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws;

/// <summary>Which task definition of ECS a service starts.</summary>
internal static class TaskDefinitions
{
    /// <summary>All services of a repository.</summary>
    internal static IReadOnlyList<TaskStart> Of(World world) => world.Shared<IReadOnlyList<TaskStart>>(static world =>
        [.. world.Managed("aws_ecs_service", "AWS::ECS::Service").Select(service => new TaskStart(service, Of(service, world)))]);

    /// <summary>
    /// The declared task definition that a service names by its ARN or family, by a text made of them (<c>"${family}:${revision}"</c>), or by what was looked up with them; null where none is, or several may be.
    /// </summary>
    private static Resource? Of(Resource service, World world)
    {
        var written = service.Field("task_definition", "TaskDefinition");
        if (world.Inventory.Referents(written).Distinct().Take(2).ToList() is [var named])
        {
            return named.IsData ? LookedUp(named, world) : named;
        }

        if (written is not TextValue text || PinsRevision(text.Suffix) || text.Deep().Any(static part => part is ChoiceValue))
        {
            return null;
        }

        var tasks = text.Mentioned.SelectMany(world.Inventory.ReferentsOf)
            .Where(IsTask).Select(each => each.IsData ? LookedUp(each, world) : each).Distinct().Take(2).ToList();
        return tasks is [{ } only] && (only.Field("family", "Family") is not TextValue { Known: { } family } || text.ToString().Contains(family, StringComparison.Ordinal)) ? only : null;
    }

    private static Resource? LookedUp(Resource data, World world) =>
        IsTask(data) && world.Inventory.Referents(data.At("task_definition")).Distinct().Take(2).ToList() is [{ IsData: false } only] ? only : null;

    private static bool IsTask(Resource resource) => resource.Type is "aws_ecs_task_definition" or "AWS::ECS::TaskDefinition";

    /// <summary>True for a text that ends with the number of a revision: an older one may be another definition.</summary>
    private static bool PinsRevision(string suffix) => suffix.LastIndexOf(':') is >= 0 and var colon && colon < suffix.Length - 1 && !suffix.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9');
}

/// <summary>A service of ECS and the tasks it starts.</summary>
/// <param name="Service">The service.</param>
/// <param name="Task">The definition of its tasks; null where it is not known.</param>
internal sealed record TaskStart(Resource Service, Resource? Task);
