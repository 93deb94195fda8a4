using Analyzer.Benchmarks;

switch (args)
{
    case ["hcl-cold"]:
        ColdStart.Run();
        break;
    case ["process", .. var commands]:
        WholeProcess.Run(commands);
        break;
    default:
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
