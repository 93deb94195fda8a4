using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Kubernetes;

/// <summary>
/// Shapes of overlays as public repositories have them, in words of our own, and the objects that <c>kubectl kustomize</c> (5.5.0) makes of each. A case is one file: what
/// it builds, its files, what is expected.
/// </summary>
public class OverlayTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Kubernetes", "Data", "overlays");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_build_has_the_objects_that_kubectl_prints(string name)
    {
        var (target, files, expected) = Read(name);
        var manifests = new Manifests(files);
        var objects = manifests.Inventory.Resources.Where(each => each.Address.Scope == target).Select(each => Spell(each.Body)).Order(StringComparer.Ordinal).ToList();

        // Files that hold nothing but definitions of custom resources are not read.
        expected = expected.Where(value => value is MapValue map && (map["kind"] is not TextValue { Known: "CustomResourceDefinition" } || objects.Any(each => each.Contains("CustomResourceDefinition", StringComparison.Ordinal))));
        Assert.Equal(expected.Select(Spell).Order(StringComparer.Ordinal), objects);
        Assert.Empty(manifests.Problems);
        Assert.Empty(manifests.Inventory.Gaps);
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(Cases.Count, 25, int.MaxValue);

    private static (string Target, (string Path, string Text)[] Files, IEnumerable<Value> Expected) Read(string name)
    {
        var sections = File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n")
            .Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(section => section.Split('\n', 2)).ToList();
        var target = sections[0][0]["builds ".Length..];
        var expected = YamlReader.Read(SourceFile.FromText("expected", sections[^1][1]), YamlOptions.Kubernetes, new ProblemLog()).Select(document => document.Root).Where(root => root is MapValue);
        return (target == "." ? "" : target, [.. sections[1..^1].Select(section => (section[0], section[1]))], expected);
    }

    /// <summary>The object as JSON with sorted keys. Placeholders are text for kustomize and show as such in what it prints, so both sides are read alike.</summary>
    private static string Spell(Value value) => JsonText.Plain(Filled(value)).ToString();

    private static Value Filled(Value value) => value switch
    {
        MapValue map => new MapValue([.. map.Entries.Select(entry => entry with { Value = Filled(entry.Value) })]),
        ListValue list => ListValue.Of(list.Values.Select(Filled)),
        TextValue text => new TextValue(string.Concat(text.Parts.Select(part => part.Literal ?? Placeholder(part.Hole!)))),
        UnknownValue => new TextValue(Placeholder(value)),
        _ => value,
    };

    private static string Placeholder(Value hole) => ((UnknownValue)hole).Reference!.Target.Path;
}
