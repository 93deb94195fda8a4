using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Rules;

namespace Analyzer.Reports;

/// <summary>Words that several reports share.</summary>
internal static class Words
{
    extension(Level level)
    {
        /// <summary><c>error</c>, <c>warning</c> or <c>note</c>.</summary>
        internal string Word => level switch
        {
            Level.Error => "error",
            Level.Warning => "warning",
            _ => "note",
        };
    }

    extension(UnknownReason reason)
    {
        /// <summary>Kebab-case word of a reason, part of the JSON contract.</summary>
        internal string Word => reason switch
        {
            UnknownReason.NoValue => "no-value",
            UnknownReason.Computed => "computed",
            UnknownReason.External => "external",
            UnknownReason.Missing => "missing",
            UnknownReason.Condition => "condition",
            UnknownReason.Placeholder => "placeholder",
            UnknownReason.Error => "error",
            UnknownReason.Cycle => "cycle",
            UnknownReason.Limit => "limit",
            UnknownReason.Ambiguous => "ambiguous",
            UnknownReason.OpenWorld => "open-world",
            _ => "not-computed",
        };
    }

    /// <summary><c>2 errors</c>, <c>1 error</c>.</summary>
    internal static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>Under which environments a finding holds, to follow its message: <c> (under prod, test)</c>; nothing where there are none.</summary>
    internal static string Under(Verdict finding) => finding.Environments.Count == 0 ? "" : $" (under {string.Join(", ", finding.Environments)})";

    /// <summary>A place for people: path, line and column, and in JSON the pointer, since a plan is one line.</summary>
    internal static string At(Span place) => JsonPointer.Of(place) is { Length: > 0 } pointer ? $"{place} ({pointer})" : place.ToString();

    /// <summary>The path that reports print for a place.</summary>
    internal static string PathOf(Span place) => place.Outermost.File.Path;
}
