using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>The roles that service accounts name in the annotation <c>eks.amazonaws.com/role-arn</c>.</summary>
internal sealed class ServiceAccountRoles : IReader
{
    private const string Annotation = "eks.amazonaws.com/role-arn";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        RoleNames? roles = null;
        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields))
        {
            if ((account.Annotations as MapValue)?[Annotation] is { } written and not NullValue)
            {
                account.IdentityValue = written;
                account.Identity = (roles ??= new RoleNames(world)).RoleOf(written, account.Address.Scope);
            }
        }
    }
}
