using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Declarations of Terraform that own a list: all policies of a role, or all roles of a policy. What another declaration adds, they take away again when they are applied next.
/// </summary>
internal sealed class PolicyOwnership
{
    private readonly RoleNames _roles;
    private readonly World _world;
    private readonly Dictionary<Identity, List<Owner>> _ofRoles = [];
    private readonly List<Owner> _ofPolicies = [];

    /// <summary>Reads the owners of all roles and policies.</summary>
    internal PolicyOwnership(World world, RoleNames names)
    {
        (_world, _roles) = (world, names);
        var roles = world.Facts.All<Identity>(Identity.Fields).Where(each => each.Resource?.Type == "aws_iam_role");
        foreach (var (role, managed, inline) in world.Each(roles, static role => (Role: role, Managed: ManagedOf(role.Resource!), Inline: InlineOf(role.Resource!))))
        {
            Own(Kind.Managed, role.Resource!, role, managed);
            Own(Kind.Inline, role.Resource!, role, inline);
        }

        foreach (var each in world.Managed("aws_iam_role_policy_attachments_exclusive"))
        {
            Own(Kind.Managed, each, RoleOf(each, "role_name"), each.At("policy_arns"));
        }

        foreach (var each in world.Managed("aws_iam_role_policies_exclusive"))
        {
            Own(Kind.Inline, each, RoleOf(each, "role_name"), each.At("policy_names"));
        }

        foreach (var each in world.Managed("aws_iam_policy_attachment").Where(OwnsAll))
        {
            _ofPolicies.Add(new Owner(Kind.Policy, each, each.At("roles"), each.At("policy_arn")));
        }
    }

    /// <summary>The managed policies that a role owns; null where it does not own all.</summary>
    private static Value ManagedOf(Resource role) => role.IgnoredChanges.Any(each => each is "*" or "managed_policy_arns") ? NullValue.Instance : role.At("managed_policy_arns");

    /// <summary>The names of the inline policies that a role owns; null where it does not own all.</summary>
    private static Value InlineOf(Resource role)
    {
        var inline = Written.Blocks(role.Body, "inline_policy");
        return inline.Items.IsEmpty || role.IgnoredChanges.Any(each => each is "*" or "inline_policy") ? NullValue.Instance
            : new ListValue([.. inline.Items.Select(item => item with { Value = Written.Find(item.Value, "name") })]) { OpenBecause = inline.OpenBecause };
    }

    /// <summary>Whether a declaration owns all holders of its policy. Made at first, it only adds; what takes others away is a change of its list, which it may ignore.</summary>
    internal static bool OwnsAll(Resource attachment) => attachment.Type == "aws_iam_policy_attachment" && !attachment.Ignores("roles");

    private enum Kind : byte
    {
        Managed,
        Inline,
        Policy,
    }

    /// <summary>Says of every grant which declaration takes it away again.</summary>
    internal void Mark(IEnumerable<Grant> grants) => _world.Each(grants, Mark);

    private void Mark(Grant grant)
    {
        if (grant.Resource is not { Language: Language.Terraform } || grant.Identity.As<Identity>() is not { } role || (_ofPolicies.Count == 0 && !_ofRoles.ContainsKey(role)))
        {
            return;
        }

        var owners = _ofRoles.GetValueOrDefault(role, []).Concat(_ofPolicies).Select(owner => new Suspect(owner, Detaches(owner, grant))).Where(each => each.Detaches != Truth.No).ToList();
        grant.DetachedBy = owners.Find(each => each.Detaches == Truth.Yes)?.Owner is { } owner
            ? new TextValue(owner.Resource.Address.Path).With(new Trace(StepKind.Literal, owner.Resource.Address.Path, PlaceOf(owner)))
            : owners is [var (maybe, _), ..]
                ? new UnknownValue([.. Cause.Of(maybe.Listed).Append(new Cause(UnknownReason.OpenWorld, $"{maybe.Resource.Address.Path} may take it away", maybe.Resource.Place, null)).Take(Cause.Limit)], DataType.Text)
                : NullValue.Instance;
    }

    private static Analyzer.Facts.Text.Span PlaceOf(Owner owner) => (owner.Policy ?? owner.Listed).Trace?.Place is { File: not null } place ? place : owner.Resource.Place;

    private Identity? RoleOf(Resource resource, string attribute) => _roles.RoleOf(resource.At(attribute), resource.Address.Scope).As<Identity>();

    private void Own(Kind kind, Resource resource, Identity? role, Value listed)
    {
        if (role is not null && listed is not NullValue)
        {
            if (!_ofRoles.TryGetValue(role, out var owners))
            {
                _ofRoles.Add(role, owners = []);
            }

            owners.Add(new Owner(kind, resource, listed, null));
        }
    }

    /// <summary>Whether an owner takes a grant away: both are there in one account, the list is known to its end, and the grant is not on it.</summary>
    private Truth Detaches(Owner owner, Grant grant)
    {
        var (resource, other) = (owner.Resource, grant.Resource!);
        if (resource.Address == other.Address || resource.Address.Scope != other.Address.Scope || !ReferenceEquals(resource.Provider, other.Provider) || !resource.Guard.MeetsWith(grant.Guard))
        {
            return Truth.No;
        }

        var isLeftOut = owner.Kind switch
        {
            Kind.Policy => grant.IsInline ? Truth.No : IsSame(owner.Policy!, grant.Written).And(IsLeftOut(owner.Listed, item => HasRole(item, grant, resource))),
            _ when grant.IsInline != (owner.Kind == Kind.Inline) => Truth.No,
            Kind.Inline => IsLeftOut(owner.Listed, item => item.EqualTo(grant.Written)),
            _ => IsLeftOut(owner.Listed, item => IsSame(item, grant.Written)),
        };
        return resource.Multiplicity == Multiplicity.Any || !grant.Guard.Implies(resource.Guard) ? isLeftOut.And(Truth.Unknown) : isLeftOut;
    }

    private static Truth IsLeftOut(Value listed, Func<Value, Truth> isMeant) => listed switch
    {
        NullValue => Truth.Yes,
        ListValue list => list.Values.Any(isMeant).Or(list.IsOpen ? Truth.Unknown : Truth.No).Not(),
        _ => Truth.Unknown,
    };

    private Truth HasRole(Value item, Grant grant, Resource owner) => _roles.RoleOf(item, owner.Address.Scope).As<Identity>() is { } role
        ? Kleene.Of(ReferenceEquals(role, grant.Identity.As<Identity>()))
        : Truth.Unknown;

    /// <summary>Whether two written ARNs mean one policy: one of AWS by its name, one that is declared by its resource.</summary>
    private Truth IsSame(Value left, Value right) => (KeyOf(left), KeyOf(right)) is ({ } one, { } other) ? Kleene.Of(one.Equals(other)) : Truth.Unknown;

    private object? KeyOf(Value arn) => arn is TextValue text && ManagedPolicies.NameOf(text) is { } name ? name
        : _world.Inventory.Referents(arn).Where(each => each is { IsData: false, Type: "aws_iam_policy" }).Take(2).ToList() is [var only] ? only.Address
        : null;

    /// <summary>An owner that takes a grant away, or may.</summary>
    private sealed record Suspect(Owner Owner, Truth Detaches);

    private sealed record Owner(Kind Kind, Resource Resource, Value Listed, Value? Policy);
}
