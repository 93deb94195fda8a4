using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// What the product knows of a public module that is not installed: a small module of our own, which makes of the same inputs the same resources, as far as verdicts depend on them.
/// Summaries travel in the assembly under the path they have in the repository below <c>modules/</c>, <c>terraform-aws-modules/eks/aws/v20/main.tf</c>; nothing is read before a call needs it.
/// </summary>
/// <remarks>
/// A folder of versions has a <c>summary.hcl</c>. One that differs little from another extends it: it has the other's files too, except those that it has itself, and says in
/// override files what is different.
/// </remarks>
/// <param name="Folder">Its path.</param>
/// <param name="Bases">The folders whose files it has too, the nearest first.</param>
/// <param name="Versions">The versions of the module that it describes.</param>
/// <param name="Providers">The providers of everything the module creates.</param>
/// <param name="Complete">Types of these providers of which the summary has everything that the module creates.</param>
/// <param name="CompleteIn">Types of which it has everything in one folder of the module, besides those; "." is the module itself.</param>
/// <param name="Same">Folders of the module that make the same as another of its folders does, as far as verdicts depend on it.</param>
/// <param name="Based">Folders that differ little from another: they have its files too, except those that they have themselves.</param>
internal sealed record ModuleSummary(
    string Folder, ImmutableArray<string> Bases, VersionRange Versions, IReadOnlySet<string> Providers, IReadOnlySet<string> Complete,
    IReadOnlyDictionary<string, IReadOnlySet<string>> CompleteIn, IReadOnlyDictionary<string, string> Same, IReadOnlyDictionary<string, string> Based)
{
    private const string Manifest = "summary.hcl";
    private static readonly Assembly Home = typeof(ModuleSummary).Assembly;
    private static readonly ConcurrentDictionary<string, ModuleSummary?> Known = new(StringComparer.Ordinal);
    private static readonly Lazy<ILookup<string, string>> Names = new(() =>
        Home.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).ToLookup(FolderOf, StringComparer.Ordinal));

    /// <summary>The folders of versions of a module, by its name.</summary>
    private static readonly Lazy<ILookup<string, string>> FoldersOf = new(() =>
        Names.Value.Select(group => group.Key).Order(StringComparer.Ordinal).ToLookup(FolderOf, StringComparer.Ordinal));

    /// <summary>
    /// The summary of the module that a call means, with the folder inside it. Terraform installs the newest version that a call admits, so that one counts; null if no summary describes it, as where
    /// a call admits what is not released yet.
    /// </summary>
    internal static (ModuleSummary Summary, string Folder)? Find(string source, string? version)
    {
        if (ModuleAddress.Parse(source, version) is not { Versions: { } versions } address)
        {
            return null;
        }

        foreach (var folder in FoldersOf.Value[address.Name])
        {
            if (Of(folder) is { } summary && versions.EndsIn(summary.Versions))
            {
                return (summary, FileTree.Resolve(folder, summary.Same.GetValueOrDefault(address.Folder, address.Folder)) ?? folder);
            }
        }

        return null;
    }

    /// <summary>Why no summary is found of a module of which some versions have one; null for other modules.</summary>
    internal static string? WhyNone(string source, string? version) =>
        ModuleAddress.Parse(source, version) is not { } address || !FoldersOf.Value.Contains(address.Name) ? null
        : address.Versions is null ? "its call names no version"
        : "its call admits versions that are not known";

    /// <summary>All summaries, for the test of their manifests.</summary>
    internal static IEnumerable<ModuleSummary?> All => Names.Value.Where(group => group.Any(name => name.EndsWith("/" + Manifest, StringComparison.Ordinal))).Select(group => Of(group.Key));

    /// <summary>The types of which everything is known that a folder of the module creates.</summary>
    internal IReadOnlySet<string> CompleteOf(string folder) => CompleteIn.GetValueOrDefault(folder.Length > Folder.Length ? folder[(Folder.Length + 1)..] : ".", Complete);

    /// <summary>The files of a folder of the summary, those of its bases too, by name as Terraform reads them; of two with one name the nearest counts.</summary>
    internal IEnumerable<SourceFile> FilesIn(string folder)
    {
        var inside = folder[Folder.Length..];
        var names = NamesIn(inside);
        if (Based.TryGetValue(inside.TrimStart('/'), out var other) && FileTree.Resolve(Folder, other) is { } based)
        {
            names = names.Concat(NamesIn(based[Folder.Length..]));
        }

        return names.DistinctBy(NameOf).Where(ModuleReader.IsModuleFile).OrderBy(NameOf, StringComparer.Ordinal).Select(File);
    }

    private IEnumerable<string> NamesIn(string inside) => Bases.Prepend(Folder).SelectMany(each => Names.Value[each + inside]);

    /// <summary>The summary in a folder; its manifest is read once, however many calls ask.</summary>
    private static ModuleSummary? Of(string folder) => Known.GetOrAdd(folder, Read);

    private static ModuleSummary? Read(string folder)
    {
        if (Names.Value[folder].FirstOrDefault(name => name.EndsWith("/" + Manifest, StringComparison.Ordinal)) is not { } name)
        {
            return null;
        }

        var body = HclParser.ParseFile(File(name)).Body;
        if (Text(body, "versions") is not { } constraint)
        {
            return null;
        }

        var versions = VersionRange.Parse(constraint);
        return Text(body, "extends") is { } other && Of($"{FolderOf(folder)}/{other}") is { } extended
            ? extended with { Folder = folder, Bases = [extended.Folder, .. extended.Bases], Versions = versions }
            : new ModuleSummary(folder, [], versions, Texts(body, "providers"), Texts(body, "complete"), ByFolder(body), Pairs(body, "same"), Pairs(body, "based"));
    }

    /// <summary>What is complete in single folders, with what is complete in all.</summary>
    private static Dictionary<string, IReadOnlySet<string>> ByFolder(Body body)
    {
        var folders = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        if (body.Find("complete_in") is { Value: { Kind: NodeKind.Object } map })
        {
            foreach (var item in map.Children)
            {
                if (StaticText.Name(item[0]) is { } folder)
                {
                    folders.TryAdd(folder, new HashSet<string>([.. Texts(body, "complete"), .. Texts(item[1])], StringComparer.Ordinal));
                }
            }
        }

        return folders;
    }

    private static string? Text(Body body, string name) => body.Find(name) is { } written ? StaticText.Of(written.Value) : null;

    private static HashSet<string> Texts(Body body, string name) =>
        body.Find(name) is { } written ? Texts(written.Value) : [];

    private static HashSet<string> Texts(Expression list) => list.Kind == NodeKind.Tuple ? [.. list.Children.Select(StaticText.Of).OfType<string>()] : [];

    private static Dictionary<string, string> Pairs(Body body, string name)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Find(name) is { Value: { Kind: NodeKind.Object } map })
        {
            foreach (var item in map.Children)
            {
                if (StaticText.Name(item[0]) is { } key && StaticText.Of(item[1]) is { } value)
                {
                    pairs.TryAdd(key, value);
                }
            }
        }

        return pairs;
    }

    private static SourceFile File(string name) => SourceFile.FromResource(Home, Home.GetManifestResourceInfo(name) is null ? name.Replace('/', '\\') : name);

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}

/// <summary>A summary in the place of the module that a call names.</summary>
/// <param name="Summary">The summary.</param>
/// <param name="Call">Header of the call.</param>
internal sealed record SummarizedCall(ModuleSummary Summary, Span Call);
