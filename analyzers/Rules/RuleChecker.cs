using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Rules;

/// <summary>Checks the expressions of rules against the model's shapes and functions. What is wrong is a fatal problem <c>rule-invalid</c> with its place in the rule file.</summary>
/// <param name="shapes">All kinds of facts.</param>
/// <param name="functions">The model's functions.</param>
public sealed class RuleChecker(IReadOnlyList<Shape> shapes, IReadOnlyList<Function> functions)
{
    private readonly Dictionary<string, Shape> _shapes = shapes.ToDictionary(shape => shape.Kind, StringComparer.Ordinal);
    private readonly Func<string, Function?> _functions = RuleFunctions.Table(functions);

    /// <summary>Checks a rule; true if it is right.</summary>
    public bool Check(Rule rule, ProblemLog problems)
    {
        if (!_shapes.ContainsKey(rule.For))
        {
            var kinds = string.Join(", ", _shapes.Keys.Order(StringComparer.Ordinal));
            problems.Add(Wrong($"\"{rule.For}\" is no kind of fact; there are {kinds}.", KindPlace(rule)));
            return false;
        }

        var types = new ExpressionTypes(_shapes, _functions, rule.For);
        if (rule.When is { } when)
        {
            types.Expect(FieldType.Bool, when, "\"when\"");
        }

        types.Expect(FieldType.Bool, rule.Require, "\"require\"");
        foreach (var level in rule.Levels)
        {
            types.Expect(FieldType.Bool, level.When, "\"when\" of a level");
        }

        if (rule.Anchor is { } anchor)
        {
            types.Of(anchor);
        }

        foreach (var related in rule.Related)
        {
            types.Of(related.Value);
            types.Of(related.Message);
        }

        types.Of(rule.Message);
        foreach (var (message, place) in types.Errors)
        {
            problems.Add(Wrong(message, place));
        }

        return types.Errors.Count == 0;
    }

    private static Problem Wrong(string message, Span place) => new(RuleReader.Invalid, message, place, ProblemSeverity.Fatal);

    private static Span KindPlace(Rule rule)
    {
        var found = rule.File.Bytes.Span.IndexOf("\nfor:"u8);
        if (found < 0)
        {
            return rule.File.At(0, 0);
        }

        var (line, _) = rule.File.LineOf(found + 1);
        var (start, length) = rule.File.Line(line);
        return rule.File.At(start, length);
    }
}
