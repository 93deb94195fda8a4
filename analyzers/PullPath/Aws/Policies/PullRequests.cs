using System.Collections.Concurrent;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>The requests a kubelet makes for an image of a private ECR repository.</summary>
public static class PullRequests
{
    /// <summary>The action that comes first. It knows no resources.</summary>
    public const string Token = "ecr:GetAuthorizationToken";

    /// <summary>What a pull needs, the token first; <c>ecr:BatchCheckLayerAvailability</c> is asked only by pushes.</summary>
    public static IReadOnlyList<string> EcrActions { get; } = [Token, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    /// <summary>A name of a repository that may be any.</summary>
    public static Value AnyRepository { get; } = new UnknownValue(UnknownReason.NoValue, "any repository");

    private static readonly ConcurrentDictionary<string, AccessRequest> General = new(StringComparer.Ordinal);

    /// <summary>A request for some private image: may any be pulled at all. Tokens know no resources; other services have resources of which nothing is known.</summary>
    public static AccessRequest For(string action) => General.GetOrAdd(action, ForAny);

    private static AccessRequest ForAny(string action) => new(action, !IsOfRegistries(action) ? TextValue.Of([Hole(null)]) : HasResource(action) ? Arn(null, null, null) : new TextValue("*"))
    {
        ResourceHoles = Holes.Free,
        Key = SafeKey,
    };

    /// <summary>A request for an image of one repository; what is null or unknown is a hole.</summary>
    /// <param name="action">Action.</param>
    /// <param name="region">Region.</param>
    /// <param name="account">Account that owns the repository.</param>
    /// <param name="repository">Name of the repository.</param>
    /// <param name="declared">The repository's own resource, if it is declared.</param>
    public static AccessRequest For(string action, Value region, Value account, Value repository, Address? declared) => new(
        action, HasResource(action) ? Arn(region, account, repository) : new TextValue("*"))
    {
        ResourceHoles = Holes.Unknown,
        Declared = declared,
        Key = key => key switch
        {
            "aws:requestedregion" when region is TextValue => region,
            "aws:resourceaccount" when account is TextValue => account,
            _ => SafeKey(key),
        },
    };

    /// <summary>
    /// The same action on whatever a policy may name. For an action that knows no resources it tells whether a policy means to allow it, though it does not.
    /// </summary>
    public static AccessRequest Anywhere(string action) => new(action, TextValue.Of([Hole(null)])) { ResourceHoles = Holes.Free, Key = SafeKey };

    /// <summary>Condition keys (lower case) whose value is the same for all calls of a kubelet.</summary>
    public static Value? SafeKey(string key) => key switch
    {
        "aws:securetransport" => new TextValue("true"),
        "aws:viaawsservice" or "aws:principalisawsservice" => new TextValue("false"),
        _ => null,
    };

    private static bool IsOfRegistries(string action) => action.StartsWith("ecr", StringComparison.OrdinalIgnoreCase) || !HasResource(action);

    private static bool HasResource(string action) => !action.EndsWith(":GetAuthorizationToken", StringComparison.OrdinalIgnoreCase)
        && !action.Equals("sts:GetServiceBearerToken", StringComparison.OrdinalIgnoreCase);

    private static TextValue Arn(Value? region, Value? account, Value? repository) => TextValue.Of(
    [
        new TextPart("arn:"), Partition(region), new TextPart(":ecr:"), Hole(region), new TextPart(":"), Hole(account), new TextPart(":repository/"), Hole(repository),
    ]);

    /// <summary>The partition of a region as a part of an ARN.</summary>
    internal static TextPart Partition(Value? region) => region is TextValue { Known: { } known } && Partitions.Of(known) is { } partition ? new TextPart(partition) : Hole(null);

    /// <summary>A value as a part of an ARN; what is not written is a hole.</summary>
    internal static TextPart Hole(Value? value) => new(value is TextValue or UnknownValue ? value : new UnknownValue(UnknownReason.NoValue, "not written"));
}
