using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Kubelets;

/// <summary>What the kubelet refuses in a credential provider (kubernetes/kubernetes, pkg/credentialprovider/plugin/config.go). A value that is not known is no fault; it leaves the list open.</summary>
internal sealed class ProviderFaults
{
    private static readonly string[] Versions = ["credentialprovider.kubelet.k8s.io/v1", "credentialprovider.kubelet.k8s.io/v1beta1", "credentialprovider.kubelet.k8s.io/v1alpha1"];
    private static readonly string[] CacheTypes = ["ServiceAccount", "Token"];

    private readonly List<Item> _faults = [];
    private readonly List<Cause> _open = [];

    private ProviderFaults()
    {
    }

    /// <summary>The faults of a provider, each with the value to edit.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="earlier">Names of providers before it.</param>
    internal static ListValue Of(Value provider, IReadOnlyCollection<string> earlier)
    {
        var faults = new ProviderFaults();
        faults.CheckName(Written.Find(provider, "name"), provider, earlier);
        faults.CheckVersion(provider);
        faults.CheckImages(provider);
        faults.CheckCache(Written.Find(provider, "defaultCacheDuration"), provider);
        faults.CheckToken(provider, Written.Find(provider, "tokenAttributes"));
        return PodTemplate.Open(faults._faults, faults._open);
    }

    /// <summary>Seconds of a duration of Go; null for text that is none.</summary>
    internal static long? Seconds(string text) => text == "0" ? 0 : text.StartsWith('-') && Durations.Seconds(text[1..]) is { } length ? -length : Durations.Seconds(text);

    private void CheckName(Value name, Value provider, IReadOnlyCollection<string> earlier)
    {
        if (IsMissing(name, provider, "it has no name") || name is not TextValue { Known: { } known })
        {
            return;
        }

        Check(known is "." or ".." || known.Contains('/', StringComparison.Ordinal) || known.Any(char.IsWhiteSpace), name, $"\"{known}\" is no name of a program in the folder of plug-ins");
        Check(earlier.Contains(known, StringComparer.Ordinal), name, $"{known} is configured twice");
    }

    private void CheckVersion(Value provider)
    {
        var version = Written.Find(provider, "apiVersion");
        if (!IsMissing(version, provider, "it has no apiVersion") && version is TextValue { Known: { } known })
        {
            Check(!Versions.Contains(known, StringComparer.Ordinal), version, $"{known} is no version of the protocol; {Versions[0]} is");
        }
    }

    private void CheckImages(Value provider)
    {
        var images = Written.Blocks(provider, "matchImages");
        _open.AddRange(images.OpenBecause ?? []);
        if (images is { Items: [], IsOpen: false })
        {
            Add("it has no matchImages", provider);
        }

        foreach (var image in images.Values)
        {
            if (image is TextValue { Known: { } pattern })
            {
                Check(ImagePattern.Of(pattern) is null, image, $"\"{pattern}\" is no pattern of images");
            }
        }
    }

    private void CheckCache(Value cache, Value provider)
    {
        if (IsMissing(cache, provider, "it has no defaultCacheDuration") || cache is not (TextValue { Known: not null } or NumberValue))
        {
            return;
        }

        var seconds = cache is TextValue { Known: { } text } ? Seconds(text) : null;
        Check(seconds is not >= 0, cache, "its defaultCacheDuration is no duration");
    }

    /// <summary>Tokens of service accounts came with version 1; how their answers are kept must be said since Kubernetes 1.34.</summary>
    private void CheckToken(Value provider, Value token)
    {
        if (token is not MapValue)
        {
            return;
        }

        var version = Written.Find(provider, "apiVersion");
        Check(version is TextValue { Known: { } known } && known != Versions[0], version, $"tokenAttributes need {Versions[0]}");
        IsMissing(Written.Find(token, "serviceAccountTokenAudience"), token, "its tokenAttributes have no serviceAccountTokenAudience");
        var required = Written.Find(token, "requireServiceAccount");
        IsMissing(required, token, "its tokenAttributes do not say requireServiceAccount");
        var cache = Written.Find(token, "cacheType");
        if (!IsMissing(cache, token, "its tokenAttributes have no cacheType, which Kubernetes asks for since 1.34") && cache is TextValue { Known: { } type })
        {
            Check(!CacheTypes.Contains(type, StringComparer.Ordinal), cache, $"{type} is no cacheType");
        }

        var requiredKeys = Written.Blocks(token, "requiredServiceAccountAnnotationKeys");
        var optionalKeys = Written.Blocks(token, "optionalServiceAccountAnnotationKeys");
        Check(required is BoolValue { Value: false } && requiredKeys.Items.Length > 0, requiredKeys, "it requires annotations and no service account");
        foreach (var key in optionalKeys.Values)
        {
            Check(key is TextValue { Known: not null } && requiredKeys.Values.Any(other => other.EqualTo(key)) == Truth.Yes, key, $"{key as TextValue} is both required and optional");
        }
    }

    private bool IsMissing(Value value, Value parent, string fault)
    {
        if (value is NullValue or TextValue { Known: "" })
        {
            Add(fault, parent);
            return true;
        }

        if (!value.IsWhollyKnown)
        {
            _open.AddRange(Cause.Of(value));
        }

        return false;
    }

    private void Check(bool isWrong, Value at, string fault)
    {
        if (isWrong)
        {
            Add(fault, at);
        }
    }

    private void Add(string fault, Value at) => _faults.Add(new Item(new TextValue(fault).With(at.Trace)));
}
