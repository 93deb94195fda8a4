using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>
/// Identities of findings: made of the rule, the folder of the place to edit and the name of the thing. Lines, instance keys and the machine are not part of them; nor is the way
/// through modules, where thing and place stand in the same folder; nor is the file. Names are unique in a module of Terraform; where a folder has the same name in several templates or
/// manifests, the first of these files has the plain mark and the others have their own name in it.
/// </summary>
internal static class Fingerprint
{
    private static readonly string[] ModuleFiles = [".tf", ".tofu", ".tf.json", ".tofu.json"];

    /// <summary>Gives each finding of one rule its fingerprint. Several with the same are told apart by their order in the file.</summary>
    internal static IReadOnlyList<Verdict> Mark(IReadOnlyList<Verdict> verdicts)
    {
        var failed = verdicts.Where(each => each.Outcome == Outcome.Fail).OrderBy(each => each.Primary.Start).ThenBy(each => each.Fact.Address).ToList();
        var names = failed.ConvertAll(each => new Name(Of(each.Rule.Id, each.Fact, each.Primary), FileOf(each.Primary)));
        var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, file) in names)
        {
            firsts[name] = firsts.TryGetValue(name, out var first) && string.CompareOrdinal(first, file) < 0 ? first : file;
        }

        var marks = new Dictionary<Verdict, string>(ReferenceEqualityComparer.Instance);
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < failed.Count; at++)
        {
            var (name, file) = names[at];
            var whole = firsts[name] == file ? name : $"{name}{file}";
            var earlier = count.GetValueOrDefault(whole);
            count[whole] = earlier + 1;
            marks[failed[at]] = Hash(earlier == 0 ? whole : string.Create(CultureInfo.InvariantCulture, $"{whole}\n{earlier}"));
        }

        return [.. verdicts.Select(verdict => marks.TryGetValue(verdict, out var mark) ? verdict with { Fingerprint = mark } : verdict)];
    }

    private static string Of(string rule, Fact fact, Span primary)
    {
        var folder = FolderOf(primary);
        var name = fact.Address.WithoutKeys.Path;
        while (folder == FolderOf(fact.Place) && name.StartsWith("module.", StringComparison.Ordinal)
            && name.IndexOf('.', "module.".Length) is > 0 and var dot)
        {
            name = name[(dot + 1)..];
        }

        return $"{rule}\n{name}\n{folder}";
    }

    private static string FolderOf(Span place)
    {
        var path = place.Outermost.File.Path;
        return path[..(path.LastIndexOf('/') + 1)];
    }

    /// <summary>The name of a file in its folder; the files of a module of Terraform are one.</summary>
    private static string FileOf(Span place)
    {
        var path = place.Outermost.File.Path;
        return Array.Exists(ModuleFiles, end => path.EndsWith(end, StringComparison.Ordinal)) ? "" : path[(path.LastIndexOf('/') + 1)..];
    }

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    /// <summary>What a finding is called in its folder, and in which file it stands.</summary>
    private sealed record Name(string InFolder, string File);
}
