using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Json;

/// <summary>Reads JSON into values with exact places. Never throws for any input.</summary>
public static class JsonReader
{
    /// <summary>Reads a document; null after a syntax error, which is a problem with its place.</summary>
    public static Value? Read(SourceFile source, ProblemLog problems) => throw new NotImplementedException(source.Path + problems);
}
