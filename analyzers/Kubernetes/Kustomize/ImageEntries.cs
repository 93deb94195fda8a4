using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>An entry of <c>images</c> in one build.</summary>
/// <param name="By">The kustomization that has it.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Name">The name of the images that it is for.</param>
/// <param name="IsUsed">Whether there was such an image.</param>
internal sealed record ImageUse(Kustomization By, MapValue Entry, string Name, bool IsUsed);

/// <summary>
/// Entries of <c>images</c> that changed nothing in any build: a kustomization is built for each that takes it in, and one that some need is needed. They become resources of a type of their own,
/// for whoever asks which changes have no effect.
/// </summary>
internal sealed class ImageEntries
{
    private const string Type = "kustomize.config.k8s.io/ImageEntry";

    private readonly SortedDictionary<string, Unused> _unused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>An entry for which some build had no image: what may have been meant, and why it is not certain that there was none.</summary>
    private sealed record Unused(ImageUse Use, string? Meant, Cause? Doubt);

    /// <summary>Takes note of the entries of a build.</summary>
    internal void Note(Built built)
    {
        Lazy<List<string>> images = new(() => [.. built.Objects.SelectMany(each => ImagesIn(each.Body)).Distinct(StringComparer.Ordinal)]);
        foreach (var use in built.Images)
        {
            var place = use.By.PlaceOf(use.Entry);
            var key = string.Create(CultureInfo.InvariantCulture, $"{place.Outermost.File.Path}:{place.Start:D10}");
            if (use.IsUsed)
            {
                _used.Add(key);
                continue;
            }

            var doubt = built.Gaps.Count > 0 ? new Cause(UnknownReason.Missing, $"not all that {built.Folder} builds is seen: {built.Gaps[0].Reason}", built.Gaps[0].Place, null)
                : built.Objects.SelectMany(each => each.Body.Entries).Select(entry => entry.Value).OfType<UnknownValue>().FirstOrDefault() is { Causes: [var unread, ..] } ? unread
                : built.Objects.Any(each => each.MayHavePlaceholders) ? new Cause(UnknownReason.Placeholder, "images may have placeholders", place, null)
                : null;
            _unused.TryGetValue(key, out var before);
            _unused[key] = new Unused(use, before?.Meant ?? images.Value.Find(image => IsNear(image, use.Name)), before?.Doubt ?? doubt);
        }
    }

    /// <summary>Adds what was never used.</summary>
    internal void AddTo(Inventory inventory)
    {
        var taken = new HashSet<Address>();
        foreach (var (key, (use, meant, doubt)) in _unused)
        {
            if (_used.Contains(key))
            {
                continue;
            }

            var place = use.By.PlaceOf(use.Entry["name"]!);
            var address = new Address(use.By.Folder, $"image {use.Name}");
            for (var number = 2; !taken.Add(address); number++)
            {
                address = address with { Path = string.Create(CultureInfo.InvariantCulture, $"image {use.Name} #{number}") };
            }

            inventory.Add(new Resource
            {
                Address = address,
                Type = Type,
                Name = use.Name,
                Language = Language.Kubernetes,
                Body = MapValue.Of(
                    ("name", use.Entry["name"]!),
                    ("is_used", doubt is null ? BoolValue.False : new UnknownValue([doubt])),
                    ("meant", meant is null ? NullValue.Instance : new TextValue(meant))),
                Place = place,
                Whole = use.By.PlaceOf(use.Entry),
                Module = use.By.Folder,
            });
        }
    }

    /// <summary>Names of images in lists of containers, at any depth.</summary>
    private static IEnumerable<string> ImagesIn(MapValue body) => body.Deep().OfType<MapValue>()
        .SelectMany(map => (IEnumerable<Value?>)[map["containers"], map["initContainers"]]).OfType<ListValue>()
        .SelectMany(list => list.Values.OfType<MapValue>()).Select(container => container["image"]).OfType<TextValue>()
        .Select(image => image.Known).OfType<string>().Select(image => ImageChanges.Split(image).Name);

    /// <summary>Whether an image is probably the one that was meant: another registry, or a slip of the pen.</summary>
    private static bool IsNear(string image, string name) =>
        LastPart(image) == LastPart(name) || (name.Length > 5 && Math.Abs(image.Length - name.Length) <= 2 && Spelling.Distance(image, name) <= 2);

    private static string LastPart(string image) => image[(image.LastIndexOf('/') + 1)..];
}
