using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Analyzer.Tests.House;

/// <summary>The floors of the house: project references between projects, and no circles between the folders inside one.</summary>
public sealed partial class FloorTests
{
    private static readonly Dictionary<string, string[]> MaySee = new(StringComparer.Ordinal)
    {
        ["Facts"] = [],
        ["Languages"] = ["Facts"],
        ["Terraform"] = ["Facts", "Languages"],
        ["CloudFormation"] = ["Facts", "Languages"],
        ["Kubernetes"] = ["Facts", "Languages"],
        ["PullPath"] = ["Facts", "Languages"],
        ["Rules"] = ["Facts", "Languages"],
        ["Reports"] = ["Facts", "Rules"],
        ["RuleCompiler"] = ["Facts", "Languages", "PullPath", "Rules"],
        ["Cli"] = ["Facts", "Languages", "Terraform", "CloudFormation", "Kubernetes", "PullPath", "Rules", "Reports", "RuleCompiler"],
    };

    public static TheoryData<string> Rooms => [.. MaySee.Keys];

    [Fact]
    public void Every_project_has_a_floor() =>
        Assert.Equal(MaySee.Keys.Order(StringComparer.Ordinal), Directory.GetDirectories(Path.Join(Golden.Root, "analyzers")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_floors_below(string room)
    {
        var project = XDocument.Load(Path.Join(Golden.Root, "analyzers", room, room + ".csproj"));
        var seen = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Assert.Empty(seen.Except(MaySee[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_folders_of_a_room_have_no_circle(string room)
    {
        var root = Path.Join(Golden.Root, "analyzers", room);
        var uses = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            var own = Namespace().Match(text).Groups[1].Value;
            foreach (Match used in Using().Matches(text))
            {
                var other = used.Groups[1].Value;
                if (other != own && (other == $"Analyzer.{room}" || other.StartsWith($"Analyzer.{room}.", StringComparison.Ordinal)))
                {
                    (uses.TryGetValue(own, out var set) ? set : uses[own] = []).Add(other);
                }
            }
        }

        foreach (var start in uses.Keys)
        {
            Assert.DoesNotContain(start, Reached(start, uses));
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_library_is_ready_for_ahead_of_time_compilation_without_suppressions(string room)
    {
        var sources = Directory.EnumerateFiles(Path.Join(Golden.Root, "analyzers", room), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal));
        Assert.All(sources, path => Assert.DoesNotContain("UnconditionalSuppressMessage", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", File.ReadAllText(Path.Join(Golden.Root, "analyzers/Directory.Build.props")), StringComparison.Ordinal);
    }

    private static HashSet<string> Reached(string start, Dictionary<string, HashSet<string>> uses)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(uses[start]);
        while (pending.TryPop(out var next))
        {
            if (reached.Add(next) && uses.TryGetValue(next, out var further))
            {
                foreach (var each in further)
                {
                    pending.Push(each);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
