using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Analyzer.Facts.Resources;

namespace Analyzer.Cli;

/// <summary>
/// Runs the user's <c>helm</c> to render charts, when asked to. It is given the chart and values, and nothing that would let it fetch anything: what a chart depends on has
/// to lie in its <c>charts</c> folder.
/// </summary>
/// <param name="target">What is analysed.</param>
/// <param name="values">Files of values relative to the root, weakest first.</param>
internal sealed class HelmRenderer(Target target, IReadOnlyList<string> values)
{
    /// <summary>Begins names that no chart writes by itself, so that what is made of the release is told apart.</summary>
    private const string Marker = "pp0-";

    private const string Release = Marker + "release";

    private const string Namespace = Marker + "namespace";

    private const int OutputLimit = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, RenderedChart> _rendered = new(StringComparer.Ordinal);

    /// <summary>Renders the chart in a folder, once for all environments.</summary>
    internal RenderedChart Render(string folder)
    {
        if (!_rendered.TryGetValue(folder, out var rendered))
        {
            _rendered.Add(folder, rendered = Run(folder));
        }

        return rendered;
    }

    private RenderedChart Run(string folder)
    {
        var start = new ProcessStartInfo("helm")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])["template", Release, target.FullPathOf(folder), "--namespace", Namespace, "--include-crds", "--skip-tests", .. ValuesFor(folder)])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var helm = Process.Start(start)!;
            helm.StandardInput.Close();
            return Await(helm);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or InvalidOperationException)
        {
            return new RenderedChart(null, "no helm can be run on this machine");
        }
    }

    private static RenderedChart Await(Process helm)
    {
        var errors = new StringBuilder();
        helm.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        helm.BeginErrorReadLine();
        var output = new StringBuilder();
        helm.OutputDataReceived += (_, line) => Append(output, line.Data);
        helm.BeginOutputReadLine();
        if (!helm.WaitForExit(Patience))
        {
            helm.Kill(entireProcessTree: true);
            return new RenderedChart(null, $"it takes longer than {Patience.TotalSeconds} seconds");
        }

        helm.WaitForExit();
        if (output.Length >= OutputLimit)
        {
            return new RenderedChart(null, "it prints too much");
        }

        // What helm says may quote values, and these may be secrets; the way to say it again is to run it again.
        return helm.ExitCode == 0 ? new RenderedChart(WithoutRelease(output.ToString()), null) : new RenderedChart(null, $"helm template ends with status {helm.ExitCode}{Hint(errors.ToString())}");
    }

    /// <summary>
    /// Nobody knows as what a chart is released, and where. Helm wants to be told: an object in the namespace of the release is one that names none, and a name that is made of either is a
    /// placeholder, the same one wherever it stands.
    /// </summary>
    private static string WithoutRelease(string rendered)
    {
        var lines = rendered.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].Contains(Marker, StringComparison.Ordinal))
            {
                lines[at] = lines[at].Trim().Replace("\"", "", StringComparison.Ordinal) == $"namespace: {Namespace}" ? "" : WithPlaceholders(lines[at]);
            }
        }

        return string.Join('\n', lines);
    }

    private static string WithPlaceholders(string line)
    {
        var text = new StringBuilder();
        var done = 0;
        for (int found; (found = line.IndexOf(Marker, done, StringComparison.Ordinal)) >= 0;)
        {
            var (start, end) = (found, found);
            while (start > done && IsOfName(line[start - 1]))
            {
                start--;
            }

            while (end < line.Length && IsOfName(line[end]))
            {
                end++;
            }

            text.Append(line.AsSpan(done, start - done)).Append("__").Append(line[start..end].Replace(Marker, "", StringComparison.Ordinal).Replace('-', '_').ToUpperInvariant()).Append("__");
            done = end;
        }

        return text.Append(line.AsSpan(done)).ToString();
    }

    private static bool IsOfName(char unit) => char.IsAsciiLetterOrDigit(unit) || unit == '-';

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null && text.Length < OutputLimit)
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Hint(string errors) => errors.Contains("missing in charts/", StringComparison.Ordinal) ? "; charts it depends on are missing in its charts folder" : "";

    /// <summary>Values that lie in a chart are for that chart; others are for all.</summary>
    private IEnumerable<string> ValuesFor(string folder)
    {
        foreach (var file in values)
        {
            if (ChartAround(file) is not { } chart || chart == folder)
            {
                yield return "--values";
                yield return target.FullPathOf(file);
            }
        }
    }

    private string? ChartAround(string file)
    {
        for (var folder = file; folder.Length > 0;)
        {
            folder = folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : "";
            if (File.Exists(target.FullPathOf(folder.Length == 0 ? "Chart.yaml" : folder + "/Chart.yaml")))
            {
                return folder;
            }
        }

        return null;
    }
}
