using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// What the policy of a VPC endpoint lets through. Without one it lets everything through. Layers of images are fetched with a URL that AWS signed, from a bucket that AWS owns: there
/// neither the caller nor the resource is in the account of the nodes.
/// </summary>
internal sealed class EndpointAccess(World world)
{
    /// <summary>What the policy says to an action on a resource: null for any private repository, a pull for its repository, or the text of an ARN.</summary>
    internal Decision Decide(Endpoint endpoint, string action, Value resource, bool byAws)
    {
        if (endpoint.Policy is NullValue)
        {
            return new Decision(Truth.Yes, Truth.No, []);
        }

        return Request(action, resource) is not { } request ? Decision.Unknown(Cause.Of(resource)) : PolicyEvaluation.Decide(endpoint.Policy, request with
        {
            Principal = (kind, written) => byAws ? IsAws(kind, written) : IsNode(kind, written, endpoint),
            Key = key => key switch
            {
                "aws:sourcevpc" => endpoint.Resource!.Body["vpc_id"] ?? endpoint.Resource.Body["VpcId"],
                "aws:sourcevpce" => new UnknownValue(UnknownReason.Computed, "id", endpoint.Place) { Reference = new Reference(endpoint.Address, "id") },
                _ => request.Key(key),
            },
            Owner = key => key switch
            {
                "aws:principalaccount" or "aws:principalorgid" or "aws:principalarn" => byAws ? Owner.Cloud : Owner.Own,
                "aws:resourceaccount" or "aws:resourceorgid" or "s3:resourceaccount" => byAws ? Owner.Cloud : Owner.Unknown,
                _ => Owner.Unknown,
            },
        });
    }

    /// <summary>The objects in which ECR of a region keeps image layers.</summary>
    internal static TextValue Layers(Value region) => TextValue.Of(
    [
        new TextPart("arn:"), PullRequests.Partition(region), new TextPart(":s3:::prod-"), PullRequests.Hole(region), new TextPart("-starport-layer-bucket/"), PullRequests.Hole(NullValue.Instance),
    ]);

    private static AccessRequest? Request(string action, Value resource) => resource is TextValue arn
        ? new AccessRequest(action, arn) { Key = PullRequests.SafeKey }
        : PullTarget.Of(resource)?.Request(action);

    private static Truth IsAws(string kind, Value written) => kind is "AWS" or "*" ? Owners.IsOf(written, Owner.Cloud) : Truth.No;

    /// <summary>Anybody; the role of a node pool of the network; not a role that certainly is none of these.</summary>
    private Truth IsNode(string kind, Value written, Endpoint endpoint)
    {
        if (kind is not ("AWS" or "*"))
        {
            return Truth.No;
        }

        var named = world.FactsOf<Identity>(written).ToList();
        if (named.Count == 0)
        {
            return Owners.IsOf(written, Owner.Own);
        }

        var pools = endpoint.Network.As<Network>()?.NodePools as ListValue ?? ListValue.Empty;
        var roles = pools.Each<NodePool>().Select(pool => pool.Identity).ToList();
        return roles.Exists(role => role.As<Identity>() is { } identity && named.Contains(identity)) ? Truth.Yes
            : pools is { IsOpen: false, Items.Length: > 0 } && roles.TrueForAll(role => role is FactValue) ? Truth.No
            : Truth.Unknown;
    }
}
