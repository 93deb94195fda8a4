using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.PullPath.Aws;

/// <summary>What is wrong with the ARN of a managed policy of AWS, so that nothing can be attached by it.</summary>
/// <param name="Kind"><c>path</c>, <c>spelling</c>, <c>partition</c> or <c>no-arn</c>.</param>
/// <param name="Meant">The ARN that was meant, as far as it can be told.</param>
internal sealed record PolicyArnFault(string Kind, string Meant)
{
    private const string Marker = ":iam::aws:policy/";
    private const int Nearby = 2;

    /// <summary>The path of policies that AWS attaches to its service-linked roles, and nobody else to any.</summary>
    private const string ServiceLinked = "aws-service-role/";

    /// <summary>Names beyond the catalogue may be new; only in these families is a name that is nearly known taken for a slip.</summary>
    private static readonly string[] Families = ["ContainerRegistry", "EKS", "ECS"];

    /// <summary>The fault of a written ARN in a region (null where nobody knows it); null for none, and for policies that nobody here can know.</summary>
    internal static PolicyArnFault? Of(Value written, string? region)
    {
        if (written is not TextValue arn)
        {
            return null;
        }

        if (arn.Known is { } known && !known.StartsWith("arn:", StringComparison.Ordinal))
        {
            var bare = known.StartsWith("policy/", StringComparison.Ordinal) ? known["policy/".Length..] : known;
            return Named(bare) is { } meant ? new PolicyArnFault("no-arn", "arn:aws" + Marker + meant) : null;
        }

        if (!arn.Suffix.Contains(Marker, StringComparison.Ordinal) || ManagedPolicies.NameOf(arn) is not { } name)
        {
            return null;
        }

        return !ManagedPolicies.Exists(name) ? Misnamed(name, arn)
            : region is not null && Partitions.Of(region) is { } partition && arn.Known is { } whole && Elsewhere(whole, partition) ? new PolicyArnFault("partition", $"arn:{partition}{Marker}{name}")
            : null;
    }

    private static PolicyArnFault? Misnamed(string name, TextValue arn)
    {
        var start = arn.Prefix.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? arn.Prefix[..at] : "arn:aws";
        var last = name[(name.LastIndexOf('/') + 1)..];
        if (Named(last) is { } elsewhere)
        {
            var whole = start + Marker + elsewhere;
            return new PolicyArnFault("path", elsewhere.StartsWith(ServiceLinked, StringComparison.Ordinal) ? $"a policy of your own: {whole} goes with a role that only AWS makes" : whole);
        }

        return Array.Exists(Families, family => last.Contains(family, StringComparison.OrdinalIgnoreCase)) && Closest(last) is { } close
            ? new PolicyArnFault("spelling", start + Marker + close)
            : null;
    }

    /// <summary>The only policy of a name, whatever its path.</summary>
    private static string? Named(string last) => ManagedPolicies.Exists(last) ? last
        : ManagedPolicies.Names.Where(each => each.EndsWith("/" + last, StringComparison.Ordinal)).Take(2).ToList() is [var only] ? only : null;

    /// <summary>The only policy whose name differs by a slip. One more number or version is a policy of its own.</summary>
    private static string? Closest(string last)
    {
        var close = ManagedPolicies.Names.Where(each => each[(each.LastIndexOf('/') + 1)..] is var name
            && Math.Abs(name.Length - last.Length) <= Nearby && Unnumbered(name) != Unnumbered(last) && Spelling.Distance(name, last) <= Nearby).Take(2).ToList();
        return close is [var only] ? only : ManagedPolicies.Names.FirstOrDefault(each => string.Equals(each[(each.LastIndexOf('/') + 1)..], last, StringComparison.OrdinalIgnoreCase));
    }

    private static string Unnumbered(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('v', 'V', '_', '-');

    private static bool Elsewhere(string arn, string partition) => !arn.StartsWith($"arn:{partition}:", StringComparison.Ordinal);
}
