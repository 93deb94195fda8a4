using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Azure;

namespace Analyzer.PullPath.Tracing;

/// <summary>The pull path of every image on every pool, link by link: a view of the model. It proves nothing that the model does not say.</summary>
public sealed class PullTraces
{
    private const int PlaceLimit = 6;
    private const string AnyImage = "any image of ECR";

    private readonly World _world;
    private readonly Lazy<Order> _order;
    private readonly NetworkLink _network;

    private PullTraces(World world)
    {
        _world = world;
        _order = new Lazy<Order>(() => new Order(world.Inventory));
        _network = new NetworkLink(world);
    }

    /// <summary>The traces of a model, in the order of its pulls; then those of nodes of AWS on which no image is seen, for any image of ECR.</summary>
    public static IReadOnlyList<PullTrace> Of(PullPathModel model)
    {
        var traces = new PullTraces(model.World);
        var pulls = model.Facts.All<Pull>(Pull.Fields).ToList();
        var busy = pulls.Select(pull => pull.NodePool.As<NodePool>()).ToHashSet();
        var idle = model.Facts.All<NodePool>(NodePool.Fields)
            .Where(pool => !busy.Contains(pool) && pool.Service is not null && Answer.TruthOf(pool.NeedsEcr) != Truth.No && Answer.TruthOf(pool.IsLive) != Truth.No);
        return [.. pulls.Select(traces.Of), .. idle.Select(traces.Of)];
    }

    /// <summary>A pool on which no image is seen: its nodes pull some from ECR all the same.</summary>
    private PullTrace Of(NodePool pool)
    {
        var registry = pool.AddOnRegistry.As<Registry>() ?? new Registry
        {
            Kind = "ecr",
            Name = new TextValue("ECR"),
            Host = new UnknownValue(UnknownReason.NoValue, "no image is seen", pool.Place, type: DataType.Text),
            Region = pool.Network.As<Network>()?.Region ?? NullValue.Instance,
            Address = pool.Address,
            Place = pool.Place,
        };
        var access = RoleAccess.Of(_world);
        var pull = new Pull
        {
            Image = new TextValue(AnyImage),
            Workload = NullValue.Instance,
            NodePool = new FactValue(pool),
            Registry = new FactValue(registry),
            Repository = NullValue.Instance,
            Lands = BoolValue.True,
            CertainlyLands = BoolValue.True,
            IsAllowed = RoleAccess.Each(pool.Identity, role => access.Allows(role, PullRequests.EcrActions, PullTarget.Any)),
            Address = pool.Address,
            Place = pool.Place,
        };
        return new PullTrace
        {
            Workload = "no workload is seen",
            Image = AnyImage,
            Pool = pool.Address.Path,
            Registry = "ECR",
            Place = pool.Place,
            Links = [.. OfNodes(pull, pool, registry)],
        };
    }

    private PullTrace Of(Pull pull)
    {
        var (pool, registry, workload) = (pull.NodePool.As<NodePool>(), pull.Registry.As<Registry>(), pull.Workload.As<Workload>());
        var image = TextOf(pull.Image);
        var links = new List<PullLink> { Scheduling(pull, workload), RegistryOf(pull, registry, image) };
        if (pool is not null && registry is not null)
        {
            links.AddRange(OfNodes(pull, pool, registry));
        }

        return new PullTrace
        {
            Workload = workload?.Address.Path ?? pull.Address.Path,
            Image = image,
            Pool = pool?.Address.Path,
            Registry = registry is null ? "?" : registry.Resource is null ? TextOf(registry.Host) : registry.Address.Path,
            Place = pull.Place,
            Links = [.. links],
        };
    }

    private static PullLink Scheduling(Pull pull, Workload? workload)
    {
        var holds = pull.NodePool is FactValue ? Answer.TruthOf(pull.Lands) : Truth.Unknown;
        return new PullLink("scheduling", holds, holds == Truth.Yes ? Answer.TruthOf(pull.CertainlyLands) == Truth.Yes ? "its pods land here" : "its pods may land here" : "whether its pods land here is not known")
        {
            Ends = (PullEnd.Image, PullEnd.Pool),
            Places = [(workload?.Place ?? pull.Place, "the workload")],
            Because = holds == Truth.Unknown ? Causes(pull.NodePool, pull.Lands) : [],
            Check = LiveChecks.Pods(workload),
        };
    }

