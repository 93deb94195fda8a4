using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Helm;

/// <summary>An image that values of a chart put together.</summary>
/// <param name="Image">Its name, with holes where nobody knows what the template writes; its place is that of the repository.</param>
/// <param name="Policy">When it is pulled; unknown where the template says it.</param>
public sealed record ChartImage(Value Image, Value Policy);

/// <summary>A service account that values of a chart describe.</summary>
/// <param name="Name">Its name; unknown where it is that of the release.</param>
/// <param name="Annotations">Its annotations; open, for the template may add some.</param>
/// <param name="Place">The values that describe it.</param>
public sealed record ChartAccount(Value Name, MapValue Annotations, Span Place);

/// <summary>
/// What values of a chart say of its pods, by the conventions of charts and without their templates: <c>image</c> with registry, repository, tag and digest, or as one text; <c>serviceAccount</c>;
/// <c>imagePullSecrets</c>. It is derived and not proven: a template may do anything with its values. What is switched off is left out.
/// </summary>
public sealed class ChartValues
{
    private const int Depth = 32;

    /// <summary>Values that are looked at; aliases may make more of a few lines than anybody writes.</summary>
    private const int Limit = 100_000;

    private const string Image = "image";
    private const string Registry = "registry";

    /// <summary>Switches of a part of a chart.</summary>
    private static readonly string[] Switches = ["enabled", "create", "install", "deploy"];

    /// <summary>Beside an image that is one text they say that it is none, or not the whole of it.</summary>
    private static readonly string[] PartsBeside = [Registry, "repository", "imageRegistry", "imageRepository", "imageRepo", "imageName"];

    private static readonly string[] TagsBeside = ["tag", "imageTag", "version", "imageVersion"];

    private readonly Value _appVersion;
    private readonly IReadOnlySet<string> _others;
    private readonly Value _registryOfAll;
    private readonly Value _fullName;
    private readonly List<ChartImage> _images = [];
    private readonly List<Value> _secrets = [];
    private readonly List<ChartAccount> _accounts = [];
    private int _seen;

    private ChartValues(MapValue values, Value appVersion, IReadOnlySet<string> others)
    {
        (_appVersion, _others) = (appVersion, others);
        var forAll = values["global"] as MapValue;
        _registryOfAll = Written(forAll?["imageRegistry"]) ?? Written((forAll?[Image] as MapValue)?[Registry]) ?? NullValue.Instance;
        _fullName = Written(values["fullnameOverride"]) ?? new UnknownValue(UnknownReason.NoValue, "the name is that of the release", values.Place, type: DataType.Text);
        Walk(values, 0);
    }

    /// <summary>Images, each as often as it is written.</summary>
    public IReadOnlyList<ChartImage> Images => _images;

    /// <summary>Names of pull secrets.</summary>
    public IReadOnlyList<Value> PullSecrets => _secrets;

    /// <summary>Service accounts that it makes.</summary>
    public IReadOnlyList<ChartAccount> Accounts => _accounts;

    /// <summary>Reads the values of a chart.</summary>
    /// <param name="values">The values, all files merged.</param>
    /// <param name="appVersion">The version that is the tag where none is written; unknown or null for none.</param>
    /// <param name="others">Keys that belong to charts it depends on.</param>
    public static ChartValues Of(MapValue values, Value appVersion, IReadOnlySet<string> others) => new(values, appVersion, others);

    /// <summary>Values with others laid over them, as Helm does: maps key by key, everything else as a whole; null takes a key away.</summary>
    public static MapValue Overlay(MapValue below, MapValue above)
    {
        if (above.Entries.IsEmpty && !above.IsOpen)
        {
            return below;
        }

        var entries = below.Entries.ToList();
        foreach (var entry in above.Entries)
        {
            var at = entries.FindIndex(each => each.Key == entry.Key);
            if (at < 0)
            {
                entries.Add(entry);
            }
            else if (entry.Value is NullValue)
            {
                entries.RemoveAt(at);
            }
            else
            {
                entries[at] = entries[at].Value is MapValue inner && entry.Value is MapValue over ? entry with { Value = Overlay(inner, over) } : entry;
            }
        }

        return (MapValue)new MapValue([.. entries]) { Place = above.Place, OpenBecause = below.OpenBecause ?? above.OpenBecause }.With(above.Trace);
    }

    /// <summary>Whether a part of a chart is switched off.</summary>
    public static bool IsOff(MapValue part) => Array.Exists(Switches, name => part[name] is BoolValue { Value: false } or TextValue { Known: "false" });

    private void Walk(MapValue map, int depth)
    {
        foreach (var (key, value) in map.Entries.Where(entry => depth > 0 || !_others.Contains(entry.Key)).Select(entry => (entry.Key, entry.Value)))
        {
            switch (key)
            {
                case Image when value is TextValue text:
                    TakeText(text, map);
                    break;
                case Image when value is MapValue { } parts && Written(parts["repository"]) is { } repository:
                    if (!IsOff(parts))
                    {
                        TakeParts(parts, repository, map);
                    }

                    break;
                case "imagePullSecrets" when value is ListValue secrets:
                    TakeSecrets(secrets);
                    break;
                case "serviceAccount" when value is MapValue account:
                    TakeAccount(account);
                    break;
                default:
                    Enter(value, depth);
                    break;
            }
        }
    }

    private void Enter(Value value, int depth)
    {
        if (depth >= Depth || ++_seen > Limit)
        {
            return;
        }

        if (value is MapValue map && !IsOff(map))
        {
            Walk(map, depth + 1);
        }
        else if (value is ListValue list)
        {
            foreach (var item in list.Items)
            {
                Enter(item.Value, depth + 1);
            }
        }
    }

