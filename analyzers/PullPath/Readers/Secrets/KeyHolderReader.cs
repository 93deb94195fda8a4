using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// Pods that are given lasting credentials of a cloud, and Secrets that hold such. Where a Secret of the repository holds one, the Secret is the place to edit, and its pods are not spoken of again. Tests bring
/// keys of their own, and of charts that are not rendered nobody knows what is installed.
/// </summary>
internal sealed class KeyHolderReader : IReader
{
    private const string FromSecret = "secret";
    private const string Literal = "literal";
    private static readonly string[] Tests = ["test", "tests", "testdata", "fixtures", "e2e"];
    private static readonly string[] Emulators = ["localstack", "minio", "azurite", "moto"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var objects = KubernetesObject.Of(world).Where(each => each.Resource.Meta?["is_unrendered"] is null && !IsOfTests(each.Resource)).ToList();
        var declared = new Declared(objects);
        foreach (var secret in objects.Where(each => each.Type == "/Secret" && SecretContent.TypeOf(Written.Find(each.Body, "type")) is null))
        {
            if (Held(secret) is { } holder)
            {
                declared.Note(secret, world.Add(holder));
            }
        }

        world.AddEach(objects, each => Given(each, world.FactOf<Workload>(each.Resource), declared));
    }

    /// <summary>What the pods of an object are given; null for nothing.</summary>
    private static KeyHolder? Given(KubernetesObject each, Workload? workload, Declared declared)
    {
        var found = new Found();
        var pods = new GivenKeys(each, workload, declared, found);
        foreach (var spec in SpecsOf(each))
        {
            pods.Read(spec.Value, spec.Guard);
        }

        return found.Keys is { } keys ? Holder(each, keys) : null;
    }

    private static bool IsOfTests(Resource resource) => (resource.Place.File?.Path ?? "").Split('/').Any(part => Tests.Contains(part, StringComparer.Ordinal));

    private static KeyHolder Holder(KubernetesObject each, ListValue keys) => new()
    {
        Kind = each.Kind,
        Name = each.Name,
        Keys = keys,
        Address = each.Resource.Address,
        Place = each.Resource.Place,
        Resource = each.Resource,
        Guard = each.Resource.Guard,
    };

    /// <summary>Where an object specifies pods. Of kinds that are not known nobody knows what becomes of their containers.</summary>
    private static IEnumerable<Item> SpecsOf(KubernetesObject each) => each.PodSpec is { Length: > 0 } path ? [new Item(Written.Find(each.Body, path))]
        : each.IsTerraform ? []
        : WorkloadKinds.Find(each.Type)?.PodSpecs.SelectMany(path => ObjectPaths.Follow(each.Body, path)) ?? [];

    /// <summary>What a Secret holds; null for nothing that is a credential or is called like one. Its place is the name of the Secret: what it holds is not to be shown.</summary>
    private static KeyHolder? Held(KubernetesObject secret)
    {
        var found = new Found();
        foreach (var (key, text) in SecretContent.TextsOf(secret))
        {
            var isKey = text is TextValue { Known: { } known } ? Kleene.Of(CloudKeys.IsIn(known)) : CloudKeys.IsName(key) ? Truth.Unknown : Truth.No;
            found.Add(new TextValue(key).With(secret.Name.Trace), Literal, isKey, Guard.Always);
        }

        return found.Keys is { } keys ? Holder(secret, keys) : null;
    }

    /// <summary>Gathers credentials, and what may be some.</summary>
    private sealed class Found
    {
        private readonly List<Item> _keys = [];
        private readonly List<Cause> _open = [];

        /// <summary>All of them; null for none.</summary>
        internal ListValue? Keys => _keys.Count + _open.Count == 0 ? null : PodTemplate.Open(_keys, _open);

        internal void Add(Value name, string from, Truth isKey, Guard guard)
        {
            if (isKey == Truth.Yes)
            {
                _keys.Add(new Item(MapValue.Of(("name", name), ("from", new TextValue(from))), guard));
            }
            else if (isKey == Truth.Unknown)
            {
                _open.Add(new Cause(UnknownReason.NoValue, $"whether {name} is given a lasting key", name.Trace?.Place, null));
            }
        }
    }

    /// <summary>Secrets and ConfigMaps, by set and name.</summary>
    private sealed class Declared
    {
        private readonly ILookup<string, KubernetesObject> _objects;
        private readonly HashSet<string> _rotating;
        private readonly Dictionary<Resource, KeyHolder> _holders = [];

        internal Declared(List<KubernetesObject> objects)
        {
            _objects = objects.Where(each => each.Type is "/Secret" or "/ConfigMap").ToLookup(each => $"{each.Roots} {each.Type} {(each.Name as TextValue)?.Known}", StringComparer.Ordinal);

            // Operators that make a new credential again and again.
            _rotating = objects.Where(each => each.Kind is "VaultDynamicSecret" or "ExternalSecret" && (each.Kind[0] == 'V' || each.Body.Deep().OfType<MapValue>().Any(map => map["generatorRef"] is not null)))
                .Select(each => each.Roots).ToHashSet(StringComparer.Ordinal);
        }

