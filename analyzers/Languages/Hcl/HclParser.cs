using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>Parses HCL 2 native syntax. Never throws for any input.</summary>
public static class HclParser
{
    /// <summary>Parses a whole file: a body.</summary>
    public static HclFile ParseFile(SourceFile source) => throw new NotImplementedException(source.Path);

    /// <summary>Parses a text that is one expression, as in a rule's condition; newlines between its tokens are ignored.</summary>
    public static HclFile ParseExpression(SourceFile source) => throw new NotImplementedException(source.Path);

    /// <summary>
    /// Parses a text that is one template without quotes: a string of <c>.tf.json</c>, a message of a rule, a file given to <c>templatefile</c>. Backslashes are
    /// literal.
    /// </summary>
    public static HclFile ParseTemplate(SourceFile source) => throw new NotImplementedException(source.Path);
}
