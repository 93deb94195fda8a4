using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// What a role may do: all its grants, within its boundary; for the actions of one account's repositories, what the repository's policy allows it counts as well.
/// </summary>
internal sealed class RoleAccess
{
    private readonly World _world;
    private readonly ConcurrentDictionary<Question, Access> _decided = [];
    private readonly ConcurrentDictionary<DocumentQuestion, Decision> _documents = [];
    private readonly Lazy<List<RepositoryPolicy>> _repositoryPolicies;

    private RoleAccess(World world)
    {
        _world = world;
        _repositoryPolicies = new Lazy<List<RepositoryPolicy>>(() => [.. RepositoryPolicy.Of(world)]);
    }

    /// <summary>The decisions of a world: each is made once.</summary>
    internal static RoleAccess Of(World world) => world.Shared(static world => new RoleAccess(world));

    /// <summary>Decides an action on what is to be pulled.</summary>
    internal Access Decide(Identity identity, string action, PullTarget target)
    {
        var question = new Question(identity, action, target);
        if (!_decided.TryGetValue(question, out var access))
        {
            _decided.TryAdd(question, access = Compute(identity, action, target));
        }

        return access;
    }

    /// <summary>Whether a role may do all of the actions, as a value that rests on its policies.</summary>
    internal Value Allows(Identity identity, IEnumerable<string> actions, PullTarget target)
    {
        var decisions = actions.Select(action => Decide(identity, action, target)).ToList();
        var answer = Answer.Of(decisions.All(each => each.Allowed), decisions.Where(each => each.Allowed == Truth.Unknown).SelectMany(each => each.Causes));
        return answer is not BoolValue { Value: var isAllowed } ? answer
            : Proof.Of(_world).Resting(answer, identity.Grants.Each<Grant>().SelectMany(grant => (Value[])[grant.Role, grant.Policy, grant.Listed]).Append(identity.Boundary).Concat(isAllowed ? [] : identity.SwitchedOff));
    }

    /// <summary>Whether the policy of a declared repository lets a role of another account do all of the actions.</summary>
    internal Value Admits(Registry registry, Identity identity, IReadOnlyList<string> actions)
    {
        if (registry.Resource is not { } resource || PullTarget.Of(new FactValue(registry)) is not { } target)
        {
            return new UnknownValue(UnknownReason.External, "the repository is not declared here", registry.Place, type: DataType.Bool);
        }

        var decisions = actions.Select(action => OfRepositories(identity, action, target)).ToList();
        var unseen = _world.Unseen(resource, (registry.Name as TextValue)?.Known).ToList();
        return Answer.Of(
            decisions.All(each => each.Result).Or(unseen.Count > 0 ? Truth.Unknown : Truth.No),
            decisions.SelectMany(each => each.Causes).Concat(unseen));
    }

    /// <summary>The answer for the one role of a link, for all that a choice may be, or none.</summary>
    internal static Value Each(Value link, Func<Identity, Value> ask) => link switch
    {
        FactValue { Fact: Identity { Kind: "aws-role" } identity } => ask(identity),
        ChoiceValue choice => Answer.Of(
            choice.Same(each => Answer.TruthOf(Each(each, ask))),
            choice.Alternatives.SelectMany(each => Cause.Of(each.Value).Concat(each.Guard.Causes))),
        NullValue => new UnknownValue(UnknownReason.NoValue, "there is no identity", type: DataType.Bool),
        _ => UnknownValue.From(DataType.Bool, link),
    };

    /// <summary>Whether a policy has a part in a pull: it allows at least one of the actions.</summary>
    internal Value Pulls(Value policy)
    {
        var decisions = PullRequests.EcrActions.Select(action => Decide(policy, action, PullTarget.Any)).ToList();
        return Answer.Of(decisions.Any(each => each.Allow), decisions.SelectMany(each => each.Causes));
    }

    /// <summary>Whether a policy means to allow an action somewhere, on whatever it names.</summary>
    internal Decision MeansToAllow(Grant grant, string action) => Decide(grant.Policy, action, null);

