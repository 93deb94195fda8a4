using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Every mechanism by which a policy reaches a role, in all languages: attachments, inline policies, lists inside the role, policies that name their roles. What attaches to a role
/// nobody can name leaves those roles open that it could mean.
/// </summary>
internal sealed class Attachments
{
    private static readonly string[] Types =
        ["aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment", "aws_iam_role_policy"];

    private readonly World _world;
    private readonly RoleNames _roles;
    private readonly PolicyNames _policies;
    private readonly Dictionary<Identity, List<Grant>> _grants = [];
    private readonly Dictionary<Identity, List<Cause>> _open = [];
    private readonly Dictionary<string, List<Identity>> _byScope;

    private Attachments(World world, RoleNames roles, PolicyNames policies)
    {
        (_world, _roles, _policies) = (world, roles, policies);
        _byScope = world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == RoleReader.Kind)
            .GroupBy(each => each.Address.Scope).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    /// <summary>Reads all attachments and adds them to the world as grants.</summary>
    internal static Attachments Of(World world, RoleNames roles, PolicyNames policies)
    {
        var all = new Attachments(world, roles, policies);
        all.ReadInside();
        all.ReadApart();
        new PolicyOwnership(world, roles).Mark(all._grants.Values.SelectMany(each => each));
        return all;
    }

    /// <summary>The grants of a role: open, when something unseen could grant it more.</summary>
    internal ListValue GrantsOf(Identity identity)
    {
        var resource = identity.Resource!;
        var open = _open.GetValueOrDefault(identity, []).Concat(AwsResources.Unseen(_world, resource, identity.Name, Types)).Take(Cause.Limit).ToList();
        return new ListValue([.. _grants.GetValueOrDefault(identity, []).Select(grant => new Item(new FactValue(grant), identity.Guard.Implies(grant.Guard) ? Guard.Always : grant.Guard))])
        {
            OpenBecause = open.Count == 0 ? null : [.. open],
        };
    }

    /// <summary>The values that switch off attachments of policies which may let a role pull, and modules that may have such.</summary>
    internal IEnumerable<Value> SwitchedOff(Identity identity)
    {
        foreach (var value in Absences.Of(_world).OfCalls(identity.Resource!, Types))
        {
            yield return value;
        }

        foreach (var (attachment, because) in Absences.Of(_world).For(identity.Resource!, Types))
        {
            var document = attachment.Type == "aws_iam_role_policy" ? PolicyText.Decode(attachment.At("policy")) : _policies.DocumentOf(attachment.At("policy_arn"), attachment.Address.Scope);
            if (RoleAccess.Of(_world).Pulls(document) is not BoolValue { Value: false })
            {
                foreach (var value in because)
                {
                    yield return value;
                }
            }
        }
    }

    /// <summary>What stands inside the role's own resource.</summary>
    private void ReadInside()
    {
        foreach (var identity in _byScope.Values.SelectMany(each => each).ToList())
        {
            var role = identity.Resource!;
            var holder = new Holder(identity, identity.Name);
            EachPolicy(role.Field("managed_policy_arns", "ManagedPolicyArns"), holder, role, separate: false);
            var inline = role.Type == "aws_iam_role" ? role.FieldBlocks("inline_policy", "Policies") : role.FieldBlocks("policies", "Policies");
            foreach (var item in inline.Items)
            {
                var document = Written.Find(item.Value, role.Type switch { "aws_iam_role" => "policy", "awscc_iam_role" => "policy_document", _ => "PolicyDocument" });
                var name = Written.Find(item.Value, role.Type switch { "aws_iam_role" => "name", "awscc_iam_role" => "policy_name", _ => "PolicyName" });
                if (document is not NullValue)
                {
                    AddInline(holder, role, name, document, item.Guard, separate: false);
                }
            }

            if (inline.OpenBecause is { } because)
            {
                Open(identity, because);
            }

            if (role.IgnoredChanges.Any(each => each is "*" or "managed_policy_arns" or "inline_policy"))
            {
                Open(identity, [new Cause(UnknownReason.External, $"changes of {role.Address.Path} that others make are kept", role.Place, null)]);
            }
        }
    }

