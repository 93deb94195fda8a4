using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Yaml;

/// <summary>One document.</summary>
/// <param name="Root">Its value; null value for an empty document.</param>
/// <param name="Place">The whole document.</param>
public sealed record YamlDocument(Value Root, Span Place);

/// <summary>How scalars and tags are read.</summary>
public sealed record YamlOptions
{
    /// <summary>As kubectl reads manifests: YAML 1.1 booleans (<c>yes</c>, <c>on</c>), numbers, null; merge keys.</summary>
    public static YamlOptions Kubernetes { get; } = new();

    /// <summary>As CloudFormation reads templates: plain scalars stay text, except <c>true</c>, <c>false</c> and null; short-form tags become long forms.</summary>
    public static YamlOptions CloudFormation { get; } = new() { Scalars = ScalarRules.Text, ShortForms = true };

    /// <summary>As Terraform's <c>yamldecode</c> reads: leading zeros are decimal, dates become RFC 3339, unknown tags are errors.</summary>
    public static YamlOptions Terraform { get; } = new() { Scalars = ScalarRules.Terraform };

    /// <summary>What plain scalars mean.</summary>
    public ScalarRules Scalars { get; init; }

    /// <summary><c>!Sub x</c> becomes <c>{ "Fn::Sub": x }</c>, <c>!Ref</c> and <c>!Condition</c> without the prefix.</summary>
    public bool ShortForms { get; init; }
}

/// <summary>What plain scalars mean.</summary>
public enum ScalarRules : byte
{
    /// <summary>YAML 1.1 as the Kubernetes tools read it: <c>yes</c> is true, <c>0777</c> is octal, <c>1_000</c> is a number, dates are text.</summary>
    Kubernetes,

    /// <summary>As Terraform reads: <c>yes</c> is true, <c>0777</c> is 777, <c>1_000</c> is text, dates become RFC 3339.</summary>
    Terraform,

    /// <summary>Text, except <c>true</c>, <c>false</c> and null.</summary>
    Text,
}
