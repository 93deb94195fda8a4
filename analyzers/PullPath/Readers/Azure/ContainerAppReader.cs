using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// Container apps of Azure that pull with a managed identity: their own, that of their environment, or one that is declared apart. A job pulls when it is started, not when it is made. Source: learn.microsoft.com,
/// "Azure Container Apps image pull with managed identity".
/// </summary>
internal sealed class ContainerAppReader : IReader
{
    private const string Type = "azurerm_container_app";

    private static readonly string[] Containers = ["container", "init_container"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var pulling = world.Facts.All<Grant>(Grant.Fields).Where(static grant => grant.PullsByRegistry is not NullValue && Answer.TruthOf(grant.Pulls) != Truth.No).ToList();
        foreach (var app in world.Managed(Type))
        {
            foreach (var access in Written.Blocks(app.Body, "registry").Items.Where(static each => each.Guard.IsAlways))
            {
                var (server, identity) = (Written.Find(access.Value, "server"), Written.Find(access.Value, "identity"));
                if (RegistryOf(server, world) is { } registry && HolderOf(identity, app, world) is { } holder && PullsFrom(registry, app) is var pulls and not BoolValue { Value: false })
                {
                    world.Add(new ContainerApp
                    {
                        Registry = registry,
                        Pulls = pulls,
                        IsOwnIdentity = BoolValue.Of(holder == app),
                        Grants = GrantsOf(holder, registry, pulling, world),
                        Address = app.Address,
                        Place = app.Place,
                        Resource = app,
                        Guard = app.Guard,
                    });
                }
            }
        }
    }

    private static Registry? RegistryOf(Value server, World world) => world.FactOf<Registry>(server) is { Kind: "acr" } registry ? registry
        : server is TextValue { Known: not null } ? world.Facts.All<Registry>(Registry.Fields).FirstOrDefault(each => each is { Kind: "acr", Resource: not null } && each.Host.EqualTo(server) == Truth.Yes)
        : null;

    /// <summary>What has the identity with which an app pulls; null for one that is not declared here, or none.</summary>
    private static Resource? HolderOf(Value identity, Resource app, World world)
    {
        if (identity is TextValue { Known: { } known })
        {
            return string.Equals(known, "System", StringComparison.OrdinalIgnoreCase) ? app
                : string.Equals(known, "system-environment", StringComparison.OrdinalIgnoreCase) ? Managed(app.At("container_app_environment_id"), "azurerm_container_app_environment", world)
                : null;
        }

        return Managed(identity, Principal.IdentityType, world);
    }

    private static Resource? Managed(Value id, string type, World world) => id.References.Where(static reference => reference.Attribute is "id" or "").Select(world.Inventory.Referent)
        .FirstOrDefault(each => each is { IsData: false } && each.Type == type);

    /// <summary>Whether an app starts with an image of a registry: what is put there later, by a pipeline, is pulled later.</summary>
    private static Value PullsFrom(Registry registry, Resource app)
    {
        var template = app.At("template");
        var images = Containers.SelectMany(name => Written.Blocks(template, name).Values).Select(static container => Written.Find(container, "image")).ToList();
        return images.Exists(image => RegistryUseReader.NamesImageOf(ListValue.Of([image]), registry)) ? BoolValue.True
            : images.Find(static image => image is not TextValue { Known: not null }) is { } unknown ? UnknownValue.From(DataType.Bool, unknown)
            : BoolValue.False;
    }

    private static ListValue GrantsOf(Resource holder, Registry registry, List<Grant> pulling, World world)
    {
        var found = new List<Grant>();
        var causes = world.FactOf<Identity>(holder)?.Grants is ListValue { OpenBecause: { } because } ? because.ToList() : [];
        foreach (var grant in pulling.Where(grant => grant.Principal.References.Any(reference => reference.Target == holder.Address && IsObjectId(reference.Attribute))))
        {
            switch (Answer.TruthOf(grant.Pulls).And(Answer.TruthOf(AzureScopes.Covers(grant.Scope, registry, world))))
            {
                case Truth.Yes:
                    found.Add(grant);
                    break;
                case Truth.Unknown:
                    causes.Add(new Cause(UnknownReason.OpenWorld, $"{grant.Address.Path} may let it pull", grant.Place, null));
                    break;
            }
        }

        return Links.To(found, causes);
    }

    private static bool IsObjectId(string attribute) => attribute.EndsWith("principal_id", StringComparison.Ordinal);
}
