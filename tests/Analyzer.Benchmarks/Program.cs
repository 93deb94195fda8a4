using System.Globalization;
using Analyzer.Benchmarks;

switch (args)
{
    case ["hcl-cold"]:
        ColdStart.Run();
        break;
    case ["process", .. var commands]:
        WholeProcess.Run(commands);
        break;
    case ["scale", var folder, var files]:
        ScaleTree.Write(folder, int.Parse(files, CultureInfo.InvariantCulture), seed: 1);
        break;
    case ["roots", var folder, var roots]:
        TerraformText.WriteRoots(folder, int.Parse(roots, CultureInfo.InvariantCulture));
        break;
    case ["terraform", var command, .. var repositories]:
        TerraformSpeed.Run(command, repositories);
        break;
    case ["yaml"]:
        YamlSpeed.Run();
        break;
    default:
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
