using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.Tests.CloudFormation;

/// <summary>
/// Functions as they stand in 80 public templates, written anew without what is around them (<c>Data/resolved.json</c>), give one of the values that cfn-lint 1.51 makes of them in
/// <c>us-east-1</c>. Where it decides what depends on account or region, ours has holes that its value fills.
/// </summary>
public sealed class ResolvedValueTests
{
    /// <summary>What public templates compute: where they are, a template with nothing else in it, the values.</summary>
    internal static IReadOnlyList<MapValue> Cases { get; } = Read("resolved.json");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Count)];

    /// <summary>Cases in a file beside the tests.</summary>
    internal static IReadOnlyList<MapValue> Read(string name) =>
        [.. ((ListValue)JsonReader.Read(new SourceFile(name, File.ReadAllBytes(Path.Join(AppContext.BaseDirectory, "CloudFormation/Data", name))), new ProblemLog())!).Values.OfType<MapValue>()];

    [Theory]
    [MemberData(nameof(Numbers), DisableDiscoveryEnumeration = true)]
    public void Values_are_those_of_the_oracle(int number)
    {
        var one = Cases[number];
        var template = one["template"]!.Trace!.Place.Text;
        var stacks = new Stacks("t.json", template);
        foreach (var expected in ((MapValue)one["values"]!).Entries)
        {
            var value = stacks["It"].Body[expected.Key];
            var possible = expected.Value is ListValue list ? list.Values : [expected.Value];
            Assert.True(value is not null && possible.Any(each => MayBe(value, each)), $"{one["source"]} {expected.Key}: {Stacks.Show(value)} is none of {Stacks.Show(expected.Value)}");
        }
    }

    [Fact]
    public void There_are_enough_of_them()
    {
        Assert.True(Cases.Count >= 50);
        Assert.Equal(Cases.Count, Cases.Select(one => Stacks.Show(one["source"])).Distinct().Count());
    }

    private static bool MayBe(Value value, Value expected) => (value, expected) switch
    {
        (ChoiceValue choice, _) => choice.Alternatives.Any(each => MayBe(each.Value, expected)),
        (BoolValue flag, TextValue text) => text.Known == (flag.Value ? "true" : "false"),
        (TextValue { Known: { } known }, TextValue text) => text.Known == known,
        (TextValue holes, TextValue text) => Fills(holes, text.Known!),
        (ListValue mine, ListValue theirs) => mine.Items.Length == theirs.Items.Length && mine.Values.Zip(theirs.Values).All(pair => MayBe(pair.First, pair.Second)),
        (MapValue mine, MapValue theirs) => mine.Entries.Length == theirs.Entries.Length && mine.Entries.All(entry => theirs[entry.Key] is { } other && MayBe(entry.Value, other)),
        _ => false,
    };

    private static bool Fills(TextValue holes, string text)
    {
        var at = holes.Prefix.Length;
        if (!text.StartsWith(holes.Prefix, StringComparison.Ordinal) || !text.EndsWith(holes.Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var part in holes.Parts)
        {
            if (part.Literal is { } literal && text.IndexOf(literal, Math.Max(0, at - holes.Prefix.Length), StringComparison.Ordinal) is var found)
            {
                if (found < 0)
                {
                    return false;
                }

                at = found + literal.Length;
            }
        }

        return true;
    }
}
