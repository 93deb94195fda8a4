using System.Diagnostics;
using System.Globalization;

namespace Analyzer.Benchmarks;

/// <summary>
/// Cold runs of the built command over Terraform of a given size: 1,000 files with 60,000 lines, half, twice and six times as many roots, these on all cores and on one, a resource for each of 10,000
/// elements, and a plan of 85,000 lines; beside them, in the same run, <c>terraform fmt</c> over the same files. Start as <c>dotnet run -c Release -- terraform PATH/TO/pullpath [FOLDER...]</c>; folders are
/// real repositories to time as well.
/// </summary>
internal static class TerraformSpeed
{
    private const int Runs = 5;

    /// <summary>Prints the least and the median wall time and the peak of resident memory of each case, and ratios between them.</summary>
    internal static void Run(string command, IReadOnlyList<string> repositories)
    {
        var folder = Directory.CreateTempSubdirectory("pullpath-benchmark").FullName;
        try
        {
            var (half, whole, twice) = (Roots(folder, 25), Roots(folder, 50), Roots(folder, 100));
            var (elements, plan) = (Project(folder, "elements"), Path.Combine(Project(folder, "plan"), "plan.json"));
            TerraformText.WriteForEach(elements, 10_000);
            File.WriteAllText(plan, TerraformText.Plan(85_000));
            Say($"{Count(whole)}; plan of {File.ReadLines(plan).Count():N0} lines");

            var medium = Measure("1,000 files", command, whole);
            var small = Measure("500 files", command, half);
            var large = Measure("2,000 files", command, twice);
            Say($"twice the roots: {medium / small:F2} and {large / medium:F2} times the time");

            // On a hundred roots, and on three hundred: what starts and ends a process is the same on any number of processors, and a tenth of the time over a hundred.
            var one = Measure("the same, one core", command, twice, cores: 1);
            var many = Roots(folder, 300);
            var (all, single) = (Measure("6,000 files", command, many), Measure("the same, one core", command, many, cores: 1));
            Say($"one core takes {one / large:F2} and {single / all:F2} times as long as all {Environment.ProcessorCount}; six times the roots {all / medium:F2} times as long");
            Measure("for_each of 10,000", command, elements);
            Measure("plan", command, plan);
            foreach (var repository in repositories)
            {
                Say(Count(repository));
                Measure(Path.GetFileName(repository), command, repository);
            }

            if (TryMeasure("terraform fmt", "terraform", ["fmt", "-recursive", "-write=false", "-list=false", whole]) is { } peer)
            {
                Say($"1,000 files: terraform fmt takes {peer / medium:F1} times as long");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Project(string folder, string name)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(path, "pullpath.yaml"), "");
        return path;
    }

    private static string Roots(string folder, int roots)
    {
        var path = Project(folder, $"roots-{roots}");
        TerraformText.WriteRoots(path, roots);
        return path;
    }

    private static string Count(string folder)
    {
        var files = Directory.GetFiles(folder, "*.tf", SearchOption.AllDirectories);
        return string.Create(CultureInfo.InvariantCulture, $"{files.Length:N0} files, {files.Sum(file => File.ReadLines(file).LongCount()):N0} lines, {files.Sum(file => new FileInfo(file).Length) / 1e6:F1} MB");
    }

    private static double Measure(string name, string command, string path, int? cores = null)
    {
        // A path outside of the current folder is a root of analysis by itself when the command is started inside of it.
        var folder = File.Exists(path) ? Path.GetDirectoryName(path)! : path;
        return TryMeasure(name, command, ["check", File.Exists(path) ? path : "."], folder, cores)
            ?? throw new InvalidOperationException($"{command} does not start.");
    }

    private static double? TryMeasure(string name, string command, string[] arguments, string? folder = null, int? cores = null)
    {
        var times = new List<double>();
        long memory = 0;
        for (var run = 0; run < Runs; run++)
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
            if (cores is { } count)
            {
                start.Environment["DOTNET_PROCESSOR_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
            }

            try
            {
                var watch = Stopwatch.StartNew();
                using var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, _) => { };
                process.OutputDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                process.BeginOutputReadLine();
                while (!process.WaitForExit(5))
                {
                    process.Refresh();
                    memory = Math.Max(memory, Peak(process));
                }

                process.WaitForExit();
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return null;
            }
        }

        times.Sort();
        Say(string.Create(CultureInfo.InvariantCulture, $"{name,-20} least {times[0],6:F0} ms, median {times[Runs / 2],6:F0} ms, peak {memory / 1e6,4:F0} MB"));
        return times[Runs / 2];
    }

    /// <summary>0 where the process has ended between two looks.</summary>
    private static long Peak(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static void Say(FormattableString text) => Say(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
