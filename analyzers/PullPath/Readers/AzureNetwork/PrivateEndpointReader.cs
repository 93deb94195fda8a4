using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Azure;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Private endpoints of container registries, and the DNS zones that they write their names into.</summary>
internal sealed class PrivateEndpointReader : IReader
{
    private const string RegistryPath = "/Microsoft.ContainerRegistry/registries/";
    private const string Subresource = "registry";
    private const string ZoneGroup = "private_dns_zone_group";

    public void Read(World world)
    {
        foreach (var resource in world.Managed(AzureNetworkTypes.Endpoint))
        {
            if (LeadsToRegistry(world, resource))
            {
                world.Add(Of(resource));
            }
        }
    }

    public void Join(World world)
    {
        var endpoints = world.Facts.All<PrivateEndpoint>(PrivateEndpoint.Fields).ToList();
        foreach (var endpoint in endpoints)
        {
            var target = TargetOf(endpoint.Resource!);
            endpoint.Registry = world.FactOf<Registry>(target) is { } registry ? Links.To(registry) : Links.Undeclared(target, "registry");
            endpoint.IsApproved = ApprovalOf(endpoint, world);
            endpoint.ZoneNames = PrivateZones.NamesOf(endpoint.ZoneIdsValue, world);
        }

        EndpointNames.Join(endpoints, world);
        PrivateZones.Join(endpoints, world);
        JoinRegistries(endpoints, world);
    }

    private static Value TargetOf(Resource endpoint) => endpoint.At("private_service_connection.private_connection_resource_id");

    private static PrivateEndpoint Of(Resource resource)
    {
        var subresources = resource.At("private_service_connection.subresource_names");
        var zones = resource.At("private_dns_zone_group.private_dns_zone_ids");
        return new PrivateEndpoint
        {
            Subresources = subresources switch
            {
                NullValue => ListValue.Empty.With(subresources.Trace),
                _ => subresources,
            },
            SubresourcesValue = subresources,
            SubnetValue = resource.At("subnet_id"),
            IsManual = resource.At("private_service_connection.is_manual_connection") switch { NullValue => BoolValue.False, var written => Answer.Plain(written) },
            HasZoneGroup = resource.Block(ZoneGroup) switch
            {
                // What Azure Policy adds stays only if Terraform is told to leave it.
                _ when resource.IgnoredChanges.Any(name => name is "*" or "all" || name.StartsWith(ZoneGroup, StringComparison.Ordinal)) =>
                    new UnknownValue(UnknownReason.External, $"the DNS zones of {resource.Address.Path} are set elsewhere: it ignores changes", resource.Place, type: DataType.Bool),

                // A dynamic block that yields nothing leaves no trace but its text: whoever calls the module may switch it on.
                NullValue when resource.Whole.Text.Contains(ZoneGroup, StringComparison.Ordinal) =>
                    new UnknownValue(UnknownReason.Condition, $"a switch leaves the DNS zones of {resource.Address.Path} out", resource.Place, type: DataType.Bool),
                NullValue => BoolValue.False,
                UnknownValue unknown => new UnknownValue(unknown.Causes, DataType.Bool),
                _ => BoolValue.True,
            },
            ZoneIdsValue = zones,
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
        };
    }

    /// <summary>True for the endpoint of a registry: it names one, an id of one, or the only thing that registries have.</summary>
    private static bool LeadsToRegistry(World world, Resource endpoint)
    {
        var target = TargetOf(endpoint);
        return ReferentTypes(world, target) is { Count: > 0 } types ? types.Contains(AcrReader.RegistryType)
            : target is TextValue text && text.ToString() is var id && id.Contains("/providers/", StringComparison.OrdinalIgnoreCase) ? id.Contains(RegistryPath, StringComparison.OrdinalIgnoreCase)
            : endpoint.At("private_service_connection.subresource_names") is ListValue list && list.Values.Any(name => name is TextValue { Known: Subresource });
    }

