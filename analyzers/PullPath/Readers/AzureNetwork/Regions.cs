namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Regions of Azure, which are written <c>West Europe</c> or <c>westeurope</c>.</summary>
internal static class Regions
{
    /// <summary>The name in its short form, as it stands in names of hosts.</summary>
    internal static string Key(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
