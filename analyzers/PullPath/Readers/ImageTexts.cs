using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers;

/// <summary>What image lists say for certain.</summary>
internal static class ImageTexts
{
    /// <summary>The values in elements that are certainly there, holes included; nothing of what depends on a condition.</summary>
    internal static IEnumerable<Value> Certain(Value images) => images is not ListValue list ? [] : list.Items
        .Where(item => item.Guard.IsAlways)
        .SelectMany(item => item.Value.Deep().Any(each => each is ChoiceValue) ? [] : item.Value.Deep());
}