    /// <summary>True if an endpoint of which nobody knows where it leads may lead to any registry.</summary>
    private static bool MayLeadToRegistry(World world, Resource endpoint)
    {
        var target = TargetOf(endpoint);
        return ReferentTypes(world, target).Count == 0
            && !(target is TextValue text && text.ToString() is var id && id.Contains("/providers/", StringComparison.OrdinalIgnoreCase) && !id.Contains(RegistryPath, StringComparison.OrdinalIgnoreCase))
            && !(endpoint.At("private_service_connection.subresource_names") is ListValue { IsWhollyKnown: true, Items.Length: > 0 } list && !list.Values.Any(name => name is TextValue { Known: Subresource }));
    }

    /// <summary>Why a registry may have more endpoints than are seen.</summary>
    internal static IEnumerable<Cause> Others(Registry registry, World world) => OtherMakers.Of(world).Causes(registry.Resource!, AzureNetworkTypes.Endpoint, "Microsoft.Network/privateEndpoints", "private-endpoint")
        .Concat(world.Managed(AzureNetworkTypes.Endpoint).Where(endpoint => MayLeadToRegistry(world, endpoint))
            .Concat(world.Facts.All<PrivateEndpoint>(PrivateEndpoint.Fields).Where(static endpoint => endpoint.Registry.As<Registry>() is null or { Resource.IsData: true }).Select(static endpoint => endpoint.Resource!))
            .Distinct()
            .Select(static endpoint => new Cause(UnknownReason.OpenWorld, $"{endpoint.Address.Path} may lead to it", endpoint.Place, null)));

    private static List<string> ReferentTypes(World world, Value target) =>
        [.. world.Inventory.Referents(target).Select(static each => each.Type).Where(static type => type.StartsWith("azurerm_", StringComparison.Ordinal)).Distinct()];

    /// <summary>Whether somebody approves what waits for it. Whoever may not connect without being asked uses another provider, and is answered elsewhere.</summary>
    private static Value ApprovalOf(PrivateEndpoint endpoint, World world)
    {
        if (endpoint.IsManual is BoolValue { Value: false })
        {
            return BoolValue.False;
        }

        var causes = new List<Cause>();
        if (endpoint.Registry.As<Registry>()?.Resource is { } registry)
        {
            causes.AddRange(OtherMakers.Of(world).Causes(registry, AzureNetworkTypes.Endpoint, "Microsoft.ContainerRegistry/registries", "private-endpoint-connection"));
            if (registry.Address.Scope != endpoint.Address.Scope || (registry.Provider ?? MapValue.Empty).EqualTo(endpoint.Resource!.Provider ?? MapValue.Empty) != Truth.Yes)
            {
                causes.Add(new Cause(UnknownReason.External, $"{registry.Address.Path} is managed by others, who may approve the connection", registry.Place, null));
            }
        }
        else
        {
            causes.AddRange(Cause.Of(endpoint.Registry));
        }

        return Answer.Of(causes.Count == 0 ? Truth.No : Truth.Unknown, causes);
    }

    private static void JoinRegistries(List<PrivateEndpoint> endpoints, World world)
    {
        var registries = world.Facts.All<Registry>(Registry.Fields).Where(registry => registry.Resource is { Type: AcrReader.RegistryType, IsData: false }).ToList();
        if (registries.Count == 0)
        {
            return;
        }

        var own = endpoints.ToLookup(endpoint => endpoint.Registry.As<Registry>());
        foreach (var registry in registries)
        {
            var resource = registry.Resource!;
            if (own.Contains(registry))
            {
                registry.PrivateEndpoints = Links.To(own[registry]);
                registry.PremiumFeatures = With(registry.PremiumFeatures, own[registry]);
            }
            else
            {
                registry.PrivateEndpoints = Absences.Of(world).Resting(Links.To([], Others(registry, world)), resource, AzureNetworkTypes.Endpoint);
            }
        }
    }

    /// <summary>What needs the sku Premium, with private endpoints.</summary>
    private static Value With(Value features, IEnumerable<PrivateEndpoint> endpoints) => features is not ListValue list ? features : new ListValue(
    [
        .. list.Items,
        .. endpoints.Select(static endpoint => new Item(new TextValue($"the private endpoint {endpoint.Address.Path}").Through(StepKind.Literal, endpoint.Address.Path, endpoint.Place), endpoint.Guard)),
    ])
    {
        OpenBecause = list.OpenBecause,
    };
}