        internal void Note(KubernetesObject secret, KeyHolder holder) => _holders.Add(secret.Resource, holder);

        /// <summary>The object of a name beside another; null for one that is not declared there.</summary>
        internal KubernetesObject? Find(string type, Value name, KubernetesObject beside) => name is TextValue { Known: { } known }
            ? _objects[$"{beside.Roots} {type} {known}"].FirstOrDefault(each => each.Namespace.EqualTo(beside.Namespace) == Truth.Yes)
            : null;

        /// <summary>The Secret as something that certainly holds a credential; null for others.</summary>
        internal KeyHolder? HolderOf(KubernetesObject secret) => _holders.GetValueOrDefault(secret.Resource) is { Keys.Items: not [] } holder ? holder : null;

        /// <summary>Whether what nobody declares is there, and lasts.</summary>
        internal Truth Lasts(KubernetesObject user, Value isOptional) => isOptional is BoolValue { Value: true } || _rotating.Contains(user.Roots) ? Truth.Unknown : Truth.Yes;
    }

    /// <summary>The credentials that the containers of one object are given.</summary>
    private sealed class GivenKeys(KubernetesObject owner, Workload? workload, Declared declared, Found found)
    {
        private readonly PodSpelling _words = owner.IsTerraform ? PodSpelling.Terraform : PodSpelling.Manifest;

