using System.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// Turns names into strings and hands out the same string for the same name in most cases. A fixed table without locks: threads may overwrite each other's
/// entries, which costs an allocation and nothing else.
/// </summary>
internal static class NameTable
{
    private const int Size = 4096;
    private const int LongestKept = 48;

    private static readonly string?[] Slots = new string?[Size];

    internal static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestKept)
        {
            return Encoding.UTF8.GetString(name);
        }

        var hash = 2166136261u;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        ref var slot = ref Slots[(hash ^ (hash >> 15)) & (Size - 1)];
        var kept = slot;
        if (kept is not null && kept.Length == name.Length && Ascii.Equals(name, kept))
        {
            return kept;
        }

        return slot = Encoding.UTF8.GetString(name);
    }
}
