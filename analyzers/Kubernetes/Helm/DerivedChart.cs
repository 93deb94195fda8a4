using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Helm;

namespace Analyzer.Kubernetes.Helm;

/// <summary>
/// What a chart that is not rendered says of its pods in its values, and in lines of its templates that have no actions. It is derived: its templates may make something else of it, and whoever
/// installs it may give it other values.
/// </summary>
internal static class DerivedChart
{
    private const string Kind = "Chart";

    private static readonly Cause Unseen = new(UnknownReason.NotComputed, "a chart is not rendered", null, null);

    /// <summary>The chart as a resource of a type of its own: its images with their policies, pull secrets and mounted paths of nodes; null for one that says nothing of them.</summary>
    internal static Resource? Of(ChartFolder chart, IReadOnlyList<ChartValues> values, IEnumerable<SourceFile> templates)
    {
        var literals = templates.Select(TemplateLiterals.Of).OfType<TemplateLiterals>().ToList();
        var images = Distinct(values.SelectMany(each => each.Images), image => image.Image, image => image.Policy).ToList();
        var secrets = Distinct(values.SelectMany(each => each.PullSecrets), secret => secret, secret => secret);
        var paths = literals.SelectMany(each => each.HostPaths()).ToList();
        var body = MapValue.Of(
            ("images", Open(Containers([.. images, .. literals.SelectMany(each => each.NeverPulled()).Where(each => !each.Policy.IsConditional).Select(each => Unpulled(each, images))]), [])),
            ("pull_secrets", Open(secrets, [])),
            ("host_paths", Open(
                paths.Where(path => !path.IsConditional).Select(Written),
                paths.Where(path => path.IsConditional).Select(path => new Cause(UnknownReason.Condition, $"whether {path.Text} is mounted depends on values", path.Place, null)))));
        var name = chart.Name ?? chart.File.Folder;
        return body.Entries.All(entry => entry.Value is ListValue { Items: [], OpenBecause.Length: 1 }) ? null : new Resource
        {
            Address = new Address(chart.File.Folder, $"{Kind}/{name}"),
            Type = "helm/" + Kind,
            Name = name,
            Language = Language.Kubernetes,
            Body = body,
            Place = chart.Place,
            Whole = chart.File.Whole,
            Module = chart.File.Folder,
            Meta = Mark,
        };
    }

    /// <summary>What marks resources that values of charts describe.</summary>
    internal static MapValue Mark { get; } = MapValue.Of(("is_unrendered", BoolValue.True), ("is_derived", BoolValue.True));

    /// <summary>Service accounts that values describe. One without a name has that of the release, and is of interest for its annotations alone.</summary>
    internal static Manifest? Accounts(IEnumerable<ChartValues> values)
    {
        var accounts = Distinct(values.SelectMany(each => each.Accounts), account => account.Annotations, account => account.Name)
            .Where(account => account.Name is TextValue || !account.Annotations.Entries.IsEmpty)
            .Select((account, at) => new ManifestObject(BodyOf(account), "v1", "ServiceAccount", account.Place.Outermost.File, at)).ToList();
        return accounts.Count == 0 ? null : new Manifest(accounts, null, null, MayHavePlaceholders: false);
    }

    private static MapValue BodyOf(ChartAccount account)
    {
        var metadata = MapValue.Of(("name", account.Name), ("annotations", account.Annotations), ("labels", new MapValue([]) { OpenBecause = [Unseen] }));
        var entries = MapValue.Of(("apiVersion", new TextValue("v1")), ("kind", new TextValue("ServiceAccount").WrittenAt(account.Place)), ("metadata", metadata)).Entries;
        return (MapValue)new MapValue(entries) { Place = account.Place, OpenBecause = [Unseen] }.WrittenAt(account.Place);
    }

    private static IEnumerable<Value> Containers(IEnumerable<ChartImage> images) => images.Select(image => MapValue.Of(("image", image.Image), ("policy", image.Policy)));

    /// <summary>A container that never pulls: an image that actions make is that of the values, where these have one alone.</summary>
    private static ChartImage Unpulled(TemplateLiterals.Unpulled container, List<ChartImage> images) => new(
        container.Image is { } image ? Written(image) : images is [var only] ? only.Image : new UnknownValue([Unseen], DataType.Text),
        Written(container.Policy));

    private static Value Written(TemplateLiterals.Literal literal) => new TextValue(literal.Text).WrittenAt(literal.Place);

    /// <summary>A list that says of itself that there may be more.</summary>
    private static ListValue Open(IEnumerable<Value> values, IEnumerable<Cause> more) => new([.. values.Select(value => new Item(value))]) { OpenBecause = [Unseen, .. more] };

    /// <summary>What several files of values share counts once: it is told by its place and by what it comes to.</summary>
    private static IEnumerable<T> Distinct<T>(IEnumerable<T> all, Func<T, Value> written, Func<T, Value> beside) => all.DistinctBy(each =>
    {
        var value = written(each);
        var place = value.Trace?.Source.Place.Outermost;
        return (place?.File.Path, place?.Start, (value as TextValue)?.ToString(), (beside(each) as TextValue)?.ToString());
    });
}