    private static PullLink RegistryOf(Pull pull, Registry? registry, string image) => new(
        "registry",
        registry is not null ? Truth.Yes : pull.Registry is NullValue ? Truth.No : Truth.Unknown,
        registry is not null ? $"{registry.Kind}{(registry.Resource is null ? "" : ", declared here")}" : pull.Registry is NullValue ? "this is no name of an image" : "which registry it lies in is not known")
    {
        Ends = (PullEnd.Image, PullEnd.Registry),
        Places = [(pull.Place, "the image")],
        Because = Causes(pull.Registry),
        Check = LiveChecks.Pull(image),
    };

    private IEnumerable<PullLink> OfNodes(Pull pull, NodePool pool, Registry registry)
    {
        var identity = pool.Cluster.As<Cluster>() is { Kind: "aks" } cluster && pool.Identity is NullValue ? cluster.KubeletIdentity : pool.Identity;
        var isAws = pool.Service is not null;
        if (registry.Kind is "ecr" or "acr" or "gar" or "gcr" && Answer.TruthOf(registry.IsPublic) != Truth.Yes)
        {
            yield return IdentityLink(pool, identity);
            if (isAws && identity.As<Identity>() is { } role)
            {
                yield return Trust(pool, role);
            }

            var permission = Permission(pull, pool, identity, registry);
            yield return permission;
            if (pool.Kind.StartsWith("gke", StringComparison.Ordinal) && pool.Scopes is not NullValue)
            {
                yield return Scopes(pool);
            }

            if (isAws && !pool.Kind.EndsWith("fargate", StringComparison.Ordinal))
            {
                yield return Metadata(pool);
            }

            if (isAws && permission.Holds == Truth.Yes)
            {
                yield return OrderOf(pool, identity);
            }
        }
        else
        {
            yield return Credentials(pull, registry);
        }

        yield return Network(pool, registry, isAws);
    }

    private static PullLink IdentityLink(NodePool pool, Value identity)
    {
        var fault = pool.ProfileFault is TextValue { Known: { } wrong } ? wrong : null;
        var holds = fault is not null || identity is NullValue ? Truth.No : identity is FactValue ? Truth.Yes : Truth.Unknown;
        var known = identity.As<Identity>();
        return new PullLink("identity", holds, fault ?? (known is not null ? TextOf(known.Name) : identity is NullValue ? "nothing names an identity for its nodes" : "who its nodes are is not known"))
        {
            Ends = (PullEnd.Pool, PullEnd.Identity),
            Places = Places((pool.IdentityValue, "names it"), (known is null ? NullValue.Instance : new FactValue(known), "the identity"), (new FactValue(pool), "the nodes")),
            Because = holds == Truth.Unknown ? Causes(identity) : [],
            Check = LiveChecks.IdentityOf(pool),
        };
    }

    private static PullLink Trust(NodePool pool, Identity role)
    {
        var decision = TrustPolicies.DecideService(role.Trust, pool.Service!, null);
        var holds = pool.PullObstacle is TextValue { Known: PullObstacles.Trust } ? Truth.No : role.Trust is NullValue ? Truth.Unknown : decision.Result == Truth.No ? Truth.Unknown : decision.Result;
        return new PullLink("trust", holds, holds switch { Truth.Yes => $"{pool.Service} may take it", Truth.No => $"{pool.Service} may not take it", _ => $"whether {pool.Service} may take it is not known" })
        {
            Ends = (PullEnd.Pool, PullEnd.Identity),
            Places = Places((role.TrustValue, "the trust policy")),
            Because = holds == Truth.Unknown ? decision.Causes : [],
            Check = LiveChecks.Trust(role),
        };
    }

