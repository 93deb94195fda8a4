namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>Reasons for which the kubelet lets a container wait when it cannot get the image (kubernetes/kubernetes, pkg/kubelet/images/types.go).</summary>
internal static class PullReasons
{
    /// <summary>The two that every failed pull goes through, in turn.</summary>
    internal static string[] Usual { get; } = ["ErrImagePull", "ImagePullBackOff"];

    /// <summary>All of them.</summary>
    internal static string[] All { get; } = [.. Usual, "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError", "SignatureValidationFailed"];

    private const int NearDistance = 2;

    /// <summary>Words that a name or annotation uses for it.</summary>
    private static readonly string[] Words = ["imagepull", "image pull", "image-pull", "pull image", "pull the image", "pulling image", "pull its image", "image can't be pulled", "image cannot be pulled"];

    /// <summary>Whether a text is about pulling images.</summary>
    internal static bool AreMeantBy(string text) => Array.Exists(Words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a query of another system asks for them.</summary>
    internal static bool AreIn(string query) =>
        Array.Exists(Usual, reason => query.Contains(reason, StringComparison.OrdinalIgnoreCase)) || query.Contains("failed to pull image", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a word is nearly one of the two usual reasons and is no reason.</summary>
    internal static bool IsMisspelled(string word) =>
        !All.Contains(word, StringComparer.Ordinal) && Array.Exists(Usual, reason => Math.Abs(reason.Length - word.Length) <= NearDistance && Distance(reason, word) <= NearDistance);

    /// <summary>How many letters have to be changed, added or left out.</summary>
    private static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= one.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = diagonal + (one[line - 1] == other[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }
}
