using System.Text;
using System.Text.Unicode;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Makes the ConfigMaps and Secrets of a kustomization from literals, files and files of variables.</summary>
internal sealed class Generator
{
    private const int LineLength = 70;

    private readonly Kustomization _by;
    private readonly FileTree _files;
    private readonly MapValue _entry;
    private readonly MapValue? _options;
    private readonly bool _isSecret;
    private readonly List<Entry> _data = [];
    private readonly List<Entry> _binary = [];
    private UnknownValue? _unseen;

    private Generator(Kustomization by, FileTree files, MapValue entry, bool isSecret)
    {
        (_by, _files, _entry, _isSecret) = (by, files, entry, isSecret);
        _options = entry["options"] as MapValue;
    }

    /// <summary>Adds what a kustomization generates, or merges it into what is there.</summary>
    /// <param name="by">The kustomization.</param>
    /// <param name="files">The repository.</param>
    /// <param name="state">What is there.</param>
    /// <param name="isPartial">Whether objects are missing because nobody can see them.</param>
    internal static void Run(Kustomization by, FileTree files, BuildState state, bool isPartial)
    {
        foreach (var (key, isSecret) in new[] { ("configMapGenerator", false), ("secretGenerator", true) })
        {
            foreach (var entry in by.Items(key).OfType<MapValue>())
            {
                new Generator(by, files, entry, isSecret).Add(state, isPartial);
            }
        }
    }

    private void Add(BuildState state, bool isPartial)
    {
        if (_entry["name"] is not { } name || ObjectId.Text(name).Length == 0)
        {
            _by.Refuse("a generator has no name", _entry);
            return;
        }

        Read();
        var made = new BuildObject(new ManifestObject(Body(name), "v1", _isSecret ? "Secret" : "ConfigMap", _by.File, 0)) { WantsHash = !IsSet("disableNameSuffixHash") };
        var behavior = ObjectId.Text(_entry["behavior"]);
        var old = state.Objects.Find(each => each.Answers(made.Current));
        if (old is null)
        {
            if (behavior is "merge" or "replace" && !isPartial)
            {
                _by.Refuse($"there is no {made.Current} to {behavior}", _entry["behavior"]);
            }

            state.Objects.Add(made);
            state.Taken.Add(made.Current);
        }
        else if (behavior is "merge" or "replace")
        {
            Into(old, made, behavior == "merge");
        }
        else
        {
            _by.Refuse($"{made.Current} is there already; behavior: merge is missing", name);
        }
    }

    /// <summary>What is there keeps its name and what it was called, and takes the content.</summary>
    private static void Into(BuildObject old, BuildObject made, bool merges)
    {
        var (was, body) = (old.Body["metadata"] as MapValue ?? MapValue.Empty, made.Body);
        var metadata = was;
        foreach (var key in (string[])["labels", "annotations"])
        {
            var added = (made.Body["metadata"] as MapValue)?[key] as MapValue;
            metadata = added is null ? metadata : metadata.WithEntry(key, Union(was[key] as MapValue, added));
        }

        body = body.WithEntry("metadata", metadata);
        foreach (var key in (string[])["data", "binaryData"])
        {
            if (merges && old.Body[key] is { } content)
            {
                body = body.WithEntry(key, content is MapValue map ? Union(map, body[key] as MapValue) : content);
            }
        }

        old.Body = body;
        old.WantsHash = made.WantsHash;
    }

    private static MapValue Union(MapValue? first, MapValue? second) => (second?.Entries ?? []).Aggregate(first ?? MapValue.Empty, (map, entry) => map.WithEntry(entry.Key, entry.Value));

    private MapValue Body(Value name)
    {
        var metadata = new List<Entry> { new("name", name) };
        if (_entry["namespace"] is { } space and not NullValue)
        {
            metadata.Add(new Entry("namespace", space));
        }

        foreach (var key in (string[])["labels", "annotations"])
        {
            if (Union(Shared?[key] as MapValue, _options?[key] as MapValue) is { Entries.Length: > 0 } added)
            {
                metadata.Add(new Entry(key, added));
            }
        }

        var entries = new List<Entry>
        {
            new("apiVersion", new TextValue("v1")),
            new("kind", new TextValue(_isSecret ? "Secret" : "ConfigMap")),
            new("metadata", new MapValue([.. metadata])),
        };
        Include(entries, "data", _data, _unseen, always: _isSecret);
        Include(entries, "binaryData", _binary, null);
        if (_isSecret)
        {
            entries.Add(new Entry("type", _entry["type"] is { } type and not NullValue ? type : new TextValue("Opaque")));
        }

        if (IsSet("immutable"))
        {
            entries.Add(new Entry("immutable", BoolValue.True));
        }

        return (MapValue)new MapValue([.. entries]) { Place = _by.PlaceOf(_entry) }.With(_entry.Trace);
    }

