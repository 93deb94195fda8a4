using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>A host that nodes ask, of which the end is always known.</summary>
/// <param name="Name">The whole name; null or unknown where only the end is known.</param>
/// <param name="End">The end, with the dot before it.</param>
/// <param name="IsOneLabel">Whether there is exactly one label before the end.</param>
internal sealed record HostName(Value Name, string End, bool IsOneLabel)
{
    /// <summary>The attribute of which resource the name is; null for none.</summary>
    internal Reference? Attribute { get; init; }

    /// <summary>Whether a name or pattern of a firewall, <c>*.azurecr.io</c>, means the host.</summary>
    internal Truth IsMeantBy(Value pattern)
    {
        if ((pattern is not NullValue && Name is not NullValue && pattern.EqualTo(Name) == Truth.Yes)
            || (Attribute is { } own && pattern is UnknownValue && pattern.References.Any(reference => reference.Target == own.Target && reference.Attribute.StartsWith(own.Attribute, StringComparison.Ordinal))))
        {
            return Truth.Yes;
        }

        if (pattern is not TextValue text)
        {
            return Truth.Unknown;
        }

        if (text.Known is not { } known)
        {
            // What is not known may be any label; an end that is known to be another one cannot.
            return text.Suffix.EndsWith(End, StringComparison.OrdinalIgnoreCase) || End.EndsWith(text.Suffix, StringComparison.OrdinalIgnoreCase) ? Truth.Unknown : Truth.No;
        }

        var isPattern = known.StartsWith('*');
        var end = isPattern ? known[1..] : known;
        return isPattern && End.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? Truth.Yes
            : !end.EndsWith(End, StringComparison.OrdinalIgnoreCase) || (isPattern && IsOneLabel && end.StartsWith('.')) ? Truth.No
            : Name is TextValue { Known: { } name } ? Kleene.Of(isPattern ? name.EndsWith(end, StringComparison.OrdinalIgnoreCase) : name.Equals(end, StringComparison.OrdinalIgnoreCase))
            : Truth.Unknown;
    }
}