    /// <summary>What one policy says to an action on what is to be pulled; on whatever it names for null.</summary>
    internal Decision Decide(Value policy, string action, PullTarget? target)
    {
        if (policy is not MapValue { IsOpen: false, Entries.IsEmpty: false } document)
        {
            return PolicyEvaluation.Decide(policy, Request());
        }

        // One document is attached to many roles; the way it came by differs, its entries do not.
        var question = new DocumentQuestion(ImmutableCollectionsMarshal.AsArray(document.Entries)!, action, target);
        if (!_documents.TryGetValue(question, out var decision))
        {
            _documents.TryAdd(question, decision = PolicyEvaluation.Decide(document, Request()));
        }

        return decision;

        AccessRequest Request() => target?.Request(action) ?? PullRequests.Anywhere(action);
    }

    private Access Compute(Identity identity, string action, PullTarget target)
    {
        var (granted, contested) = (Decision.Silent, Decision.Silent);
        if (identity.Grants is ListValue grants)
        {
            foreach (var item in grants.Items)
            {
                if (item.Value.As<Grant>() is { } grant)
                {
                    var decision = Decide(grant.Policy, action, target).Under(item.Guard);
                    (granted, contested) = grant.DetachedBy is NullValue ? (granted.And(decision), contested) : (granted, contested.And(decision));
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

        var boundary = identity.Boundary is NullValue ? new Decision(Truth.Yes, Truth.No, []) : Decide(identity.Boundary, action, target);
        var isEnough = granted.Allow == Truth.Yes && boundary.Allow == Truth.Yes;
        return new Access(granted, contested, boundary, isEnough ? Decision.Silent : OfRepositories(identity, action, target));
    }

    /// <summary>What policies of repositories say to the role.</summary>
    private Decision OfRepositories(Identity identity, string action, PullTarget target)
    {
        var sum = Decision.Silent;
        if (_repositoryPolicies.Value.Count == 0 || target.Request(action) is not { Resource.Known: not "*" } request)
        {
            return sum;
        }

        foreach (var (repository, name, policy) in _repositoryPolicies.Value)
        {
            var isMeant = target switch
            {
                _ when repository is null && name is NullValue => Truth.Yes, // The policy of the whole registry.
                { Declared: { } declared } when repository is not null => Kleene.Of(declared.Address == repository.Address),
                { Repository: { } wanted } => wanted.EqualTo(name),
                _ => Truth.Yes,
            };
            if (isMeant != Truth.No)
            {
                var decision = PolicyEvaluation.Decide(policy, request with { Principal = (kind, written) => IsRole(kind, written, identity) });
                sum = sum.And(isMeant == Truth.Yes ? decision : new Decision(decision.Allow.And(Truth.Unknown), Truth.No, [.. Cause.Of(name), .. decision.Causes]));
            }
        }

        return sum;
    }

    /// <summary>The role by reference; anybody; the whole account it is in, as far as accounts are known.</summary>
    private Truth IsRole(string kind, Value written, Identity identity)
    {
        if (kind != "AWS" || written is TextValue { Known: "*" })
        {
            return Kleene.Of(kind == "AWS");
        }

        var roles = _world.FactsOf<Identity>(written).ToList();
        if (roles.Count > 0)
        {
            return Kleene.Of(roles.Contains(identity));
        }

        var isHere = written is TextValue text && identity.Resource is { } resource ? Accounts.IsIn(text, Accounts.Of(resource)) : Truth.Unknown;
        return isHere != Truth.Yes ? isHere
            : ((TextValue)written).ToString() is var principal && (principal.EndsWith(":root", StringComparison.Ordinal) || !principal.Contains(':', StringComparison.Ordinal)) ? Truth.Yes
            : written is TextValue { Known: { } arn } && identity.Name is TextValue { Known: { } own } ? Kleene.Of(arn[(arn.LastIndexOf('/') + 1)..] == own)
            : Truth.Unknown;
    }

    private sealed record Question(Identity Identity, string Action, PullTarget Target);

    /// <summary>A document is known by its statements: one that is attached twice is decided once.</summary>
    private sealed record DocumentQuestion(Entry[] Document, string Action, PullTarget? Target);
}
