using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Images;

/// <summary>What is known about a registry by the name of its host and the path behind it.</summary>
/// <param name="Kind"><c>ecr</c>, <c>ecr-public</c>, <c>acr</c>, <c>gar</c>, <c>gcr</c>, <c>docker-hub</c> or <c>other</c>.</param>
/// <param name="Host">The host.</param>
/// <param name="Account">AWS account or Google project; null for others.</param>
/// <param name="Region">Region or location; null where the host has none.</param>
/// <param name="IsPublic">Whether anybody may pull: true or false by the nature of the registry, else unknown.</param>
/// <param name="IsLocal">True for hosts that only one machine, network or cluster knows: no cloud is asked for them.</param>
public sealed record RegistryHost(string Kind, Value Host, Value Account, Value Region, Value IsPublic, bool IsLocal = false);

/// <summary>Tells registries by their hosts.</summary>
public static class RegistryHosts
{
    private const int AccountDigits = 12;

    private static readonly string[] EcrMarks = [".dkr.ecr.", ".dkr.ecr-fips.", ".dkr-ecr.", ".dkr-ecr-fips."];

    private static readonly string[] EcrSuffixes =
    [
        ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".on.aws", ".on.amazonwebservices.com.cn",
        ".sc2s.sgov.gov", ".c2s.ic.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
    ];

    private static readonly string[] PublicHosts =
        ["mcr.microsoft.com", "registry.k8s.io", "k8s.gcr.io", "gke.gcr.io", "mirror.gcr.io", "marketplace.gcr.io"];

    /// <summary>Projects of Google's registries from which anybody may pull, and that are nobody's own: those of Google and of well-known open source.</summary>
    private static readonly HashSet<string> PublicProjects = new(StringComparer.Ordinal)
    {
        "google-samples", "google_samples", "google-containers", "google_containers", "distroless", "cloud-builders", "cloudsql-docker", "cloud-sql-connectors", "kaniko-project", "knative-releases",
        "tekton-releases", "kubebuilder", "projectsigstore", "istio-release", "cadvisor", "google.com:cloudsdktool", "datadoghq", "gke-release", "stackdriver-agents", "config-management-release",
        "cloudrun", "k8s-artifacts-prod", "deeplearning-platform-release", "vertex-ai", "cloud-tpu-images", "ml-pipeline", "agones-images", "k8s-skaffold",
    };

    private static readonly string[] InternetHosts =
        ["ghcr.io", "quay.io", "nvcr.io", "registry.gitlab.com", "docker.elastic.co", "registry.access.redhat.com", "registry.redhat.io", "docker.pkg.github.com", "cgr.dev", "lscr.io", "registry.developers.crunchydata.com"];

    private static readonly string[] HubHosts = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

    private static readonly string[] LocalSuffixes = [".svc", ".svc.cluster.local", ".local", ".localhost"];

    /// <summary>
    /// Whether a registry is reached over the internet alone, seen from a network of AWS: those of other clouds and the well-known public ones. Where somebody's own host lies nobody knows.
    /// </summary>
    public static Value IsOnInternet(RegistryHost registry) => registry switch
    {
        { Kind: "docker-hub" or "ecr-public" or "acr" or "gar" or "gcr" } => BoolValue.True,
        { Kind: "ecr" } or { IsLocal: true } => BoolValue.False,
        { Host: TextValue { Known: { } host } } when PublicHosts.Contains(host, StringComparer.Ordinal) || InternetHosts.Contains(host, StringComparer.Ordinal) => BoolValue.True,
        _ => UnknownValue.From(DataType.Bool, registry.Host),
    };

    /// <summary>Recognises a host and the path behind it; null when holes leave the kind open.</summary>
    public static RegistryHost? Recognise(string host, string path = "")
    {
        var holed = HoledText.Of(new TextValue(host), static _ => null)!;
        return Recognise(holed.Text, new TextValue(host), new TextValue(path), holed);
    }

