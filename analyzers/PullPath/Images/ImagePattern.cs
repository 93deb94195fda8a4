using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Images;

/// <summary>
/// A pattern of images for which a credential provider is asked (<c>*.dkr.ecr.*.amazonaws.com</c>): stars stand for parts of one label of the host, ports must be the same, a path is the
/// beginning of the image's (kubernetes/kubernetes, pkg/credentialprovider/keyring.go).
/// </summary>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port; empty for none.</param>
/// <param name="Path">What the path begins with, a slash first; empty for any.</param>
public sealed record ImagePattern(string Host, string Port, string Path)
{
    /// <summary>Takes a pattern apart; null for one that the kubelet refuses.</summary>
    public static ImagePattern? Of(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? text : text[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? rest : rest[..slash];
        var colon = host.LastIndexOf(':');
        var port = colon < 0 ? "" : host[(colon + 1)..];
        var isRight = host.Length > 0 && colon != 0 && !text.Any(char.IsWhiteSpace) && port.All(char.IsAsciiDigit);
        return isRight ? new ImagePattern(colon < 0 ? host : host[..colon], port, slash < 0 ? "" : rest[slash..]) : null;
    }

    /// <summary>Whether the provider is asked for an image of a host (with its port) and a path.</summary>
    public Truth Matches(string host, string path)
    {
        if (Host.Contains('[', StringComparison.Ordinal))
        {
            return Truth.Unknown; // Classes of characters, which no public configuration has.
        }

        var colon = host.LastIndexOf(':');
        var labels = (colon < 0 ? host : host[..colon]).Split('.');
        var globs = Host.Split('.');
        return Kleene.Of(labels.Length == globs.Length && (colon < 0 ? "" : host[(colon + 1)..]) == Port && ("/" + path).StartsWith(Path, StringComparison.Ordinal)
            && globs.Zip(labels).All(pair => Fits(pair.First, pair.Second)));
    }

    /// <summary>One label, in which a star is any text and a question mark one character.</summary>
    private static bool Fits(string glob, string label)
    {
        var (at, mark, star) = (0, 0, -1);
        for (var index = 0; index < label.Length;)
        {
            if (at < glob.Length && (glob[at] == '?' || glob[at] == label[index]) && glob[at] != '*')
            {
                at++;
                index++;
            }
            else if (at < glob.Length && glob[at] == '*')
            {
                star = at++;
                mark = index;
            }
            else if (star >= 0)
            {
                at = star + 1;
                index = ++mark;
            }
            else
            {
                return false;
            }
        }

        return glob.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
