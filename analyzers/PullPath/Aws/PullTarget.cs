using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>What is to be pulled: one repository, any of a registry, or any private repository at all.</summary>
internal sealed record PullTarget
{
    private PullTarget()
    {
    }

    /// <summary>Any private repository.</summary>
    internal static PullTarget Any { get; } = new();

    /// <summary>The declared repository, null for one that is known by name or not at all.</summary>
    internal Resource? Declared { get; private init; }

    /// <summary>Name of the repository; null for any.</summary>
    internal Value? Repository { get; private init; }

    private bool IsForeign { get; init; }

    private Value? Region { get; init; }

    private Value? Account { get; init; }

    /// <summary>What a rule means: a pull, a registry, any private repository for null; null where nobody knows.</summary>
    internal static PullTarget? Of(Value what) => what switch
    {
        NullValue => Any,
        FactValue { Fact: Registry registry } => Of(registry, null),
        FactValue { Fact: Pull pull } => pull.Registry.As<Registry>() is { } registry ? Of(registry, pull.Repository) : null,
        _ => null,
    };

    /// <summary>The request for an action on the target. In a registry of which account and region are known, any repository will do.</summary>
    internal AccessRequest Request(string action) => (Region, Account, Repository) switch
    {
        (null, null, null) => PullRequests.For(action),
        (TextValue { Known: not null } region, TextValue { Known: not null } account, null) =>
            PullRequests.For(action, region, account, PullRequests.AnyRepository, null) with { ResourceHoles = Holes.Free, IsForeign = IsForeign },
        _ => PullRequests.For(action, Region ?? NullValue.Instance, Account ?? NullValue.Instance, Repository ?? PullRequests.AnyRepository, Declared?.Address),
    };

    private static PullTarget Of(Registry registry, Value? repository) => registry.Kind != "ecr" ? Any : new()
    {
        Declared = registry.Resource,
        Repository = registry.Resource is null ? repository : registry.Name,
        Region = registry.Region,
        Account = registry.Account,
        IsForeign = registry.IsForeign,
    };
}
