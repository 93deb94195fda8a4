using System.Diagnostics;
using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Benchmarks;

/// <summary>
/// The first parse of a fresh process, which is what a pre-commit hook waits for: a benchmark harness only sees warm code. Start as
/// <c>dotnet run -c Release -- hcl-cold</c>, several times.
/// </summary>
internal static class ColdStart
{
    private const int WarmRounds = 15;

    /// <summary>Prints MB/s of the first parse, MB/s of the best of the later ones, and bytes allocated per byte of input.</summary>
    internal static void Run()
    {
        var file = new SourceFile("main.tf", HclText.Generate(seed: 1, 4_000_000));
        var cold = Time(file, out _);
        var warm = TimeSpan.MaxValue;
        long allocated = 0;
        for (var round = 0; round < WarmRounds; round++)
        {
            var time = Time(file, out allocated);
            warm = time < warm ? time : warm;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"cold {Rate(file, cold):F0} MB/s, warm {Rate(file, warm):F0} MB/s, {(double)allocated / file.Bytes.Length:F2} allocated bytes per input byte"));
    }

    private static double Rate(SourceFile file, TimeSpan time) => file.Bytes.Length / 1e6 / time.TotalSeconds;

    private static TimeSpan Time(SourceFile file, out long allocated)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var tree = HclParser.ParseFile(file);
        watch.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return tree.Problems.Count == 0 ? watch.Elapsed : throw new InvalidOperationException(tree.Problems[0].ToString());
    }
}
