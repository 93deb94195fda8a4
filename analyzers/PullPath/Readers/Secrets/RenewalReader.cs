using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>What renews tokens of registries: ExternalSecrets with a generator (external-secrets.io), CronJobs whose script gets a token and writes a secret.</summary>
internal sealed class RenewalReader : IReader
{
    private const string Group = "generators.external-secrets.io/";

    /// <summary>Generators, words of scripts that get a token, the registry it is for and how long it lives (3 hours, 12 hours, one).</summary>
    private static readonly (string Generator, string[] Commands, string Registry, long Seconds)[] Kinds =
    [
        ("ECRAuthorizationToken", ["get-login-password", "get-authorization-token"], "ecr", 12 * 3600),
        ("ACRAccessToken", ["--expose-token"], "acr", 3 * 3600),
        ("GCRAccessToken", ["print-access-token"], "gar", 3600),
    ];

    private static readonly string[] Writing = ["create secret docker-registry", "patch secret", "apply -f", "patch serviceaccount"];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (each.Type == "external-secrets.io/ExternalSecret")
            {
                ReadExternal(each, world);
            }
            else if (each is { Type: "batch/CronJob", IsTerraform: false })
            {
                ReadJob(each, world);
            }
        }
    }

    public void Join(World world)
    {
    }

    private static void ReadExternal(KubernetesObject each, World world)
    {
        foreach (var reference in Written.Blocks(Written.Find(each.Body, "spec"), "dataFrom").Values.Select(source => Written.Find(source, "sourceRef.generatorRef")))
        {
            var kind = Written.Find(reference, "kind") is TextValue { Known: "ClusterGenerator" } ? Wrapped(Written.Find(reference, "name"), world) : Written.Find(reference, "kind");
            var written = Written.Find(each.Body, "spec.refreshInterval");
            var policy = Written.Find(each.Body, "spec.refreshPolicy");
            if (kind is TextValue { Known: { } known } && Array.Find(Kinds, entry => entry.Generator == known) is { Generator: not null } found)
            {
                Add(each, found.Registry, found.Seconds, policy is NullValue or TextValue { Known: "Periodic" } ? written : policy, policy switch
                {
                    TextValue { Known: "CreatedOnce" or "OnChange" } => NullValue.Instance,
                    NullValue or TextValue { Known: "Periodic" } => Seconds(written),
                    _ => UnknownValue.From(DataType.Number, policy),
                }, world);
            }
        }
    }

    /// <summary>Every hour where nothing is written, and never again for 0.</summary>
    private static Value Seconds(Value interval) => interval switch
    {
        NullValue => NumberValue.Of(3600),
        TextValue { Known: { } text } when text is "0" || Durations.Seconds(text) == 0 => NullValue.Instance,
        TextValue { Known: { } text } when Durations.Seconds(text) is { } seconds => NumberValue.Of(seconds).With(interval.Trace),
        NumberValue { Number.Whole: 0 } => NullValue.Instance,
        _ => UnknownValue.From(DataType.Number, interval),
    };

    /// <summary>The kind of generator that a ClusterGenerator wraps.</summary>
    private static Value Wrapped(Value name, World world) => KubernetesObject.Of(world)
        .Where(each => each.Type == Group + "ClusterGenerator" && each.Name.EqualTo(name) == Truth.Yes).Select(each => Written.Find(each.Body, "spec.kind")).FirstOrDefault(NullValue.Instance);

    private static void ReadJob(KubernetesObject each, World world)
    {
        var texts = each.Body.Deep().OfType<TextValue>().Select(text => text.ToString()).ToList();
        if (!Array.Exists(Writing, word => texts.Exists(text => text.Contains(word, StringComparison.Ordinal))))
        {
            return;
        }

        foreach (var (_, commands, registry, seconds) in Kinds)
        {
            if (Array.Exists(commands, word => texts.Exists(text => text.Contains(word, StringComparison.Ordinal))))
            {
                var (schedule, suspend) = (Written.Find(each.Body, "spec.schedule"), Written.Find(each.Body, "spec.suspend"));
                var isSuspended = suspend is NullValue ? Truth.No : Answer.TruthOf(suspend);
                Add(each, registry, seconds, isSuspended == Truth.Yes ? suspend : schedule, isSuspended switch
                {
                    Truth.Yes => NullValue.Instance,
                    Truth.No when schedule is TextValue { Known: { } text } && Schedule.LongestGap(text) is { } gap => NumberValue.Of(gap).With(schedule.Trace),
                    _ => UnknownValue.From(DataType.Number, isSuspended == Truth.No ? schedule : suspend),
                }, world);
            }
        }
    }

    private static void Add(KubernetesObject each, string registry, long seconds, Value written, Value interval, World world) => world.Add(new TokenRenewal
    {
        Name = each.Name,
        RegistryKind = registry,
        TokenSeconds = seconds,
        IntervalValue = written,
        IntervalSeconds = interval,
        Address = each.Resource.Address,
        Place = each.Resource.Place,
        Resource = each.Resource,
        Guard = each.Resource.Guard,
    });
}
