using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>What keeps tasks of ECS running: it starts them as soon as it is there itself.</summary>
public sealed class TaskService : Fact
{
    /// <summary>Fields of services.</summary>
    public static Shape Fields { get; } = new(
        "task_service",
        "A service of ECS: it starts tasks and keeps them running.",
        Shape.Field<TaskService>("name", FieldType.Text, "Name as written.", service => service.Name));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name as written.</summary>
    public required Value Name { get; init; }
}
