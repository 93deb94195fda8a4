using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>
/// Service accounts to which a kustomization gave another name or namespace, while trust policies, federated credentials and bindings still speak of the one that was written. It joins when
/// accounts have their identities.
/// </summary>
internal sealed class MovedAccounts : IReader
{
    private const string Audience = "eks.amazonaws.com/audience";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var moved = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(account => account.Resource is { } resource && FormerNames.NameOf(resource) is not null && account.Identity is FactValue).ToList();
        if (moved.Count == 0)
        {
            return;
        }

        var taken = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Select(account => (account.Namespace, account.Name) is (TextValue { Known: { } space }, TextValue { Known: { } name }) ? $"{space}/{name}" : "")
            .ToHashSet(StringComparer.Ordinal);
        foreach (var account in moved)
        {
            account.MovedFrom = FormOf(account, taken);
        }
    }

    private static Value FormOf(ServiceAccount account, HashSet<string> taken)
    {
        var identity = account.Identity.As<Identity>()!;
        var now = Admits(identity, account, account.Namespace, account.Name);
        if (now == Truth.Yes)
        {
            return NullValue.Instance;
        }

        var isDoubtful = false;
        foreach (var (space, name) in Before(account))
        {
            var before = taken.Contains($"{space}/{name}") ? Truth.No : Admits(identity, account, new TextValue(space), new TextValue(name));
            if (before == Truth.Yes && now == Truth.No)
            {
                var written = account.Namespace.EqualTo(new TextValue(space)) == Truth.No ? account.Namespace : account.Name;
                return new TextValue($"{space}/{name}").With(written.Trace);
            }

            isDoubtful |= before != Truth.No;
        }

        return isDoubtful ? new UnknownValue(UnknownReason.NotComputed, $"whom {identity.Address.Path} admits is not known", account.Place, type: DataType.Text) : NullValue.Instance;
    }

    /// <summary>What it could be called still: the name, the namespace or both as they were written. An object that names no namespace has the one that it is given.</summary>
    private static IEnumerable<(string Space, string Name)> Before(ServiceAccount account)
    {
        var (space, name) = (FormerNames.NamespaceOf(account.Resource!), FormerNames.NameOf(account.Resource!)!);
        foreach (var former in (string?[])[space, (account.Namespace as TextValue)?.Known])
        {
            foreach (var called in (string?[])[name, (account.Name as TextValue)?.Known])
            {
                if (former is not null && called is not null)
                {
                    yield return (former, called);
                }
            }
        }
    }

    private static Truth Admits(Identity identity, ServiceAccount account, Value space, Value name)
    {
        var subject = TextValue.Of([new TextPart("system:serviceaccount:"), new TextPart(space), new TextPart(":"), new TextPart(name)]);
        return identity.Kind switch
        {
            "aws-role" => TrustPolicies.Decide(identity.Trust, subject, Written.FindKey(account.Annotations, Audience) is not NullValue and var audience ? audience : new TextValue("sts.amazonaws.com")).Result,
            "azure-managed-identity" => Has(identity, subject),
            "google-service-account" => Has(identity, TextValue.Of([new TextPart(space), new TextPart("/"), new TextPart(name)])),
            _ => Truth.Unknown,
        };
    }

    private static Truth Has(Identity identity, Value subject) => identity.Federations is ListValue list
        ? Answer.Has(list, each => each.As<Federation>()?.Subject is { } accepted ? accepted.EqualTo(subject) : Truth.Unknown)
        : Truth.Unknown;
}
