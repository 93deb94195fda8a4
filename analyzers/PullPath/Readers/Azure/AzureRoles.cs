using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// Built-in Azure roles that let their holder pull images. Registries with permissions for each repository and those with permissions for the whole honour different families. Source: learn.microsoft.com, "Azure Container Registry roles and permissions", "Azure built-in roles".
/// </summary>
internal static class AzureRoles
{
    private static readonly (string Name, string Id, bool ByRegistry, bool ByRepository)[] Known =
    [
        ("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d", true, false),
        ("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec", true, false),
        ("AcrDelete", "c2f4ef07-c644-48eb-af81-4b1b4947fb11", false, false),
        ("AcrImageSigner", "6cef56e8-d556-48e5-a04f-b8e64114680f", false, false),
        ("AcrQuarantineReader", "cdda3590-29a3-44f6-95f2-9f980659eb04", false, false),
        ("AcrQuarantineWriter", "c8d4ff99-41c3-41a8-9f60-21dfdad59608", false, false),
        ("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac", false, true),
        ("Container Registry Repository Writer", "2a1e307c-b015-4ebd-883e-5b7698a07328", false, true),
        ("Container Registry Repository Contributor", "2efddaa5-3f1f-4df3-97df-af3f13818f4c", false, true),
        ("Container Registry Repository Catalog Lister", "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7", false, false),
        ("Container Registry Data Importer and Data Reader", "577a9874-89fd-4f24-9dbd-b5034d0ad23a", true, true),
        ("Container Registry Contributor and Data Access Configuration Administrator", "3bc748fc-213d-45c1-8d91-9da5725539b9", false, false),
        ("Container Registry Tasks Contributor", "fb382eab-e894-4461-af04-94435c366c3f", false, false),
        ("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", true, false),
        ("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", true, false),
        ("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", true, false),
        ("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830", false, false),
        ("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7", false, false),
        ("Private DNS Zone Contributor", "b12aa53e-6015-4669-85d0-8515ebb3ae7f", false, false),
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

    private static Value Find(Value name, Value id, Func<bool, bool, bool> pulls)
    {
        if (name is TextValue { Known: { } known })
        {
            return Answered(role => string.Equals(role.Name, known, StringComparison.OrdinalIgnoreCase)) ?? NotKnown($"role \"{known}\" is not one of Azure's pull roles by name; a custom role may pull");
        }

        if (id is TextValue text && text.Suffix.Length >= 36)
        {
            var guid = text.Suffix[^36..];
            return Answered(role => string.Equals(role.Id, guid, StringComparison.OrdinalIgnoreCase)) ?? NotKnown($"role {guid} is not known");
        }

        return UnknownValue.From(DataType.Bool, name is NullValue ? id : name);

        Value? Answered(Predicate<(string Name, string Id, bool ByRegistry, bool ByRepository)> isMeant) =>
            Array.FindIndex(Known, isMeant) is >= 0 and var at ? BoolValue.Of(pulls(Known[at].ByRegistry, Known[at].ByRepository)) : null;
    }

    private static UnknownValue NotKnown(string detail) => new(UnknownReason.External, detail, type: DataType.Bool);
}