    /// <summary>An image as one text. Pictures of pages stand below the same key, so that what is no name of an image is none.</summary>
    private void TakeText(TextValue text, MapValue beside)
    {
        if (text.Known is not { Length: > 0 } known || !IsName(known) || Array.Exists(PartsBeside, name => beside[name] is not (null or NullValue)))
        {
            return;
        }

        var hasTag = known.Contains('@', StringComparison.Ordinal) || known.LastIndexOf(':') > known.LastIndexOf('/');
        var tag = hasTag ? null : TagsBeside.Select(name => Written(beside[name])).FirstOrDefault(value => value is not null);
        Add(hasTag ? [new TextPart(known)] : [new TextPart(known), new TextPart(":"), new TextPart(TagOf(tag) ?? Unknown("the template may add a tag", text))], text, PolicyOf(beside["imagePullPolicy"] ?? beside["pullPolicy"], text));
    }

    private void TakeParts(MapValue parts, Value repository, MapValue beside)
    {
        var name = new List<TextPart>();
        var registry = Written(parts[Registry]);
        var hasHost = repository is TextValue { Prefix: var prefix } && prefix.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && prefix[..slash].AsSpan().ContainsAny('.', ':');
        if (_registryOfAll is not NullValue)
        {
            // Charts that have a registry for all images put it where the registry stands; others do not know it.
            name.Add(new TextPart(parts[Registry] is not null && !hasHost ? Host(_registryOfAll) : Unknown("the template may put a registry before it", repository)));
        }
        else if (registry is not null)
        {
            name.Add(new TextPart(hasHost ? Unknown("the template may put the registry before it", repository) : Host(registry)));
        }

        if (name.Count > 0)
        {
            name.Add(new TextPart("/"));
        }

        name.Add(new TextPart(repository));
        var digest = Written(parts["digest"]);
        var tag = TagOf(Written(parts["tag"]));
        var isWhole = repository is TextValue { Known: { } known } && known.LastIndexOf(':') > known.LastIndexOf('/');
        if (!isWhole && (tag is not null || digest is null))
        {
            name.AddRange([new TextPart(":"), new TextPart(tag ?? Default(repository))]);
        }

        if (digest is not null)
        {
            name.AddRange([new TextPart("@"), new TextPart(digest is TextValue { Known: { } written } && written.Contains(':', StringComparison.Ordinal) ? digest : Unknown("the template may write an algorithm before it", digest))]);
        }

        Add(name, repository, PolicyOf(parts["pullPolicy"] ?? beside["imagePullPolicy"] ?? beside["pullPolicy"], repository));
        if (parts["pullSecrets"] is ListValue secrets)
        {
            TakeSecrets(secrets);
        }
    }

    private void Add(IEnumerable<TextPart> name, Value written, Value policy) => _images.Add(new ChartImage(TextValue.Of(name).With(written.Trace), policy));

    /// <summary>Charts take the version of the application where no tag is written; not all do.</summary>
    private Value Default(Value repository) => TagOf(_appVersion is NullValue ? null : _appVersion) is TextValue { Known: not ("latest" or null) } version ? version : Unknown("no tag is written", repository);

    /// <summary>What can stand behind the colon; anything else a template has to change first.</summary>
    private static Value? TagOf(Value? tag) => tag switch
    {
        null => null,
        TextValue { Known: { Length: <= 128 } known } when known.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '.' or '-') && known[0] is not ('.' or '-') => tag,
        NumberValue number => new TextValue(number.Number.ToString()).With(tag.Trace),
        _ => Unknown("the tag is not written as one", tag),
    };

    /// <summary>A template that puts a slash behind a registry is not given one.</summary>
    private static Value Host(Value registry) => registry is TextValue { Known: { } known } && known.EndsWith('/') ? new TextValue(known.TrimEnd('/')).With(registry.Trace) : registry;

    /// <summary>Policies as they are written; where none is, a template may have one.</summary>
    private static Value PolicyOf(Value? policy, Value image) => policy is TextValue { Known: "Always" or "IfNotPresent" or "Never" } ? policy : Unknown("the template may write a policy", policy is null or NullValue ? image : policy);

    private void TakeSecrets(ListValue secrets)
    {
        foreach (var item in secrets.Items)
        {
            if (Written((item.Value as MapValue)?["name"] ?? item.Value) is TextValue name)
            {
                _secrets.Add(name);
            }
        }
    }

    private void TakeAccount(MapValue account)
    {
        // A name alone may be that of an account which something else makes.
        var annotations = account["annotations"] as MapValue ?? MapValue.Empty;
        if (!IsOff(account) && (account["create"] is BoolValue || !annotations.Entries.IsEmpty) && account.Place is { } place)
        {
            var because = ImmutableArray.Create(new Cause(UnknownReason.OpenWorld, "the template may annotate it", place, null));
            _accounts.Add(new ChartAccount(Written(account["name"]) ?? _fullName, (MapValue)new MapValue(annotations.Entries) { Place = annotations.Place, OpenBecause = because }.With(annotations.Trace), place));
        }
    }

    /// <summary>What is written and not empty; null for nothing.</summary>
    private static Value? Written(Value? value) => value is null or NullValue or TextValue { Known: "" } or MapValue or ListValue ? null : value;

    /// <summary>Whether a text can be the name of an image: no address, no path of a file, no blanks.</summary>
    private static bool IsName(string text)
    {
        var path = text.AsSpan(0, text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length);
        if (path.IndexOf("//", StringComparison.Ordinal) >= 0 || path[0] is '/' or '.' || path[^1] is '/' or ':')
        {
            return false;
        }

        foreach (var unit in path)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('/' or ':' or '.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static UnknownValue Unknown(string why, Value at) => new(UnknownReason.NotComputed, why, at.Trace?.Place, type: DataType.Text);
}
