using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Azure container registries that the repository declares.</summary>
internal sealed class AcrReader : IReader
{
    internal const string RegistryType = "azurerm_container_registry";

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(RegistryType).Where(each => !each.IsData))
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
                IsPublic = resource.At("anonymous_pull_enabled") switch { NullValue => BoolValue.False, var written => written },
            });
        }
    }

    public void Join(World world)
    {
    }
}
