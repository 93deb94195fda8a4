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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"YamlDotNet is {100 * events / read:F0} % of reading"));
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

    /// <summary>The least of several times, in seconds.</summary>
    private static double Best(Action run)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            run();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static void Print(string what, double seconds, int bytes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32} {bytes / seconds / 1e6,7:F0} MB/s"));
}
