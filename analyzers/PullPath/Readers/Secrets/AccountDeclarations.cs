using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>Whether the service accounts that pods name are made by anything. A pod whose account is not there is refused; the one called default is in every namespace.</summary>
internal sealed class AccountDeclarations : IReader
{
    /// <summary>Accounts that OpenShift and its pipelines make in every namespace.</summary>
    private static readonly string[] OfPlatforms = ["builder", "deployer", "pipeline"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var names = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => !account.IsGuessed).Select(account => (account.Name as TextValue)?.Known).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var workload in world.Workloads)
        {
            workload.AccountIsDeclared = Declared(workload, names, world);
            workload.StaleReferences = FormerNames.In(world).StaleAccounts(workload);
        }
    }

    private static Value Declared(Workload workload, HashSet<string> names, World world)
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
