using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// What a lasting credential of a cloud looks like. Access keys of AWS and keys of Google have a form of their own, so that keys for anything else that speaks S3 are told from them; of secrets of Azure only
/// words that stand for one are told. Texts are looked at and never kept.
/// </summary>
internal static class CloudKeys
{
    /// <summary>The variable that names a file with a key of Google.</summary>
    internal const string GoogleFile = "GOOGLE_APPLICATION_CREDENTIALS";

    private const string AccessKey = "AWS_ACCESS_KEY_ID";
    private const string SecretKey = "AWS_SECRET_ACCESS_KEY";
    private const string SessionToken = "AWS_SESSION_TOKEN";
    private const int AccessKeyLength = 20;
    private const int SecretKeyLength = 40;
    private const int ShortestToken = 100;
    private const int ShortestPrivateKey = 200;
    private const int ShortestSecret = 20;

    /// <summary>As the documentation of AWS marks keys that are none.</summary>
    private const string Example = "EXAMPLE";

    private static readonly string[] AzureSecrets = ["AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET", "AZURE_PASSWORD"];
    private static readonly string[] GoogleKeys = ["GOOGLE_CREDENTIALS", "GCP_SA_KEY"];

    /// <summary>Whether a variable of this name is for a credential of a cloud.</summary>
    internal static bool IsName(string name) => IsOfAws(name) || AzureSecrets.Contains(name, StringComparer.Ordinal) || GoogleKeys.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a variable of this name is for a credential of AWS, or of what speaks its language.</summary>
    internal static bool IsOfAws(string name) => name is AccessKey or SecretKey or SessionToken;

    /// <summary>Whether the value of a variable is a credential that its name is for.</summary>
    internal static Truth Is(string name, Value value) => value switch
    {
        TextValue { Known: { } text } => text.Length == 0 ? Truth.No : Is(name, text),
        TextValue or UnknownValue or ChoiceValue => Truth.Unknown,
        _ => Truth.No,
    };

    /// <summary>Whether a text holds an access key of AWS, or is a key of a service account of Google.</summary>
    internal static bool IsIn(string text)
    {
        for (var at = text.IndexOf("IA", StringComparison.Ordinal); at >= 0; at = text.IndexOf("IA", at + 1, StringComparison.Ordinal))
        {
            if (at >= 2 && (at == 2 || !char.IsAsciiLetterOrDigit(text[at - 3])) && at - 2 + AccessKeyLength <= text.Length && IsAccessKey(text.AsSpan(at - 2, AccessKeyLength))
                && (at - 2 + AccessKeyLength == text.Length || !char.IsAsciiLetterOrDigit(text[at - 2 + AccessKeyLength])))
            {
                return true;
            }
        }

        return IsServiceAccount(Document(text));
    }

    /// <summary>Whether a text says how to sign in without a key: a configuration of workload identity.</summary>
    internal static bool IsKeyless(string text) => Document(text)?["type"] is TextValue { Known: "external_account" };

    /// <summary>A text out of base64; null for one that is not in it.</summary>
    internal static string? Plain(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static Truth Is(string name, string text) => name switch
    {
        AccessKey => Kleene.Of(IsAccessKey(text)),
        SecretKey => Kleene.Of(text.Length == SecretKeyLength && IsBase64(text) && text.AsSpan().ContainsAnyInRange('a', 'z') && text.AsSpan().ContainsAnyInRange('A', 'Z')
            && !text.Contains(Example, StringComparison.Ordinal)),
        SessionToken => Kleene.Of(text.Length >= ShortestToken && IsBase64(text)),
        _ when AzureSecrets.Contains(name, StringComparer.Ordinal) => StandIns.IsSecret(text) ? Truth.No
            : text.Length >= ShortestSecret && !text.Contains(' ', StringComparison.Ordinal) && text.AsSpan().ContainsAnyInRange('0', '9') ? Truth.Yes
            : Truth.Unknown,
        _ => IsKeyOfGoogle(text),
    };

    private static Truth IsKeyOfGoogle(string text) =>
        (Document(text) ?? (Plain(text) is { } plain ? Document(plain) : null)) is { } document ? Kleene.Of(IsServiceAccount(document))
        : text[0] == '/' || StandIns.IsSecret(text) ? Truth.No
        : Truth.Unknown;

    private static bool IsAccessKey(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (!char.IsAsciiLetterUpper(unit) && !char.IsAsciiDigit(unit))
            {
                return false;
            }
        }

        return text.Length == AccessKeyLength && (text.StartsWith("AKIA") || text.StartsWith("ASIA")) && !text.Contains(Example, StringComparison.Ordinal);
    }

    private static bool IsBase64(string text) => text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '/' or '=');

    private static bool IsServiceAccount(MapValue? document) => document?["type"] is TextValue { Known: "service_account" }
        && document["private_key"] is TextValue { Known: { Length: >= ShortestPrivateKey } key } && key.Contains("PRIVATE KEY", StringComparison.Ordinal);

    private static MapValue? Document(string text) => text.AsSpan().TrimStart().StartsWith("{") ? JsonReader.Read(SourceFile.FromText("", text), new ProblemLog()) as MapValue : null;
}
