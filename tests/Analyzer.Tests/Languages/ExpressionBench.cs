using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages;

/// <summary>
/// Evaluates expressions as they are written, with Terraform's functions and the given names: <c>Evaluated("upper(var.a)", ("var.a", Text("x")))</c>. A name may be dotted.
/// </summary>
internal static class ExpressionBench
{
    internal static Value Evaluated(string expression, params (string Name, Value Value)[] names) => Evaluated(expression, new Budget(), names);

    internal static Value Evaluated(string expression, Budget budget, params (string Name, Value Value)[] names) =>
        new Evaluator(new BenchScope(names), budget).Evaluate(Parsed(expression));

    internal static Expression Parsed(string expression) => HclParser.ParseExpression(SourceFile.FromText("expression.tf", expression)).Expression;

    internal static TextValue Text(string text) => new(text);

    internal static NumberValue Number(long number) => NumberValue.Of(number);

    internal static ListValue List(params Value[] values) => ListValue.Of(values);

    /// <summary>A variable without a value.</summary>
    internal static UnknownValue Unknown(string name, DataType? type = null) =>
        new(UnknownReason.NoValue, $"{name} has no value", null, new Reference(new Address("root", name), ""), type);

    /// <summary>An attribute that a provider computes.</summary>
    internal static UnknownValue Computed(string address, string attribute, DataType? type = null) =>
        new(UnknownReason.Computed, $"{address}.{attribute} is computed", null, new Reference(new Address("root", address), attribute), type) { IsNotNull = true };

    /// <summary>An unknown without identity.</summary>
    internal static UnknownValue Anything(DataType? type = null) => new(UnknownReason.NotComputed, "nobody knows", type: type);

    /// <summary>A resource as other expressions see it: what is written, and everything else computed.</summary>
    internal static Value Resource(string address, params (string Key, Value Value)[] written) =>
        new MapValue([.. written.Select(each => new Entry(each.Key, each.Value))])
        {
            OpenBecause = [new Cause(UnknownReason.Computed, $"{address} is computed", null, null)],
        }.Through(StepKind.Attribute, address, default, new Reference(new Address("root", address), ""));

    internal static Guard When(string name, bool taken = true) => Guard.When($"root:{name}", taken, name);

    /// <summary>The value in one line: choices as <c>guard -> value | ...</c>, unknowns as their reference or <c>?</c>, open ends as <c>...</c>.</summary>
    internal static string Shown(Value value) => value switch
    {
        NullValue => "null",
        BoolValue known => known.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        TextValue text => $"\"{string.Concat(text.Parts.Select(part => part.Literal ?? $"<{Shown(part.Hole!)}>"))}\"",
        ListValue list => "[" + string.Join(", ", list.Items.Select(item => Shown(item.Guard) + Shown(item.Value)).Concat(list.IsOpen ? ["..."] : Array.Empty<string>())) + "]",
        MapValue map => "{" + string.Join(", ", map.Entries.Select(each => $"{Shown(each.Guard)}{each.Key} = {Shown(each.Value)}").Concat(map.IsOpen ? ["..."] : Array.Empty<string>())) + "}",
        ChoiceValue choice => string.Join(" | ", choice.Alternatives.Select(each => Shown(each.Guard) + Shown(each.Value))),
        UnknownValue unknown when Conversion.IsError(unknown) => "error",
        UnknownValue { Reference: { } reference } => reference.ToString(),
        UnknownValue { Element: { } element } => $"?[{Shown(element)}]",
        _ => "?",
    };

    internal static bool HasError(Value value) => value.Deep().Any(Conversion.IsError);

    private static string Shown(Guard guard) => guard.IsAlways ? "" : $"{guard} -> ";

    private static readonly FileFunctions Files = new(new MemoryFiles(), "", "", (_, _) => NullValue.Instance, new FileReads());

    private sealed class BenchScope((string Name, Value Value)[] names) : IScope
    {
        public string PredicatePrefix => "root";

        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            var name = root.Name;
            for (taken = 0; ; taken++)
            {
                foreach (var each in names)
                {
                    if (each.Name == name)
                    {
                        return each.Value;
                    }
                }

                if (taken >= steps.Length || steps[taken].Kind != NodeKind.GetAttribute)
                {
                    return null;
                }

                name = string.Create(CultureInfo.InvariantCulture, $"{name}.{steps[taken].Name}");
            }
        }

        public Function? FindFunction(string name) => TerraformFunctions.Find(name) ?? Files.Find(name);
    }
}