    private static void Include(List<Entry> entries, string key, List<Entry> data, UnknownValue? unseen, bool always = false)
    {
        if (data.Count > 0 || unseen is not null || always)
        {
            entries.Add(new Entry(key, new MapValue([.. data]) { OpenBecause = unseen?.Causes }));
        }
    }

    private MapValue? Shared => _by.Body["generatorOptions"] as MapValue;

    private bool IsSet(string option) => (Shared?[option] ?? NullValue.Instance) is BoolValue { Value: true } || (_options?[option] ?? NullValue.Instance) is BoolValue { Value: true };

    private void Read()
    {
        foreach (var file in List("envs").Concat(_entry["env"] is { } single and not NullValue ? [single] : []))
        {
            if (Find(file, ObjectId.Text(file)) is { } source)
            {
                Lines(source, file);
            }
        }

        foreach (var literal in List("literals"))
        {
            var text = ObjectId.Text(literal);
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                _by.Refuse("a literal is no key=value", literal);
                continue;
            }

            var value = text[(equals + 1)..];
            value = value.Length > 1 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;
            Put(text[..equals], Encoding.UTF8.GetBytes(value), literal);
        }

        foreach (var file in List("files"))
        {
            var text = ObjectId.Text(file);
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var path = text[(equals + 1)..];
            if (Find(file, path) is { } source)
            {
                Put(equals > 0 ? text[..equals] : path[(path.LastIndexOf('/') + 1)..], source.Bytes.Span, file, source);
            }
        }
    }

    private IEnumerable<Value> List(string key) => _entry[key] is ListValue list ? list.Values : [];

    private SourceFile? Find(Value written, string path)
    {
        if (FileTree.Resolve(_by.Folder, path) is { } resolved && _files.Read(resolved) is { } file)
        {
            return file;
        }

        // Files of secrets are often kept out of the repository on purpose.
        _unseen ??= new UnknownValue(UnknownReason.Missing, $"{path} is not in the repository", _by.PlaceOf(written));
        return null;
    }

    private void Lines(SourceFile source, Value written)
    {
        var text = Encoding.UTF8.GetString(source.Bytes.Span).TrimStart('\uFEFF');
        foreach (var line in text.Split('\n'))
        {
            var pair = line.TrimEnd('\r').TrimStart();
            if (pair.Length > 0 && pair[0] != '#')
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                Put(equals < 0 ? pair : pair[..equals], Encoding.UTF8.GetBytes(equals < 0 ? "" : pair[(equals + 1)..]), written);
            }
        }
    }

    private void Put(string key, ReadOnlySpan<byte> content, Value written, SourceFile? file = null)
    {
        var isText = Utf8.IsValid(content);
        var text = !_isSecret && isText ? Encoding.UTF8.GetString(content) : Wrapped(Convert.ToBase64String(content));
        var place = _isSecret ? _by.PlaceOf(written) : file?.Whole ?? _by.PlaceOf(written);
        var value = new TextValue(text).With(new Trace(StepKind.Literal, "", place)).WithSensitive(_isSecret);
        (_isSecret || isText ? _data : _binary).Add(new Entry(key, value));
    }

    /// <summary>Base64 as kustomize writes it: long ones in lines.</summary>
    private static string Wrapped(string base64)
    {
        if (base64.Length <= LineLength)
        {
            return base64;
        }

        var result = new StringBuilder(base64.Length + base64.Length / LineLength + 1);
        for (var at = 0; at < base64.Length; at += LineLength)
        {
            result.Append(base64, at, Math.Min(LineLength, base64.Length - at)).Append('\n');
        }

        return result.ToString();
    }
}
