using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.PullPath.Aws;

/// <summary>What a role may do, by who says so.</summary>
/// <param name="Granted">Its policies, without those that another declaration takes away again.</param>
/// <param name="Contested">The policies that another declaration takes away again: sometimes there, sometimes not.</param>
/// <param name="Boundary">Its permissions boundary; one that allows all where there is none.</param>
/// <param name="Repository">Policies of repositories.</param>
internal sealed record Access(Decision Granted, Decision Contested, Decision Boundary, Decision Repository)
{
    /// <summary>Whether a policy, steady or not, allows it.</summary>
    internal Truth MayBeGranted => Granted.Allow.Or(Contested.Allow);

    /// <summary>Whether it is denied, whatever else allows it.</summary>
    internal Truth Denied => Granted.Deny.Or(Contested.Deny.And(Truth.Unknown)).Or(Repository.Deny);

    /// <summary>The answer of all together.</summary>
    internal Truth Allowed => Granted.Allow.Or(Contested.Allow.And(Truth.Unknown)).And(Boundary.Allow).Or(Repository.Allow).And(Denied.Or(Boundary.Deny).Not());

    /// <summary>What would decide the unknown parts.</summary>
    internal IEnumerable<Cause> Causes => Granted.Causes.Concat(Contested.Causes).Concat(Boundary.Causes).Concat(Repository.Causes);
}
