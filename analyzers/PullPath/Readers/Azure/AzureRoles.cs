using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// Built-in Azure roles that let their holder pull images. Registries with permissions for each repository and those with permissions for the whole honour different families. Source: learn.microsoft.com, "Azure Container Registry roles and permissions", "Azure built-in roles".
/// </summary>
internal static class AzureRoles
{
    private static readonly Role[] Known =
    [
        new("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d", true, false),
        new("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec", true, false),
        new("AcrDelete", "c2f4ef07-c644-48eb-af81-4b1b4947fb11", false, false),
        new("AcrImageSigner", "6cef56e8-d556-48e5-a04f-b8e64114680f", false, false),
        new("AcrQuarantineReader", "cdda3590-29a3-44f6-95f2-9f980659eb04", false, false),
        new("AcrQuarantineWriter", "c8d4ff99-41c3-41a8-9f60-21dfdad59608", false, false),
        new("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac", false, true),
        new("Container Registry Repository Writer", "2a1e307c-b015-4ebd-883e-5b7698a07328", false, true),
        new("Container Registry Repository Contributor", "2efddaa5-3f1f-4df3-97df-af3f13818f4c", false, true),
        new("Container Registry Repository Catalog Lister", "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7", false, false),
        new("Container Registry Data Importer and Data Reader", "577a9874-89fd-4f24-9dbd-b5034d0ad23a", true, true),
        new("Container Registry Contributor and Data Access Configuration Administrator", "3bc748fc-213d-45c1-8d91-9da5725539b9", false, false),
        new("Container Registry Tasks Contributor", "fb382eab-e894-4461-af04-94435c366c3f", false, false),
        new("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", true, false),
        new("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", true, false),
        new("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", true, false),
        new("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830", false, false),
        new("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7", false, false),
        new("Private DNS Zone Contributor", "b12aa53e-6015-4669-85d0-8515ebb3ae7f", false, false),
    ];

    /// <summary>
    /// Whether a role pulls from registries of either kind: named by <c>role_definition_name</c> (any case) or by an id that ends in the role's GUID. Names that are not in the table are Azure's
    /// own or custom roles: unknown.
    /// </summary>
    internal static Value Pulls(Value name, Value id) => Find(name, id, static (byRegistry, byRepository) => byRegistry || byRepository);

    /// <summary>Whether a role pulls from registries with permissions for the whole of them.</summary>
    internal static Value PullsByRegistry(Value name, Value id) => Find(name, id, static (byRegistry, _) => byRegistry);

    /// <summary>Whether a role pulls from registries with permissions for each repository.</summary>
    internal static Value PullsByRepository(Value name, Value id) => Find(name, id, static (_, byRepository) => byRepository);

    /// <summary>Whether a role lets its holder give managed identities to clusters (<c>Microsoft.ManagedIdentity/userAssignedIdentities/assign/action</c>).</summary>
    internal static Value AssignsIdentities(Value name, Value id) => Is(name, id, "Managed Identity Operator", "Contributor", "Owner");

    /// <summary>Whether a role changes what is in registries, besides reading it, and is for registries alone.</summary>
    internal static Value Pushes(Value name, Value id) => Is(name, id, "AcrPush", "Container Registry Repository Writer", "Container Registry Repository Contributor");

    /// <summary>Whether a role may do everything, or everything but give roles.</summary>
    internal static Value DoesEverything(Value name, Value id) => Is(name, id, "Contributor", "Owner");

    private static Value Is(Value name, Value id, params ReadOnlySpan<string> names)
    {
        var found = Find(name, id);
        return found.Row is { } row ? BoolValue.Of(names.Contains(row.Name)) : found.Otherwise;
    }

    private static Value Find(Value name, Value id, Func<bool, bool, bool> pulls)
    {
        var found = Find(name, id);
        return found.Row is { } row ? BoolValue.Of(pulls(row.ByRegistry, row.ByRepository)) : found.Otherwise;
    }

    /// <summary>The row of a role; without one, what is unknown for it.</summary>
    private static Found Find(Value name, Value id)
    {
        if (name is TextValue { Known: { } known })
        {
            return Array.Find(Known, role => string.Equals(role.Name, known, StringComparison.OrdinalIgnoreCase)) is { } named
                ? new Found(named, BoolValue.False)
                : new Found(null, NotKnown($"role \"{known}\" is not one of Azure's pull roles by name; a custom role may pull"));
        }

        if (id is TextValue text && text.Suffix.Length >= 36)
        {
            var guid = text.Suffix[^36..];
            return Array.Find(Known, role => string.Equals(role.Id, guid, StringComparison.OrdinalIgnoreCase)) is { } meant
                ? new Found(meant, BoolValue.False)
                : new Found(null, NotKnown($"role {guid} is not known"));
        }

        return new Found(null, UnknownValue.From(DataType.Bool, name is NullValue ? id : name));
    }

    private static UnknownValue NotKnown(string detail) => new(UnknownReason.External, detail, type: DataType.Bool);

    private sealed record Role(string Name, string Id, bool ByRegistry, bool ByRepository);

    private readonly record struct Found(Role? Row, Value Otherwise);
}
