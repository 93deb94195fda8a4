namespace Analyzer.Terraform.Evaluation;

/// <summary>What Terraform itself reads from a resource: no attributes of the thing.</summary>
internal static class MetaArguments
{
    internal static bool Contains(string name) =>
        name is "count" or "for_each" or "provider" or "depends_on" or "lifecycle" or "provisioner" or "connection";
}
