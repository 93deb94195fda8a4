using Analyzer.Facts.Model;
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

    /// <summary>Declarations that are read in one go.</summary>
    private const int PieceSize = 128;

    private readonly World _world;
    private readonly PolicyNames _policies;
    private readonly Dictionary<Identity, List<Grant>> _grants = [];
    private readonly Dictionary<Identity, List<Cause>> _open = [];

    private Attachments(World world, PolicyNames policies) => (_world, _policies) = (world, policies);

    /// <summary>Reads all attachments and adds them to the world as grants.</summary>
    internal static Attachments Of(World world, RoleNames roles, PolicyNames policies)
    {
        var all = new Attachments(world, policies);
        var byScope = world.Facts.All<Identity>(Identity.Fields).Where(each => each.Kind == RoleReader.Kind).ToLookup(each => each.Address.Scope, StringComparer.Ordinal);
        Find(byScope.SelectMany(scope => scope), (finder, role) => finder.ReadInside(role));
        Find(world.Managed(AttachmentFinder.Declarations), (finder, declaration) => finder.ReadApart(declaration));
        new PolicyOwnership(world, roles).Mark(all._grants.Values.SelectMany(each => each));
        return all;

        void Find<T>(IEnumerable<T> things, Action<AttachmentFinder, T> read) =>
            all.Add(world.Each(things.Chunk(PieceSize), piece =>
            {
                var finder = new AttachmentFinder(world, roles, policies, byScope);
                foreach (var thing in piece)
                {
                    read(finder, thing);
                }

                return finder;
            }));
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
    internal IReadOnlyList<Value> SwitchedOff(Identity identity)
    {
        List<Value> values = [.. Absences.Of(_world).OfCalls(identity.Resource!, Types)];
        foreach (var (attachment, because) in Absences.Of(_world).For(identity.Resource!, Types))
        {
            var document = attachment.Type == "aws_iam_role_policy" ? PolicyText.Decode(attachment.At("policy")) : _policies.DocumentOf(attachment.At("policy_arn"), attachment.Address.Scope);
            if (RoleAccess.Of(_world).Pulls(document) is not BoolValue { Value: false })
            {
                values.AddRange(because);
            }
        }

        return values;
    }

    private void Add(IEnumerable<AttachmentFinder> found)
    {
        foreach (var finder in found)
        {
            foreach (var (identity, grant) in finder.Grants)
            {
                _world.Add(grant);
                if (identity is not null)
                {
                    ListOf(_grants, identity).Add(grant);
                }
            }

            foreach (var (identity, causes) in finder.Opened)
            {
                ListOf(_open, identity).AddRange(causes);
            }
        }
    }

    private static List<T> ListOf<T>(Dictionary<Identity, List<T>> index, Identity identity) => index.TryGetValue(identity, out var list) ? list : index[identity] = [];
}
