using System.Globalization;
using Analyzer.Benchmarks;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

switch (args)
{
    case ["hcl-cold"]:
        ColdStart.Run();
        break;
    case ["process", .. var commands]:
        WholeProcess.Run(commands);
        break;
    case ["scale", var folder, var files]:
        ScaleTree.Write(folder, int.Parse(files, CultureInfo.InvariantCulture), seed: 1, Rules());
        break;
    case ["roots", var folder, var roots]:
        TerraformText.WriteRoots(folder, int.Parse(roots, CultureInfo.InvariantCulture));
        break;
    case ["terraform", var command, .. var repositories]:
        TerraformSpeed.Run(command, repositories);
        break;
    case ["stages", var folder]:
        StageSpeed.Run(folder, Rules());
        break;
    case ["yaml"]:
        YamlSpeed.Run();
        break;
    default:
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

// The rules of the repository in which this is started.
static IReadOnlyList<Rule> Rules() => RuleSet.Of(Directory.EnumerateFiles("rules", "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    .Select(path => new SourceFile(path, File.ReadAllBytes(path)))).Read(new ProblemLog(), withExamples: true);