    private PullLink Permission(Pull pull, NodePool pool, Value identity, Registry registry)
    {
        var known = identity.As<Identity>();
        var grants = known?.Grants ?? NullValue.Instance;
        var answer = registry.Kind == "ecr" && pool.Service is not null ? pull.IsAllowed : ByGrants(grants, registry);
        var holds = Answer.TruthOf(answer);
        var attached = string.Join(", ", grants.Each<Grant>().Where(grant => holds == Truth.No || grant.Pulls is BoolValue { Value: true }).Select(grant => TextOf(grant.Role)).Distinct(StringComparer.Ordinal).Take(PlaceLimit));
        return new PullLink("permission", holds, (holds, attached) switch
        {
            (Truth.Yes, _) => $"may pull: {attached}",
            (Truth.No, "") => "may not pull: nothing is attached",
            (Truth.No, _) => $"may not pull: {Missing(pull, pool, known, registry)}attached: {attached}",
            _ => "whether it may pull is not known",
        })
        {
            Ends = (PullEnd.Identity, PullEnd.Registry),
            Places = Places([.. grants.Each<Grant>().Where(grant => holds != Truth.Yes || grant.Pulls is BoolValue { Value: true }).Select(grant => ((Value)new FactValue(grant), TextOf(grant.Role)))]),
            Because = holds == Truth.Unknown ? Causes(answer, identity) : [],
            Check = LiveChecks.Permission(pool, known, registry),
        };
    }

    /// <summary>The actions of ECR that are certainly missing, as the beginning of a phrase.</summary>
    private string Missing(Pull pull, NodePool pool, Identity? role, Registry registry)
    {
        if (role is null || registry.Kind != "ecr" || pool.Service is null || (pull.Repository is NullValue ? PullTarget.Any : PullTarget.Of(new FactValue(pull))) is not { } target)
        {
            return "";
        }

        var access = RoleAccess.Of(_world);
        var missing = PullRequests.EcrActions.Where(action => access.Decide(role, action, target).Allowed == Truth.No).ToList();
        return missing.Count == 0 ? "" : $"{string.Join(", ", missing)} missing; ";
    }

    /// <summary>Azure, Google: one grant that lets it pull and covers the registry is enough.</summary>
    private Value ByGrants(Value grants, Registry registry) => grants is ListValue list
        ? Answer.Of(
            Answer.Has(list, each => each.As<Grant>() is { } grant
                ? Answer.TruthOf(grant.Pulls).And(registry.Kind == "acr" ? Answer.TruthOf(AzureScopes.Covers(grant.Scope, registry, _world)) : Truth.Yes)
                : Truth.Unknown),
            Cause.Of(grants))
        : UnknownValue.From(DataType.Bool, grants);

    private static PullLink Scopes(NodePool pool)
    {
        var list = pool.Scopes as ListValue;
        var holds = list is null ? Truth.Unknown
            : list.Values.Any(scope => scope is TextValue { Known: { } known } && (known.EndsWith("cloud-platform", StringComparison.Ordinal) || known.Contains("devstorage.", StringComparison.Ordinal))) ? Truth.Yes
            : list.IsOpen || !list.IsWhollyKnown ? Truth.Unknown : Truth.No;
        return new PullLink("scopes", holds, holds switch { Truth.Yes => "its tokens may read registries", Truth.No => "its tokens may not read registries", _ => "what its tokens may do is not known" })
        {
            Ends = (PullEnd.Pool, PullEnd.Registry),
            Places = Places((pool.ScopesValue, "the scopes"), (new FactValue(pool), "the nodes")),
            Because = holds == Truth.Unknown ? Causes(pool.Scopes) : [],
            Check = LiveChecks.Scopes,
        };
    }

    private static PullLink Metadata(NodePool pool)
    {
        var template = pool.Template.As<LaunchTemplate>();
        var endpoint = template?.ImdsEndpoint ?? (pool.Template is NullValue ? NullValue.Instance : UnknownValue.From(DataType.Text, pool.Template));
        var holds = endpoint switch { NullValue => Truth.Yes, TextValue { Known: { } word } => Kleene.Of(word != "disabled"), _ => Truth.Unknown };
        return new PullLink("metadata", holds, holds switch { Truth.Yes => "the metadata service gives nodes their credentials", Truth.No => "the metadata service is off: nodes get no credentials", _ => "whether the metadata service answers is not known" })
        {
            Ends = (PullEnd.Pool, PullEnd.Identity),
            Places = Places((endpoint, "the metadata service"), (template is null ? NullValue.Instance : new FactValue(template), "the template")),
            Because = holds == Truth.Unknown ? Causes(endpoint) : [],
            Check = LiveChecks.Token,
        };
    }

