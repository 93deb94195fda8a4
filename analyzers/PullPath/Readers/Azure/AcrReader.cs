using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Azure container registries that the repository declares, or looks up by a data source.</summary>
internal sealed class AcrReader : IReader
{
    internal const string RegistryType = "azurerm_container_registry";

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

                // Off unless somebody turns it on; of one that is looked up only uses are judged for which somebody grants roles.
                IsPublic = resource.At("anonymous_pull_enabled") switch { NullValue => BoolValue.False, var written => written },
            });
        }
    }

    public void Join(World world)
    {
    }
}
