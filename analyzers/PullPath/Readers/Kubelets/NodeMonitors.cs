using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Kubelets;

/// <summary>
/// What DaemonSets of the node problem detector (github.com/kubernetes/node-problem-detector) watch of clock and metadata service: it runs only the monitors whose files its arguments name, wherever else they lie. The script that it
/// brings for the clock asks systemd for ntp.service; hosts with chrony or timesyncd have no such unit, and its own image has no systemctl to ask with.
/// </summary>
internal sealed class NodeMonitors : IReader
{
    private const string Detector = "node-problem-detector";
    private const string OwnScript = "check_ntp.sh";
    private const string OwnFolder = "/config";
    private const string OwnMonitor = "/config/custom-plugin-monitor.json";

    private static readonly string[] OfClock = ["ntp", "chrony", "timesync", "clock"];
    private static readonly string[] OfMetadata = ["imds", "169.254.169.254", "metadata-serv", "metadata_serv", "metadataserv", "instance-metadata", "instance_metadata", "ec2-metadata", "ec2_metadata"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var detectors = world.Workloads.Where(each => !each.IsGuessed && each.Resource is { Language: Facts.Resources.Language.Kubernetes }
            && each.Images.Deep().OfType<TextValue>().Any(image => image.ToString().Contains("/" + Detector, StringComparison.Ordinal))).Select(each => new Mounted(each, world)).ToList();
        foreach (var detector in detectors)
        {
            var unloaded = detector.Monitors.Where(each => !(each.IsMounted && detector.Names(each.Path)) && Watched(each.Content) is not null).ToList();
            detector.Workload.UnloadedMonitors = PodTemplate.Open(
                unloaded.Where(each => detectors.TrueForAll(other => !other.MayLoad(each))).Select(each => new Item(new TextValue(
                    $"{each.Key} of the ConfigMap {each.Map}, which watches the {Watched(each.Content)}").With(detector.Place))),
                unloaded.Exists(each => detectors.Exists(other => other.IsOpen && other.MayLoad(each)))
                    ? [new Cause(UnknownReason.NotComputed, $"which files {detector.Workload.Address.Path} loads is not all seen", detector.Workload.Place, null)]
                    : []);
            detector.Workload.BlindMonitors = new ListValue([.. detector.Blind().Select(each => new Item(each))]);
        }

        foreach (var release in ChartRelease.Of(world).Where(each => each.Chart == Detector))
        {
            if (world.FactOf<Workload>(release.Resource) is { } workload)
            {
                (workload.UnloadedMonitors, workload.BlindMonitors) = (UnloadedBy(release), BlindBy(release));
            }
        }
    }

    /// <summary>Monitors that a release of the chart defines and does not list among those to load.</summary>
    private static ListValue UnloadedBy(ChartRelease release)
    {
        var loaded = Written.Blocks(MapValue.Of(("monitors", release.At("settings.custom_plugin_monitors"))), "monitors");
        var watching = (release.At("settings.custom_monitor_definitions") as MapValue)?.Entries.Where(entry => entry.Value is TextValue text && Watched(YamlText.Decode(text, text.Trace?.Made.Place)) is not null).ToList() ?? [];
        var missing = watching.FindAll(entry => !loaded.Values.Any(each => each is not TextValue { Known: { } path } || path.EndsWith("/" + entry.Key, StringComparison.Ordinal)));
        IReadOnlyList<Cause> unseen = missing.Count == 0 ? [] : [.. release.Unseen, .. loaded.OpenBecause ?? []];
        return PodTemplate.Open(
            unseen.Count > 0 ? [] : missing.Select(entry => new Item(new TextValue($"{entry.Key} of its values, which watches the {Watched(YamlText.Decode((TextValue)entry.Value, null))}").With(entry.Value.Trace))), unseen);
    }

    private static ListValue BlindBy(ChartRelease release)
    {
        var loaded = Written.Blocks(MapValue.Of(("monitors", release.At("settings.custom_plugin_monitors"))), "monitors");
        return PodTemplate.Open(loaded.Items.Where(each => each.Value is TextValue { Known: OwnMonitor }), loaded.OpenBecause ?? []);
    }

    /// <summary>What a monitor watches that pulls need: the clock, or the metadata service; null for neither.</summary>
    private static string? Watched(Value monitor)
    {
        if (Written.Find(monitor, "plugin") is not TextValue { Known: "custom" })
        {
            return null;
        }

        Value[] telling = [Written.Find(monitor, "source"), .. Written.Blocks(monitor, "conditions").Values.Select(each => Written.Find(each, "type")), .. RulesOf(monitor).SelectMany(each => (Value[])[Written.Find(each, "path"), .. Written.Blocks(each, "args").Values])];
        return Has(OfClock) ? "clock" : Has(OfMetadata) ? "metadata service" : null;

        bool Has(string[] words) => telling.OfType<TextValue>().Any(text => Array.Exists(words, word => BeginsIn(text.ToString(), word)));
    }

