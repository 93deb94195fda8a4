namespace Analyzer.Facts.Text;

/// <summary>
/// Text that stands in for something a user's file names but does not hold: the summary of a module, what a template is rendered to. Nobody can open it, so all its places
/// are the place that names it.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="place">Where a user's file names what it stands for.</param>
public sealed class StandIn(SourceFile text, Span place) : SourceFile(place.File.Path, text.Bytes)
{
    /// <inheritdoc/>
    public override Span Outermost(Span span) => place.Outermost;
}
