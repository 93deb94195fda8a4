using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Attachments that AWS refuses when they are applied: by an ARN that names nothing, or to an ARN where the name of a role belongs.</summary>
internal sealed class AttachmentFaults : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world) =>
        world.Each(world.Facts.All<Grant>(Grant.Fields).Where(grant => grant.Policy is not NullValue || grant.Written is TextValue), grant => (grant.Fault, grant.Meant) = FaultOf(grant, world));

    private static (Value Fault, Value Meant) FaultOf(Grant grant, World world) =>
        grant.IsSeparate is BoolValue { Value: true } && NamesByArn(grant.Principal)
            ? (new TextValue("role-arn").With(grant.Principal.Trace), grant.Identity.As<Identity>()?.Name ?? new TextValue("the name of the role"))
        : grant.IsInline ? (NullValue.Instance, NullValue.Instance)
        : grant.Written is TextValue && PolicyArnFault.Of(grant.Written, grant.Resource is { } resource ? (AwsResources.RegionOf(resource) as TextValue)?.Known : null) is { } fault
            ? (new TextValue(fault.Kind).With(grant.Written.Trace), new TextValue(fault.Meant))
        : NamesAnother(grant.Written, world)
            ? (new TextValue("other-resource").With(grant.Written.Trace), new TextValue("the ARN of an IAM policy"))
        : grant.Written is UnknownValue && !world.Inventory.Referents(grant.Written).Any()
            ? (UnknownValue.From(DataType.Text, grant.Written), NullValue.Instance)
        : (NullValue.Instance, NullValue.Instance);

    /// <summary>Whether a policy is named by the id or ARN of something that is none. Other attributes may hold an ARN of a policy.</summary>
    private static bool NamesAnother(Value written, World world) => written is UnknownValue { Reference: { Attribute: "id" or "arn" } }
        && world.Inventory.Referents(written).Distinct().Take(2).ToList() is [{ IsData: false, Type: var type }] && type.StartsWith("aws_", StringComparison.Ordinal) && type != "aws_iam_policy";

    /// <summary>Whether a role is named by its ARN.</summary>
    private static bool NamesByArn(Value role) => role is TextValue text ? text.Prefix.StartsWith("arn:", StringComparison.Ordinal)
        : role is UnknownValue { Reference: { Attribute: "arn" or "Arn" } };
}
