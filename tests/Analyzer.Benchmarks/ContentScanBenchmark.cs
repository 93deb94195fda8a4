using System.Text;
using Analyzer.Languages.Recognition;
using BenchmarkDotNet.Attributes;

namespace Analyzer.Benchmarks;

/// <summary>How fast 16 MiB of YAML that does not matter is passed over.</summary>
[MemoryDiagnoser]
public class ContentScanBenchmark
{
    private byte[] _bytes = [];

    /// <summary>Makes an API description: the words of manifests without their meaning.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var text = new StringBuilder();
        for (var index = 0; text.Length < 16 << 20; index++)
        {
            text.Append($"  /things/{index}:\n    get:\n      summary: A kind of request for Resources\n      operationId: thing{index}\n      responses: {{\"200\": {{description: ok}}}}\n");
        }

        _bytes = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Scans all of it.</summary>
    [Benchmark]
    public ContentKinds Scan() => ContentScan.Of("openapi.yaml", _bytes);
}
