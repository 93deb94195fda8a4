using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>A file of a module as a tree, in whichever of the two syntaxes it was written.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Body">What stands in it.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record ParsedFile(string Path, Body Body, IReadOnlyList<Problem> Problems)
{
    /// <summary>Parses a file by its ending.</summary>
    internal static ParsedFile Parse(SourceFile source)
    {
        if (source.Path.EndsWith(".json", StringComparison.Ordinal))
        {
            return JsonSyntax.Parse(source);
        }

        var file = HclParser.ParseFile(source);
        return new ParsedFile(source.Path, file.Body, file.Problems);
    }
}