        internal void Read(Value spec, Guard guard)
        {
            var containers = ((string[])[_words.Containers, _words.InitContainers]).SelectMany(name => Written.Blocks(spec, name).Items).ToList();
            if (containers.Exists(item => Written.Find(item.Value, "image") is TextValue image && Array.Exists(Emulators, word => image.ToString().Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                return;
            }

            foreach (var item in containers)
            {
                if (guard.And(item.Guard) is { } both)
                {
                    ReadContainer(item.Value, Written.Blocks(spec, _words.Volumes), both);
                }
            }
        }

        private void ReadContainer(Value container, ListValue volumes, Guard guard)
        {
            var variables = Written.Blocks(container, "env");
            var whole = Written.Blocks(container, _words.EnvFrom);
            var isElsewhere = Kleene.Of(CallsEndpoint(container)).Or(HasEndpoint(variables, whole));
            foreach (var item in variables.Items)
            {
                if (Written.Find(item.Value, "name") is not TextValue { Known: { } known } name || guard.And(item.Guard) is not { } both)
                {
                    continue;
                }

                var value = Written.Find(item.Value, "value");
                if (known == CloudKeys.GoogleFile)
                {
                    if (Written.Find(item.Value, _words.ValueFrom) is NullValue)
                    {
                        var isKey = IsFileOfKey(value, Written.Blocks(container, _words.Mounts), volumes);
                        found.Add(name, FromSecret, IsFileOfOthers(value, variables) ? isKey.And(Truth.Unknown) : isKey, both);
                    }
                }
                else if (CloudKeys.IsName(known))
                {
                    var reference = Written.Find(item.Value, _words.SecretKey);
                    var (from, isKey) = reference is not NullValue ? (FromSecret, IsKeyOf(known, Written.Find(reference, "name"), Written.Find(reference, "key"), Written.Find(reference, "optional")))
                        : Written.Find(item.Value, _words.ValueFrom) is NullValue ? (Literal, CloudKeys.Is(known, value))
                        : (Literal, Truth.No);
                    found.Add(name, from, CloudKeys.IsOfAws(known) ? isKey.And(isElsewhere.Not()) : isKey, both);
                }
            }

            foreach (var item in whole.Items)
            {
                var name = Written.Find(item.Value, _words.SecretRef + ".name");
                if (declared.Find("/Secret", name, owner) is not { } secret || guard.And(item.Guard) is not { } both)
                {
                    continue;
                }

                var prefix = (Written.Find(item.Value, "prefix") as TextValue)?.Known ?? "";
                foreach (var (key, _) in SecretContent.TextsOf(secret))
                {
                    if (CloudKeys.IsName(prefix + key))
                    {
                        var isKey = IsKeyOf(prefix + key, name, new TextValue(key), BoolValue.False);
                        found.Add(new TextValue(prefix + key).With(name.Trace), FromSecret, CloudKeys.IsOfAws(prefix + key) ? isKey.And(isElsewhere.Not()) : isKey, both);
                    }
                }
            }
        }

        /// <summary>True where the same file is that of another cloud too, as samples write for whichever it is.</summary>
        private static bool IsFileOfOthers(Value file, ListValue variables) => variables.Values.Any(variable =>
            Written.Find(variable, "name") is TextValue { Known: "AWS_SHARED_CREDENTIALS_FILE" or "AZURE_CREDENTIALS_FILE" or "ALIBABA_CLOUD_CREDENTIALS_FILE" } && Written.Find(variable, "value").EqualTo(file) == Truth.Yes);

        /// <summary>Whether the command of a container names an endpoint: <c>aws --endpoint-url http://minio:9000</c>.</summary>
        private static bool CallsEndpoint(Value container) => new[] { "command", "args" }.SelectMany(part => Written.Blocks(container, part).Values)
            .Any(word => word is TextValue text && text.ToString().Contains("--endpoint", StringComparison.Ordinal));

        /// <summary>Whether a container is told of an endpoint, so that its keys are for something else than AWS.</summary>
        private Truth HasEndpoint(ListValue variables, ListValue whole)
        {
            var names = Answer.Has(variables, variable => Written.Find(variable, "name") is TextValue { Known: { } known } ? IsEndpoint(known).Or(IsOtherStore(known, Written.Find(variable, "value"))) : Truth.Unknown);
            return names.Or(Answer.Has(whole, source =>
            {
                var secret = declared.Find("/Secret", Written.Find(source, _words.SecretRef + ".name"), owner);
                var map = declared.Find("/ConfigMap", Written.Find(source, _words.ConfigMapRef + ".name"), owner);
                return secret is not null ? SecretContent.TextsOf(secret).Any(entry => IsEndpoint(entry.Key))
                    : map is not null && Written.Find(map.Body, "data") is MapValue { IsOpen: false } data ? data.Entries.Any(entry => IsEndpoint(entry.Key))
                    : Truth.Unknown;
            }));
        }

        /// <summary>Whether a backup goes to a store that only speaks S3: restic writes the host of the store behind <c>s3:</c> (restic.readthedocs.io, "Preparing a new repository").</summary>
        private static Truth IsOtherStore(string name, Value value) => name != "RESTIC_REPOSITORY" || value is NullValue ? Truth.No
            : value is not TextValue text ? Truth.Unknown
            : Kleene.Of(text.Prefix.StartsWith("s3:", StringComparison.Ordinal) && !text.ToString().Contains("amazonaws.com", StringComparison.Ordinal));

        private static Truth IsEndpoint(string name) => Kleene.Of(name.Contains("ENDPOINT", StringComparison.OrdinalIgnoreCase));

        /// <summary>Whether a key of a Secret is a credential. One that the repository shows speaks for itself.</summary>
        private Truth IsKeyOf(string variable, Value name, Value key, Value isOptional)
        {
            if (declared.Find("/Secret", name, owner) is not { } secret)
            {
                return declared.Lasts(owner, isOptional);
            }

            if (IsSpokenOf(secret))
            {
                return Truth.No;
            }

            return SecretContent.TextsOf(secret).Where(entry => key is TextValue { Known: { } known } && entry.Key == known).Select(static entry => entry.Text).FirstOrDefault() switch
            {
                null => Truth.Unknown,
                TextValue { Known: { } text } when text.Length == 0 || CloudKeys.Is(variable, new TextValue(text)) == Truth.No => Truth.No,
                _ => Truth.Yes,
            };
        }

        /// <summary>Whether a path leads to a key of Google in a volume that is a Secret.</summary>
        private Truth IsFileOfKey(Value path, ListValue mounts, ListValue volumes)
        {
            if (path is not TextValue { Known: { } file } || mounts.IsOpen || volumes.IsOpen)
            {
                return path is NullValue ? Truth.No : Truth.Unknown;
            }

            var mount = mounts.Items.Select(item => (Path: (Written.Find(item.Value, _words.MountPath) as TextValue)?.Known?.TrimEnd('/'), Name: Written.Find(item.Value, "name")))
                .Where(each => each.Path is not null && (file == each.Path || file.StartsWith(each.Path + "/", StringComparison.Ordinal))).OrderByDescending(each => each.Path!.Length).FirstOrDefault();
            var volume = mount.Path is null ? null : volumes.Values.FirstOrDefault(each => Written.Find(each, "name").EqualTo(mount.Name) == Truth.Yes);
            if (volume is null || Written.Find(volume, _words.SecretVolume) is not (not NullValue and var name))
            {
                return volume is not null && Written.Blocks(Written.Find(volume, "projected"), "sources").Values.Any(source => Written.Find(source, "secret") is not NullValue) ? Truth.Unknown : Truth.No;
            }

            return declared.Find("/Secret", name, owner) is not { } secret ? declared.Lasts(owner, Written.Find(volume, "secret.optional"))
                : IsSpokenOf(secret) || SecretContent.TextsOf(secret).Any(entry => entry.Text is TextValue { Known: { } text } && CloudKeys.IsKeyless(text)) ? Truth.No
                : Truth.Yes;
        }

        private bool IsSpokenOf(KubernetesObject secret)
        {
            if (declared.HolderOf(secret) is not { } holder)
            {
                return false;
            }

            var given = holder.Workloads.Each<Workload>().ToList();
            if (workload is not null && !given.Contains(workload))
            {
                holder.Workloads = Links.To([.. given, workload]);
            }

            return true;
        }
    }
}
