using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>The roles that service accounts name in their annotation, and those that wait for a service account.</summary>
internal sealed class SignInReader : IReader
{
    private const string AudienceKey = "eks.amazonaws.com/audience";

    private static readonly TextValue Sts = new("sts.amazonaws.com");

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var asking = new AskedAccounts(world);
        var named = new HashSet<Identity>();
        CloudAnnotations.Link(world, CloudAnnotations.Aws, (account, written) =>
        {
            var role = RoleNames.Of(world).RoleOf(written, account.Address.Scope);
            named.UnionWith(role.Deep().Select(each => each.As<Identity>()).OfType<Identity>());
            world.Add(Of(account, role, written));
            return role;
        });

        var others = world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == RoleReader.Kind && !named.Contains(each));
        foreach (var (role, asked) in world.Each(others, static role => (role, role.TrustsTokens is BoolValue { Value: true } ? TrustPolicies.Accounts(role.Trust).FirstOrDefault() : null)))
        {
            if (asked is not null)
            {
                world.Add(Of(role, asked, asking.Of(role)));
            }
        }
    }

    private static SignIn Of(ServiceAccount account, Value role, Value written) => new()
    {
        ServiceAccount = Links.To(account),
        Identity = role,
        Subject = SubjectOf(account),
        Audience = Written.FindKey(account.Annotations, AudienceKey) is not NullValue and var audience ? audience : Sts,
        EditValue = role.As<Identity>() is { } identity && TrustPolicies.Decide(identity.Trust, NullValue.Instance, NullValue.Instance).Result == Truth.No
            ? TrustPolicies.Accounts(identity.Trust).FirstOrDefault(written)
            : written,
        Address = account.Address,
        Place = account.Place,
        Resource = account.Resource,
        Guard = account.Guard,
        IsGuessed = account.IsGuessed,
    };

    private static SignIn Of(Identity role, Value asked, Value meant) => new()
    {
        Meant = meant,
        ServiceAccount = NullValue.Instance,
        Identity = Links.To(role),
        Subject = NullValue.Instance,
        Audience = NullValue.Instance,
        EditValue = asked,
        Address = role.Address,
        Place = role.Place,
        Resource = role.Resource,
        Guard = role.Guard,
    };

    /// <summary>The subject of the tokens of a service account.</summary>
    internal static Value SubjectOf(ServiceAccount account) =>
        TextValue.Of([new TextPart("system:serviceaccount:"), new TextPart(account.Namespace), new TextPart(":"), new TextPart(account.Name)]);
}
