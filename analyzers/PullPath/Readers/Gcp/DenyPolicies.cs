using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Deny policies of IAM that keep nodes from images: whatever roles say, what is denied to a principal is refused, unless the principal or the permission is excepted (cloud.google.com/iam/docs/deny-overview).
/// </summary>
internal sealed class DenyPolicies : IReader
{
    private const string PolicyType = "google_iam_deny_policy";
    private const string Everybody = "principalSet://goog/public:all";
    private const string OneAccount = "principal://iam.googleapis.com/projects/-/serviceAccounts/";
    private const string OnProject = "cloudresourcemanager.googleapis.com/projects/";

    /// <summary>The permission to download, and groups of permissions with it, as deny policies spell them.</summary>
    private static readonly string[] Downloads = ["artifactregistry.googleapis.com/repositories.downloadArtifacts", "artifactregistry.googleapis.com/repositories.*", "artifactregistry.googleapis.com/*.*"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var rules = world.Inventory.OfType(PolicyType).Where(each => !each.IsData)
            .SelectMany(policy => Written.Blocks(policy.Body, "rules").Items.Select(item => (Policy: policy, Rule: Written.Block(item.Value, "deny_rule"), item.Guard)))
            .Where(each => Names(Written.Find(each.Rule, "denied_permissions"), Downloads) == Truth.Yes).ToList();
        if (rules.Count == 0)
        {
            return;
        }

        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            if (!pool.Kind.StartsWith("gke", StringComparison.Ordinal) || pool.Cluster.As<Cluster>() is not { } cluster)
            {
                continue;
            }

            var judged = rules.ConvertAll(each => (each.Policy, each.Rule, Denies: IsOn(each.Policy, cluster.Project).And(Denies(each.Rule, pool, world)).And(each.Guard.IsAlways && each.Policy.IsCertain ? Truth.Yes : Truth.Unknown)));
            pool.DeniedBy = judged.Find(each => each.Denies == Truth.Yes) is { Policy: { } policy, Rule: var rule } ? new TextValue(policy.Address.Path).With(Written.Find(rule, "denied_permissions").Trace)
                : judged.Find(each => each.Denies == Truth.Unknown) is { Policy: { } doubt } ? new UnknownValue(UnknownReason.NotComputed, $"{doubt.Address.Path} may deny it", doubt.Place, type: DataType.Text)
                : NullValue.Instance;
        }
    }

    /// <summary>Whether a policy is attached to a project; whether a folder or an organization is around it nobody knows.</summary>
    private static Truth IsOn(Resource policy, Value project)
    {
        var parent = policy.At("parent") is TextValue { Known: { } written } ? Uri.UnescapeDataString(written) : null;
        return parent is null || !parent.StartsWith(OnProject, StringComparison.Ordinal) ? Truth.Unknown
            : project is NullValue ? Truth.Unknown
            : project.EqualTo(new TextValue(parent[OnProject.Length..])) is var same && same == Truth.No && parent[OnProject.Length..].All(char.IsAsciiDigit) ? Truth.Unknown : same;
    }

    /// <summary>Whether a rule that is about downloads denies them to the nodes of a pool.</summary>
    private static Truth Denies(Value rule, NodePool pool, World world)
    {
        var denied = Has(Written.Blocks(rule, "denied_principals"), pool, world);
        var excepted = Has(Written.Blocks(rule, "exception_principals"), pool, world).Or(Names(Written.Find(rule, "exception_permissions"), Downloads));
        return denied.And(excepted.Not()).And(Written.Block(rule, "denial_condition") is NullValue ? Truth.Yes : Truth.Unknown);
    }

    /// <summary>Whether a list of principals has the account of the nodes in it; a set or a group may.</summary>
    private static Truth Has(ListValue principals, NodePool pool, World world) => Answer.Has(principals, each => each switch
    {
        TextValue { Known: Everybody } => Truth.Yes,
        TextValue text when text.Prefix.StartsWith("principal://goog/subject/", StringComparison.Ordinal) => Truth.No,
        _ when pool.Identity.As<Identity>() is not { IsDefault: BoolValue { Value: false } } identity => Truth.Unknown,
        _ when GoogleAccounts.Of(each, world) is { } named => Kleene.Of(named == pool.Identity.As<Identity>()),
        TextValue { Known: { } known } when known.StartsWith(OneAccount, StringComparison.Ordinal) => GoogleAccounts.IsSomebodyElse(new TextValue("serviceAccount:" + known[OneAccount.Length..]), world) ? Truth.No : Truth.Unknown,
        _ => Truth.Unknown,
    });

    /// <summary>Whether a list of permissions names one of some.</summary>
    private static Truth Names(Value permissions, string[] sought) => permissions switch
    {
        NullValue => Truth.No,
        ListValue list => Answer.Has(list, each => each is TextValue { Known: { } known } ? Kleene.Of(sought.Contains(known, StringComparer.Ordinal)) : Truth.Unknown),
        _ => Truth.Unknown,
    };
}
