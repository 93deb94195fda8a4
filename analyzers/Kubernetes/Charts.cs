using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes;

/// <summary>The Helm charts of a repository. Their templates are no YAML before they are rendered, so nothing of them is read.</summary>
internal sealed class Charts
{
    private const string File = "Chart.yaml";

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _paths = [];

    internal Charts(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (path.EndsWith(File, StringComparison.Ordinal) && (path.Length == File.Length || path[^(File.Length + 1)] == '/'))
            {
                _paths.Add(path);
                _folders.Add(path[..Math.Max(0, path.Length - File.Length - 1)]);
            }
        }
    }

    /// <summary>Whether a file is a template of a chart, or part of a chart within a chart.</summary>
    internal bool Hide(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0 && _folders.Count > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (IsHidden(path.AsSpan(slash + 1)) && _folders.Contains(path[..slash]))
            {
                return true;
            }
        }

        return _folders.Contains("") && IsHidden(path);
    }

    /// <summary>Says of every chart, but not of charts within charts, that it is not seen.</summary>
    internal void Report(FileTree files, Inventory inventory, ProblemLog problems)
    {
        foreach (var path in _paths)
        {
            if (Hide(path) || files.Read(path) is not { } file)
            {
                continue;
            }

            var place = file.At(0, file.Line(1).Length);
            problems.Add(new Problem("chart-not-rendered", "This chart is not rendered: what its templates declare is not seen.", place, ProblemSeverity.Information));
            inventory.Add(new Gap { Address = new Address(file.Folder, File), Place = place, Reason = "a Helm chart is not rendered" });
        }
    }

    private static bool IsHidden(ReadOnlySpan<char> inside) => inside.StartsWith("templates/") || inside.StartsWith("charts/");
}
