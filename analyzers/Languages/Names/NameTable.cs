using System.Text;

namespace Analyzer.Languages.Names;

/// <summary>
/// Turns names into strings and hands out the same string for the same name in most cases. A fixed table without locks: threads may overwrite each other's
/// entries, which costs an allocation and nothing else.
/// </summary>
internal static class NameTable
{
    private const int Size = 4096;
    private const int LongestKept = 48;
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    private static readonly string?[] Slots = new string?[Size];

    /// <summary>The string of a name that is written.</summary>
    internal static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestKept)
        {
            return Encoding.UTF8.GetString(name);
        }

        var hash = Basis;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * Prime;
        }

        ref var slot = ref Slot(hash);
        var kept = slot;
        return kept is not null && kept.Length == name.Length && Ascii.Equals(name, kept) ? kept : slot = Encoding.UTF8.GetString(name);
    }

    /// <summary>The string to keep in place of an equal one that was just made.</summary>
    internal static string Get(string name)
    {
        if (name.Length is 0 or > LongestKept)
        {
            return name;
        }

        var hash = Basis;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * Prime;
        }

        ref var slot = ref Slot(hash);
        var kept = slot;
        return kept == name ? kept : slot = name;
    }

    private static ref string? Slot(uint hash) => ref Slots[(hash ^ (hash >> 15)) & (Size - 1)];
}
