using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;
using BenchmarkDotNet.Attributes;

namespace Analyzer.Benchmarks;

/// <summary>HCL, bytes to tree. Targets: 80 MB/s warm, 20 MB/s cold (see <see cref="ColdStart"/>), 6 bytes allocated per byte of input.</summary>
[InProcess]
[MemoryDiagnoser]
public class HclBenchmarks
{
    private SourceFile _file = null!;

    /// <summary>Size of the text in MB.</summary>
    [Params(1, 4)]
    public int Megabytes { get; set; }

    /// <summary>Generates the text.</summary>
    [GlobalSetup]
    public void Generate() => _file = new SourceFile("main.tf", HclText.Generate(seed: 1, Megabytes * 1_000_000));

    /// <summary>The whole tree.</summary>
    [Benchmark]
    public HclFile Parse() => HclParser.ParseFile(_file);
}
