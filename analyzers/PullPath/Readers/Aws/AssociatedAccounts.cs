using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Links Pod Identity associations with the service accounts they are for, and finds what they nearly fit.</summary>
/// <param name="world">The world.</param>
/// <param name="associations">All associations that are seen.</param>
/// <param name="unseen">What may make associations for a cluster and is not seen.</param>
internal sealed class AssociatedAccounts(World world, IReadOnlyList<Association> associations, IReadOnlyDictionary<Cluster, List<Cause>> unseen)
{
    private const int Slip = 2;

    private readonly List<ServiceAccount> _accounts = [.. world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => !account.IsOfRelease)];
    private readonly List<Workload> _workloads = [.. world.Workloads];

    /// <summary>Links everything.</summary>
    internal void Join()
    {
        world.Each(Enumerable.Range(0, associations.Count), at =>
        {
            var association = associations[at];
            association.ServiceAccount = AccountOf(association);
            association.Workloads = Links.To(
                _workloads.Where(each => IsFor(association, each.ServiceAccountName, each.Namespace, each.Cluster) == Truth.Yes),
                _workloads.Where(each => IsFor(association, each.ServiceAccountName, each.Namespace, each.Cluster) == Truth.Unknown).SelectMany(each => Open(each, each.Cluster)));
            association.Earlier = Links.To(
                associations.Take(at).Where(each => IsSame(each, association) == Truth.Yes),
                associations.Take(at).Where(each => IsSame(each, association) == Truth.Unknown).SelectMany(each => Open(each, NullValue.Instance)));
        });

        var ofAccounts = associations.ToLookup(each => each.ServiceAccount.As<ServiceAccount>());
        world.Each(_accounts, account =>
        {
            account.Associations = Links.To(
                ofAccounts[account],
                associations.Where(each => IsFor(each, account.Name, account.Namespace, account.Cluster) == Truth.Unknown).SelectMany(each => Open(each, each.Cluster))
                    .Concat(account.Cluster.As<Cluster>() is { } cluster && unseen.TryGetValue(cluster, out var causes) ? causes : []));
        });

        world.Each(associations, association => association.NearMisses = NearMisses(association));
    }

    /// <summary>
    /// Accounts that nobody has an association for, where workloads of the association's namespace are declared: elsewhere nobody can tell a slip from what is not here.
    /// </summary>
    private ListValue NearMisses(Association association) => _workloads.Exists(each => SameCluster(association, each.Cluster).And(association.Namespace.EqualTo(each.Namespace)) == Truth.Yes)
        ? Links.To(_accounts.Where(each => IsNearly(association, each) && each.Associations is ListValue { Items.IsEmpty: true }))
        : ListValue.Empty;

    private Value AccountOf(Association association)
    {
        var certain = new List<ServiceAccount>();
        var possible = new List<ServiceAccount>();
        foreach (var account in _accounts)
        {
            var answer = IsFor(association, account.Name, account.Namespace, account.Cluster);
            if (answer != Truth.No)
            {
                (answer == Truth.Yes && association.Guard.Implies(account.Guard) ? certain : possible).Add(account);
            }
        }

        return certain is [var only] ? Links.To(only)
            : certain.Count + possible.Count > 0 ? new UnknownValue(UnknownReason.Ambiguous, $"{certain.Count + possible.Count} service accounts may be meant, such as {certain.Concat(possible).First().Address.Path}", association.Place)
            : MadeElsewhere(association) is { } cause ? new UnknownValue([cause])
            : NullValue.Instance;
    }

    /// <summary>Why a service account may exist that nobody declares: every namespace has its default, and releases of charts make theirs.</summary>
    private Cause? MadeElsewhere(Association association)
    {
        if (association.ServiceAccountName is not TextValue { Known: not null and not "default" } || association.Namespace is not TextValue { Known: not null } space || association.Cluster is not FactValue)
        {
            return new Cause(UnknownReason.External, "the service account is not known", association.Place, null);
        }

        var release = world.Managed("helm_release").FirstOrDefault(each => (each.At("namespace") is not NullValue and var written ? written : new TextValue("default")).EqualTo(space) != Truth.No);
        var gap = world.Inventory.Gaps.FirstOrDefault(each => each.Inputs is null || each.Scope != association.Address.Scope);
        return release is not null ? new Cause(UnknownReason.OpenWorld, $"{release.Address.Path} may make the service account", release.Place, null)
            : gap is not null ? World.Because(gap)
            : null;
    }

    private static Truth IsFor(Association association, Value name, Value space, Value cluster) =>
        association.ServiceAccountName.EqualTo(name).And(association.Namespace.EqualTo(space)).And(SameCluster(association, cluster));

    private static Truth SameCluster(Association association, Value cluster) => association.Cluster is FactValue && cluster is FactValue ? association.Cluster.EqualTo(cluster) : Truth.Unknown;

    private static Truth IsSame(Association one, Association other) => one.Guard.MeetsWith(other.Guard)
        ? SameCluster(one, other).And(one.Namespace.EqualTo(other.Namespace)).And(one.ServiceAccountName.EqualTo(other.ServiceAccountName)).And(other.Guard.Implies(one.Guard) ? Truth.Yes : Truth.Unknown)
        : Truth.No;

    /// <summary>The same declared cluster; of one that is not declared the same name, where both stand together.</summary>
    private static Truth SameCluster(Association one, Association other) => one.Cluster is FactValue || other.Cluster is FactValue ? SameCluster(one, other.Cluster)
        : one.Address.Scope == other.Address.Scope ? NameOf(one).EqualTo(NameOf(other))
        : Truth.Unknown;

    private static Value NameOf(Association association) => association.Resource!.Field("cluster_name", "ClusterName");

    private static bool IsNearly(Association association, ServiceAccount account)
    {
        if (SameCluster(association, account.Cluster) != Truth.Yes
            || association is not { Namespace: TextValue { Known: { } space }, ServiceAccountName: TextValue { Known: { } name } }
            || account is not { Namespace: TextValue { Known: { } theirSpace }, Name: TextValue { Known: { } theirs } })
        {
            return false;
        }

        return name == theirs ? space != theirSpace : space == theirSpace && Spelling.Distance(name, theirs) <= Slip;
    }

    private static IEnumerable<Cause> Open(Fact fact, Value cluster) =>
        Cause.Of(cluster).DefaultIfEmpty(new Cause(UnknownReason.Ambiguous, $"{fact.Address.Path} may be for the same service account", fact.Place, null));
}
