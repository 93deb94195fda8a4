using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>Which service account a value names: by reference to its attributes, or by its address as text.</summary>
internal static class GoogleAccounts
{
    internal const string AccountType = "google_service_account";
    private const string DefaultSuffix = "-compute@developer.gserviceaccount.com";

    /// <summary>True for the project's default Compute Engine account; null when nobody knows.</summary>
    internal static bool? IsDefault(Value value, World world)
    {
        switch (value)
        {
            case NullValue or TextValue { Known: "" or "default" }:
                return true;
            case TextValue text when text.Suffix.EndsWith(DefaultSuffix, StringComparison.Ordinal):
                return true;
            case TextValue { Known: not null }:
                return false;
        }

        foreach (var resource in Named(value, world))
        {
            return resource.Type == "google_compute_default_service_account";
        }

        return null;
    }

    /// <summary>The declared account a value names, or null.</summary>
    internal static Identity? Of(Value value, World world)
    {
        foreach (var resource in Named(value, world))
        {
            if (resource.Type == AccountType && !resource.IsData && world.FactOf<Identity>(resource) is { } identity)
            {
                return identity;
            }
        }

        // "serviceAccount:x@p.iam.gserviceaccount.com", "x@p...", or ".../serviceAccounts/x@p...": an account of this name in this project.
        if (value is not TextValue text || text.Prefix.Length == 0)
        {
            return null;
        }

        var mail = text.ToString();
        mail = mail[(mail.LastIndexOfAny(['/', ':']) + 1)..];
        foreach (var account in world.Inventory.OfType(AccountType).Where(each => !each.IsData))
        {
            if (account.At("account_id") is TextValue { Known: { } id } && ProjectOf(account) is TextValue { Known: { } project }
                && string.Equals(mail, $"{id}@{project}.iam.gserviceaccount.com", StringComparison.OrdinalIgnoreCase))
            {
                return world.FactOf<Identity>(account);
            }
        }

        return null;
    }

    /// <summary>The project of a resource: written, or its provider's.</summary>
    internal static Value ProjectOf(Resource resource) => resource.At("project") is var written and not NullValue ? written
        : resource.Provider is { } provider ? Written.Find(provider, "project")
        : NullValue.Instance;

    /// <summary>What a value refers to; nothing where that depends on a condition.</summary>
    private static IEnumerable<Resource> Named(Value value, World world)
    {
        var own = world.Inventory.Referents(value).ToList();
        return own.Count > 0 ? own : value.Deep().Any(each => each is ChoiceValue) ? [] : value.Deep().SelectMany(world.Inventory.Referents);
    }
}
