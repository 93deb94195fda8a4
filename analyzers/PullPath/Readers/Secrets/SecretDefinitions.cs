using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>Something that makes a secret.</summary>
/// <param name="By">The object: the secret itself, or one for which an operator makes it.</param>
/// <param name="Name">Name of the secret.</param>
/// <param name="Fault">Why it cannot be used for pulling; null for nothing.</param>
/// <param name="IsFatal">Whether the fault costs the other credentials of a pod too.</param>
internal sealed record SecretDefinition(KubernetesObject By, Value Name, Value Fault, bool IsFatal)
{
    /// <summary>Annotations with which a secret is copied to other namespaces.</summary>
    private static readonly string[] Copying = ["reflector.v1.k8s.emberstack.com/", "replicator.v1.mittwald.de/", "kubed.appscode.com/sync", "config.syncer/", "janitor.io/"];

    /// <summary>Namespace of the secret.</summary>
    internal Value Namespace => By.Namespace;

    /// <summary>True where something copies it to other namespaces.</summary>
    internal bool IsCopied => By.Annotations is not MapValue { IsOpen: false, Entries: var entries }
        || entries.Any(entry => Array.Exists(Copying, prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>Whether it is the one of a name in a namespace.</summary>
    internal Truth Is(Value name, Value space) => name.EqualTo(Name).And(space.EqualTo(Namespace));

    /// <summary>Whether something that asks for a name in a namespace gets this one: it must be on the same cluster, too.</summary>
    internal Truth IsFor(Resource owner, Value cluster, Value name, Value space) => Is(name, space).And(AccountJoin.Together(owner, cluster, By.Resource, NullValue.Instance));
}

/// <summary>All that makes secrets in a repository: secrets themselves, and objects of the operators that fetch or unseal them.</summary>
internal sealed class SecretDefinitions
{
    /// <summary>Kinds for which an operator makes a secret in their namespace, and where they name it; the name of the object where nothing is written.</summary>
    private static readonly (string Type, string Path)[] Operated =
    [
        ("external-secrets.io/ExternalSecret", "spec.target.name"),
        ("kubernetes-client.io/ExternalSecret", ""),
        ("bitnami.com/SealedSecret", "spec.template.metadata.name"),
        ("secrets-store.csi.x-k8s.io/SecretProviderClass", "spec.secretObjects[].secretName"),
        ("secrets.hashicorp.com/VaultStaticSecret", "spec.destination.name"),
        ("secrets.hashicorp.com/VaultDynamicSecret", "spec.destination.name"),
        ("secrets.hashicorp.com/HCPVaultSecretsApp", "spec.destination.name"),
        ("secrets.infisical.com/InfisicalSecret", "spec.managedSecretReference.secretName"),
        ("secrets.doppler.com/DopplerSecret", "spec.managedSecret.name"),
        ("onepassword.com/OnePasswordItem", ""),
        ("redhatcop.redhat.io/VaultSecret", "spec.output.name"),
        ("ricoberger.de/VaultSecret", ""),
        ("spv.no/AzureKeyVaultSecret", "spec.output.secret.name"),
        ("isindir.github.com/SopsSecret", "spec.secretTemplates[].name"),
    ];

    private readonly ILookup<string?, SecretDefinition> _byName;
    private readonly ILookup<string, SecretDefinition> _byPlace;
    private readonly ILookup<string, SecretDefinition> _bySet;

    private SecretDefinitions(World world)
    {
        var all = KubernetesObject.Of(world).SelectMany(Of).ToList();
        _byName = all.ToLookup(each => (each.Name as TextValue)?.Known);
        _byPlace = all.ToLookup(each => PlaceOf(each.Name, each.Namespace), StringComparer.Ordinal);
        _bySet = all.ToLookup(each => each.By.Roots, StringComparer.Ordinal);
    }

    /// <summary>Those of a repository.</summary>
    internal static SecretDefinitions In(World world) => world.Shared(static world => new SecretDefinitions(world));

    /// <summary>Whatever makes a secret that has a name, or may have it.</summary>
    internal IEnumerable<SecretDefinition> Named(Value name) =>
        name is TextValue { Known: { } known } ? _byName[known].Concat(_byName[null]) : _byName.SelectMany(group => group);

    /// <summary>Whatever makes a secret that has a name in a namespace, or may have it.</summary>
    internal IEnumerable<SecretDefinition> At(Value name, Value space) =>
        name is TextValue { Known: not null } && space is TextValue { Known: not null }
            ? _byPlace[PlaceOf(name, space)].Concat(_byPlace[PlaceOf(name, NullValue.Instance)]).Concat(_byName[null])
            : Named(name);

    /// <summary>All that the set of a scope makes.</summary>
    internal IEnumerable<SecretDefinition> InSet(string roots) => _bySet[roots];

    /// <summary>Name and namespace as far as they are known; namespaces that are not known are one.</summary>
    private static string PlaceOf(Value name, Value space) => $"{(space as TextValue)?.Known ?? "?"}/{(name as TextValue)?.Known ?? "?"}";

    private static IEnumerable<SecretDefinition> Of(KubernetesObject each)
    {
        if (each.Type == "/Secret")
        {
            var (fault, isFatal) = SecretContent.FaultOf(each);
            yield return new SecretDefinition(each, each.Name, fault, isFatal);
            yield break;
        }

        foreach (var (type, path) in Operated)
        {
            if (type != each.Type)
            {
                continue;
            }

            var names = path.Length == 0 ? [] : ObjectPaths.Follow(each.Body, path).Select(item => item.Value).ToList();
            foreach (var name in names.Count > 0 || path.Contains('[', StringComparison.Ordinal) ? names : [each.Name])
            {
                yield return new SecretDefinition(each, name, TypeFault(each), IsFatal: false);
            }
        }
    }

    /// <summary>An operator makes an opaque secret unless it is told another type.</summary>
    private static Value TypeFault(KubernetesObject each)
    {
        var type = each.Type switch
        {
            "external-secrets.io/ExternalSecret" when Written.Find(each.Body, "spec.target.creationPolicy") is NullValue or TextValue { Known: "Owner" or "Orphan" } => Written.Find(each.Body, "spec.target.template.type"),
            "bitnami.com/SealedSecret" => Written.Find(each.Body, "spec.template.type"),
            _ => null,
        };
        return type switch
        {
            null => NullValue.Instance,
            NullValue => new TextValue($"the {each.Kind} makes one of type Opaque").With(each.Name.Trace),
            TextValue { Known: { } known } => SecretContent.TypeOf(type) is null ? new TextValue($"the {each.Kind} makes one of type {known}").With(type.Trace) : NullValue.Instance,
            _ => UnknownValue.From(DataType.Text, type),
        };
    }
}