    /// <summary>Recognises a host, in which a hole is one character.</summary>
    /// <param name="host">The host, the beginning of <paramref name="holed"/> (or Docker Hub where none is written).</param>
    /// <param name="value">The host as a value.</param>
    /// <param name="path">The path of the repository.</param>
    /// <param name="holed">The text that gives parts of the host back as values.</param>
    internal static RegistryHost? Recognise(string host, Value value, Value path, HoledText holed)
    {
        if (Ecr(host, value, holed) is { } ecr)
        {
            return ecr;
        }

        if (Acr(host) is { } region)
        {
            return new RegistryHost("acr", value, NullValue.Instance, region.Length == 0 ? NullValue.Instance : new TextValue(region), Privacy(value));
        }

        if (GarLocation(host) is { } location)
        {
            return OfGoogle("gar", holed.Cut(0, location));
        }

        if (GcrPrefix(host) is { } prefix)
        {
            Value place = prefix.Length == 0 ? new TextValue("us") : prefix[0] == HoledText.Hole ? UnknownValue.From(DataType.Text, value) : new TextValue(prefix.TrimEnd('.'));
            return OfGoogle("gcr", place);
        }

        if (host is "public.ecr.aws" or "ecr-public.aws.com")
        {
            return Other("ecr-public", BoolValue.True);
        }

        if (HubHosts.Contains(host, StringComparer.Ordinal))
        {
            return Other("docker-hub", Privacy(value));
        }

        if (PublicHosts.Contains(host, StringComparer.Ordinal))
        {
            return Other("other", BoolValue.True);
        }

        return host.Contains(HoledText.Hole, StringComparison.Ordinal) ? null : Other("other", Privacy(value)) with { IsLocal = IsLocal(host) };

        RegistryHost Other(string kind, Value isPublic) => new(kind, value, NullValue.Instance, NullValue.Instance, isPublic);

        RegistryHost OfGoogle(string kind, Value location)
        {
            var project = Project(path);
            return new RegistryHost(kind, value, project, location, IsPublicProject(project) ? BoolValue.True : Privacy(value));
        }
    }

    /// <summary>ACCOUNT.dkr.ecr.REGION.SUFFIX. An account that is not twelve digits is none, and the host is not ECR.</summary>
    private static RegistryHost? Ecr(string host, Value value, HoledText holed)
    {
        foreach (var mark in EcrMarks)
        {
            var at = host.IndexOf(mark, StringComparison.Ordinal);
            if (at <= 0 || !IsAccount(host.AsSpan(0, at)))
            {
                continue;
            }

            var start = at + mark.Length;
            if (RegionLength(host.AsSpan(start)) is { } length)
            {
                return new RegistryHost("ecr", value, holed.Cut(0, at), length == 0 ? UnknownValue.From(DataType.Text, value) : holed.Cut(start, length), BoolValue.False);
            }
        }

        return null;
    }

    private static bool IsAccount(ReadOnlySpan<char> text)
    {
        var hasHole = text.Contains(HoledText.Hole);
        foreach (var unit in text)
        {
            if (!char.IsAsciiDigit(unit) && unit != HoledText.Hole)
            {
                return false;
            }
        }

        return hasHole ? text.Length <= AccountDigits : text.Length == AccountDigits;
    }

    /// <summary>Length of the region in <c>REGION.SUFFIX</c>; 0 where a hole hides its end; null if it is not the rest of a name of ECR.</summary>
    private static int? RegionLength(ReadOnlySpan<char> rest)
    {
        foreach (var suffix in EcrSuffixes)
        {
            if (rest.EndsWith(suffix) && IsRegion(rest[..^suffix.Length]))
            {
                return rest.Length - suffix.Length;
            }
        }

        var hole = rest.LastIndexOf(HoledText.Hole);
        if (hole < 0)
        {
            return null;
        }

        var tail = rest[(hole + 1)..];
        foreach (var suffix in EcrSuffixes)
        {
            if (suffix.AsSpan().EndsWith(tail))
            {
                var dot = rest.IndexOf('.');
                return dot > 0 && dot < hole && IsRegion(rest[..dot]) ? dot : 0;
            }
        }

        return null;
    }

    private static bool IsRegion(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || text[0] is '-' or '_')
        {
            return false;
        }

