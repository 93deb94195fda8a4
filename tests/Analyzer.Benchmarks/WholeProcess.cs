using System.Diagnostics;
using System.Globalization;

namespace Analyzer.Benchmarks;

/// <summary>
/// Cold runs of the built command, which is what a hook waits for: its version, an empty folder, one file, a root module with manifests, 50 files in
/// all, and a template with 30 conditions. Start as
/// <c>dotnet run -c Release -- process PATH/TO/pullpath</c>; a second command, such as an older build, is timed in turn with the first.
/// </summary>
internal static class WholeProcess
{
    private const int Runs = 15;
    private const int Services = 16;
    private const int Manifests = 31;

    /// <summary>Prints the least and the median wall time of each case in milliseconds.</summary>
    internal static void Run(IReadOnlyList<string> commands)
    {
        var folder = Directory.CreateTempSubdirectory("pullpath-benchmark").FullName;
        try
        {
            var (empty, one, fifty, conditions) = (Empty(folder, "empty"), One(folder), Fifty(folder), Conditions(folder));
            (string Name, string[] Arguments)[] cases =
                [("version", ["--version"]), ("empty folder", ["check", empty]), ("one file", ["check", one]), ("50 files", ["check", fifty]), ("30 conditions", ["check", conditions])];
            foreach (var (name, arguments) in cases)
            {
                var times = commands.ToDictionary(command => command, _ => new List<double>());
                for (var run = 0; run < Runs; run++)
                {
                    foreach (var command in commands)
                    {
                        times[command].Add(Time(command, arguments));
                    }
                }

                foreach (var command in commands)
                {
                    times[command].Sort();
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-13} least {times[command][0],4:F0} ms, median {times[command][Runs / 2],4:F0} ms  {command}"));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Time(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 or 1 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{command} ended with {process.ExitCode}");
    }

    /// <summary>A folder that is a project of its own.</summary>
    private static string Empty(string folder, string name)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(path, "pullpath.yaml"), "");
        return path;
    }

    private static string One(string folder)
    {
        var path = Empty(folder, "one");
        File.WriteAllText(Path.Combine(path, "main.tf"), "resource \"aws_vpc\" \"shop\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n");
        return path;
    }

    private static string Conditions(string folder)
    {
        var path = Empty(folder, "conditions");
        File.WriteAllText(Path.Combine(path, "template.yaml"), TemplateText.Conditions(30));
        return path;
    }

    /// <summary>The sample where all is right, with a role for each of 16 services and 31 deployments.</summary>
    private static string Fifty(string folder)
    {
        var path = Empty(folder, "fifty");
        var sample = Sample();
        foreach (var name in new[] { "cluster.tf", "network.tf", "identity.tf" })
        {
            File.Copy(Path.Combine(sample, name), Path.Combine(path, name));
        }

        var identity = File.ReadAllText(Path.Combine(sample, "identity.tf"));
        identity = identity[identity.IndexOf("data \"aws_iam", StringComparison.Ordinal)..];
        for (var service = 0; service < Services; service++)
        {
            File.WriteAllText(Path.Combine(path, $"service{service}.tf"), identity.Replace("\"api\"", $"\"api{service}\"", StringComparison.Ordinal)
                .Replace(".api.", $".api{service}.", StringComparison.Ordinal).Replace("shop:api", $"shop:api{service}", StringComparison.Ordinal).Replace("orders", $"orders{service}", StringComparison.Ordinal));
        }

        var manifest = File.ReadAllText(Path.Combine(sample, "k8s", "api.yaml"));
        Directory.CreateDirectory(Path.Combine(path, "k8s"));
        for (var deployment = 0; deployment < Manifests; deployment++)
        {
            var name = deployment < Services ? $"api{deployment}" : $"job{deployment}";
            var account = $"api{deployment % Services}";

            // A job runs under the account of its service: only the service declares it.
            var text = deployment < Services ? manifest : manifest[(manifest.IndexOf("---\n", StringComparison.Ordinal) + 4)..];
            File.WriteAllText(Path.Combine(path, "k8s", name + ".yaml"), text.Replace("serviceAccountName: api", "serviceAccountName: " + account, StringComparison.Ordinal)
                .Replace("name: api", "name: " + name, StringComparison.Ordinal).Replace("orders", $"orders{deployment % Services}", StringComparison.Ordinal));
        }

        return path;
    }

    private static string Sample()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Analyzer.sln")))
        {
            at = at.Parent;
        }

        return Path.Combine(at?.FullName ?? throw new InvalidOperationException("Start it inside the repository."), "samples", "all-right");
    }
}
