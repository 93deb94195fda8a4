using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Links workloads with the service accounts of their pods, and service accounts with identities of clouds.</summary>
internal sealed class AccountJoin(World world)
{
    private const string DefaultName = "default";

    private readonly List<ServiceAccount> _accounts = [.. world.Facts.All<ServiceAccount>(ServiceAccount.Fields)];

    /// <summary>Links everything.</summary>
    internal void Join()
    {
        var byName = _accounts.ToLookup(account => (account.Name as TextValue)?.Known);
        var workloads = world.Facts.All<Workload>(Workload.Fields).ToList();
        foreach (var workload in workloads)
        {
            var known = (workload.ServiceAccountName as TextValue)?.Known;
            var candidates = known is null ? _accounts : byName[known].Concat(byName[null]);
            workload.ServiceAccount = AccountOf(workload, candidates);
            workload.PullSecrets = SecretsOf(workload);
        }

        foreach (var account in _accounts)
        {
            account.Workloads = WorkloadsOf(account, workloads);
            account.Identity = IdentityOf(account);
        }
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
            : gap is null ? UnknownValue.From(null, workload.ServiceAccountName) : new UnknownValue(UnknownReason.OpenWorld, $"the service account may be declared where it is not seen: {gap.Reason}", gap.Place);
    }

    /// <summary>Whether two objects are on one cluster: applied together, or each known to go there.</summary>
    private static Truth Together(Resource one, Value oneCluster, Resource other, Value otherCluster) =>
        KubernetesObject.RootsOf(one) == KubernetesObject.RootsOf(other) && one.Language == other.Language ? Truth.Yes
        : oneCluster is FactValue && otherCluster is FactValue ? oneCluster.EqualTo(otherCluster)
        : SetsOf(one).Intersect(SetsOf(other), StringComparer.Ordinal).Any() ? Truth.Yes
        : Truth.Unknown;

    private static IEnumerable<string> SetsOf(Resource resource) =>
        (resource.Meta?["sets"] as ListValue)?.Values.OfType<TextValue>().Select(folder => folder.Known!) ?? [];

    private Gap? GapOf(Resource resource)
    {
        var sets = SetsOf(resource).Append(resource.Address.Scope).ToHashSet(StringComparer.Ordinal);
        return world.Inventory.Gaps.FirstOrDefault(gap => sets.Contains(gap.Scope) && (gap.Inputs is null || gap.Mentions(resource.Address) != Truth.No));
    }

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

    private static ListValue WorkloadsOf(ServiceAccount account, List<Workload> workloads)
    {
        var open = workloads.Where(workload => workload.ServiceAccount is UnknownValue
            && workload.ServiceAccountName.EqualTo(account.Name).And(workload.Namespace.EqualTo(account.Namespace)) != Truth.No);
        return Links.To(
            workloads.Where(workload => ReferenceEquals(workload.ServiceAccount.As<ServiceAccount>(), account)),
            open.SelectMany(workload => Cause.Of(workload.ServiceAccount)));
    }

    /// <summary>The identity an annotation names: by reference, or by its name in the written text.</summary>
    private Value IdentityOf(ServiceAccount account)
    {
        var value = account.IdentityValue;
        if (value is NullValue)
        {
            return value;
        }

        foreach (var each in value.Deep())
        {
            if (world.FactsOf<Identity>(each).FirstOrDefault() is { } found)
            {
                return Links.To(found);
            }
        }

        var name = value is TextValue { Known: { } text } ? NameIn(text) : null;
        var named = name is null ? [] : world.Facts.All<Identity>(Identity.Fields).Where(identity => identity.Name is TextValue { Known: { } known } && (known == name || known == ((TextValue)value).Known)).ToList();
        return named is [var only]
            ? Links.To(only)
            : named is [] && value is TextValue { Known: not null }
                ? new UnknownValue(UnknownReason.External, "the identity is not declared here", value.Trace?.Source.Place)
                : named is [] ? UnknownValue.From(null, value) : new UnknownValue(UnknownReason.Ambiguous, $"{named.Count} identities have this name", value.Trace?.Source.Place);
    }

    /// <summary>The last part of a role ARN, the account in an e-mail address.</summary>
    private static string? NameIn(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal) ? text[(text.LastIndexOf('/') + 1)..]
        : text.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? text[..at]
        : null;
}
