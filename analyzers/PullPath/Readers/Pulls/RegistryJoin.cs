using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>
/// The registry of an image: one that the repository declares, when the image refers to it or is certainly in it; else one that is known by its host alone.
/// </summary>
internal sealed class RegistryJoin(World world)
{
    private readonly Dictionary<string, Registry> _byHost = new(StringComparer.Ordinal);

    private readonly ILookup<string, Registry> _declared = world.Facts.All<Registry>(Registry.Fields).Where(registry => registry.Resource is { IsData: false })
        .ToLookup(registry => Key(registry.Kind, registry.Kind == "acr" ? registry.Host : registry.Name), StringComparer.Ordinal);

    /// <summary>A link to the registry; unknown where nobody knows which it is, null for an invalid image.</summary>
    internal Value Of(ImageName image, Span place)
    {
        if (image.IsValid == Truth.No)
        {
            return NullValue.Instance;
        }

        foreach (var part in image.Written.Deep())
        {
            if (world.FactOf<Registry>(part) is { } referred)
            {
                return Links.To(referred);
            }

            if (world.FactsOf<Registry>(part).Any())
            {
                return UnknownValue.From(null, image.Written);
            }
        }

        if (image.Registry is not { } host)
        {
            return image.Written is TextValue { Known: { } name } ? new UnknownValue(UnknownReason.Placeholder, $"\"{name}\" names no registry that is known", place) : UnknownValue.From(null, image.Written);
        }

        var declared = _declared[KeyOf(image, host)].Where(registry => registry.Host.EqualTo(host.Host) == Truth.Yes && IsIn(image, registry)).Take(2).ToList();
        return Links.To(declared is [var only] ? only : ByHost(host, place));
    }

    /// <summary>What a registry and its images certainly have in common: a text that is known of both, or of neither.</summary>
    private static string Key(string kind, Value text) => $"{kind} {(text as TextValue)?.Known}";

    private static string KeyOf(ImageName image, RegistryHost host) => host.Kind switch
    {
        "acr" => Key(host.Kind, host.Host),
        "gar" when PartOf(image) is { } repository => Key(host.Kind, new TextValue(repository)),
        _ => Key(host.Kind, image.Repository),
    };

    /// <summary>The repository of Artifact Registry, which is the second part of the path.</summary>
    internal static string? PartOf(ImageName image) => image.Repository is TextValue { Known: { } path } && path.Split('/') is [_, var repository, _, ..] ? repository : null;

    /// <summary>A whole registry has all images of its host; a repository only those of its name.</summary>
    private static bool IsIn(ImageName image, Registry registry) => registry.Kind switch
    {
        "acr" => true,
        "ecr" => registry.Name.EqualTo(image.Repository) == Truth.Yes,
        "gar" => PartOf(image) is { } repository && registry.Name is TextValue { Known: { } name } && name == repository
            && registry.Account.EqualTo(image.Registry!.Account) == Truth.Yes,
        _ => false,
    };

    private Registry ByHost(RegistryHost host, Span place)
    {
        var key = $"{Spell(host.Host)} {Spell(host.Account)}";
        if (!_byHost.TryGetValue(key, out var registry))
        {
            registry = world.Add(new Registry
            {
                Kind = host.Kind,
                Name = host.Host,
                Host = host.Host,
                Account = host.Account,
                Region = host.Region,
                IsPublic = host.IsPublic,
                IsOnInternet = RegistryHosts.IsOnInternet(host),
                Address = new Address("", host.Host is TextValue text ? text.ToString() : host.Kind),
                Place = place,
            });
            _byHost.Add(key, registry);
        }

        return registry;
    }

    /// <summary>Equal for values that are certainly equal: holes are told apart by what they refer to.</summary>
    private static string Spell(Value value) => value switch
    {
        NullValue => "",
        TextValue text => string.Concat(text.Parts.Select(part => part.Literal ?? Spell(part.Hole!))),
        UnknownValue { Reference: { } reference } => $"<{reference.Target.Scope}!{reference}>",
        _ => value.References.Select(reference => $"<{reference.Target.Scope}!{reference}>").FirstOrDefault("<?>"),
    };
}
