using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Finds what some declarations attach to roles. Several of these work at once on declarations of their own: they only read the world.</summary>
/// <param name="world">The world.</param>
/// <param name="roles">Which role a value means.</param>
/// <param name="policies">Which document an ARN means.</param>
/// <param name="byScope">The roles of each scope.</param>
internal sealed class AttachmentFinder(World world, RoleNames roles, PolicyNames policies, ILookup<string, Identity> byScope)
{
    /// <summary>Types of declarations that attach policies to roles.</summary>
    internal static string[] Declarations { get; } =
    [
        "aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment", "aws_iam_role_policy", "AWS::IAM::RolePolicy", "awscc_iam_role_policy",
        "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "awscc_iam_managed_policy",
    ];

    /// <summary>What was found, and the role that is given it where that is known.</summary>
    internal List<(Identity? Identity, Grant Grant)> Grants { get; } = [];

    /// <summary>Roles that may be given more, and why.</summary>
    internal List<(Identity Identity, IReadOnlyList<Cause> Causes)> Opened { get; } = [];

    /// <summary>What stands inside a role's own resource.</summary>
    internal void ReadInside(Identity identity)
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

    /// <summary>A declaration of its own.</summary>
    internal void ReadApart(Resource from)
    {
        switch (from.Type)
        {
            case "aws_iam_role_policy_attachment":
                To(from.At("role"), from, holder => EachPolicy(from.At("policy_arn"), holder, from, separate: true));
                break;
            case "aws_iam_role_policy_attachments_exclusive":
                To(from.At("role_name"), from, holder => EachPolicy(from.At("policy_arns"), holder, from, separate: true));
                break;
            case "aws_iam_policy_attachment":
                EachRole(from.At("roles"), from, holder => EachPolicy(from.At("policy_arn"), holder, from, separate: true));
                break;
            case "aws_iam_role_policy":
                To(from.At("role"), from, holder => AddInline(holder, from, from.At("name"), from.At("policy"), Guard.Always, separate: true));
                break;
            case "AWS::IAM::RolePolicy" or "awscc_iam_role_policy":
                To(from.Field("role_name", "RoleName"), from, holder =>
                    AddInline(holder, from, from.Field("policy_name", "PolicyName"), from.Field("policy_document", "PolicyDocument"), Guard.Always, separate: true));
                break;
            default:
                var document = from.Field("policy_document", "PolicyDocument");
                var name = from.Type == "AWS::IAM::Policy" ? from.At("PolicyName") : from.Field("managed_policy_name", "ManagedPolicyName");
                EachRole(from.Field("roles", "Roles"), from, holder =>
                    Add(holder, new Policy(from, name is NullValue ? new TextValue(from.Name) : name, PolicyText.Decode(document), document), Guard.Always, separate: true));
                break;
        }
    }

    private static Value Inline(Value name) => name is TextValue text ? TextValue.Of([new TextPart("inline policy "), .. text.Parts]).With(name.Trace) : new TextValue("an inline policy");

    private void EachRole(Value named, Resource from, Action<Holder> attach)
    {
        switch (named)
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
                    Maybe(named, from, because);
                }

                return;
            default:
                To(named, from, attach);
                return;
        }
    }

    /// <summary>Attaches to the role a value names; to each possible one with an open end; to none, where it could be any.</summary>
    private void To(Value role, Resource from, Action<Holder> attach)
    {
        switch (roles.RoleOf(role, from.Address.Scope))
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
        foreach (var identity in byScope[from.Address.Scope])
        {
            var isMeant = mentioned.Contains(identity.Resource!.Block)
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
            Add(holder, new Policy(from, policies.ShortName(arn), policies.DocumentOf(arn, from.Address.Scope), arn) { Listed = arns is ListValue ? arns : null }, guard, separate);
    }

    private void AddInline(Holder holder, Resource from, Value name, Value document, Guard guard, bool separate) =>
        Add(holder, new Policy(from, Inline(name), PolicyText.Decode(document), document) { InlineName = name }, guard, separate);

    private void Add(Holder holder, Policy policy, Guard guard, bool separate)
    {
        var from = policy.From;
        Grants.Add((holder.Identity, new Grant
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
            IsAccountWide = BoolValue.Of(PolicyOwnership.OwnsAll(from) && !IsMadeHere(policy.Written)),
            IsSeparate = BoolValue.Of(separate),
            PullsWhenAsked = Pulls,
        }));
    }

    /// <summary>A policy that the same code makes is nobody else's: who holds it is seen.</summary>
    private bool IsMadeHere(Value arn) => world.Inventory.Referents(arn).Any(static each => each is { Type: "aws_iam_policy", IsData: false });

    private void Open(Identity? identity, IReadOnlyList<Cause> causes)
    {
        if (identity is not null)
        {
            Opened.Add((identity, causes));
        }
    }

    private Value Pulls(Grant grant) => RoleAccess.Of(world).Pulls(grant.Policy);

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
