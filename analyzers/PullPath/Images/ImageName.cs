using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Images;

/// <summary>
/// The parts of an image reference, as a container runtime takes it apart: <c>nginx</c> is <c>docker.io/library/nginx:latest</c>. Works on texts with holes too; what
/// a hole hides is unknown, the rest is not.
/// </summary>
public sealed class ImageName
{
    private const string HubHost = "docker.io";
    private const string Library = "library/";

    private ImageName(Value written) => Written = written;

    /// <summary>The reference as written.</summary>
    public Value Written { get; }

    /// <summary>Whether it is a reference: No with a <see cref="Fault"/>; Unknown where a hole leaves it open.</summary>
    public Truth IsValid { get; private init; }

    /// <summary>What is wrong with it, a phrase; null for nothing.</summary>
    public string? Fault { get; private init; }

    /// <summary>Host of the registry with its port, <c>docker.io</c> where none is written; unknown where a hole hides it.</summary>
    public required Value Host { get; init; }

    /// <summary>Path of the repository in the registry, with <c>library/</c> for official images of Docker Hub.</summary>
    public required Value Repository { get; init; }

    /// <summary>Tag; <c>latest</c> where neither tag nor digest is written, null where only a digest is.</summary>
    public required Value Tag { get; init; }

    /// <summary>Digest, or null. It wins over the tag.</summary>
    public required Value Digest { get; init; }

    /// <summary>What the host is known to be; null where nobody knows, because of a hole or because the reference is invalid.</summary>
    public RegistryHost? Registry { get; private init; }

    /// <summary>Takes a reference apart. Never throws: what is no text at all is an invalid reference.</summary>
    public static ImageName Of(Value written)
    {
        if (HoledText.Of(written, RegistryReferences.Expand) is not { } holed)
        {
            return Invalid(written, "it is not text");
        }

        var text = holed.Text;
        var hasHoles = text.Contains(HoledText.Hole, StringComparison.Ordinal);
        if (ImageGrammar.Whole(text) is { } fault)
        {
            return Invalid(written, fault);
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var nameEnd = at < 0 ? text.Length : at;
        var colon = text.AsSpan(0, nameEnd).LastIndexOf(':');
        var hasTag = colon >= 0 && colon > text.AsSpan(0, nameEnd).LastIndexOf('/');
        var tagStart = hasTag ? colon + 1 : nameEnd;
        var tagEnd = nameEnd;
        nameEnd = hasTag ? colon : nameEnd;

        if (HostLength(text.AsSpan(0, nameEnd)) is not { } hostLength)
        {
            var unknown = UnknownValue.From(DataType.Text, written);
            return new ImageName(written) { Host = unknown, Repository = unknown, Tag = unknown, Digest = unknown };
        }

        var pathStart = hostLength == 0 ? 0 : hostLength + 1;
        if (!hasHoles)
        {
            fault = (at < 0 ? null : ImageGrammar.Digest(text.AsSpan(at + 1)))
                ?? (hasTag ? ImageGrammar.Tag(text.AsSpan(tagStart, tagEnd - tagStart)) : null)
                ?? (hostLength == 0 ? null : ImageGrammar.Host(text.AsSpan(0, hostLength)))
                ?? ImageGrammar.Path(text.AsSpan(pathStart, nameEnd - pathStart));
            if (fault is not null)
            {
                return Invalid(written, fault);
            }
        }

        var host = hostLength == 0 || text.AsSpan(0, hostLength) is "index.docker.io" ? new TextValue(HubHost) : holed.Cut(0, hostLength);
        var repository = holed.Cut(pathStart, nameEnd - pathStart);
        if (host is TextValue { Known: HubHost } && repository is TextValue { Known: { } path } && !path.Contains('/', StringComparison.Ordinal))
        {
            repository = new TextValue(Library + path);
        }

        return new ImageName(written)
        {
            IsValid = hasHoles ? Truth.Unknown : Truth.Yes,
            Host = host,
            Repository = repository,
            Digest = at < 0 ? NullValue.Instance : holed.Cut(at + 1, text.Length - at - 1),
            Tag = hasTag ? holed.Cut(tagStart, tagEnd - tagStart) : at < 0 && !EndsInHole(text) ? new TextValue("latest") : at < 0 ? UnknownValue.From(DataType.Text, written) : NullValue.Instance,
            Registry = RegistryHosts.Recognise(hostLength == 0 ? HubHost : text[..hostLength], host, repository, holed),
        };
    }

    /// <summary>
    /// How much of a name is its host: 0 for none, which means Docker Hub; null where a hole may hide where the host ends.
    /// </summary>
    private static int? HostLength(ReadOnlySpan<char> name)
    {
        var slash = name.IndexOf('/');
        var first = slash < 0 ? name : name[..slash];
        if (slash < 0)
        {
            return first.Contains(HoledText.Hole) ? null : 0;
        }

        var isHost = first is "localhost" || first.ContainsAny('.', ':') || first.ContainsAnyInRange('A', 'Z');
        return first.Contains(HoledText.Hole) && !isHost ? null : isHost ? slash : 0;
    }

    private static bool EndsInHole(string text) => text[^1] == HoledText.Hole;

    private static ImageName Invalid(Value written, string fault) => new(written)
    {
        IsValid = Truth.No,
        Fault = fault,
        Host = NullValue.Instance,
        Repository = NullValue.Instance,
        Tag = NullValue.Instance,
        Digest = NullValue.Instance,
    };

    /// <inheritdoc/>
    public override string ToString() => Written is TextValue text ? text.ToString() : "<?>";
}