    /// <summary>Resources of their own.</summary>
    private void ReadApart()
    {
        foreach (var each in _world.Managed("aws_iam_role_policy_attachment"))
        {
            To(each.At("role"), each, identity => EachPolicy(each.At("policy_arn"), identity, each, separate: true));
        }

        foreach (var each in _world.Managed("aws_iam_role_policy_attachments_exclusive"))
        {
            To(each.At("role_name"), each, identity => EachPolicy(each.At("policy_arns"), identity, each, separate: true));
        }

        foreach (var each in _world.Managed("aws_iam_policy_attachment"))
        {
            EachRole(each.At("roles"), each, identity => EachPolicy(each.At("policy_arn"), identity, each, separate: true));
        }

        foreach (var each in _world.Managed("aws_iam_role_policy", "AWS::IAM::RolePolicy", "awscc_iam_role_policy"))
        {
            var isOwn = each.Type == "aws_iam_role_policy";
            var document = isOwn ? each.At("policy") : each.Field("policy_document", "PolicyDocument");
            var name = isOwn ? each.At("name") : each.Field("policy_name", "PolicyName");
            To(isOwn ? each.At("role") : each.Field("role_name", "RoleName"), each, identity => AddInline(identity, each, name, document, Guard.Always, separate: true));
        }

        foreach (var each in _world.Managed("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "awscc_iam_managed_policy"))
        {
            var document = each.Field("policy_document", "PolicyDocument");
            var name = each.Type == "AWS::IAM::Policy" ? each.At("PolicyName") : each.Field("managed_policy_name", "ManagedPolicyName");
            EachRole(each.Field("roles", "Roles"), each, identity =>
                Add(identity, new Policy(each, name is NullValue ? new TextValue(each.Name) : name, PolicyText.Decode(document), document), Guard.Always, separate: true));
        }
    }

    private static Value Inline(Value name) => name is TextValue text ? TextValue.Of([new TextPart("inline policy "), .. text.Parts]).With(name.Trace) : new TextValue("an inline policy");

    private void EachRole(Value roles, Resource from, Action<Holder> attach)
    {
        switch (roles)
        {
            case NullValue:
                return;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    To(item.Value, from, attach);
                }

                if (list.OpenBecause is { } because)
                {
                    Maybe(roles, from, because);
                }

                return;
            default:
                To(roles, from, attach);
                return;
        }
    }

    /// <summary>Attaches to the role a value names; to each possible one with an open end; to none, where it could be any.</summary>
    private void To(Value role, Resource from, Action<Holder> attach)
    {
        switch (_roles.RoleOf(role, from.Address.Scope))
        {
            case FactValue { Fact: Identity identity }:
                attach(new Holder(identity, role));
                return;
            case ChoiceValue choice:
                foreach (var identity in choice.Alternatives.Select(each => each.Value.As<Identity>()).OfType<Identity>().Distinct())
                {
                    Open(identity, [.. choice.Alternatives.SelectMany(each => each.Guard.Causes).Take(Cause.Limit)]);
                }

                if (choice.Alternatives.Any(each => each.Value is not FactValue))
                {
                    Maybe(role, from, [.. Cause.Of(choice).Take(Cause.Limit)]);
                }

                break;
            case NullValue:
                return;
            case UnknownValue unknown:
                Maybe(role, from, unknown.Causes);
                break;
        }

        attach(new Holder(null, role));
    }

    /// <summary>
    /// Leaves the roles open that a value nobody can name may mean: those it mentions, those whose name it may be as text, and all of the scope where it comes from a loop over what nobody knows.
    /// </summary>
    private void Maybe(Value role, Resource from, IReadOnlyList<Cause> causes)
    {
        var mentioned = role.Mentioned.Select(reference => reference.Target.Block).ToHashSet();
        foreach (var identity in _byScope.GetValueOrDefault(from.Address.Scope, []))
        {
            var isMeant = mentioned.Contains(identity.Address.Block)
                || mentioned.Any(identity.Address.IsIn)
                || role is ListValue
                || (from.Multiplicity == Multiplicity.Any && role is UnknownValue)
                || (role is TextValue or ChoiceValue && identity.Name is TextValue or ChoiceValue && role.EqualTo(identity.Name) != Truth.No);
            if (isMeant)
            {
                Open(identity, causes.Count > 0 ? causes : [new Cause(UnknownReason.OpenWorld, $"{from.Address.Path} may attach a policy to it", from.Place, null)]);
            }
        }
    }

    private void EachPolicy(Value arns, Holder holder, Resource from, bool separate)
    {
        switch (arns)
        {
            case NullValue:
                return;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    if (item.Value is not NullValue)
                    {
                        AddPolicy(item.Value, item.Guard);
                    }
                }

                if (list.OpenBecause is { } because)
                {
                    Open(holder.Identity, because);
                }

                return;
            case UnknownValue { Element: { } element, Type: not TextType } unknown:
                AddPolicy(element, Guard.Always);
                Open(holder.Identity, unknown.Causes);
                return;
            default:
                AddPolicy(arns, Guard.Always);
                return;
        }

        void AddPolicy(Value arn, Guard guard) =>
            Add(holder, new Policy(from, _policies.ShortName(arn), _policies.DocumentOf(arn, from.Address.Scope), arn) { Listed = arns is ListValue ? arns : null }, guard, separate);
    }

