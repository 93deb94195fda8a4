using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>Whether the service accounts that pods name are made by anything. A pod whose account is not there is refused; the one called default is in every namespace.</summary>
internal sealed class AccountDeclarations : IReader
{
    /// <summary>Accounts that OpenShift and its pipelines make in every namespace.</summary>
    private static readonly string[] OfPlatforms = ["builder", "deployer", "pipeline"];

    /// <summary>Groups whose objects make no service accounts: those of Kubernetes end with <c>.k8s.io</c>.</summary>
    private static readonly string[] WithoutAccounts =
    [
        ".k8s.io", "argoproj.io", ".toolkit.fluxcd.io", "monitoring.coreos.com", "cert-manager.io", "external-secrets.io", "bitnami.com", "kyverno.io", ".istio.io", ".cilium.io", "karpenter.sh", "karpenter.k8s.aws",
        "keda.sh", "metallb.io", "traefik.io", "traefik.containo.us", "projectcontour.io", "secrets-store.csi.x-k8s.io", "elbv2.k8s.aws", "vpcresources.k8s.aws", "kustomize.config.k8s.io",
    ];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var accounts = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => !account.IsGuessed).ToList();
        var names = accounts.Select(account => (account.Name as TextValue)?.Known).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var scopes = accounts.Select(account => account.Address.Scope).ToHashSet(StringComparer.Ordinal);
        var operated = KubernetesObject.Of(world).Where(IsOfOperator).ToLookup(each => each.Resource.Address.Scope, StringComparer.Ordinal);
        foreach (var workload in world.Workloads)
        {
            workload.AccountIsDeclared = Declared(workload, names, scopes, operated, world);
            workload.StaleReferences = FormerNames.In(world).StaleAccounts(workload);
        }
    }

    /// <summary>An operator makes what its objects need, accounts of their pods too.</summary>
    private static bool IsOfOperator(KubernetesObject each) => each.Type.Split('/') is [var group, _]
        && group.Contains('.', StringComparison.Ordinal) && !Array.Exists(WithoutAccounts, known => group.EndsWith(known, StringComparison.Ordinal));

    private static Value Declared(Workload workload, HashSet<string> names, HashSet<string> scopes, ILookup<string, KubernetesObject> operated, World world)
    {
        switch (workload)
        {
            case { ServiceAccount: FactValue } or { ServiceAccountName: TextValue { Known: "default" } or NullValue }:

            // Which of several it is does not matter here.
            case { ServiceAccount: UnknownValue { Causes: [{ Reason: UnknownReason.Ambiguous }, ..] }, ServiceAccountName: TextValue { Known: { } several } } when names.Contains(several):
                return BoolValue.True;
            case { ServiceAccount: not NullValue } or { ServiceAccountName: not TextValue { Known: not null } }:
                return Answer.Of(Truth.Unknown, Cause.Of(workload.ServiceAccount).Concat(Cause.Of(workload.ServiceAccountName)));
            case { Resource.IsOfWholeSet: false }:
                return Answer.Of(Truth.Unknown, new Cause(UnknownReason.OpenWorld, "what else is applied with it is not known", workload.Place, null));
            case { Resource.Address.Scope: var scope } when !scopes.Contains(scope):
                return Answer.Of(Truth.Unknown, new Cause(UnknownReason.OpenWorld, "nothing that is applied with it makes service accounts: they come from elsewhere", workload.Place, null));
        }

        if (operated[workload.Resource!.Address.Scope].FirstOrDefault(each => workload.Namespace.EqualTo(each.Namespace) != Truth.No) is { } custom)
        {
            return Answer.Of(Truth.Unknown, new Cause(UnknownReason.OpenWorld, $"the operator of {custom.Resource.Address.Path} may make it", custom.Resource.Place, null));
        }

        var name = ((TextValue)workload.ServiceAccountName).Known!;
        if (name.Any(unit => char.IsAsciiLetterUpper(unit) || unit == '_'))
        {
            return Answer.Of(Truth.Unknown, new Cause(UnknownReason.Placeholder, $"no object can be called {name}: another name takes its place", workload.Place, null));
        }

        if (Array.IndexOf(OfPlatforms, name) >= 0)
        {
            return Answer.Of(Truth.Unknown, new Cause(UnknownReason.External, $"OpenShift makes {name} in every namespace", workload.Place, null));
        }

        return Mentions.In(world).Of(name, withCharts: true) is { } mention ? Answer.Of(Truth.Unknown, mention) : BoolValue.False;
    }
}
