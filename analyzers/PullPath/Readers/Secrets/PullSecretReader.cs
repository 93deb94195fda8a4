using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>Secrets for pulling images, the workloads that use them, and what keeps them fresh.</summary>
internal sealed class PullSecretReader : IReader
{
    /// <summary>What a script says that gets a token, or an image that is made for that.</summary>
    private static readonly string[] Refreshing =
    [
        "get-login-password", "get-authorization-token", "print-access-token", "expose-token", "create secret docker-registry", "registry-creds", "ecr-token-refresh", "ecr-secret-operator",
        "k8s-ecr-login-renew", "imagepullsecret-patcher", "ECRAuthorizationToken", "GCRAccessToken", "ACRAccessToken", "dockerconfigjson", "docker-registry",
    ];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world).Where(each => each.Type == "/Secret"))
        {
            if (SecretContent.TypeOf(Written.Find(each.Body, "type")) is not { } type)
            {
                continue;
            }

            var content = SecretContent.Of(each, type);
            world.Add(new PullSecret
            {
                Name = each.Name,
                Namespace = each.Namespace,
                Credentials = content.Credentials,
                Fault = content.Fault is null ? NullValue.Instance : new TextValue(content.Fault),
                Address = each.Resource.Address,
                Place = each.Resource.Place,
                Resource = each.Resource,
                Guard = each.Resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        var secrets = world.Facts.All<PullSecret>(PullSecret.Fields).ToList();
        if (secrets.Count == 0)
        {
            return;
        }

        var workloads = world.Workloads.ToList();
        var refresher = KubernetesObject.Of(world).FirstOrDefault(IsRefresher)?.Resource;
        var choice = ClusterChoice.Of(world);
        foreach (var secret in secrets)
        {
            secret.Cluster = choice.Of(secret.Resource!);
            var answers = workloads.ConvertAll(workload => Uses(workload, secret));
            secret.Workloads = Links.To(
                workloads.Where((_, at) => answers[at] == Truth.Yes),
                workloads.Where((_, at) => answers[at] == Truth.Unknown).SelectMany(workload => Cause.Of(workload.PullSecrets).Concat(Cause.Of(workload.Namespace))));
            List<Cause> unseen = refresher is not null
                ? [new Cause(UnknownReason.NotComputed, $"{refresher.Address.Path} may write new tokens into it", refresher.Place, null)]
                : [.. world.Inventory.Gaps.Where(gap => gap.Hides("kubernetes_cron_job")).Select(World.Because).Take(Cause.Limit)];
            secret.IsRefreshed = Answer.Of(unseen.Count > 0 ? Truth.Unknown : Truth.No, unseen);
        }
    }

    private static Truth Uses(Workload workload, PullSecret secret) => workload.PullSecrets is ListValue names
        ? Answer.Has(names, name => name.EqualTo(secret.Name)).And(workload.Namespace.EqualTo(secret.Namespace))
        : Truth.Unknown;

    /// <summary>Whether an object may write tokens into secrets: by what it runs, or because that is what its kind is for.</summary>
    private static bool IsRefresher(KubernetesObject each) => each.Type != "/Secret" && each.Type != "/ServiceAccount"
        && (Array.Exists(Refreshing, word => each.Kind == word) || each.Body.Deep().Any(value => value is TextValue text && Array.Exists(Refreshing, word => text.ToString().Contains(word, StringComparison.Ordinal))));
}
