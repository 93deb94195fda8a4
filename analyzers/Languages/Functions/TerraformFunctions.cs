using Analyzer.Facts.Values;

namespace Analyzer.Languages.Functions;

/// <summary>
/// The functions that Terraform has built in, apart from those of files (<see cref="FileFunctions"/>). All are three-valued: they compute with what is known and never guess.
/// </summary>
public static class TerraformFunctions
{
    private static Dictionary<string, Function>? _table;

    /// <summary>The function of a name, also as <c>core::NAME</c>; null for a name that is none.</summary>
    public static Function? Find(string name) => Table.GetValueOrDefault(name.StartsWith("core::", StringComparison.Ordinal) ? name["core::".Length..] : name);

    /// <summary>All functions in the order of their names.</summary>
    public static IEnumerable<Function> All => Table.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    /// <summary>Made on the first call, not at start-up; two threads may make it twice, which is harmless.</summary>
    private static Dictionary<string, Function> Table => _table ??= new[]
    {
        TextFunctions.All, PatternFunctions.All, CollectionFunctions.All, MapFunctions.All, SetFunctions.All, TypeFunctions.All,
        NumberFunctions.All, NetworkFunctions.All, TimeFunctions.All, HashFunctions.All, EncodingFunctions.All,
    }.SelectMany(family => family).ToDictionary(function => function.Name, StringComparer.Ordinal);
}
