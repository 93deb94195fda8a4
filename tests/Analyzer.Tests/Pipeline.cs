using Analyzer.CloudFormation;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Kubernetes;
using Analyzer.PullPath;
using Analyzer.Terraform;

namespace Analyzer.Tests;

/// <summary>The whole way from files to the model, as the command goes it.</summary>
internal static class Pipeline
{
    internal static (Inventory Inventory, PullPathModel Model) Read(FileTree files, ProblemLog problems)
    {
        var inventory = new Inventory();
        var options = new LoadOptions { Parallelism = 1 };
        TerraformLoader.Load(files, options, inventory, problems);
        CloudFormationLoader.Load(files, options, inventory, problems);
        KubernetesLoader.Load(files, options, inventory, problems);
        return (inventory, ModelReader.Read(inventory, problems));
    }
}
