using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Yaml;

/// <summary>Reads YAML into values with exact places. Never throws for any input.</summary>
public static class YamlReader
{
    /// <summary>Reads all documents of a file; those before a syntax error are answered, the error is a problem.</summary>
    public static IReadOnlyList<YamlDocument> Read(SourceFile source, YamlOptions options, ProblemLog problems) => throw new NotImplementedException(source.Path + options + problems);
}

/// <summary>One document.</summary>
/// <param name="Root">Its value; null value for an empty document.</param>
/// <param name="Place">The whole document.</param>
public sealed record YamlDocument(Value Root, Span Place);

/// <summary>How scalars and tags are read.</summary>
public sealed record YamlOptions
{
    /// <summary>As Kubernetes reads manifests: YAML 1.1 booleans (<c>yes</c>, <c>on</c>), numbers, null; merge keys.</summary>
    public static YamlOptions Kubernetes { get; } = new();

    /// <summary>As CloudFormation reads templates: plain scalars stay text, except <c>true</c>, <c>false</c> and null; short-form tags become long forms.</summary>
    public static YamlOptions CloudFormation { get; } = new() { TextScalars = true, ShortForms = true };

    /// <summary>As Terraform's <c>yamldecode</c> reads: see language.md 6.2.</summary>
    public static YamlOptions Terraform { get; } = new();

    /// <summary>Plain scalars that look like numbers or dates stay text.</summary>
    public bool TextScalars { get; init; }

    /// <summary><c>!Sub x</c> becomes <c>{ "Fn::Sub": x }</c>, <c>!Ref</c> and <c>!Condition</c> without the prefix.</summary>
    public bool ShortForms { get; init; }
}
