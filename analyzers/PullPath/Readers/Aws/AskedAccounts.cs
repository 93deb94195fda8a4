using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Which declared service account a role asks for that none of them names: the one of that name on the cluster of the role. A repository may hold many clusters (environments, samples, lessons), each with a
/// cert-manager of its own.
/// </summary>
internal sealed class AskedAccounts(World world)
{
    private static readonly string[] Annotators = ["kubernetes_service_account", "kubernetes_annotations", "helm_release"];

    private readonly ILookup<string, ServiceAccount> _bySubject = world.Facts.All<ServiceAccount>(ServiceAccount.Fields)
        .Where(account => SignInReader.SubjectOf(account) is TextValue { Known: not null })
        .ToLookup(account => ((TextValue)SignInReader.SubjectOf(account)).Known!, StringComparer.Ordinal);

    private HashSet<Address>? _toldToCharts;
    private List<(Resource Resource, Value Into)>? _charts; // That GitOps brings, and to which namespace.

    /// <summary>The accounts, where the trust policy asks for one alone; open where it is not known whether they are meant, or whether something unseen annotates them.</summary>
    internal ListValue Of(Identity role)
    {
        if (TrustPolicies.Accounts(role.Trust).ToList() is not [TextValue { Known: { } only }] || !_bySubject.Contains(only))
        {
            return ListValue.Empty;
        }

        var names = ClusterNames.Of(world);
        var cluster = names.MentionedIn(role.Trust, role.Address.Scope).As<Cluster>();
        var certain = new List<ServiceAccount>();
        var open = new List<Cause>();
        foreach (var account in _bySubject[only])
        {
            var theirs = account.Cluster.As<Cluster>();
            if (cluster is null ? names.All.Count == 0 || theirs?.Address.Scope == role.Address.Scope : ReferenceEquals(theirs, cluster))
            {
                certain.Add(account);
            }
            else if (cluster is null || theirs is null)
            {
                open.AddRange(Cause.Of(account.Cluster).DefaultIfEmpty(new Cause(UnknownReason.Ambiguous, $"whether {role.Address.Path} is for the cluster of this service account", account.Place, null)));
            }
        }

        if (certain.Count > 0 && ToldToCharts().Contains(role.Address.Block))
        {
            open.Add(new Cause(UnknownReason.OpenWorld, $"a chart is told of {role.Address.Path}, and may annotate the service account", role.Place, null));
        }

        open.AddRange(certain.Count == 0 ? [] : BroughtBy(certain[0].Namespace));
        open.AddRange(AwsResources.Unseen(world, role.Resource!, role.Name, Annotators));
        return open.Count == 0 ? Links.To(certain) : Links.To([], open);
    }

    /// <summary>Charts that GitOps brings to a namespace: they may have a service account of the same name, with an annotation, in place of the one that is seen.</summary>
    private IEnumerable<Cause> BroughtBy(Value space) => (_charts ??= [.. KubernetesObject.Of(world).Select(static each => (each.Resource, Into: NamespaceOf(each)!)).Where(static each => each.Into is not null)])
        .Where(each => each.Into.EqualTo(space) != Truth.No)
        .Select(static each => new Cause(UnknownReason.OpenWorld, $"{each.Resource.Address.Path} brings a chart, which may annotate the service account", each.Resource.Place, null));

    private static Value? NamespaceOf(KubernetesObject each) => each.Type switch
    {
        ArgoApplication.Type when ArgoApplication.Sources(each.Body).Any(static source => Written.Find(source, "helm") is not NullValue || Written.Find(source, "chart") is not NullValue) =>
            Written.Find(each.Body, "spec.destination.namespace"),
        "helm.toolkit.fluxcd.io/HelmRelease" or "helm.cattle.io/HelmChart" => Written.Find(each.Body, "spec.targetNamespace") is not NullValue and var target ? target : each.Namespace,
        _ => null,
    };

    private HashSet<Address> ToldToCharts() => _toldToCharts ??=
        [.. world.Managed("helm_release").SelectMany(release => release.Body.Mentioned).Select(reference => reference.Target.Block)];
}
