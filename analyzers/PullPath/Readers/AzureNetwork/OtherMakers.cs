using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>What may make a part of a private path without being a resource of azurerm: azapi, templates of Azure, scripts, modules that are not there, and roots that read an output.</summary>
internal sealed class OtherMakers
{
    private static readonly string[] Azapi = ["azapi_resource", "azapi_update_resource", "azapi_resource_action"];

    private static readonly string[] Templates =
    [
        "azurerm_resource_group_template_deployment", "azurerm_template_deployment", "azurerm_subscription_template_deployment",
        "azurerm_resource_deployment_script_azure_cli", "azurerm_resource_deployment_script_azure_power_shell",
    ];

    private static readonly string[] Scripts = ["null_resource", "terraform_data"];

    private readonly World _world;
    private readonly ILookup<string, Resource> _byScope;

    private OtherMakers(World world) =>
        (_world, _byScope) = (world, world.Inventory.OfTypes([.. Azapi, .. Templates, .. Scripts]).Where(each => !each.IsData).ToLookup(each => each.Address.Scope, StringComparer.Ordinal));

    /// <summary>The makers of a world, gathered once.</summary>
    internal static OtherMakers Of(World world) => world.Shared(static world => new OtherMakers(world));

    /// <summary>Why there may be more of a part than is seen.</summary>
    /// <param name="told">What the part belongs to: whoever makes it must know this.</param>
    /// <param name="type">The part's type in azurerm.</param>
    /// <param name="armType">Its type in Azure.</param>
    /// <param name="command">A word of the command that makes it.</param>
    internal IEnumerable<Cause> Causes(Resource told, string type, string armType, string command)
    {
        foreach (var cause in _world.Unseen(told, (told.At("name") as TextValue)?.Known, [type]))
        {
            yield return cause;
        }

        foreach (var resource in _byScope[told.Address.Scope].Where(each => May(each, armType, command)))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may do so", resource.Place, null);
        }

        if (Output(told) is { } output)
        {
            yield return new Cause(UnknownReason.OpenWorld, $"an output names {told.Address.Path}, so that another root may do so", output.Trace?.Place ?? told.Place, null);
        }
    }

    /// <summary>The output that hands a thing to others: itself, its id or its name.</summary>
    private Value? Output(Resource told)
    {
        foreach (var output in (_world.Inventory.UnitOf(told.Address.Scope)?.Outputs ?? MapValue.Empty).Entries)
        {
            if (output.Value.Mentioned.Any(reference => reference.Target.Block == told.Block && reference.Attribute is "id" or "name" or ""))
            {
                return output.Value;
            }
        }

        return null;
    }

    private static bool May(Resource resource, string armType, string command) =>
        Azapi.Contains(resource.Type, StringComparer.Ordinal) ? resource.At("type") is not TextValue { Known: { } known } || known.StartsWith(armType, StringComparison.OrdinalIgnoreCase)
        : Templates.Contains(resource.Type, StringComparer.Ordinal)
        || (resource.Meta?["provisioner"] is { } provisioner && provisioner.Deep().OfType<TextValue>().Any(text => text.ToString().Contains(command, StringComparison.Ordinal)));
}
