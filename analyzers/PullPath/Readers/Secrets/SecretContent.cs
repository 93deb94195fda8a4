using System.Buffers;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// What a secret for pulling images holds: the hosts it is for, and of what kind the credentials of each are, by the name of the user alone. Passwords are looked at for nothing.
/// </summary>
/// <param name="Credentials">Objects of host and kind; open where something is not seen.</param>
/// <param name="Fault">Why the kubelet cannot use it; null for nothing.</param>
internal sealed record SecretContent(ListValue Credentials, string? Fault)
{
    private const string Config = "kubernetes.io/dockerconfigjson";
    private const string OldConfig = "kubernetes.io/dockercfg";
    private const string OldKey = ".dockercfg";
    private const int ShortestPassword = 8;
    private static readonly SearchValues<char> PlaceholderMarks = SearchValues.Create("${}<>%");
    private const string NoJson = "is no JSON";

    private static readonly string[] GoogleTokens = ["oauth2accesstoken", "_token", "_dcgcloud_token"];
    private static readonly string[] GoogleKeys = ["_json_key", "_json_key_base64"];

    /// <summary>The type of a secret that is for pulling images; null for any other.</summary>
    internal static string? TypeOf(Value type) => type is TextValue { Known: { } known } && (known == Config || known == OldConfig) ? known : null;

    /// <summary>Why the kubelet cannot pull with a secret, at the place to edit, and whether it then has no credentials at all for the pod: it gives up on content that is no JSON.</summary>
    internal static (Value Fault, bool IsFatal) FaultOf(KubernetesObject secret)
    {
        var type = Written.Find(secret.Body, "type");
        if (type is NullValue or TextValue { Known: not null } && TypeOf(type) is null)
        {
            return (new TextValue($"its type is {(type as TextValue)?.Known ?? "Opaque"}").With(type is NullValue ? secret.Name.Trace : type.Trace), false);
        }

        if (TypeOf(type) is not { } known)
        {
            return (UnknownValue.From(DataType.Text, type), false);
        }

        var fault = Of(secret, known).Fault;
        return (fault is null ? NullValue.Instance : new TextValue(fault).With(secret.Name.Trace), fault?.EndsWith(NoJson, StringComparison.Ordinal) == true);
    }

    /// <summary>What a secret holds, whatever its type: by the keys that secrets for pulling have.</summary>
    internal static SecretContent OfAnyType(KubernetesObject secret) => Of(secret, Value(secret, OldKey) is NullValue ? Config : OldConfig);

    /// <summary>Reads the content of a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="type">Its type.</param>
    internal static SecretContent Of(KubernetesObject secret, string type)
    {
        var key = type == Config ? ".dockerconfigjson" : OldKey;
        var written = Value(secret, key);
        if (written is NullValue)
        {
            return new SecretContent(ListValue.Empty, $"it has no {key}");
        }

        var document = Document(written);
        if (document is null)
        {
            return new SecretContent(ListValue.Empty, $"its {key} {NoJson}");
        }

        var auths = type == Config ? Written.Find(document, "auths") : document;
        if (auths is not MapValue map)
        {
            var unseen = Cause.Of(auths).Take(Cause.Limit).ToList();
            return unseen.Count > 0 ? new SecretContent(PodTemplate.Open([], unseen), null) : new SecretContent(ListValue.Empty, $"its {key} has no registries");
        }

        var credentials = map.Entries.Select(entry => new Item(Credential(entry), entry.Guard));
        return new SecretContent(PodTemplate.Open(credentials, map.OpenBecause ?? []), map is { Entries: [], IsOpen: false } ? $"its {key} has no registries" : null);
    }

    /// <summary>The text of a key: plain, or out of base64; unknown where it is not seen.</summary>
    private static Value Value(KubernetesObject secret, string key)
    {
        if (secret.IsTerraform)
        {
            var plain = Written.FindKey(Written.Find(secret.Body, "data"), key);
            return plain is NullValue ? Decoded(Written.FindKey(Written.Find(secret.Body, "binary_data"), key)) : plain;
        }

        return Written.FindKey(Written.Find(secret.Body, "stringData"), key) is var text and not NullValue ? text : Decoded(Written.FindKey(Written.Find(secret.Body, "data"), key));
    }

