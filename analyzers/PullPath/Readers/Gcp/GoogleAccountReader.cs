using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>Google service accounts, and which Kubernetes service accounts may become them.</summary>
internal sealed class GoogleAccountReader : IReader
{
    private const string WorkloadIdentityUser = "roles/iam.workloadIdentityUser";

    private readonly List<Resource> _opaque = [];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(GoogleAccounts.AccountType).Where(each => !each.IsData))
        {
            world.Add(new Identity
            {
                Kind = "google-service-account",
                Name = resource.At("account_id"),
                IsDisabled = resource.At("disabled") is not NullValue and var written ? written : BoolValue.False,
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }

        foreach (var resource in world.Inventory.OfTypes(IamStatement.AccountTypes).Where(each => !each.IsData))
        {
            if (IamStatement.Of(resource, world) is not { } statements)
            {
                _opaque.Add(resource);
                continue;
            }

            foreach (var statement in statements)
            {
                ReadFederations(statement, world);
            }
        }
    }

    public void Join(World world)
    {
        var federations = world.Facts.All<Federation>(Federation.Fields).Where(federation => federation.Resource!.Type.StartsWith("google", StringComparison.Ordinal)).ToList();
        foreach (var federation in federations)
        {
            var owner = federation.Resource!.At("service_account_id");
            federation.Identity = GoogleAccounts.Of(owner, world) is { } account ? Links.To(account) : Links.Undeclared(owner, "Google service account");
        }

        foreach (var identity in world.Facts.All<Identity>(Identity.Fields).Where(each => each.Resource?.Type == GoogleAccounts.AccountType))
        {
            var seen = Links.To(federations.Where(federation => federation.Identity.As<Identity>() == identity), OpenBecause(identity, federations, world));
            identity.Federations = Absences.Of(world).Resting(seen, identity.Resource!, IamStatement.AccountTypes);
        }

        CloudAnnotations.Link(world, CloudAnnotations.Google, (_, value) =>
            GoogleAccounts.Of(value, world) is { } identity ? Links.To(identity) : Links.Undeclared(value, "Google service account"));
        var bound = new Lazy<BoundAccounts>(() => new BoundAccounts(world));
        foreach (var federation in federations)
        {
            federation.Meant = bound.Value.Of(federation);
        }
    }

    /// <summary>Why something that is not there may have been told of an account.</summary>
    internal static IEnumerable<Cause> Gaps(Identity identity, World world)
    {
        var account = identity.Resource!;
        var name = account.At("account_id") is TextValue { Known: { } id } ? id : null;
        return world.Inventory.GapsOf(identity.Address.Scope)
            .Where(gap => gap.Mentions(account.Address, name) != Truth.No)
            .Select(gap => new Cause(UnknownReason.Missing, $"{gap.Address.Path} is not there and may grant it: {gap.Reason}", gap.Place, null));
    }

    private static void ReadFederations(IamStatement statement, World world)
    {
        if (statement.Role is TextValue { Known: not WorkloadIdentityUser and not null })
        {
            return;
        }

        var resource = statement.Resource;
        var unseen = statement.MayChange ? new UnknownValue(UnknownReason.Condition, $"{resource.Address.Path} holds under a condition", resource.Place, type: DataType.Text) : null;
        var members = statement.Members is ListValue list ? list.IsOpen ? list.Values.Append(UnknownValue.From(DataType.Text, list)) : list.Values : [statement.Members];
        foreach (var member in members)
        {
            world.Add(new Federation
            {
                Issuer = NullValue.Instance,
                Subject = unseen ?? (statement.Role is TextValue ? SubjectOf(member) : UnknownValue.From(DataType.Text, statement.Role)),
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

    private IEnumerable<Cause> OpenBecause(Identity identity, List<Federation> federations, World world)
    {
        var scope = identity.Address.Scope;
        foreach (var federation in federations.Where(federation => federation.Identity is UnknownValue && federation.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"{federation.Address.Path} belongs to an account that is not known", federation.Place, null);
        }

        foreach (var resource in _opaque.Where(each => each.Address.Scope == scope))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{resource.Address.Path} may bind it", resource.Place, null);
        }

        foreach (var cause in Gaps(identity, world))
        {
            yield return cause;
        }
    }
}