        foreach (var unit in text)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('-' or '_' or HoledText.Hole))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Region of a regional ACR host, empty for a global one, null for what is none.</summary>
    private static string? Acr(string host)
    {
        var at = host.IndexOf(".azurecr.", StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        var name = host.AsSpan(0, at);
        var domain = host.AsSpan(at + ".azurecr.".Length);
        if (domain is not ("io" or "cn" or "us" or "de") && domain is not [HoledText.Hole])
        {
            return null;
        }

        if (!name.Contains('.'))
        {
            return IsAcrName(name) ? "" : null;
        }

        var dot = name.IndexOf('.');
        var regional = name[(dot + 1)..];
        return regional.EndsWith(".geo") && !regional[..^4].Contains('.') && regional.Length > 4 && IsAcrName(name[..dot]) && !regional.Contains(HoledText.Hole)
            ? regional[..^4].ToString()
            : null;
    }

    /// <summary>Letters and digits, and at most one dash for the label that makes the name unique.</summary>
    private static bool IsAcrName(ReadOnlySpan<char> name)
    {
        foreach (var unit in name)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit != HoledText.Hole && unit != '-')
            {
                return false;
            }
        }

        return name.Length > 0 && name[0] != '-' && name[^1] != '-' && name.Count('-') <= 1;
    }

    /// <summary>Length of the location in <c>LOCATION-docker.pkg.dev</c>; null for other hosts.</summary>
    private static int? GarLocation(string host)
    {
        const string suffix = "-docker.pkg.dev";
        if (!host.EndsWith(suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var location = host.AsSpan(0, host.Length - suffix.Length);
        if (location is "us" or "europe" or "asia" || location.Contains(HoledText.Hole))
        {
            return location.Length;
        }

        var dash = location.IndexOf('-');
        var digits = dash < 0 ? -1 : location.IndexOfAnyInRange('0', '9');
        return dash > 0 && digits > dash + 1 && !location[..dash].ContainsAnyExceptInRange('a', 'z') && !location[(dash + 1)..digits].ContainsAnyExceptInRange('a', 'z')
            && !location[digits..].ContainsAnyExceptInRange('0', '9')
            ? location.Length
            : null;
    }

    /// <summary>What stands before <c>gcr.io</c>: nothing, a multi-region with its dot, or a hole; null for other hosts.</summary>
    private static string? GcrPrefix(string host)
    {
        const string suffix = "gcr.io";
        var prefix = host.EndsWith(suffix, StringComparison.Ordinal) ? host[..^suffix.Length] : null;
        return prefix is "" or "us." or "eu." or "asia." or [HoledText.Hole] or [HoledText.Hole, '.'] ? prefix : null;
    }

    private static bool IsLocal(string host)
    {
        var colon = host.LastIndexOf(':');
        var name = colon > 0 && !host.EndsWith(']') ? host[..colon] : host;
        return name is "localhost" or "[::1]" || name.StartsWith("127.", StringComparison.Ordinal) || Array.Exists(LocalSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
    }

    /// <summary>The project in a Google path: its first part, or the first two for a project of a domain (<c>example.com/shop</c> is <c>example.com:shop</c>).</summary>
    private static Value Project(Value path)
    {
        if (path is not TextValue text)
        {
            return UnknownValue.From(DataType.Text, path);
        }

        var parts = text.Parts;
        if (parts is [{ Literal: { } literal }, ..])
        {
            var slash = literal.IndexOf('/', StringComparison.Ordinal);
            var first = slash < 0 ? literal : literal[..slash];
            if (slash < 0 && parts.Length > 1)
            {
                return UnknownValue.From(DataType.Text, path);
            }

            if (!first.Contains('.', StringComparison.Ordinal))
            {
                return new TextValue(first);
            }

            var rest = slash < 0 ? "" : literal[(slash + 1)..];
            var next = rest.IndexOf('/', StringComparison.Ordinal);
            return next > 0 ? new TextValue($"{first}:{rest[..next]}") : parts.Length == 1 && rest.Length > 0 ? new TextValue($"{first}:{rest}") : UnknownValue.From(DataType.Text, path);
        }

        return parts is [{ Hole: { } hole }, { Literal: { } after }, ..] && after.StartsWith('/') ? hole : UnknownValue.From(DataType.Text, path);
    }

    private static bool IsPublicProject(Value project) => project is TextValue { Known: { } known } && (PublicProjects.Contains(known) || known.StartsWith("k8s-staging-", StringComparison.Ordinal));

    private static UnknownValue Privacy(Value host) =>
        new(UnknownReason.External, $"nothing says whether {(host as TextValue)?.ToString() ?? "the registry"} lets anybody pull", host.Trace?.Place, type: DataType.Bool);
}
