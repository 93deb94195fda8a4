using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Azure container registries that the repository declares, or looks up by a data source.</summary>
internal sealed class AcrReader : IReader
{
    internal const string RegistryType = "azurerm_container_registry";

    /// <summary>What pulls and pushes as the admin user of the registry it is given.</summary>
    private static readonly string[] Workspaces = ["azurerm_machine_learning_workspace", "azurerm_ai_foundry"];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(RegistryType))
        {
            var name = resource.At("name");
            world.Add(new Registry
            {
                Kind = "acr",
                Name = name,
                Host = name is TextValue { Known: { } known }
                    ? new TextValue(known.ToLowerInvariant() + ".azurecr.io")
                    : UnknownValue.From(DataType.Text, name),
                Region = resource.At("location"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,

                AdminUser = resource.At("admin_enabled") switch { NullValue => BoolValue.False, var written => written },

                Quarantine = resource.At("quarantine_policy_enabled") switch { NullValue => BoolValue.False, var written => written },
                RoleMode = resource.At("role_assignment_mode"),

                // Off unless somebody turns it on; of one that is looked up only uses are judged for which somebody grants roles.
                IsPublic = resource.At("anonymous_pull_enabled") switch { NullValue => BoolValue.False, var written => written },

                Sku = RegistryOptions.Sku(resource),
                PremiumFeatures = RegistryOptions.PremiumFeatures(resource),
                PublicAccess = RegistryOptions.PublicAccess(resource),
                DefaultAction = RegistryOptions.DefaultAction(resource),
                AddressRules = RegistryOptions.AddressRules(resource),
                SubnetRules = RegistryOptions.SubnetRules(resource),
                MayHaveSubnetRules = RegistryOptions.MayHaveSubnetRules(resource, world),
            });
        }
    }

    public void Join(World world)
    {
        var secrets = world.Facts.All<PullSecret>(PullSecret.Fields).ToList();
        var workspaces = world.Inventory.OfTypes(Workspaces).Where(workspace => !workspace.IsData).ToLookup(workspace => world.FactOf<Registry>(workspace.At("container_registry_id")));
        foreach (var registry in world.Facts.All<Registry>(Registry.Fields).Where(registry => registry.Resource?.Type == RegistryType))
        {
            registry.AdminUserNeeds = ListValue.Of(
            [
                .. workspaces[registry].Select(workspace => new TextValue(workspace.Address.Path)),
                .. secrets.Where(secret => HoldsAdminOf(registry, secret)).Select(secret => new TextValue(secret.Address.Path)),
            ]);
        }
    }

    private static bool HoldsAdminOf(Registry registry, PullSecret secret) => secret.Credentials.Values.Any(each =>
        Written.Find(each, "kind") is TextValue { Known: "acr-admin" } && Written.Find(each, "host").EqualTo(registry.Host) == Truth.Yes);
}
