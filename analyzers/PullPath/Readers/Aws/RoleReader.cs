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

    public void Read(World world) => world.AddEach(world.Managed(Types), static resource =>
    {
        var trust = resource.Type == "awscc_iam_role" ? resource.At("assume_role_policy_document") : resource.Field("assume_role_policy", "AssumeRolePolicyDocument");
        return new Identity
        {
            Kind = Kind,
            Name = resource.Type == "awscc_iam_role" ? Named(resource.At("role_name"), resource) : Named(resource.Field("name", "RoleName"), resource),
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
            Trust = PolicyText.Decode(trust),
            TrustValue = trust,
            TrustsTokensWhenAsked = TrustsTokens,
        };
    });

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var policies = PolicyNames.Of(world);
        var attachments = Attachments.Of(world, roles, policies);
        var (grants, switchedOff) = (new Func<Identity, Value>(attachments.GrantsOf), new Func<Identity, IReadOnlyList<Value>>(attachments.SwitchedOff));
        world.Each(world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == Kind), identity =>
        {
            var resource = identity.Resource!;
            identity.BoundaryValue = resource.Field("permissions_boundary", "PermissionsBoundary");
            identity.Boundary = policies.DocumentOf(identity.BoundaryValue, resource.Address.Scope);
            identity.GrantsWhenAsked = grants;
            identity.SwitchedOffWhenAsked = switchedOff;
            return identity;
        });
    }

    private static readonly Func<Identity, Value> TrustsTokens = static role => TrustPolicies.TrustsTokens(role.Trust);

    /// <summary>The written name; the address, as it is printed, where AWS makes one up.</summary>
    private static Value Named(Value written, Resource resource) => written is NullValue ? new TextValue(resource.Address.Path) : written;
}
