using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>What declarations do to the default service accounts of projects (registry.terraform.io, google_project_default_service_accounts).</summary>
internal sealed class DefaultAccounts
{
    private readonly ILookup<string, Resource> _byScope;

    private DefaultAccounts(World world) =>
        _byScope = world.Inventory.OfType("google_project_default_service_accounts").Where(each => each is { IsData: false, IsCertain: true }).ToLookup(each => each.Address.Scope, StringComparer.Ordinal);

    /// <summary>The declarations of a world.</summary>
    internal static DefaultAccounts Of(World world) => world.Shared(static world => new DefaultAccounts(world));

    /// <summary>DEPRIVILEGE, DISABLE or DELETE as it is written for the project of a resource in the same root; null for nothing.</summary>
    internal Value ActionOn(Resource resource)
    {
        foreach (var declaration in _byScope[resource.Address.Scope])
        {
            if (declaration.At("action") is TextValue { Known: "DEPRIVILEGE" or "DISABLE" or "DELETE" } action
                && GoogleAccounts.InOneProject(declaration.At("project"), GoogleAccounts.ProjectOf(resource), true) == Truth.Yes)
            {
                return action;
            }
        }

        return NullValue.Instance;
    }
}
