namespace Analyzer.PullPath;

/// <summary>Texts that say that something else is to stand in their place.</summary>
internal static class StandIns
{
    private static readonly string[] Words = ["changeme", "change-me", "placeholder", "replace", "xxxx", "your"];

    /// <summary>What also stands for a secret, and is a name for other things.</summary>
    private static readonly string[] OfSecrets = [.. Words, "dummy", "example", "fake", "minio", "none", "test"];

    private static readonly string[] OfImages = [.. Words, "image"];

    /// <summary>Whether a text stands for a secret.</summary>
    internal static bool IsSecret(string text) => Has(text, OfSecrets);

    /// <summary>Whether a word stands for an image (<c>containerImageName</c>).</summary>
    internal static bool IsImage(string word) => Has(word, OfImages);

    private static bool Has(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
