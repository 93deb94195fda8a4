using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>Computes the expressions of the tables, over names that the test gives.</summary>
internal static class Expressions
{
    internal static Value Compute(string text, Func<string, Value?>? names = null, FileTree? files = null)
    {
        var file = HclParser.ParseExpression(SourceFile.FromText("expression.tf", text));
        return file.Problems.Count > 0 ? Conversion.Error(file.Problems[0].Message) : new Evaluator(new Scope(names, files ?? new MemoryFiles())).Evaluate(file.Expression);
    }

    private sealed class Scope(Func<string, Value?>? names, FileTree files) : IScope
    {
        private readonly FileFunctions _files = new(files, "", "", (template, variables) =>
        {
            var file = HclParser.ParseTemplate(template);
            return file.Problems.Count > 0 ? Conversion.Error(file.Problems[0].Message) : new Evaluator(new Scope(name => variables[name], files)).Evaluate(file.Expression);
        }, new FileReads());

        public string PredicatePrefix => "root";

        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            taken = 0;
            if (names?.Invoke(root.Name) is { } whole)
            {
                return whole;
            }

            taken = steps.Length > 0 && steps[0].Kind == NodeKind.GetAttribute ? 1 : 0;
            return taken == 0 ? null : root.Name == "path" && steps[0].Name is "module" or "root" ? new TextValue(".")
                : root.Name == "path" ? new UnknownValue(UnknownReason.External, "the working folder", type: DataType.Text)
                : names?.Invoke($"{root.Name}.{steps[0].Name}");
        }

        public Function? FindFunction(string name) => TerraformFunctions.Find(name) ?? _files.Find(name);
    }
}
