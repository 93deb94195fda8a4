namespace Analyzer.Facts.Resources;

/// <summary>What came of rendering a Helm chart.</summary>
/// <param name="Text">The manifests, as Helm prints them: above each a comment names its template. Null if it failed.</param>
/// <param name="Failure">Why it failed, a phrase for the user; null if it did not.</param>
public sealed record RenderedChart(string? Text, string? Failure);
