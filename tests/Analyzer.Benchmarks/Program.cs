using Analyzer.Benchmarks;

if (args is ["hcl-cold"])
{
    ColdStart.Run();
}
else
{
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
