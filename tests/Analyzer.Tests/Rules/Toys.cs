using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>A kind of fact for tests of the engine.</summary>
internal sealed class Toy : Fact
{
    internal static Shape Fields { get; } = new(
        "toy",
        "A toy.",
        Shape.Field<Toy>("name", FieldType.Text, "Its name.", toy => toy.Name),
        Shape.Field<Toy>("safe", FieldType.Bool, "Whether it is safe.", toy => toy.Safe),
        Shape.Field<Toy>("sold", FieldType.Bool, "Whether it is sold.", toy => toy.Sold),
        Shape.Field<Toy>("parts", FieldType.List(FieldType.Of("toy")), "Its parts.", toy => toy.Parts),
        Shape.Field<Toy>("labels", FieldType.Any, "Its labels.", toy => toy.Labels),
        Shape.Field<Toy>("maker", FieldType.Of("toy"), "Who made it.", toy => toy.Maker));

    public override Shape Shape => Fields;

    internal Value Name { get; init; } = new TextValue("car");

    internal Value Safe { get; init; } = BoolValue.True;

    internal Value Sold { get; init; } = BoolValue.True;

    internal Value Parts { get; init; } = ListValue.Empty;

    internal Value Labels { get; init; } = MapValue.Empty;

    internal Value Maker { get; init; } = NullValue.Instance;
}

/// <summary>Builds toys, rules and verdicts.</summary>
internal static class Toys
{
    internal static SourceFile File { get; } = SourceFile.FromText("toys/main.tf", string.Concat(Enumerable.Range(1, 40).Select(line => $"line {line:00}\n")));

    internal static Cause NoValue { get; } = new(UnknownReason.NoValue, "variable \"x\" has no value", Line(30), null);

    internal static Value Unknown { get; } = new UnknownValue([NoValue], DataType.Bool);

    /// <summary>The text of a line of the toys' file, or of another.</summary>
    internal static Span Line(int line, SourceFile? file = null)
    {
        var (start, length) = (file ?? File).Line(line);
        return (file ?? File).At(start, length);
    }

    internal static Value At(this Value value, int line, StepKind kind = StepKind.Literal, string name = "") => value.Through(kind, name, Line(line));

    internal static Toy Toy(string path = "toy.car", int line = 1, Value? safe = null, Value? sold = null, Value? name = null, ListValue? parts = null,
        Guard? guard = null, SourceFile? file = null, Value? labels = null, Value? maker = null) => new()
        {
            Address = new Address("toys", path),
            Place = Line(line, file),
            Name = name ?? new TextValue("car"),
            Safe = safe ?? BoolValue.True,
            Sold = sold ?? BoolValue.True,
            Parts = parts ?? ListValue.Empty,
            Labels = labels ?? MapValue.Empty,
            Maker = maker ?? NullValue.Instance,
            Guard = guard ?? Guard.Always,
        };

    /// <summary>A rule over toys; <paramref name="more"/> are further lines of its file.</summary>
    internal static string Text(string require = "toy.safe", string more = "", string level = "error", string message = "${toy.name} is not safe") => $$"""
        title: Toy is not safe
        level: {{level}}
        for: toy
        require: '{{require}}'
        message: "{{message}}"
        {{more}}
        """;

    internal static Rule Rule(string require = "toy.safe", string more = "", string level = "error", string message = "${toy.name} is not safe")
    {
        var problems = new ProblemLog();
        var rule = RuleReader.Read(SourceFile.FromText("rules/toy-unsafe.yaml", Text(require, more, level, message)), problems, withExamples: true);
        Assert.Empty(problems.Sorted().Select(problem => $"{problem.Place} {problem.Message}"));
        return rule!;
    }

    internal static IReadOnlyList<Verdict> Decide(Rule rule, params IEnumerable<Toy> toys)
    {
        var model = new FactModel();
        foreach (var toy in toys)
        {
            model.Add(toy);
        }

        var problems = new ProblemLog();
        var verdicts = Judge.Decide([rule], model, ImmutableArray<Function>.Empty, problems);
        Assert.Empty(problems.Sorted());
        return verdicts;
    }

    internal static Value Of(Truth truth) => truth == Truth.Unknown ? Unknown : BoolValue.Of(truth == Truth.Yes);
}
