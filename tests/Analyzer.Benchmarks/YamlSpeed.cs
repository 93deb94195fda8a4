using System.Diagnostics;
using System.Globalization;
using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Recognition;
using Analyzer.Languages.Yaml;
using YamlDotNet.Core;

namespace Analyzer.Benchmarks;

/// <summary>How fast YAML that does not matter is passed over, how fast manifests are read, and how much of that is the parser of YamlDotNet. Start as <c>dotnet run -c Release -- yaml</c>.</summary>
internal static class YamlSpeed
{
    private const int Rounds = 7;
    private const int Bytes = 8 << 20;

    internal static void Run()
    {
        var other = Encoding.UTF8.GetBytes(Repeated((at, random) => ScaleText.Noise(19, random).Text + $"# {at}\n"));
        var manifests = Encoding.UTF8.GetBytes(Repeated((at, random) => "---\n" + ScaleText.Deployment($"app-{at}", "shop", random)));
        var text = Encoding.UTF8.GetString(manifests);
        Print("pass over what does not matter", Best(() => ContentScan.Of("other.yaml", other)), other.Length);
        var events = Best(() =>
        {
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
            }
        });
        Print("events of YamlDotNet alone", events, manifests.Length);
        var read = Best(() => YamlReader.Read(new SourceFile("app.yaml", manifests), YamlOptions.Kubernetes, new ProblemLog()));
        Print("read manifests", read, manifests.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"YamlDotNet is {100 * events.Seconds / read.Seconds:F0} % of reading"));
    }

    private static string Repeated(Func<int, Random, string> next)
    {
        var (text, random) = (new StringBuilder(Bytes), new Random(1));
        for (var at = 0; text.Length < Bytes; at++)
        {
            text.Append(next(at, random));
        }

        return text.ToString();
    }

    /// <summary>The least of several times, and what is allocated each time.</summary>
    private static Cost Best(Action run)
    {
        var (best, allocated) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            run();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return new Cost(best, allocated);
    }

    private static void Print(string what, Cost cost, int bytes) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-32} {bytes / cost.Seconds / 1e6,7:F0} MB/s, allocating {(double)cost.Allocated / bytes,3:F0} bytes a byte"));

    private readonly record struct Cost(double Seconds, long Allocated);
}
