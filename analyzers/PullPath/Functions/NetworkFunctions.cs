using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about the way from nodes to a registry: what endpoints let through.</summary>
internal static class NetworkFunctions
{
    /// <summary>The functions, bound to a world.</summary>
    internal static ImmutableArray<Function> Of(World world)
    {
        var access = new EndpointAccess(world);
        return
        [
            new Function(
                "lets_through",
                [new Parameter("endpoint", FieldType.Of("endpoint")), new Parameter("actions", FieldType.List(FieldType.Text)), new Parameter("resource", FieldType.Any), new Parameter("caller", FieldType.Text)],
                FieldType.Bool,
                "Whether the policy of an endpoint lets all of the actions on a resource through. The resource is an ARN, a pull for its repository, or null for any private repository; the caller is \"nodes\", or \"aws\" for requests that AWS itself signed.",
                call => call[0].As<Endpoint>() is { } endpoint ? LetsThrough(access, endpoint, call[1], call[2], call[3]) : UnknownValue.From(DataType.Bool, call[0])),
            new Function(
                "image_layers", [new Parameter("region", FieldType.Text)], FieldType.Text,
                "ARN of the objects from which the layers of the ECR images of a region come. They lie in a bucket of AWS.",
                call => EndpointAccess.Layers(call[0])),
        ];
    }

    private static Value LetsThrough(EndpointAccess access, Endpoint endpoint, Value actions, Value resource, Value caller)
    {
        var byAws = caller.EqualTo(new TextValue("aws")) == Truth.Yes;
        var decisions = AwsFunctions.Names(actions).Select(action => access.Decide(endpoint, action, resource, byAws)).ToList();
        return Answer.Of(decisions.Select(each => each.Result).All(), decisions.Where(each => each.Result == Truth.Unknown).SelectMany(each => each.Causes));
    }
}
