using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// What a role may do: all its grants, within its boundary; for the actions of one account's repositories, what the repository's policy allows it counts as well.
/// </summary>
internal sealed class RoleAccess(World world)
{
    private readonly Dictionary<(Identity, string, Registry?), Decision> _decided = [];
    private List<(Resource Repository, Value Policy)>? _repositoryPolicies;

    /// <summary>Decides an action on a registry; null asks for any private repository.</summary>
    internal Decision Decide(Identity identity, string action, Registry? registry)
    {
        if (!_decided.TryGetValue((identity, action, registry), out var decision))
        {
            _decided.Add((identity, action, registry), decision = Compute(identity, action, registry));
        }

        return decision;
    }

    private Decision Compute(Identity identity, string action, Registry? registry)
    {
        var request = registry is null || registry.Kind != "ecr" ? PullRequests.For(action)
            : PullRequests.For(action, registry.Region, registry.Account, registry.Name, registry.Resource?.Address);
        var granted = Decision.Silent;
        if (identity.Grants is ListValue grants)
        {
            foreach (var item in grants.Items)
            {
                if (item.Value.As<Grant>() is { } grant)
                {
                    granted = granted.And(PolicyEvaluation.Decide(grant.Policy, request).Under(item.Guard));
                }
            }

            if (grants.OpenBecause is { } because)
            {
                // Something unseen may allow more; that it denies is not assumed.
                granted = granted.And(new Decision(Truth.Unknown, Truth.No, because));
            }
        }
        else
        {
            granted = Decision.Unknown(Cause.Of(identity.Grants));
        }

        if (identity.Boundary is not NullValue)
        {
            var boundary = PolicyEvaluation.Decide(identity.Boundary, request);
            granted = new Decision(granted.Allow.And(boundary.Allow), granted.Deny.Or(boundary.Deny), [.. granted.Causes.Concat(boundary.Causes).Distinct().Take(Cause.Limit)]);
        }

        return granted.Allow == Truth.Yes || request.Resource.Known == "*" ? granted : WithRepositoryPolicies(granted, identity, request, registry);
    }

    private Decision WithRepositoryPolicies(Decision granted, Identity identity, AccessRequest request, Registry? registry)
    {
        foreach (var (repository, policy) in _repositoryPolicies ??= [.. RepositoryPolicies()])
        {
            if (registry?.Resource is { } declared && declared.Address != repository.Address)
            {
                continue;
            }

            var decision = PolicyEvaluation.Decide(policy, request with { Principal = (kind, written) => IsRole(kind, written, identity) });
            granted = granted with { Allow = granted.Allow.Or(decision.Allow), Causes = [.. granted.Causes.Concat(decision.Causes).Take(Cause.Limit)] };
        }

        return granted;
    }

    /// <summary>The role by reference; anybody; for accounts and texts nobody can tell.</summary>
    private Truth IsRole(string kind, Value written, Identity identity) => kind != "AWS" ? Truth.No
        : written is TextValue { Known: "*" } ? Truth.Yes
        : world.FactsOf<Identity>(written).Any() ? Kleene.Of(world.FactsOf<Identity>(written).Contains(identity))
        : Truth.Unknown;

    private IEnumerable<(Resource Repository, Value Policy)> RepositoryPolicies()
    {
        foreach (var policy in world.Inventory.OfType("aws_ecr_repository_policy").Where(each => !each.IsData))
        {
            var target = policy["repository"] is { } name ? world.Inventory.Referents(name).FirstOrDefault() : null;
            yield return (target ?? policy, policy["policy"] is { } document ? PolicyText.Decode(document) : NullValue.Instance);
        }

        foreach (var repository in world.Inventory.OfType("AWS::ECR::Repository"))
        {
            if (repository["RepositoryPolicyText"] is { } document)
            {
                yield return (repository, PolicyText.Decode(document));
            }
        }
    }
}
