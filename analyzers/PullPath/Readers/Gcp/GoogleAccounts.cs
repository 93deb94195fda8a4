using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>Which service account a value names: by reference to its attributes, or by its address as text.</summary>
internal static class GoogleAccounts
{
    internal const string AccountType = "google_service_account";

    private const string DefaultType = "google_compute_default_service_account";
    private const string DefaultSuffix = "-compute@developer.gserviceaccount.com";
    private const string OwnDomain = ".iam.gserviceaccount.com";

    /// <summary>Data sources and resources that name an account which Google makes.</summary>
    private static readonly string[] MadeByGoogle =
    [
        DefaultType, "google_app_engine_default_service_account", "google_storage_project_service_account", "google_project_service_identity", "google_bigquery_default_service_account",
        "google_client_openid_userinfo", "google_storage_transfer_project_service_account",
    ];

    /// <summary>First parts of domains that only accounts of Google's own services have.</summary>
    private static readonly string[] ServiceDomains = ["gcp-sa-", "container-engine-robot.", "containerregistry.", "compute-system.", "serverless-robot-prod.", "cloudcomposer-accounts."];

    /// <summary>True for the project's default Compute Engine account; null when nobody knows.</summary>
    internal static bool? IsDefault(Value value, World world) => value switch
    {
        NullValue or TextValue { Known: "" or "default" } => true,
        TextValue text when text.Suffix.EndsWith(DefaultSuffix, StringComparison.Ordinal) => true,
        TextValue { Known: not null } => false,
        _ => Named(value, world) is { } named ? named.Type == DefaultType : null,
    };

    /// <summary>The declared account a value names, or null.</summary>
    internal static Identity? Of(Value value, World world)
    {
        if (Named(value, world) is { } named)
        {
            return named.IsData ? null : world.FactOf<Identity>(named);
        }

        // "serviceAccount:x@p.iam.gserviceaccount.com", "x@p...", or ".../serviceAccounts/x@p...": the account of this name in this project, if there is one.
        if (value is not TextValue { Known: { } mail })
        {
            return null;
        }

        mail = mail[(mail.LastIndexOfAny(['/', ':']) + 1)..];
        var fitting = world.Inventory.OfType(AccountType).Where(account => !account.IsData
            && account.At("account_id") is TextValue { Known: { } id } && ProjectOf(account) is TextValue { Known: { } project }
            && string.Equals(mail, $"{id}@{project}{OwnDomain}", StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return fitting is [var only] ? world.FactOf<Identity>(only) : null;
    }

    /// <summary>True for a member that is everybody.</summary>
    internal static bool IsEverybody(Value member) => member is TextValue { Known: "allUsers" or "allAuthenticatedUsers" };

    /// <summary>
    /// A member that is certainly none of the accounts that are declared here: a person, a Kubernetes service account, an account that Google makes, an account of another name. A group may
    /// have any account in it.
    /// </summary>
    internal static bool IsSomebodyElse(Value member, World world)
    {
        if (Named(member, world) is { } named)
        {
            return named.Type != AccountType;
        }

        if (member is not TextValue text)
        {
            return false;
        }

        if (text.Prefix.StartsWith("user:", StringComparison.Ordinal) || IsFederated(text.Prefix) || text.ToString().Contains(".svc.id.goog[", StringComparison.Ordinal) || IsMadeByGoogle(text.Suffix))
        {
            return true;
        }

        return text.Known is { } known && known.StartsWith("serviceAccount:", StringComparison.Ordinal)
            && world.Inventory.OfType(AccountType).All(account => account.IsData
                || (account.At("account_id") is TextValue { Known: { } id } && !known.StartsWith($"serviceAccount:{id}@", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The project of a resource: written, or its provider's.</summary>
    internal static Value ProjectOf(Resource resource) => resource.At("project") is var written and not NullValue ? written
        : resource.Provider is { } provider ? Written.Find(provider, "project")
        : NullValue.Instance;

    /// <summary>Whether two resources are in one project. Where nobody writes one, a root has one default.</summary>
    internal static Truth InOneProject(Value project, Value other, bool inOneRoot) => (project, other) switch
    {
        (NullValue, NullValue) => inOneRoot ? Truth.Yes : Truth.Unknown,
        (NullValue, _) or (_, NullValue) => Truth.Unknown,
        _ => project.EqualTo(other),
    };

    /// <summary>True for identities of a workload or workforce pool; other sets of principals may have accounts in them.</summary>
    private static bool IsFederated(string member) => member.StartsWith("principal", StringComparison.Ordinal) && member.Contains("//iam.googleapis.com/", StringComparison.Ordinal);

    private static bool IsMadeByGoogle(string end)
    {
        var domain = end[(end.LastIndexOf('@') + 1)..];
        return end.Contains('@', StringComparison.Ordinal) && domain.EndsWith(".gserviceaccount.com", StringComparison.Ordinal)
            && (!domain.EndsWith(OwnDomain, StringComparison.Ordinal) || Array.Exists(ServiceDomains, each => domain.StartsWith(each, StringComparison.Ordinal)));
    }

    /// <summary>The only account that a value or a part of it refers to; null for none, for several, and where that depends on a condition.</summary>
    private static Resource? Named(Value value, World world)
    {
        var found = new HashSet<Resource>();
        foreach (var part in value.Deep())
        {
            if (part is ChoiceValue)
            {
                return null;
            }

            var references = part.References.Where(reference => IsAccount(reference.Target)).ToList();
            if (references.Count == 0)
            {
                continue;
            }

            if (references.Select(world.Inventory.Referent).FirstOrDefault(resource => resource is not null) is not { } account)
            {
                return null;
            }

            found.Add(account);
        }

        return found.Count == 1 ? found.First() : null;

        bool IsAccount(Address target) => world.Inventory.InstancesOf(target.Block).Any(each => each.Type == AccountType || MadeByGoogle.Contains(each.Type))
            || (world.Inventory.Find(target) is { } exact && (exact.Type == AccountType || MadeByGoogle.Contains(exact.Type)));
    }
}
