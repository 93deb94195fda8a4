using System.Diagnostics;
using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Benchmarks;

/// <summary>
/// The first parse of a fresh process, which is what a pre-commit hook waits for: a benchmark harness only sees warm code. Start as
/// <c>dotnet run -c Release -- hcl-cold</c>, several times. Where there is a terraform, its formatter reads the same text in the same run.
/// </summary>
internal static class ColdStart
{
    private const int WarmRounds = 15;

    /// <summary>Prints MB/s of the first parse, MB/s of the best of the later ones, bytes allocated per byte of input, and how much longer <c>terraform fmt</c> takes.</summary>
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
        if (Formatted(file.Bytes.Span) is { } peer)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"terraform fmt {Rate(file, peer):F2} MB/s: {peer / cold:F0} times as long as the first parse, {peer / warm:F0} times as long as the later ones"));
        }
    }

    /// <summary>The whole process of <c>terraform fmt</c>, which parses and prints; null where there is none.</summary>
    private static TimeSpan? Formatted(ReadOnlySpan<byte> text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.tf");
        try
        {
            File.WriteAllBytes(path, text);
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("terraform", ["fmt", "-write=false", "-list=false", path]) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"terraform fmt ended with {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
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
