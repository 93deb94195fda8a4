using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Google service accounts, what they are granted on projects and repositories, and which Kubernetes service accounts may become them.
/// </summary>
internal sealed class GoogleGrantReader : IReader
{
    private const string WorkloadIdentityUser = "roles/iam.workloadIdentityUser";

    private static readonly string[] Members = ["google_project_iam_member", "google_artifact_registry_repository_iam_member"];
    private static readonly string[] Bindings = ["google_project_iam_binding", "google_artifact_registry_repository_iam_binding"];

    // Whole policies, and grants above the project: they may hold anything.
    private static readonly string[] Wide =
    [
        "google_project_iam_policy", "google_artifact_registry_repository_iam_policy", "google_folder_iam_member", "google_folder_iam_binding",
        "google_organization_iam_member", "google_organization_iam_binding",
    ];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(GoogleAccounts.AccountType).Where(each => !each.IsData))
        {
            world.Add(new Identity
            {
                Kind = "google-service-account",
                Name = resource.At("account_id"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }

        foreach (var resource in world.Inventory.OfType("google_artifact_registry_repository").Where(each => !each.IsData))
        {
            world.Add(new Registry
            {
                Kind = "gar",
                Name = resource.At("repository_id"),
                Host = resource.At("location") is TextValue { Known: { } location } ? new TextValue(location + "-docker.pkg.dev") : UnknownValue.From(DataType.Text, resource.At("location")),
                Region = resource.At("location"),
                Account = GoogleAccounts.ProjectOf(resource),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }

        foreach (var resource in world.Inventory.OfTypes(Members.Concat(Bindings)))
        {
            var binding = resource.At("members");
            foreach (var member in binding is ListValue list ? list.Values : [binding is NullValue ? resource.At("member") : binding])
            {
                AddGrant(resource, member, world);
            }
        }

        foreach (var resource in world.Inventory.OfTypes("google_service_account_iam_member", "google_service_account_iam_binding"))
        {
            ReadFederations(resource, world);
        }
    }

    public void Join(World world)
    {
        var grants = world.Facts.All<Grant>(Grant.Fields).Where(grant => grant.Resource is { } resource && (Members.Contains(resource.Type) || Bindings.Contains(resource.Type))).ToList();
        foreach (var grant in grants)
        {
            grant.Identity = GoogleAccounts.Of(grant.Principal, world) is { } account ? Links.To(account)
                : IsSomebodyElse(grant.Principal, world) ? NullValue.Instance
                : UnknownValue.From(null, grant.Principal);
        }

        var federations = world.Facts.All<Federation>(Federation.Fields).Where(federation => federation.Resource!.Type.StartsWith("google", StringComparison.Ordinal)).ToList();
        foreach (var federation in federations)
        {
            var owner = federation.Resource!.At("service_account_id");
            federation.Identity = GoogleAccounts.Of(owner, world) is { } account ? Links.To(account) : UnknownValue.From(null, owner);
        }

        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Resource?.Type == GoogleAccounts.AccountType))
        {
            identity.Grants = Links.To(grants.Where(grant => grant.Identity.As<Identity>() == identity), OpenBecause(identity, grants, world));
            identity.Federations = Links.To(federations.Where(federation => federation.Identity.As<Identity>() == identity), FederationsOpenBecause(identity, federations, world));
        }

        CloudAnnotations.Link(world, CloudAnnotations.Google, (_, value) =>
            GoogleAccounts.Of(value, world) is { } identity ? Links.To(identity) : UnknownValue.From(null, value));
    }

    private static void AddGrant(Resource resource, Value member, World world)
    {
        var role = resource.At("role");
        world.Add(new Grant
        {
            Role = role,
            Principal = member,
            Scope = resource.At("repository") is NullValue ? resource.At("project") : resource.At("repository"),
            Pulls = GoogleRoles.Pulls(role),
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
        });
    }

    private static void ReadFederations(Resource resource, World world)
    {
        var role = resource.At("role");
        if (role is TextValue { Known: not WorkloadIdentityUser and not null })
        {
            return;
        }

        var binding = resource.At("members");
        foreach (var member in binding is ListValue list ? list.Values : [binding is NullValue ? resource.At("member") : binding])
        {
            world.Add(new Federation
            {
                Issuer = NullValue.Instance,
                Subject = role is TextValue ? SubjectOf(member) : UnknownValue.From(DataType.Text, role),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    /// <summary>
    /// <c>NAMESPACE/NAME</c> of a member <c>serviceAccount:POOL[NAMESPACE/NAME]</c>, holes and all; text without slash for other members; unknown for what is not known or stands for many.
    /// </summary>
    private static Value SubjectOf(Value member)
    {
        if (member is not TextValue text)
        {
            return UnknownValue.From(DataType.Text, member);
        }

        if (text.Prefix.StartsWith("principal", StringComparison.Ordinal) || text.Prefix.StartsWith("group:", StringComparison.Ordinal))
        {
            return new UnknownValue(UnknownReason.External, "the member stands for more than one account", member.Trace?.Place, type: DataType.Text);
        }

        var inside = new List<TextPart>();
        var started = false;
        foreach (var part in text.Parts)
        {
            var literal = part.Literal;
            if (!started && literal?.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open)
            {
                started = true;
                literal = literal![(open + 1)..];
            }
            else if (!started)
            {
                continue;
            }

            if (literal is null)
            {
                inside.Add(part);
            }
            else if (literal.TrimEnd(']') is { Length: > 0 } kept)
            {
                inside.Add(new TextPart(kept));
            }
        }

        return started ? TextValue.Of(inside).With(member.Trace)
            : text.Known is null ? UnknownValue.From(DataType.Text, member)
            : text;
    }

    /// <summary>A member that is certainly no service account that is declared here.</summary>
    private static bool IsSomebodyElse(Value member, World world) =>
        member is TextValue text && (text.Prefix.StartsWith("user:", StringComparison.Ordinal)
            || (text.Known is { } known && known.StartsWith("serviceAccount:", StringComparison.Ordinal)
                && world.Inventory.OfType(GoogleAccounts.AccountType).All(account => account.IsData
                    || (account.At("account_id") is TextValue { Known: { } id } && !known.StartsWith($"serviceAccount:{id}@", StringComparison.OrdinalIgnoreCase)))));

    private static IEnumerable<Cause> OpenBecause(Identity identity, List<Grant> grants, World world)
    {
        var scope = identity.Address.Scope;
        foreach (var grant in grants.Where(grant => grant.Identity is UnknownValue && grant.Address.Scope == scope && grant.Pulls is not BoolValue { Value: false }))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"{grant.Address.Path} is for somebody who is not known", grant.Place, null);
        }

        foreach (var resource in world.Inventory.OfTypes(Wide).Where(each => each.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may grant it", resource.Place, null);
        }

        foreach (var cause in Gaps(identity, world))
        {
            yield return cause;
        }
    }

    private static IEnumerable<Cause> FederationsOpenBecause(Identity identity, List<Federation> federations, World world)
    {
        var scope = identity.Address.Scope;
        foreach (var federation in federations.Where(federation => federation.Identity is UnknownValue && federation.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"{federation.Address.Path} belongs to an account that is not known", federation.Place, null);
        }

        foreach (var resource in world.Inventory.OfType("google_service_account_iam_policy").Where(each => each.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may bind it", resource.Place, null);
        }

        foreach (var cause in Gaps(identity, world))
        {
            yield return cause;
        }
    }

    private static IEnumerable<Cause> Gaps(Identity identity, World world)
    {
        var account = identity.Resource!;
        var name = account.At("account_id") is TextValue { Known: { } id } ? id : null;
        return world.Inventory.GapsOf(identity.Address.Scope)
            .Where(gap => gap.Mentions(account.Address, name) != Truth.No)
            .Select(gap => new Cause(UnknownReason.Missing, $"{gap.Address.Path} is not there and may grant it: {gap.Reason}", gap.Place, null));
    }
}
