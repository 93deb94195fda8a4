using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>EKS clusters, the OIDC providers of their issuers, and whether their workloads can have an identity.</summary>
internal sealed class EksReader : IReader
{
    /// <summary>Kind of cluster.</summary>
    internal const string Kind = "eks";

    private static readonly string[] Clusters = ["aws_eks_cluster", "AWS::EKS::Cluster", "awscc_eks_cluster"];

    private static readonly string[] Providers = ["aws_iam_openid_connect_provider", "AWS::IAM::OIDCProvider", "awscc_iam_oidc_provider"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Clusters))
        {
            var privateAccess = resource.Type == "awscc_eks_cluster"
                ? resource.At("resources_vpc_config.endpoint_private_access")
                : resource.Field("vpc_config.endpoint_private_access", "ResourcesVpcConfig.EndpointPrivateAccess");
            world.Add(new Cluster
            {
                Kind = Kind,
                PrivateAccessValue = privateAccess,
                PrivateAccess = privateAccess is NullValue ? BoolValue.False : Answer.Of(Answer.TruthOf(privateAccess), Cause.Of(privateAccess)),
                Name = resource.Field("name", "Name") is not NullValue and var name ? name : new TextValue(resource.Address.Path),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                IsAutopilot = resource.Field("compute_config.enabled", "ComputeConfig.Enabled") switch
                {
                    NullValue => BoolValue.False,
                    var written => Answer.Of(Answer.TruthOf(written), Cause.Of(written)),
                },
            });
        }

        foreach (var resource in world.Managed(Providers))
        {
            world.Add(new OidcProvider
            {
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Existence,
                Url = resource.Field("url", "Url"),
                Audiences = resource.Field("client_id_list", "ClientIdList") is not NullValue and var list ? list
                    : new UnknownValue(UnknownReason.NoValue, "no audience is written", resource.Place),
            });
        }
    }

    public void Join(World world)
    {
        var names = ClusterNames.Of(world);
        var roles = RoleNames.Of(world);
        world.Each(names.All, cluster => cluster.Identity = roles.RoleOf(cluster.Resource!.Field("role_arn", "RoleArn"), cluster.Address.Scope));

        var providers = world.Facts.All<OidcProvider>(OidcProvider.Fields).ToList();
        world.Each(providers, provider => provider.Cluster = ClusterOf(provider.Url, provider.Address.Scope, names));

        var known = providers.ToLookup(each => each.Cluster.As<Cluster>());
        var mayBeAny = MayBeOfAny(providers).ToList();
        var found = world.Inventory.OfType(Providers[0]).Where(each => each.IsData).Select(each => (each, names.MentionedIn(each.At("url"), each.Address.Scope).As<Cluster>())).ToList();
        var federated = Federated(world, names);
        world.Each(names.All, cluster =>
        {
            cluster.OidcProviders = Absences.Of(world).Resting(Links.To(known[cluster], Unseen(cluster, world).Concat(mayBeAny).Concat(Found(cluster, found))), cluster.Resource!, Providers);
            cluster.WorkloadIdentity = WorkloadIdentityOf(cluster);
            cluster.FederatedIdentities = Links.To(federated[cluster].Distinct());
        });
    }

    /// <summary>The cluster a value of an issuer belongs to: made from its attributes, or from those of data sources over them.</summary>
    private static Value ClusterOf(Value url, string scope, ClusterNames names) => names.MentionedIn(url, scope) switch
    {
        NullValue when url is TextValue { Known: not null } => NullValue.Instance,
        NullValue => new UnknownValue(UnknownReason.External, "the issuer is not one of a cluster that is declared here", url.Trace?.Place),
        var found => found,
    };

    /// <summary>Why a cluster has a provider that is made elsewhere, or may have: somebody looks it up.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="found">Data sources of providers, and the cluster of whose issuer each is; null where that is not known.</param>
    private static IEnumerable<Cause> Found(Cluster cluster, List<(Resource Resource, Cluster? Cluster)> found) =>
        found.Where(each => each.Cluster is null ? each.Resource.Address.Scope == cluster.Address.Scope : ReferenceEquals(each.Cluster, cluster))
            .Select(static each => new Cause(UnknownReason.External, $"{each.Resource.Address.Path} finds a provider that is made elsewhere", each.Resource.Place, null));

    /// <summary>Why any cluster may have one more provider.</summary>
    private static IEnumerable<Cause> MayBeOfAny(List<OidcProvider> providers) =>
        providers.Where(each => each.Cluster is UnknownValue or ChoiceValue)
            .Select(each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may be its provider: its issuer is not known", each.Place, null))

            // A literal issuer is that of some cluster, perhaps of this one: nobody knows an issuer before it is made.
            .Concat(providers.Where(each => each.Cluster is NullValue)
                .Select(each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} names an issuer that may be this cluster's", each.Place, null)));

    private static Value WorkloadIdentityOf(Cluster cluster)
    {
        var provider = (ListValue)cluster.OidcProviders;
        return Answer.Of(
            Answer.Has(provider, _ => Truth.Yes).Or(Answer.TruthOf(cluster.PodIdentityAgent)),
            Cause.Of(cluster.OidcProviders).Concat(Cause.Of(cluster.PodIdentityAgent)));
    }

    /// <summary>Roles that are meant to be taken with tokens of a cluster, and are not told to look elsewhere for the provider: those whose trust names it, and those of its service accounts.</summary>
    private static ILookup<Cluster, Identity> Federated(World world, ClusterNames names)
    {
        var trusts = world.Each(
            world.Facts.All<Identity>(Identity.Fields).Where(identity => identity.Kind == RoleReader.Kind),
            identity => (Cluster: TakesTokens(identity) ? names.MentionedIn(identity.Trust, identity.Address.Scope).As<Cluster>() : null, Identity: identity));
        var accounts = world.Facts.All<ServiceAccount>(ServiceAccount.Fields)
            .Select(account => (Cluster: account.Cluster.As<Cluster>(), Identity: account.Identity.As<Identity>()))
            .Where(each => each.Identity is not null && TakesTokens(each.Identity));
        return trusts.Concat(accounts.Select(each => (each.Cluster, Identity: each.Identity!)))
            .Where(each => each.Cluster is not null && !NamesProviderElsewhere(each.Identity.Trust, world)).ToLookup(each => each.Cluster!, each => each.Identity);
    }

    private static bool TakesTokens(Identity identity) => identity.TrustsTokens is BoolValue { Value: true };

    /// <summary>A trust that names a provider by data source, by whole ARN or by a value nobody knows: it is made elsewhere.</summary>
    private static bool NamesProviderElsewhere(Value trust, World world)
    {
        var federated = trust.Deep().OfType<MapValue>().Select(map => map["Federated"]).OfType<Value>().ToList();
        return federated.Count == 0 || federated.Any(value => value is TextValue { Known: not null }
            || !value.Mentioned.Any()
            || value.Mentioned.Any(reference => world.Inventory.InstancesOf(reference.Target.Block) is [{ IsData: true, Type: "aws_iam_openid_connect_provider" }, ..]));
    }

    private static IEnumerable<Cause> Unseen(Cluster cluster, World world) =>
        AwsResources.Unseen(world, cluster.Resource!, cluster.Name, Providers);
}