    /// <summary>True for a text in which a word begins so: "check_ntp.sh" and "NTPProblem", not "mountproblem".</summary>
    private static bool BeginsIn(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetter(text[at - 1]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Value> RulesOf(Value monitor) => Written.Blocks(monitor, "rules").Values;

    /// <summary>A file of a ConfigMap that a detector mounts.</summary>
    /// <param name="Set">The set with which the ConfigMap is applied.</param>
    /// <param name="Map">Name of the ConfigMap.</param>
    /// <param name="Key">Its key there.</param>
    /// <param name="Path">Its name in the volume.</param>
    /// <param name="IsMounted">False where the volume picks other keys.</param>
    /// <param name="Content">Its text, decoded; null for none.</param>
    /// <param name="Text">Its text.</param>
    private sealed record File(string Set, string Map, string Key, string Path, bool IsMounted, Value Content, TextValue Text);

    /// <summary>A detector, with what it is told and what it mounts.</summary>
    private sealed class Mounted
    {
        private readonly List<Value> _words = [];
        private readonly bool _hidesFolder;

        internal Mounted(Workload workload, World world)
        {
            Workload = workload;
            var spec = Written.Find(workload.Resource!.Body, "spec.template.spec");
            foreach (var container in Written.Blocks(spec, "containers").Values)
            {
                var (command, arguments) = (Written.Find(container, "command"), Written.Find(container, "args"));
                IsOpen |= new[] { command, arguments }.Any(each => each is not (NullValue or ListValue { IsOpen: false }));
                _words.AddRange([.. Written.Blocks(container, "command").Values, .. Written.Blocks(container, "args").Values]);
                _hidesFolder |= Written.Blocks(container, "volumeMounts").Values.Any(each => Written.Find(each, "mountPath") is TextValue { Known: { } path } && path.TrimEnd('/') == OwnFolder);
            }

            // A shell may put names together.
            IsOpen |= _words.Exists(each => each is not TextValue { Known: { } known } || known.AsSpan().ContainsAny('*', '$', '`'));
            Place = (_words.FindLast(each => each.ToString()!.Contains("--config.", StringComparison.Ordinal)) ?? _words.LastOrDefault() ?? (workload.Images as ListValue)?.Values.FirstOrDefault())?.Trace;
            Monitors = [.. Written.Blocks(spec, "volumes").Values.SelectMany(volume => FilesOf(volume, world))];
        }

        internal Workload Workload { get; }

        internal Trace? Place { get; }

        /// <summary>Whether what it is told is not all seen.</summary>
        internal bool IsOpen { get; }

        internal List<File> Monitors { get; }

        /// <summary>Whether its words name a file.</summary>
        internal bool Names(string path) => _words.Exists(each => each.ToString()!.Contains(path, StringComparison.Ordinal));

        /// <summary>False where it certainly does not load a file of a ConfigMap.</summary>
        internal bool MayLoad(File file) => Monitors.Exists(each => each.Set == file.Set && each.Map == file.Map && each.Key == file.Key && each.IsMounted && (IsOpen || Names(each.Path)));

        /// <summary>Monitors that it certainly loads and that ask by the script of its own image.</summary>
        internal IEnumerable<Value> Blind()
        {
            if (Monitors.Exists(each => each.Key == OwnScript && !each.Text.ToString().Contains("ntp.service", StringComparison.Ordinal)))
            {
                yield break;
            }

            foreach (var word in _words.Where(each => !_hidesFolder && each.ToString()!.Contains(OwnMonitor, StringComparison.Ordinal)))
            {
                yield return new TextValue(OwnMonitor).With(word.Trace);
            }

            foreach (var monitor in Monitors.Where(each => each.IsMounted && Names(each.Path)))
            {
                if (RulesOf(monitor.Content).Select(each => Written.Find(each, "path")).FirstOrDefault(each => each is TextValue { Known: { } path } && path.EndsWith("/" + OwnScript, StringComparison.Ordinal)) is { } script)
                {
                    yield return new TextValue($"{monitor.Key} of the ConfigMap {monitor.Map}").With(monitor.Text.Trace);
                }
            }
        }

        private IEnumerable<File> FilesOf(Value volume, World world)
        {
            var name = Written.Find(volume, "configMap.name");
            if (name is not TextValue { Known: { } known })
            {
                yield break;
            }

            var picked = Written.Blocks(Written.Find(volume, "configMap"), "items");
            foreach (var map in KubernetesObject.Of(world).Where(each => each is { Type: "/ConfigMap", IsTerraform: false } && each.Roots == KubernetesObject.RootsOf(Workload.Resource!) && each.Name.EqualTo(name) == Truth.Yes))
            {
                foreach (var entry in (Written.Find(map.Body, "data") as MapValue)?.Entries ?? [])
                {
                    if (entry.Value is TextValue text && !picked.IsOpen)
                    {
                        var item = picked.Values.FirstOrDefault(each => Written.Find(each, "key") is TextValue { Known: { } key } && key == entry.Key);
                        var path = item is null ? entry.Key : (Written.Find(item, "path") as TextValue)?.Known ?? entry.Key;
                        var isMounted = picked.Items.IsEmpty || item is not null;
                        yield return new File(map.Roots, known, entry.Key, path, isMounted, entry.Key.EndsWith(".json", StringComparison.Ordinal) ? YamlText.Decode(text, text.Trace?.Made.Place) : NullValue.Instance, text);
                    }
                }
            }
        }
    }
}
