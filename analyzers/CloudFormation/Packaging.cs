using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Directives of Rain, a tool that packages templates: it puts files and other templates in before CloudFormation sees any of it.</summary>
internal static class Packaging
{
    /// <summary>Puts a template in place of a resource.</summary>
    internal const string Module = Prefix + "Module";

    private const string Prefix = "Rain::";
    private const string Embed = Prefix + "Embed";

    /// <summary>True for keys of directives.</summary>
    internal static bool IsDirective(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The text of the file that a directive names; null for other values, and where the file is not one of the repository.</summary>
    internal static Value? Embedded(Value written, FileTree files, string folder) =>
        written is MapValue { Entries: [{ Key: Embed, Value: TextValue { Known: { Length: > 0 } path } location }] }
        && FileTree.Resolve(folder, path) is { } resolved && files.Read(resolved) is { } source
            ? new TextValue(source.TextOf(0, source.Bytes.Length)) { Trace = new Trace(StepKind.Local, Embed, source.Whole, location.Trace) }
            : null;
}
