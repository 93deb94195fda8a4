using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>The versions of providers that <c>terraform init</c> has chosen for a root: <c>.terraform.lock.hcl</c>.</summary>
internal static class LockFile
{
    /// <summary>The chosen versions by provider type; none where there is no such file.</summary>
    internal static IEnumerable<(string Name, VersionRange Versions)> Read(FileTree files, string rootFolder)
    {
        if (files.Read(FileTree.Resolve(rootFolder, ".terraform.lock.hcl")!) is not { } source)
        {
            yield break;
        }

        foreach (var provider in HclParser.ParseFile(source).Body.BlocksOf("provider"))
        {
            foreach (var label in provider.Labels)
            {
                if (provider.Body.Find("version") is { } version && StaticText.Of(version.Value) is { } chosen)
                {
                    yield return (Settings.TypeOf(label.Text), VersionRange.Parse(chosen));
                }
            }
        }
    }
}
