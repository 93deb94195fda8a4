using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>What objects of a kustomization were called before it gave them another name or namespace.</summary>
internal sealed class FormerNames
{
    private const string Account = "/ServiceAccount";

    private readonly ILookup<string, KubernetesObject> _byName;
    private readonly HashSet<string> _sets;

    private FormerNames(World world)
    {
        var renamed = KubernetesObject.Of(world).Where(each => NameOf(each.Resource) is { } name && each.Name.EqualTo(new TextValue(name)) == Truth.No).ToList();
        _byName = renamed.ToLookup(each => $"{each.Roots}/{NameOf(each.Resource)}", StringComparer.Ordinal);
        _sets = renamed.Where(each => each.Type == Account).Select(each => each.Roots).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of a repository.</summary>
    internal static FormerNames In(World world) => world.Shared(static world => new FormerNames(world));

    /// <summary>The name before; null where a kustomization changed neither name nor namespace.</summary>
    internal static string? NameOf(Resource resource) => (resource.Meta?["former_name"] as TextValue)?.Known;

    /// <summary>The namespace before; null where none was written.</summary>
    internal static string? NamespaceOf(Resource resource) => (resource.Meta?["former_namespace"] as TextValue)?.Known;

    /// <summary>What pods call by the name that a service account of their set had before; open where that is not known.</summary>
    internal ListValue StaleAccounts(Workload workload)
    {
        var had = Had(workload.ServiceAccountName, workload.Resource!).Where(each => each.Type == Account && workload.Namespace.EqualTo(each.Namespace) == Truth.Yes).ToList();
        return workload.AccountIsDeclared switch
        {
            BoolValue { Value: false } when had is [var account, ..] => ListValue.Of([new TextValue($"service account {workload.ServiceAccountName}, which is {account.Name} now").With(workload.ServiceAccountName.Trace)]),
            UnknownValue unknown when had.Count > 0 || (workload.ServiceAccountName is not TextValue { Known: not null } && _sets.Contains(KubernetesObject.RootsOf(workload.Resource!))) => PodTemplate.Open([], unknown.Causes),
            _ => ListValue.Empty,
        };
    }

    /// <summary>The objects that had a name in the set of a resource.</summary>
    internal IEnumerable<KubernetesObject> Had(Value name, Resource beside) => name is TextValue { Known: { } known } ? _byName[$"{KubernetesObject.RootsOf(beside)}/{known}"] : [];
}
