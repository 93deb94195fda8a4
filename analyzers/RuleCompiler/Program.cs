using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath;
using Analyzer.Rules;

// Compiles the rule files of a folder into one file, while the command is built: RuleCompiler FOLDER OUTPUT.
// A rule that is wrong, or does not fit the model, fails the build at its place.
var (folder, output) = (args[0], args[1]);
var problems = new ProblemLog();
var files = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
    .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
    .Where(path => !path.StartsWith("checklists/", StringComparison.Ordinal))
    .Select(path => new SourceFile("rules/" + path, File.ReadAllBytes(Path.Join(folder, path))));
var rules = RuleSet.Of(files).Read(problems);
var checker = new RuleChecker(ModelReader.Shapes, ModelReader.Functions(new World(new Inventory(), problems)));
foreach (var rule in rules)
{
    checker.Check(rule, problems);
}

foreach (var problem in problems.Sorted())
{
    // The form in which builds say where an error is.
    var place = problem.Place is { } span ? $"{Path.Join(folder, "..", span.Outermost.File.Path)}({span.StartPosition.Line},{span.StartPosition.Column})" : folder;
    Console.Error.WriteLine($"{place}: error {problem.Code}: {problem.Message}");
}

if (problems.Sorted().Count > 0)
{
    return 1;
}

using (var stream = File.Create(output))
{
    CompiledRules.Write(rules, stream);
}

return 0;