    /// <summary>All texts of a secret by their keys: plain, or out of base64; unknown where they are not seen. What is not written as a map is nothing.</summary>
    internal static IEnumerable<(string Key, Value Text)> TextsOf(KubernetesObject secret)
    {
        var (plain, encoded) = secret.IsTerraform ? ("data", "binary_data") : ("stringData", "data");
        return In(plain).Select(entry => (entry.Key, entry.Value)).Concat(In(encoded).Select(entry => (entry.Key, Decoded(entry.Value))));

        IEnumerable<Entry> In(string part) => (Written.Find(secret.Body, part) as MapValue)?.Entries ?? [];
    }

    private static Value Decoded(Value encoded) => encoded switch
    {
        TextValue { Content: { Format: "base64", Content: var content } } => content,
        TextValue { Known: { } known } => new TextValue(CloudKeys.Plain(known) ?? "").With(encoded.Trace),
        TextValue => UnknownValue.From(DataType.Text, encoded),
        _ => encoded,
    };

    /// <summary>The JSON of a text; an unknown where it is not known, null for what is none.</summary>
    private static Value? Document(Value text) => text switch
    {
        TextValue { Content: { Format: "json", Content: var content } } => content,
        TextValue { Known: { } known } => JsonReader.Read(SourceFile.FromText("", known), new ProblemLog()) is MapValue map ? map : null,
        TextValue holed => HoleTolerantJson.Read(holed),
        _ => text,
    };

    private static MapValue Credential(Entry entry)
    {
        var host = HostOf(entry.Key);
        var kind = KindOf(RegistryHosts.Recognise(host)?.Kind, host, UserOf(entry.Value));
        return MapValue.Of([("host", new TextValue(host)), ("kind", kind), ("is_written", BoolValue.Of(IsWritten(entry.Value)))]);
    }

    /// <summary>Whether a password stands there for everybody to read. What is very short stands for one.</summary>
    private static bool IsWritten(Value entry)
    {
        var password = Written.Find(entry, "password") is TextValue { Known: { } known } ? known
            : Written.Find(entry, "auth") is TextValue { Known: { } auth } && CloudKeys.Plain(auth) is { } pair ? pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]
            : "";
        return password.Length >= ShortestPassword && !password.AsSpan().ContainsAny(PlaceholderMarks) && !StandIns.IsSecret(password);
    }

    /// <summary>A key without scheme and without what old clients append.</summary>
    private static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? rest : rest[..slash];
        return host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
    }

    /// <summary>The user, as written or out of <c>auth</c>, which is <c>user:password</c> in base64.</summary>
    private static Value UserOf(Value entry)
    {
        if (Written.Find(entry, "username") is var user and not NullValue)
        {
            return user;
        }

        var auth = Written.Find(entry, "auth");
        var plain = auth is TextValue { Content: { Format: "base64", Content: var content } } ? content : auth is TextValue { Known: { } known } && CloudKeys.Plain(known) is { } text ? new TextValue(text) : auth;
        return plain is TextValue { Prefix: var prefix } && prefix.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? new TextValue(prefix[..colon]) : plain is UnknownValue ? plain : new UnknownValue(UnknownReason.External, "the user is not seen");
    }

    private static Value KindOf(string? registry, string host, Value user)
    {
        if (registry is "other" or "docker-hub" or "ecr-public")
        {
            return new TextValue("other");
        }

        if (registry == "ecr" && user.References.Any(reference => reference.Target.Path.Contains("aws_ecr_authorization_token.", StringComparison.Ordinal)))
        {
            return new TextValue("aws-token");
        }

        if (user is not TextValue { Known: { } name })
        {
            return UnknownValue.From(DataType.Text, user);
        }

        return new TextValue(registry switch
        {
            "ecr" when name == "AWS" => "aws-token",
            "gar" or "gcr" when GoogleTokens.Contains(name, StringComparer.Ordinal) => "google-token",
            "gar" or "gcr" when GoogleKeys.Contains(name, StringComparer.Ordinal) => "google-key",
            "acr" when name == "00000000-0000-0000-0000-000000000000" => "acr-token",
            "acr" when host.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase) => "acr-admin",
            "acr" when Guid.TryParse(name, out _) => "acr-principal",
            "acr" => "acr-scoped",
            _ => "other",
        });
    }
}
