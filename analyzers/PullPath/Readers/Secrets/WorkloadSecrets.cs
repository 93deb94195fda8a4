using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>What pods have of their pull secrets: which their service account refuses, which images lose their credentials to a list of the pod's own, and secrets that are for other registries.</summary>
internal sealed class WorkloadSecrets : IReader
{
    private const string Enforcing = "kubernetes.io/enforce-mountable-secrets";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var credentials = new Lazy<Credentials>(() => new Credentials(world));
        foreach (var workload in world.Facts.All<Workload>(Workload.Fields))
        {
            if (workload.OwnPullSecrets is ListValue { Items: not [] } own)
            {
                workload.RefusedPullSecrets = Refused(workload, own);
                workload.LostImages = Lost(workload, own, credentials);
            }

            if (workload is { PullSecrets: ListValue { Items: not [], IsOpen: false } names, Images: ListValue { IsOpen: false } images })
            {
                JudgeFit(workload, names, images, credentials.Value);
            }
        }
    }

    private static ListValue Refused(Workload workload, ListValue own)
    {
        if (workload.ServiceAccount.As<ServiceAccount>() is not { } account || Written.FindKey(account.Annotations, Enforcing) is not (var asked and not NullValue) || asked.EqualTo(new TextValue("true")) == Truth.No)
        {
            return ListValue.Empty;
        }

        var isEnforced = asked.EqualTo(new TextValue("true"));
        var answers = own.Items.Select(item => (Item: item, Answer: account.PullSecrets is ListValue allowed ? Answer.Has(allowed, name => name.EqualTo(item.Value)).Not().And(isEnforced) : Truth.Unknown)).ToList();
        return PodTemplate.Open(
            answers.Where(each => each.Answer == Truth.Yes).Select(each => each.Item),
            answers.Where(each => each.Answer == Truth.Unknown).SelectMany(each => Cause.Of(each.Item.Value).Concat(Cause.Of(account.PullSecrets)).Concat(Cause.Of(asked))));
    }

    /// <summary>Images whose registry only a secret of the service account is for. Admission gives a pod these secrets only if it lists none.</summary>
    private static ListValue Lost(Workload workload, ListValue own, Lazy<Credentials> credentials)
    {
        if (workload.ServiceAccount.As<ServiceAccount>()?.PullSecrets is not ListValue { Items: not [] } theirs)
        {
            return ListValue.Empty;
        }

        var left = theirs.Values.Where(name => !own.Values.Any(each => each.EqualTo(name) == Truth.Yes)).ToList();
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var image in left.Count == 0 ? [] : ImageTexts.Certain(workload.Images))
        {
            if (ImageName.Of(image).Host is not TextValue { Known: { } host })
            {
                continue;
            }

            var isLost = left.Select(name => credentials.Value.Covers(name, workload, host)).Any().And(credentials.Value.Covered(workload, host, _ => true).Not());
            if (isLost == Truth.Yes)
            {
                found.Add(new Item(image));
            }
            else if (isLost == Truth.Unknown)
            {
                open.Add(new Cause(UnknownReason.Missing, "what the secrets of the service account are for is not seen", left[0].Trace?.Source.Place ?? workload.Place, null));
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>Secrets are for nothing where each is seen whole and no image of the pods lies in a registry of theirs.</summary>
    private static void JudgeFit(Workload workload, ListValue names, ListValue images, Credentials credentials)
    {
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in images.Values)
        {
            if (ImageName.Of(image).Host is not TextValue { Known: { } host })
            {
                return;
            }

            hosts.Add(host);
        }

        var near = new List<Item>();
        var open = new List<Cause>();
        foreach (var name in names.Values)
        {
            if (credentials.ContentOf(name, workload) is not { } content)
            {
                return;
            }

            open.AddRange(content.OpenBecause ?? []);
            foreach (var each in content.Values)
            {
                if (Written.Find(each, "host") is not TextValue { Known: { } host } || host.Contains('*', StringComparison.Ordinal) || hosts.Contains(host))
                {
                    return;
                }

                if (hosts.Any(other => IsNear(host, other)))
                {
                    near.Add(new Item(new TextValue(host).With(name.Trace)));
                }
            }

            if (content is { Items: [], IsOpen: false })
            {
                return;
            }
        }

        (workload.UnfitPullSecrets, workload.NearHosts) = (open.Count > 0 ? PodTemplate.Open([], open) : new ListValue(names.Items), PodTemplate.Open(near, open));
    }

    /// <summary>Two hosts of one cloud's registries, or of one domain.</summary>
    private static bool IsNear(string one, string other)
    {
        var (kind, otherKind) = (RegistryHosts.Recognise(one)?.Kind, RegistryHosts.Recognise(other)?.Kind);
        return kind == otherKind && (kind is "ecr" or "acr" or "gar" or "gcr" || (kind == "other" && DomainOf(one) is { } domain && domain == DomainOf(other)));
    }

    private static string? DomainOf(string host)
    {
        var labels = host[..(host.IndexOf(':', StringComparison.Ordinal) is > 0 and var port ? port : host.Length)].Split('.');
        return labels.Length < 2 ? null : $"{labels[^2]}.{labels[^1]}";
    }
}