    private PullLink OrderOf(NodePool pool, Value identity)
    {
        var grants = (identity.As<Identity>()?.Grants ?? NullValue.Instance).Each<Grant>().Where(grant => Answer.TruthOf(grant.Pulls) != Truth.No).ToList();
        var answers = grants.Select(grant => grant.IsSeparate is BoolValue { Value: false } ? Truth.Yes
            : pool.Resource is { } nodes && grant.Resource is { } policy ? _order.Value.HappensAfter(nodes, policy)
            : Truth.Unknown).ToList();
        var holds = answers.Count == 0 ? Truth.Unknown : answers.Any();
        return new PullLink("order", holds, holds switch { Truth.Yes => "nodes come after what lets them pull", Truth.No => "nodes may come before what lets them pull", _ => "whether nodes come after what lets them pull is not known" })
        {
            Ends = (PullEnd.Identity, PullEnd.Registry),
            IsDelay = true,
            Places = Places([(new FactValue(pool), "the nodes"), .. grants.Select(grant => ((Value)new FactValue(grant), "lets them pull"))]),
            Because = holds == Truth.Unknown ? [new Cause(UnknownReason.OpenWorld, "the two are not declared together", pool.Place, null)] : [],
            Check = LiveChecks.Order,
        };
    }

    /// <summary>Of a registry that asks for no role: anybody may pull, or pods bring secrets that are not seen.</summary>
    private static PullLink Credentials(Pull pull, Registry registry)
    {
        var secrets = pull.Workload.As<Workload>()?.PullSecrets ?? ListValue.Empty;
        var isPublic = Answer.TruthOf(registry.IsPublic);
        var names = string.Join(", ", (secrets as ListValue)?.Values.Select(TextOf) ?? []);
        return new PullLink("permission", isPublic == Truth.Yes ? Truth.Yes : Truth.Unknown, isPublic == Truth.Yes ? "anybody may pull" : names.Length > 0 ? $"pull secrets: {names}" : "no pull secret; whether it asks for one is not known")
        {
            Ends = (PullEnd.Pool, PullEnd.Registry),
            Places = [(pull.Place, "the image")],
            Because = isPublic == Truth.Yes ? [] : [new Cause(UnknownReason.External, $"who may pull from {TextOf(registry.Host)}", pull.Place, null)],
            Check = LiveChecks.Pull(TextOf(pull.Image)),
        };
    }

    private PullLink Network(NodePool pool, Registry registry, bool isAws)
    {
        if (!isAws)
        {
            return new PullLink("network", Truth.Unknown, "networks of this cloud are not judged")
            {
                Ends = (PullEnd.Pool, PullEnd.Registry),
                Because = [new Cause(UnknownReason.NotComputed, "networks of this cloud are not judged", pool.Place, null)],
                Check = LiveChecks.Reach(registry),
            };
        }

        var (reaches, says, facts, service) = _network.Of(pool, registry);
        return new PullLink("network", reaches, says)
        {
            Ends = (PullEnd.Pool, PullEnd.Registry),
            Places = Places([(pool.SubnetsValue, "the subnets"), .. facts.Select(fact => ((Value)new FactValue(fact), "the endpoint"))]),
            Because = reaches == Truth.Unknown ? Causes(pool.Exit, pool.Subnets, pool.Network.As<Network>()?.Endpoints ?? pool.Network) : [],
            Check = LiveChecks.Reach(registry, service),
        };
    }

    private static IReadOnlyList<Cause> Causes(params IEnumerable<Value> values) => [.. values.SelectMany(Cause.Of).Distinct().Take(Cause.Limit)];

    /// <summary>Where values are written and facts are declared, each place once.</summary>
    private static IReadOnlyList<(Span Place, string What)> Places(params IEnumerable<(Value Value, string What)> values)
    {
        var places = new List<(Span Place, string What)>();
        foreach (var (value, what) in values)
        {
            var place = value is FactValue link ? link.Fact.Place : value.Trace?.Place;
            if (place is { File: not null } written && written.Outermost is var outer && !places.Exists(each => each.Place.Equals(outer)) && places.Count < PlaceLimit)
            {
                places.Add((outer, what));
            }
        }

        return places;
    }

    private static string TextOf(Value value) => (value as TextValue)?.ToString() ?? "?";
}
