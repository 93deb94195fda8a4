using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>User-assigned identities, the federated credentials by which service accounts become them, and the service accounts that name them.</summary>
internal sealed class ManagedIdentityReader : IReader
{
    private const string CredentialType = "azurerm_federated_identity_credential";

    /// <summary>Credentials of an application, which is no identity that is read here.</summary>
    private const string ApplicationType = "azuread_application_federated_identity_credential";

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(Principal.IdentityType).Where(each => !each.IsData))
        {
            world.Add(new Identity
            {
                Kind = "azure-managed-identity",
                Name = resource.At("name"),
                Tenant = resource.Provider?["tenant_id"] is not (null or NullValue) and var tenant
                    ? tenant
                    : new UnknownValue(UnknownReason.External, "the tenant of the provider is not written", resource.Place, type: DataType.Text),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }

        foreach (var resource in world.Inventory.OfTypes(CredentialType, ApplicationType).Where(each => !each.IsData))
        {
            world.Add(new Federation
            {
                Issuer = resource.At("issuer"),
                IssuerFault = Issuers.FaultOf(resource.At("issuer"), world),
                Subject = resource.At("subject"),
                Audiences = Written.Either(resource.Body, "audience", "audiences"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        var federations = world.Facts.All<Federation>(Federation.Fields).ToList();
        foreach (var federation in federations)
        {
            federation.Cluster = world.FactOf<Cluster>(federation.Issuer) is { } issuing ? Links.To(issuing) : UnknownValue.From(null, federation.Issuer);
            if (federation.Resource!.Type != ApplicationType)
            {
                var owner = federation.Resource.At("parent_id") is NullValue ? federation.Resource.At("user_assigned_identity_id") : federation.Resource.At("parent_id");
                federation.Identity = world.FactOf<Identity>(owner) is { } identity ? Links.To(identity) : Links.Undeclared(owner, "managed identity");
            }
        }

        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(each => each.Kind == "aks"))
        {
            cluster.Federations = Links.To(federations.Where(federation => federation.Cluster.As<Cluster>() == cluster));
        }

        var told = new Lazy<ILookup<Address, string>>(() => Told(world));
        Func<Identity, Value> toldWhenAsked = identity => ListValue.Of(told.Value[identity.Address.Block].Select(address => new TextValue(address)));
        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == "azure-managed-identity"))
        {
            identity.ToldWhenAsked = toldWhenAsked;
            var own = federations.Where(federation => federation.Identity.As<Identity>() == identity).ToList();
            var seen = Links.To(own, OpenBecause(identity, federations, world));
            identity.Federations = identity.Resource is { } resource ? Absences.Of(world).Resting(seen, resource, CredentialType) : seen;
        }

        CloudAnnotations.Link(world, CloudAnnotations.Azure, (_, value) =>
            world.FactOf<Identity>(value) is { } identity ? Links.To(identity) : Links.Undeclared(value, "managed identity"));
    }

    /// <summary>What is told the object ids of identities, besides what is read as roles and credentials: by the identity.</summary>
    private static ILookup<Address, string> Told(World world) => world.Inventory.Resources
        .Where(each => each.Type is not (RoleAssignmentReader.Type or CredentialType))
        .SelectMany(each => each.Body.Mentioned.Where(reference => reference.Attribute is "principal_id" or "").Select(reference => (Target: reference.Target.Block, By: each.Address.Path)))
        .Distinct().ToLookup(each => each.Target, each => each.By);

    /// <summary>Why an identity may have federated credentials that were not seen.</summary>
    private static IEnumerable<Cause> OpenBecause(Identity identity, List<Federation> all, World world)
    {
        var scope = identity.Address.Scope;
        foreach (var federation in all.Where(each => each.Identity is UnknownValue && each.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"{federation.Address.Path} belongs to an identity that is not known", federation.Place, null);
        }

        foreach (var gap in world.Inventory.GapsOf(scope, CredentialType).Where(gap => identity.Resource is not { } resource || gap.Mentions(resource.Address) != Truth.No))
        {
            yield return new Cause(UnknownReason.Missing, $"{gap.Address.Path} is not there and may add credentials: {gap.Reason}", gap.Place, null);
        }
    }
}
