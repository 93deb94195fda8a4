using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Json;

namespace Analyzer.Terraform.Configuration;

/// <summary>Reads the variable files that Terraform loads by itself. Values of the environment and the command line are not known here, so that results do not depend on the machine.</summary>
internal static class VariableFiles
{
    /// <summary>True for any file of variable values, also those that are only read when named on the command line.</summary>
    internal static bool IsVariableFile(string name) =>
        name.EndsWith(".tfvars", StringComparison.Ordinal) || name.EndsWith(".tfvars.json", StringComparison.Ordinal);

    /// <summary>False for a file that the caller names for another language: Terraform reads no YAML.</summary>
    internal static bool MayBeOne(string name) => !name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The values given to the variables of a root module: <c>terraform.tfvars</c>, then <c>terraform.tfvars.json</c>, then <c>*.auto.tfvars</c> and
    /// <c>*.auto.tfvars.json</c> in the order of their names; later ones win.
    /// </summary>
    /// <returns>The values, and whether every file could be read whole.</returns>
    internal static (Dictionary<string, Given> Given, bool AreAll) Read(FileTree files, string folder, ProblemLog problems)
    {
        var given = new Dictionary<string, Given>(StringComparer.Ordinal);
        var areAll = true;
        var names = files.In(folder);
        foreach (var name in names.Where(name => name is "terraform.tfvars")
            .Concat(names.Where(name => name is "terraform.tfvars.json"))
            .Concat(names.Where(IsAutomatic).Order(StringComparer.Ordinal)))
        {
            if (files.Read(folder.Length == 0 ? name : $"{folder}/{name}") is { } source)
            {
                areAll &= ReadFile(source, given, problems);
            }
        }

        return (given, areAll);
    }

    /// <summary>Reads one file; its values win over those already there. False where it cannot be read whole, so that it may give more.</summary>
    internal static bool ReadFile(SourceFile source, Dictionary<string, Given> given, ProblemLog problems) => source.Path.EndsWith(".json", StringComparison.Ordinal)
        ? ReadJson(source, given, problems)
        : ReadNative(source, given, problems);

    /// <summary>The value of an expression that may refer to nothing.</summary>
    internal static Value Constant(Expression expression) => new Evaluator(new NoNames()).Evaluate(expression);

    private static bool IsAutomatic(string name) =>
        name.EndsWith(".auto.tfvars", StringComparison.Ordinal) || name.EndsWith(".auto.tfvars.json", StringComparison.Ordinal);

    private static bool ReadJson(SourceFile source, Dictionary<string, Given> given, ProblemLog problems)
    {
        if (JsonReader.Read(source, problems) is not MapValue map)
        {
            return false;
        }

        foreach (var entry in map.Entries)
        {
            given[entry.Key] = new Given(entry.Value, entry.Value.Trace?.Place ?? source.Whole);
        }

        return !map.IsOpen;
    }

    private static bool ReadNative(SourceFile source, Dictionary<string, Given> given, ProblemLog problems)
    {
        var file = HclParser.ParseFile(source);
        foreach (var problem in file.Problems)
        {
            problems.Add(problem);
        }

        foreach (var attribute in file.Body.Attributes)
        {
            given[attribute.Name] = new Given(Constant(attribute.Value), attribute.Value.Place);
        }

        return file.Problems.Count == 0;
    }

    /// <summary>Variable files hold literals: no name means anything, no function can be called.</summary>
    private sealed class NoNames : IScope
    {
        public string PredicatePrefix => "";

        public Function? FindFunction(string name) => null;

        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            taken = 0;
            return null;
        }
    }
}

/// <summary>A value given to a variable, and where.</summary>
internal sealed record Given(Value Value, Span Place);
