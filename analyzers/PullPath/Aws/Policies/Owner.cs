using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Who an account, an organization or a principal belongs to.</summary>
public enum Owner : byte
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>The account the repository is deployed to.</summary>
    Own,

    /// <summary>AWS itself: no account, organization or role that a customer names.</summary>
    Cloud,
}

/// <summary>Tells whether a written account, organization or principal is one of an owner.</summary>
internal static class Owners
{
    private const int AccountDigits = 12;

    /// <summary>The answer for one written value.</summary>
    internal static Truth IsOf(Value written, Owner owner)
    {
        if (written is TextValue { Known: "*" })
        {
            return Truth.Yes;
        }

        var names = written.Deep().SelectMany(value => value.References).Select(reference => reference.Target.Path).Where(IsCustomer).ToList();
        if (names.Count > 0)
        {
            // Another configuration of the provider may work in another account.
            return owner == Owner.Cloud ? Truth.No : names.TrueForAll(name => !name.EndsWith(')')) ? Truth.Yes : Truth.Unknown;
        }

        // An account or organization that somebody wrote down is a customer's; a pattern may fit anybody.
        return owner == Owner.Cloud && written is TextValue text && (HasAccount(text.ToString()) || (text.Known is { } known && !known.AsSpan().ContainsAny('*', '?')))
            ? Truth.No
            : Truth.Unknown;
    }

    /// <summary>What tells the account, user or organization under which a repository is deployed.</summary>
    private static bool IsCustomer(string path) => path == "AWS::AccountId"
        || path.Contains("data.aws_caller_identity", StringComparison.Ordinal)
        || path.Contains("data.aws_organizations_organization", StringComparison.Ordinal);

    private static bool HasAccount(string text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            digits = char.IsAsciiDigit(letter) ? digits + 1 : 0;
            if (digits == AccountDigits)
            {
                return true;
            }
        }

        return false;
    }
}
