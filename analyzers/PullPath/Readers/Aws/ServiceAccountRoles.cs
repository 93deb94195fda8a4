using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>The roles that service accounts name in their annotation.</summary>
internal sealed class ServiceAccountRoles : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        RoleNames? roles = null;
        CloudAnnotations.Link(world, CloudAnnotations.Aws, (account, written) => (roles ??= new RoleNames(world)).RoleOf(written, account.Address.Scope));
    }
}
