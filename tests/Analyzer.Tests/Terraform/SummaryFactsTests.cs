using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Terraform;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Tests.Terraform;

/// <summary>
/// Summaries against the real modules. Each <c>*.tf</c> in the data is a call; beside it stands what the real module makes of it, recorded by our own loader: the resources of the types for which
/// the summary is complete, and of each the attributes that the summary has.
/// </summary>
/// <remarks>
/// To record: check the modules out as <c>NAMESPACE/NAME/PROVIDER/VERSION</c> (in lower case) below a folder and run these tests with <c>PULLPATH_MODULES</c> naming it.
/// </remarks>
public class SummaryFactsTests
{
    private static readonly string Data = Path.Join(Golden.Root, "tests/Analyzer.Tests/Terraform/Data/summaries");

    /// <summary>What starts a node is wrapped by the modules; a summary has what the call adds to it.</summary>
    private const string Reworded = "user_data";

    public static TheoryData<string> Calls => [.. Directory.GetFiles(Data, "*.tf").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_summary_makes_what_the_module_makes(string name)
    {
        var call = File.ReadAllText(Path.Join(Data, name));
        var summarized = Loaded.Of(call);
        var expected = Path.Join(Data, Path.ChangeExtension(name, ".txt"));
        if (Environment.GetEnvironmentVariable("PULLPATH_MODULES") is { Length: > 0 } modules)
        {
            File.WriteAllText(expected, Facts(Real(call, summarized, modules), summarized));
        }

        Assert.Contains(summarized.Inventory.Resources, resource => resource.Module.Length > 0);
        Assert.Equal(File.ReadAllText(expected), Facts(summarized.Inventory, summarized), ignoreLineEndingDifferences: true);
    }

    /// <summary>The same call with the sources of the modules installed.</summary>
    private static Inventory Real(string call, Loaded summarized, string modules)
    {
        var manifest = new List<string>();
        var files = new List<(string Path, string Text)> { ("main.tf", call) };
        foreach (var gap in summarized.Inventory.Gaps.Where(gap => gap.Complete is not null).DistinctBy(gap => gap.Source))
        {
            var address = ModuleAddress.Parse(gap.Source!, gap.Version)!;
            var folder = $"{address.Name}/{gap.Version}";
            foreach (var path in Directory.GetFiles(Path.Join(modules, folder), "*.tf", SearchOption.AllDirectories))
            {
                files.Add(($".terraform/modules/{folder}/{Path.GetRelativePath(Path.Join(modules, folder), path)}", File.ReadAllText(path)));
            }

            manifest.AddRange(summarized.Inventory.Gaps.Where(each => each.Source == gap.Source).Select(each =>
                $"{{\"Key\":\"{each.Address.Block.Path["module.".Length..]}\",\"Source\":\"{gap.Source}\",\"Dir\":\".terraform/modules/{folder}/{address.Folder}\"}}"));
        }

        files.Add((".terraform/modules/modules.json", $"{{\"Modules\":[{string.Join(',', manifest)}]}}"));
        var inventory = new Inventory();
        TerraformLoader.Load(new MemoryFiles(files), new LoadOptions { Parallelism = 1 }, inventory, new ProblemLog());
        return inventory;
    }

    private static string Facts(Inventory inventory, Loaded summarized)
    {
        var text = new StringBuilder();
        var gaps = summarized.Inventory.Gaps.Where(gap => gap.Complete is not null).ToList();
        foreach (var resource in inventory.Resources.Where(each => !each.IsData && gaps.Exists(gap => each.Address.IsIn(gap.Address) && gap.Complete!.Contains(each.Type))).OrderBy(each => each.Address.Path, StringComparer.Ordinal))
        {
            text.Append(resource.Address.Path).Append(resource.Guard.IsAlways ? "" : $" when {resource.Guard}").Append('\n');
            var seen = (summarized.Inventory.Find(resource.Address) ?? resource).Body;
            foreach (var attribute in seen.Entries.Select(entry => entry.Key).Where(key => key != Reworded).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(attribute).Append(" = ").Append(Loaded.Show(Seen(resource.Body[attribute], seen[attribute]!))).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>What a summary has of a value: of objects only those attributes. What is not written is null.</summary>
    private static Value Seen(Value? value, Value summary) => (value, summary) switch
    {
        (null, _) => NullValue.Instance,
        (MapValue map, MapValue own) => new MapValue([.. own.Entries.Select(entry => entry with { Value = Seen(map[entry.Key], entry.Value) }).OrderBy(entry => entry.Key, StringComparer.Ordinal)]),
        (ListValue list, ListValue own) when list.Items.Length == own.Items.Length =>
            new ListValue([.. list.Items.Zip(own.Items, (item, mine) => item with { Value = Seen(item.Value, mine.Value) })], list.Kind, list.ElementType) { OpenBecause = list.OpenBecause },
        _ => value,
    };
}
