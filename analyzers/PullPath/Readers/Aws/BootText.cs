using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>What the user data of a template tells its machines to join, by the programs and settings that only these machines have.</summary>
internal static class BootText
{
    /// <summary>A cluster of EKS.</summary>
    internal const string Eks = "eks";

    /// <summary>A cluster of ECS.</summary>
    internal const string Ecs = "ecs";

    private static readonly string[] OfEks = ["/etc/eks/bootstrap", "nodeadm", "node.eks.aws"];

    private static readonly string[] OfEcs = ["ECS_CLUSTER="];

    /// <summary>What machines of the template join; null where nothing tells.</summary>
    internal static string? Of(Value template, World world)
    {
        foreach (var resource in world.Inventory.Referents(template))
        {
            var root = resource.Type == "AWS::EC2::LaunchTemplate" ? "LaunchTemplateData." : "";
            var plain = resource.Field("user_data", root + "UserData");
            var text = UserDataText.Of(plain is NullValue ? resource.Field("user_data_base64", root + "UserData") : plain, world);
            if (Says(text, OfEks))
            {
                return Eks;
            }

            if (Says(text, OfEcs))
            {
                return Ecs;
            }
        }

        return null;
    }

    private static bool Says(Value text, string[] words) =>
        text is TextValue { Parts: var parts } && parts.Any(part => part.Literal is { } literal && Array.Exists(words, word => literal.Contains(word, StringComparison.Ordinal)));
}
