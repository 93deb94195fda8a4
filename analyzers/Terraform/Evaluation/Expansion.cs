using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Which meta-argument repeats a block.</summary>
internal enum Repetition : byte
{
    /// <summary>Neither: there is one.</summary>
    None,

    /// <summary><c>count</c>.</summary>
    Count,

    /// <summary><c>for_each</c>.</summary>
    ForEach,
}

/// <summary>One instance of a repeated block: its key, and what <c>each</c> and <c>count</c> mean in it.</summary>
/// <param name="Suffix">What the address ends with: nothing, <c>[0]</c>, <c>["a"]</c>; <c>[*]</c> for a template that stands for any number of instances.</param>
internal sealed record InstanceKey(string Suffix)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\n\r\t$%");

    /// <summary>The only instance of a block that is not repeated.</summary>
    internal static InstanceKey Single { get; } = new("");

    /// <summary><c>each.key</c> or <c>count.index</c>.</summary>
    internal Value? Key { get; init; }

    /// <summary><c>each.value</c>.</summary>
    internal Value? Value { get; init; }

    /// <summary>When it exists.</summary>
    internal Guard Guard { get; init; } = Guard.Always;

    /// <summary>Whether it stands for one or for any number.</summary>
    internal Multiplicity Multiplicity { get; init; }

    internal bool IsTemplate => Multiplicity == Multiplicity.Any;

    /// <summary>The suffix of a key as Terraform prints it.</summary>
    internal static string Quoted(string key)
    {
        if (!key.AsSpan().ContainsAny(Escaped))
        {
            return $"[\"{key}\"]";
        }

        var text = new StringBuilder("[\"");
        for (var at = 0; at < key.Length; at++)
        {
            text.Append(key[at] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '$' or '%' when at + 1 < key.Length && key[at + 1] == '{' => new string(key[at], 2),
                var letter => letter.ToString(),
            });
        }

        return text.Append("\"]").ToString();
    }
}

/// <summary>The instances of a block.</summary>
/// <param name="Kind">What repeats it.</param>
/// <param name="Keys">The instances that were told apart, and at most one template.</param>
/// <param name="OpenBecause">Why there may be more than those told apart; null if there are not.</param>
internal sealed record Expansion(Repetition Kind, ImmutableArray<InstanceKey> Keys, ImmutableArray<Cause>? OpenBecause = null)
{
    private Dictionary<string, InstanceKey>? _bySuffix;

    /// <summary>A block that is not repeated.</summary>
    internal static Expansion Single { get; } = new(Repetition.None, [InstanceKey.Single]);

    /// <summary>The template among the instances, or null.</summary>
    internal InstanceKey? Template => Keys is [.., { IsTemplate: true } last] ? last : null;

    /// <summary>True if there certainly is none.</summary>
    internal bool IsEmpty => Keys.IsEmpty && OpenBecause is null;

    /// <summary>The instance with a suffix, or null.</summary>
    internal InstanceKey? Find(string suffix) =>
        (_bySuffix ??= Keys.ToDictionary(key => key.Suffix, StringComparer.Ordinal)).GetValueOrDefault(suffix);
}
