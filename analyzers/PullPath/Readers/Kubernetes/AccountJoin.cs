using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Links workloads with the service accounts of their pods.</summary>
internal sealed class AccountJoin(World world)
{
    private const string DefaultName = "default";

    private readonly List<ServiceAccount> _accounts = [.. world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => !account.IsOfRelease)];

    /// <summary>Links everything.</summary>
    internal void Join()
    {
        var byName = _accounts.ToLookup(account => (account.Name as TextValue)?.Known);
        var workloads = world.Workloads.ToList();
        world.Each(workloads, workload =>
        {
            var known = (workload.ServiceAccountName as TextValue)?.Known;
            var candidates = known is null ? _accounts : byName[known].Concat(byName[null]);
            workload.ServiceAccount = AccountOf(workload, candidates);
            workload.PullSecrets = SecretsOf(workload);
        });

        var users = workloads.ToLookup(workload => workload.ServiceAccount.As<ServiceAccount>());
        var doubtful = workloads.FindAll(workload => workload.ServiceAccount is UnknownValue);
        world.Each(_accounts, account => account.Workloads = WorkloadsOf(account, users[account], doubtful));
    }

    private Value AccountOf(Workload workload, IEnumerable<ServiceAccount> candidates)
    {
        var certain = new List<ServiceAccount>();
        var possible = new List<ServiceAccount>();
        foreach (var account in candidates)
        {
            var answer = workload.ServiceAccountName.EqualTo(account.Name)
                .And(workload.Namespace.EqualTo(account.Namespace))
                .And(Together(workload.Resource!, workload.Cluster, account.Resource!, account.Cluster));
            if (answer != Truth.No && workload.Guard.MeetsWith(account.Guard))
            {
                (answer == Truth.Yes && workload.Guard.Implies(account.Guard) ? certain : possible).Add(account);
            }
        }

        // Another world on the same cluster (the overlay of another stage, say) may have an account of this name too; what is applied together belongs together.
        if (certain.FindAll(account => KubernetesObject.RootsOf(account.Resource!) == KubernetesObject.RootsOf(workload.Resource!)) is [var own])
        {
            return Links.To(own);
        }

        if (certain is [var only])
        {
            return Links.To(only);
        }

        if (certain.Count + possible.Count > 0)
        {
            var first = certain.Concat(possible).First();
            return new UnknownValue(UnknownReason.Ambiguous, $"{certain.Count + possible.Count} service accounts may be meant, such as {first.Address.Path}", first.Place);
        }

        var gap = workload.ServiceAccountName is TextValue { Known: DefaultName } ? null : GapOf(workload.Resource!);
        return workload.ServiceAccountName is TextValue { Known: not null } && gap is null
            ? NullValue.Instance
            : gap is null ? Links.Undeclared(workload.ServiceAccountName, "service account") : new UnknownValue(UnknownReason.OpenWorld, $"the service account may be declared where it is not seen: {gap.Reason}", gap.Place);
    }

    /// <summary>Whether two objects are on one cluster: applied together, or each known to go there.</summary>
    internal static Truth Together(Resource one, Value oneCluster, Resource other, Value otherCluster) =>
        KubernetesObject.RootsOf(one) == KubernetesObject.RootsOf(other) && one.Language == other.Language ? Truth.Yes
        : oneCluster is FactValue && otherCluster is FactValue ? oneCluster.EqualTo(otherCluster)
        : Truth.Unknown;

    private Gap? GapOf(Resource resource) =>
        world.Inventory.GapsOf(resource.Address.Scope).FirstOrDefault(gap => gap.Hides("kubernetes_service_account") && (gap.Inputs is null || gap.Mentions(resource.Address) != Truth.No));

    /// <summary>A pod that lists pull secrets of its own does not get those of its service account.</summary>
    private static Value SecretsOf(Workload workload)
    {
        if (workload.PullSecrets is not ListValue { Items: [], IsOpen: false } own)
        {
            return workload.PullSecrets;
        }

        return workload.ServiceAccount switch
        {
            FactValue { Fact: ServiceAccount account } => account.PullSecrets,
            NullValue => PodTemplate.Open([], [new Cause(UnknownReason.OpenWorld, "the service account of its pods is not declared; it could have pull secrets", workload.Place, null)]),
            UnknownValue unknown => PodTemplate.Open([], unknown.Causes),
            _ => own,
        };
    }

    private static ListValue WorkloadsOf(ServiceAccount account, IEnumerable<Workload> users, List<Workload> doubtful)
    {
        var open = doubtful.Where(workload => workload.ServiceAccountName.EqualTo(account.Name).And(workload.Namespace.EqualTo(account.Namespace)) != Truth.No);
        return Links.To(users, open.SelectMany(workload => Cause.Of(workload.ServiceAccount)));
    }
}
