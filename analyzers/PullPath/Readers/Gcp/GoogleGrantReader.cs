using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>What Google service accounts are granted on projects, repositories and buckets: what is, what is switched off, and what leaves them out.</summary>
internal sealed class GoogleGrantReader : IReader
{
    // Config Connector's grants: objects of Kubernetes, which go to whatever project they name.
    private const string ConnectorGrants = "iam.cnrm.cloud.google.com/IAMP";

    // Grants above the project: they may hold anything.
    private static readonly string[] Above =
        ["google_folder_iam_member", "google_folder_iam_binding", "google_folder_iam_policy", "google_organization_iam_member", "google_organization_iam_binding", "google_organization_iam_policy"];

    private readonly List<(IamStatement Statement, List<Grant> Grants)> _exclusive = [];
    private readonly List<Grant> _grants = [];
    private readonly List<Grant> _omitted = [];
    private readonly List<Resource> _opaque = [];
    private readonly List<Resource> _connectors = [];
    private ILookup<string, Grant> _ofRoots = Enumerable.Empty<Grant>().ToLookup(grant => grant.Address.Scope);
    private ILookup<string, Resource> _scripts = Enumerable.Empty<Resource>().ToLookup(resource => resource.Address.Scope);

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfTypes(IamStatement.Types).Where(each => !each.IsData))
        {
            if (IamStatement.Of(resource, world) is not { } statements)
            {
                _opaque.Add(resource);
                continue;
            }

            foreach (var statement in statements)
            {
                var grants = GrantsOf(statement, NullValue.Instance, world).Select(world.Add).ToList();
                _grants.AddRange(grants);
                if (statement.IsExclusive)
                {
                    _exclusive.Add((statement, grants));
                }
            }
        }

        _opaque.AddRange(world.Inventory.OfTypes(Above).Where(each => !each.IsData));
        _connectors.AddRange(world.Inventory.Resources.Where(each => each.Type.StartsWith(ConnectorGrants, StringComparison.Ordinal)));
        _scripts = world.Inventory.Resources.Where(GrantsByScript).ToLookup(resource => resource.Address.Scope, StringComparer.Ordinal);
        foreach (var (resource, because) in world.Inventory.Omissions.Where(each => IamStatement.Types.Contains(each.Resource.Type)))
        {
            _omitted.AddRange((IamStatement.Of(resource, world) ?? []).SelectMany(statement => GrantsOf(statement, because.Count > 0 ? because[0] : NullValue.Instance, world)));
        }
    }

    public void Join(World world)
    {
        world.Each(_grants.Concat(_omitted), grant => grant.Identity = GoogleAccounts.Of(grant.Principal, world) is { } account ? Links.To(account)
            : GoogleAccounts.IsEverybody(grant.Principal) || GoogleAccounts.IsSomebodyElse(grant.Principal, world) ? NullValue.Instance
            : UnknownValue.From(null, grant.Principal));

        _ofRoots = _grants.ToLookup(grant => grant.Address.Scope, StringComparer.Ordinal);
        foreach (var policy in _exclusive.GroupBy(each => each.Statement.Resource).Where(each => each.Key is { IsCertain: true, IgnoredChanges.Count: 0 }))
        {
            Overrule([.. policy], world);
        }

        world.Each(world.Facts.All<Identity>(Identity.Fields).Where(each => each.Resource?.Type == GoogleAccounts.AccountType), identity =>
        {
            var seen = Links.To(_grants.Where(grant => grant.Identity.As<Identity>() == identity || GoogleAccounts.IsEverybody(grant.Principal)), OpenBecause(identity.Address.Scope, GoogleAccountReader.Gaps(identity, world)));
            identity.Grants = Absences.Of(world).Resting(seen, identity.Resource!, IamStatement.Types);
            var (right, near) = NearestOf(identity, world);
            identity.NearRight = new TextValue(right);
            identity.NearGrant = Links.To(near);
        });

        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            if (pool.Identity.As<Identity>() is { Kind: "google-service-account", IsDefault: BoolValue { Value: true } } identity)
            {
                // Once its roles are taken away, it has those that are seen to be given.
                IEnumerable<Cause> unseen = identity.DefaultAction is NullValue
                    ? [new Cause(UnknownReason.External, "what the default service account may do depends on the project", pool.Place, null)]
                    : OpenBecause(pool.Address.Scope, world.Inventory.GapsOf(pool.Address.Scope, IamStatement.Types).Select(World.Because));
                identity.Grants = Links.To(_grants.Where(grant => grant.Address.Scope == pool.Address.Scope
                    && (GoogleAccounts.IsDefault(grant.Principal, world) == true || GoogleAccounts.IsEverybody(grant.Principal))), unseen);
            }
        }
    }

    /// <summary>The grant that comes nearest to a right to pull: the one whose place is to be edited, should there be no such right.</summary>
    private (string Right, Grant? Grant) NearestOf(Identity identity, World world)
    {
        if (_exclusive.Find(each => LeavesOut(each.Statement, each.Grants, identity)).Statement is { } binding)
        {
            return ("excluded", Make(binding, binding.Members, binding.Resource.Guard, NullValue.Instance, world));
        }

        var omitted = _omitted.FindAll(grant => grant.Identity.As<Identity>() == identity);
        if (omitted.Find(grant => grant.Pulls is BoolValue { Value: true }) is { } off)
        {
            return ("off", off);
        }

        return _grants.Where(grant => grant.Identity.As<Identity>() == identity).Concat(omitted).FirstOrDefault(grant => grant.ReadsBuckets is BoolValue { Value: true }) is { } buckets
            ? ("buckets", buckets)
            : ("none", null);
    }

    /// <summary>
    /// Marks the grants of the same root that a binding or a policy takes away: rights to pull from its own target, of accounts that it certainly does not name. A binding decides for its role, a policy for all.
    /// </summary>
    private void Overrule(IReadOnlyList<(IamStatement Statement, List<Grant> Grants)> statements, World world)
    {
        var first = statements[0].Statement;
        foreach (var grant in _ofRoots[first.Resource.Address.Scope])
        {
            if (grant.Pulls is BoolValue { Value: true } && grant.Identity.As<Identity>() is { } identity && grant.Resource is { } other && other != first.Resource
                && GrantTargets.IsSame(first.Resource, other, world)
                && statements.All(each => (each.Statement.Role.EqualTo(grant.Role), first.IsPolicy) is (Truth.No, true) or (Truth.Yes, _)
                    && (each.Statement.Role.EqualTo(grant.Role) == Truth.No || Omits(each.Statement, each.Grants, identity))))
            {
                grant.OverruledBy = Links.To(Make(first, first.Members, first.Resource.Guard, NullValue.Instance, world));
            }
        }
    }

    /// <summary>True for a statement whose members are all known, and none of which is the account.</summary>
    private static bool Omits(IamStatement statement, List<Grant> grants, Identity identity) => statement is { MayChange: false, Members: ListValue { IsOpen: false } }
        && grants.TrueForAll(grant => grant.Identity is NullValue or FactValue && grant.Identity.As<Identity>() != identity && !GoogleAccounts.IsEverybody(grant.Principal));

    /// <summary>One grant for each member; one for somebody unknown where not all members are seen.</summary>
    private static IEnumerable<Grant> GrantsOf(IamStatement statement, Value switchedBy, World world)
    {
        var (members, unseen) = statement.Members is ListValue list ? (list.Items, list.IsOpen ? UnknownValue.From(DataType.Text, list) : null) : ([], UnknownValue.From(DataType.Text, statement.Members));
        foreach (var (member, guard) in unseen is null ? members : [.. members, new Item(unseen)])
        {
            if (statement.Resource.Guard.And(guard) is { } both)
            {
                yield return Make(statement, member, both, switchedBy, world);
            }
        }
    }

    private static Grant Make(IamStatement statement, Value principal, Guard guard, Value switchedBy, World world)
    {
        var resource = statement.Resource;
        var pulls = statement.IsOnBucket ? BoolValue.False : GoogleRoles.Pulls(statement.Role, world);
        return new Grant
        {
            Role = statement.Role,
            Principal = principal,
            Scope = statement.Target,
            Pulls = statement.MayChange && pulls is BoolValue { Value: true }
                ? new UnknownValue(UnknownReason.Condition, $"{resource.Address.Path} holds under a condition", resource.Place, type: DataType.Bool)
                : pulls,
            PullsUntil = pulls is BoolValue { Value: true } ? GrantEnds.Of(statement.Condition) : NullValue.Instance,
            ReadsBuckets = GoogleRoles.ReadsBuckets(statement.Role),
            SwitchedBy = switchedBy,
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = guard,
        };
    }

    /// <summary>True for a statement that alone says who may read in the account's project, says it to others, and certainly not to the account.</summary>
    private static bool LeavesOut(IamStatement statement, List<Grant> grants, Identity identity) =>
        statement is { IsOnBucket: false, Resource.Multiplicity: Multiplicity.One }
        && GoogleRoles.IsReader(statement.Role)
        && Omits(statement, grants, identity)
        && GoogleAccounts.InOneProject(
            GoogleAccounts.ProjectOf(statement.Resource), GoogleAccounts.ProjectOf(identity.Resource!), statement.Resource.Address.Scope == identity.Address.Scope) == Truth.Yes;

    /// <summary>Why an account of a root may be granted more than is seen: by what is not there, and by what is there and not understood.</summary>
    private IEnumerable<Cause> OpenBecause(string root, IEnumerable<Cause> gaps)
    {
        var stage = ClusterChoice.StageOf(root);
        foreach (var grant in _grants.Where(grant => grant.Identity is UnknownValue && grant.Pulls is not BoolValue { Value: false } && IsNear(grant.Address.Scope)))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"{grant.Address.Path} is for somebody who is not known", grant.Place, null);
        }

        foreach (var resource in _opaque.Where(each => IsNear(each.Address.Scope)))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may grant it", resource.Place, null);
        }

        foreach (var resource in _connectors)
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may grant it", resource.Place, null);
        }

        foreach (var resource in _scripts[root])
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} runs a script that may grant roles", resource.Place, null);
        }

        foreach (var cause in gaps)
        {
            yield return cause;
        }

        // Another root of the same product may look the account up; a sample has nothing to do with others.
        bool IsNear(string scope) => scope == root || ClusterChoice.StageOf(scope) == stage;
    }

    private static bool GrantsByScript(Resource resource) => resource.Meta?["provisioner"] is { } provisioner && provisioner.Deep().OfType<TextValue>().Any(text =>
        text.ToString() is var script && (script.Contains("add-iam-policy-binding", StringComparison.Ordinal) || script.Contains("set-iam-policy", StringComparison.Ordinal)));
}
