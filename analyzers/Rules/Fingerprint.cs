using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>
/// Identities of findings: made of the rule, the file of the place to edit and the name of the thing. Lines, instance keys and the machine are not part of them; nor is the way
/// through modules, where thing and place stand in the same module, nor which file of a Terraform module it is: names are unique in the whole of it.
/// </summary>
internal static class Fingerprint
{
    private static readonly string[] ModuleFiles = [".tf", ".tofu", ".tf.json", ".tofu.json"];

    /// <summary>Gives each finding of one rule its fingerprint. Several with the same are told apart by their order in the file.</summary>
    internal static IReadOnlyList<Verdict> Mark(IReadOnlyList<Verdict> verdicts)
    {
        var marks = new Dictionary<Verdict, string>(ReferenceEqualityComparer.Instance);
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var verdict in verdicts
            .Where(each => each.Outcome == Outcome.Fail)
            .OrderBy(each => each.Primary.Start)
            .ThenBy(each => each.Fact.Address))
        {
            var name = Of(verdict.Rule.Id, verdict.Fact, verdict.Primary);
            var earlier = count.GetValueOrDefault(name);
            count[name] = earlier + 1;
            marks[verdict] = Hash(earlier == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}\n{earlier}"));
        }

        return [.. verdicts.Select(verdict => marks.TryGetValue(verdict, out var mark) ? verdict with { Fingerprint = mark } : verdict)];
    }

    private static string Of(string rule, Fact fact, Span primary)
    {
        var path = HomeOf(primary);
        var name = fact.Address.WithoutKeys.Path;
        while (path == HomeOf(fact.Place) && name.StartsWith("module.", StringComparison.Ordinal)
            && name.IndexOf('.', "module.".Length) is > 0 and var dot)
        {
            name = name[(dot + 1)..];
        }

        return $"{rule}\n{name}\n{path}";
    }

    /// <summary>The folder of a file of Terraform, which is its module; any other file itself.</summary>
    private static string HomeOf(Span place)
    {
        var path = place.Outermost.File.Path;
        return Array.Exists(ModuleFiles, end => path.EndsWith(end, StringComparison.Ordinal)) ? path[..(path.LastIndexOf('/') + 1)] : path;
    }

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
