using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>IAM roles: who may take them, their boundary, and every grant that reaches them.</summary>
internal sealed class RoleReader : IReader
{
    /// <summary>Kind of identity.</summary>
    internal const string Kind = "aws-role";

    private static readonly string[] Types = ["aws_iam_role", "AWS::IAM::Role", "awscc_iam_role"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Types))
        {
            var trust = resource.Type == "awscc_iam_role" ? resource.At("assume_role_policy_document") : resource.Field("assume_role_policy", "AssumeRolePolicyDocument");
            var decoded = PolicyText.Decode(trust);
            world.Add(new Identity
            {
                Kind = Kind,
                Name = resource.Type == "awscc_iam_role" ? Named(resource.At("role_name"), resource) : Named(resource.Field("name", "RoleName"), resource),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                Trust = decoded,
                TrustValue = trust,
                TrustsTokens = TrustPolicies.TrustsTokens(decoded),
            });
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var policies = PolicyNames.Of(world);
        var attachments = Attachments.Of(world, roles, policies);
        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == Kind))
        {
            var resource = identity.Resource!;
            identity.BoundaryValue = resource.Field("permissions_boundary", "PermissionsBoundary");
            identity.Boundary = policies.DocumentOf(identity.BoundaryValue, resource.Address.Scope);
            identity.GrantsWhenAsked = () => attachments.GrantsOf(identity);
            identity.SwitchedOffWhenAsked = () => [.. attachments.SwitchedOff(identity)];
        }
    }

    /// <summary>The written name; the address, as it is printed, where AWS makes one up.</summary>
    private static Value Named(Value written, Resource resource) => written is NullValue ? new TextValue(resource.Address.Path) : written;
}
