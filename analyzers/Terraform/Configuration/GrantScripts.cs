using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// Commands beside a configuration that attach a registry to an AKS cluster: <c>az aks update --attach-acr</c> in a script, a workflow or the instructions of a readme. What they grant is in no
/// configuration, so nobody can say of these clusters that nothing grants it.
/// </summary>
internal static class GrantScripts
{
    private const string Cluster = "azurerm_kubernetes_cluster";

    private static readonly string[] Endings = [".sh", ".bash", ".ps1", ".cmd", ".bat", ".yml", ".yaml", ".md", "Makefile", "Jenkinsfile"];
    private static readonly string[] Helpers = ["scripts", "script", "bin", "hack", "tools", "ci", "docs", "pipelines"];
    private static readonly string[] Foreign = ["/node_modules/", "/.terraform/"];
    private static readonly HashSet<string> Granted = new(StringComparer.Ordinal) { "azurerm_role_assignment" };
    private static readonly HashSet<string> Provider = new(StringComparer.Ordinal) { "azurerm" };

    /// <summary>A gap in each root with clusters, for each file with such a command: the root around the file, else those it lies beside.</summary>
    /// <param name="files">The repository.</param>
    /// <param name="roots">All roots.</param>
    /// <param name="resources">What they declare.</param>
    internal static IEnumerable<Gap> GapsIn(FileTree files, IReadOnlyList<Root> roots, IEnumerable<Resource> resources)
    {
        var scopes = resources.Where(each => each.Type == Cluster && !each.IsData).Select(each => each.Address.Scope).Distinct(StringComparer.Ordinal).ToList();
        if (scopes.Count == 0)
        {
            yield break;
        }

        // Scripts and hidden folders are not among the paths to analyse.
        foreach (var path in files.Below("") ?? files.Paths)
        {
            if (!Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.Ordinal)) || Array.Exists(Foreign, folder => $"/{path}".Contains(folder, StringComparison.Ordinal))
                || files.Read(path) is not { } file || CommandIn(file) is not { } command)
            {
                continue;
            }

            var around = Root.Around(path, roots)?.Module.Folder;
            foreach (var scope in around is not null && scopes.Contains(around) ? [around] : scopes.FindAll(each => IsBeside(path, each)))
            {
                yield return new Gap
                {
                    Address = new Address(scope, path),
                    Place = command,
                    Reason = "a command that somebody runs attaches a registry",
                    Providers = Provider,
                    Declares = Granted,
                };
            }
        }
    }

    /// <summary>
    /// Whether a file may be about a root: it lies in a folder around it, or they part at the top of the repository, where applications and their infrastructure part. Those that part further
    /// down, like examples beside each other, have nothing to do with each other. Folders of helpers and hidden ones are about what they lie in.
    /// </summary>
    private static bool IsBeside(string path, string root)
    {
        var home = path.Split('/')[..^1].TakeWhile(static part => !part.StartsWith('.') && Array.IndexOf(Helpers, part) < 0).ToList();
        var folder = root.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shared = home.Zip(folder).TakeWhile(static pair => pair.First == pair.Second).Count();
        return shared == 0 || shared == home.Count || shared == folder.Length;
    }

    /// <summary>The first command in a file that is not commented out.</summary>
    private static Span? CommandIn(SourceFile file)
    {
        var bytes = file.Bytes.Span;
        var assigns = bytes.IndexOf("role assignment create"u8) >= 0 && file.TextOf(0, bytes.Length).Contains("AcrPull", StringComparison.OrdinalIgnoreCase);
        if (!assigns && bytes.IndexOf("--attach-acr"u8) < 0)
        {
            return null;
        }

        for (var line = 1; line <= file.LineOf(bytes.Length).Line; line++)
        {
            var (start, length) = file.Line(line);
            var text = file.TextOf(start, length);
            if (text.AsSpan().TrimStart() is not (['#', ..] or ['/', '/', ..])
                && (text.Contains("--attach-acr", StringComparison.Ordinal) || (assigns && text.Contains("role assignment create", StringComparison.Ordinal))))
            {
                return file.At(start, length);
            }
        }

        return null;
    }
}