    private void AddInline(Holder holder, Resource from, Value name, Value document, Guard guard, bool separate) =>
        Add(holder, new Policy(from, Inline(name), PolicyText.Decode(document), document) { InlineName = name }, guard, separate);

    private void Add(Holder holder, Policy policy, Guard guard, bool separate)
    {
        var from = policy.From;
        var grant = _world.Add(new Grant
        {
            Address = from.Address,
            Place = policy.Written.Trace?.Place is { File: not null } place ? place : from.Place,
            Resource = from,
            Guard = separate ? from.Existence.And(guard) ?? from.Existence : guard,
            Identity = holder.Identity is { } known ? Links.To(known) : UnknownValue.From(null, holder.Written),
            Principal = holder.Written,
            Role = policy.Name,
            Policy = policy.Document,
            Written = policy.InlineName ?? policy.Written,
            Listed = policy.Listed ?? NullValue.Instance,
            IsInline = policy.InlineName is not null,
            IsAccountWide = BoolValue.Of(PolicyOwnership.OwnsAll(from)),
            IsSeparate = BoolValue.Of(separate),
            PullsWhenAsked = () => RoleAccess.Of(_world).Pulls(policy.Document),
        });
        if (holder.Identity is { } identity)
        {
            var index = _grants.TryGetValue(identity, out var list) ? list : _grants[identity] = [];
            index.Add(grant);
        }
    }

    private void Open(Identity? identity, IReadOnlyList<Cause> causes)
    {
        if (identity is null)
        {
            return;
        }

        if (!_open.TryGetValue(identity, out var list))
        {
            _open.Add(identity, list = []);
        }

        list.AddRange(causes);
    }

    /// <summary>Who is given a policy, as far as known, and the value that says so.</summary>
    private sealed record Holder(Identity? Identity, Value Written);

    /// <summary>A policy as it is given: by which declaration, its short name, its document, the value that names or holds it.</summary>
    private sealed record Policy(Resource From, Value Name, Value Document, Value Written)
    {
        /// <summary>The name of an inline policy as written, null for a policy of its own.</summary>
        internal Value? InlineName { get; init; }

        /// <summary>The list it is an element of, null for none.</summary>
        internal Value? Listed { get; init; }
    }
}
