using System.Buffers;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>What is to be said of images as they are written: names that are none, tags that move, policies that never pull.</summary>
internal sealed class ImageUses : IReader
{
    /// <summary>Characters of placeholders that some script or tool replaces.</summary>
    private static readonly SearchValues<char> PlaceholderMarks = SearchValues.Create("<>{}$%*#[]|`'\"!");

    /// <summary>Folders of clusters into which images are loaded by hand.</summary>
    private static readonly string[] ByHand = ["kind", "minikube", "k3d", "local", "dev", "develop", "development", "e2e", "test", "tests", "testdata", "example", "examples", "sample", "samples", "demo"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var workloads = world.Facts.All<Workload>(Workload.Fields).ToList();
        var everywhere = new Lazy<HashSet<string>>(() => [.. workloads.Where(workload => workload.Kind == "DaemonSet")
            .SelectMany(workload => workload.Containers.Values).Where(each => Policy(each) is not "Never").Select(each => (Written.Find(each, "image") as TextValue)?.Known).OfType<string>()]);

        // Tasks of ECS have no service account, and no kubelet either.
        world.Each(workloads.Where(workload => workload.IsDerived || workload.ServiceAccountName is not NullValue), workload =>
        {
            workload.ImageFaults = Faults(workload);
            workload.ImagesWithoutRepository = WithoutRepository(workload);
            workload.MovingImages = Moving(workload);
            workload.UnpulledImages = Unpulled(workload, everywhere);
        });
    }

    private static ListValue Faults(Workload workload)
    {
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in (workload.Images as ListValue)?.Items ?? [])
        {
            if (item.Value is not TextValue { Known: { Length: > 0 } text } || text.StartsWith("ko://", StringComparison.Ordinal) || ImageName.Of(item.Value) is not { IsValid: Truth.No, Fault: { } fault })
            {
                continue;
            }

            if (IsPlaceholder(text))
            {
                open.Add(new Cause(UnknownReason.Placeholder, $"\"{text}\" looks like a placeholder", item.Value.Trace?.Source.Place ?? workload.Place, null));
            }
            else
            {
                found.Add(item with { Value = new TextValue($"\"{text}\" is no name of an image: {fault}").With(item.Value.Trace) });
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>
    /// Behind the host of Artifact Registry stand project, repository and image; a project of a domain is two parts. What is not known may have slashes in it, and templates of a chart may add what its
    /// values leave out.
    /// </summary>
    private static ListValue WithoutRepository(Workload workload)
    {
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in (workload.Images as ListValue)?.Items ?? [])
        {
            if (item.Value is not TextValue image || ImageName.Of(image) is not { Registry.Kind: "gar", Repository: TextValue path }
                || path.Parts.Sum(part => part.Literal?.Count(unit => unit == '/') ?? 0) >= (path.Prefix.Split('/')[0].Contains('.', StringComparison.Ordinal) ? 3 : 2))
            {
                continue;
            }

            if (path.Known is null || workload.IsDerived)
            {
                open.Add(new Cause(UnknownReason.Placeholder, $"\"{image}\" may not be the whole name", image.Trace?.Source.Place ?? workload.Place, null));
            }
            else
            {
                found.Add(item);
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <summary>Marks of templates, words in capitals (<c>ACCOUNT_ID</c>), a word that says what is to stand in its place (<c>containerImageName</c>), blanks between words, dots for something left out.</summary>
    private static bool IsPlaceholder(string text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (char.IsAsciiLetterUpper(text[at]) && (char.IsAsciiLetterUpper(text[at - 1]) || text[at - 1] == '_'))
            {
                return true;
            }
        }

        if (text.IndexOf(".dkr.ecr.", StringComparison.Ordinal) is > 0 and var mark && !text.AsSpan(0, mark).ContainsAnyInRange('0', '9'))
        {
            // An account is a number.
            return true;
        }

        var isOneWord = !text.AsSpan().ContainsAny("/:.@");
        return (isOneWord && StandIns.IsImage(text)) || text.AsSpan().ContainsAny(PlaceholderMarks) || text.Contains("...", StringComparison.Ordinal) || text.Trim().Any(char.IsWhiteSpace) || text.Trim().Length == 0;
    }

    /// <summary>Of a registry that may ask for credentials, without digest, and of a tag that every push moves.</summary>
    private static ListValue Moving(Workload workload)
    {
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in workload.Containers.Items)
        {
            var image = Written.Find(item.Value, "image");
            if (image is not TextValue || ImageName.Of(image) is not { Registry: { Kind: "ecr" or "acr" or "gar" or "gcr" } registry, Tag: TextValue { Known: "latest" }, Digest: NullValue } || registry.IsPublic is BoolValue { Value: true })
            {
                continue;
            }

            var policy = Policy(item.Value);
            if (policy is "" or "Always")
            {
                found.Add(item with { Value = image });
            }
            else if (policy is null)
            {
                open.AddRange(Cause.Of(Written.Find(item.Value, "policy")));
            }
        }

        return PodTemplate.Open(found, open);
    }

    private static ListValue Unpulled(Workload workload, Lazy<HashSet<string>> everywhere)
    {
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var item in workload.Containers.Items)
        {
            var (image, policy) = (Written.Find(item.Value, "image"), Written.Find(item.Value, "policy"));
            if (policy is NullValue || policy.EqualTo(new TextValue("Never")) is var isNever && isNever == Truth.No || ImageName.Of(image) is not { Registry: { IsLocal: false, Kind: not "docker-hub" } })
            {
                continue;
            }

            if (isNever == Truth.Unknown)
            {
                open.AddRange(Cause.Of(policy));
            }
            else if (!IsLoadedByHand(workload, policy) && !(image is TextValue { Known: { } known } && everywhere.Value.Contains(known)))
            {
                found.Add(item with { Value = image });
            }
        }

        return PodTemplate.Open(found, open);
    }

    private static bool IsLoadedByHand(Workload workload, Value policy) => new[] { workload.Place.Outermost.File.Path, workload.Address.Scope, policy.Trace?.Source.Place.Outermost.File.Path ?? "" }
        .Any(path => path.Split('/', '-', '_', '.').Any(word => ByHand.Contains(word, StringComparer.Ordinal)));

    /// <summary>The policy; empty where none is written, null where it is not known.</summary>
    private static string? Policy(Value container) => Written.Find(container, "policy") switch { NullValue => "", TextValue { Known: { } known } => known, _ => null };
}
