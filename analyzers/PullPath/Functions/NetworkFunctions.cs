using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about the way from nodes to a registry: what endpoints and security groups let through.</summary>
internal static class NetworkFunctions
{
    private static readonly FieldType Groups = FieldType.List(FieldType.Of("security_group"));

    /// <summary>The functions, bound to a world.</summary>
    internal static ImmutableArray<Function> Of(World world)
    {
        var access = new EndpointAccess(world);
        var traffic = new Traffic(world);
        var proof = Proof.Of(world);
        return
        [
            new Function(
                "lets_through",
                [new Parameter("endpoint", FieldType.Of("endpoint")), new Parameter("actions", FieldType.List(FieldType.Text)), new Parameter("resource", FieldType.Any), new Parameter("caller", FieldType.Text)],
                FieldType.Bool,
                "Whether the policy of an endpoint lets all of the actions on a resource through. The resource is an ARN, a pull for its repository, or null for any private repository; the caller is \"nodes\", or \"aws\" for requests that AWS itself signed.",
                call => call[0].As<Endpoint>() is { } endpoint ? LetsThrough(proof, access, endpoint, call[1], call[2], call[3]) : UnknownValue.From(DataType.Bool, call[0])),
            new Function(
                "image_layers", [new Parameter("region", FieldType.Text)], FieldType.Text,
                "ARN of the objects from which the layers of the ECR images of a region come. They lie in a bucket of AWS.",
                call => EndpointAccess.Layers(call[0])),
            new Function(
                "lets_in",
                [new Parameter("security_groups", Groups), new Parameter("from", FieldType.Any), new Parameter("port", FieldType.Number)],
                FieldType.Bool,
                "Whether one of the security groups lets TCP connections in on a port: those of all nodes of a pool, or of anybody in a network.",
                call => Pass(proof, call, port => call[1] switch
                {
                    FactValue { Fact: NodePool pool } => Traffic.LetsIn(call[0], pool, port),
                    FactValue { Fact: Network network } => Traffic.LetsIn(call[0], network, port),
                    _ => Truth.Unknown,
                })),
            new Function(
                "lets_out",
                [new Parameter("security_groups", Groups), new Parameter("to", FieldType.Any), new Parameter("port", FieldType.Number)],
                FieldType.Bool,
                "Whether one of the security groups lets TCP connections out on a port: to an endpoint, to anybody in a network, or to the whole internet (\"internet\"). False for a group that lets nothing out, whoever is meant.",
                call => Pass(proof, call, port => Traffic.LetsOutSomewhere(call[0], port).And(call[1] switch
                {
                    FactValue { Fact: Endpoint endpoint } => traffic.LetsOut(call[0], endpoint, port),
                    FactValue { Fact: Network network } => traffic.LetsOut(call[0], network, port),
                    TextValue { Known: "internet" } => traffic.LetsOut(call[0], port),
                    _ => Truth.Unknown,
                }))),
        ];
    }

    private static Value Pass(Proof proof, Call call, Func<int, Truth> decide)
    {
        if ((call[2] as NumberValue)?.Number.Whole is not { } port || port < 0 || port > ushort.MaxValue)
        {
            return UnknownValue.From(DataType.Bool, call[2]);
        }

        return decide((int)port) switch
        {
            Truth.No => proof.Resting(BoolValue.False, RulesOf(call[0]).Concat(AddressesOf(call[1]))),
            var truth => Answer.Of(truth, Cause.Of(call[0]).Concat(Cause.Of(call[1])).Concat(RulesOf(call[0]).SelectMany(Cause.Of).Take(Cause.Limit))),
        };
    }

    /// <summary>The rules of security groups, and what is written in them.</summary>
    private static IEnumerable<Value> RulesOf(Value groups) => groups.Each<SecurityGroup>().SelectMany(group => (Value[])[group.Ingress, group.Egress])
        .SelectMany(rules => rules.Each<SecurityRule>().SelectMany(rule => (Value[])[rule.Ranges, rule.Groups, rule.PrefixLists, rule.Protocol, rule.FromPort, rule.ToPort]).Prepend(rules));

    /// <summary>The addresses of who asks or is asked.</summary>
    private static IEnumerable<Value> AddressesOf(Value other) => other switch
    {
        FactValue { Fact: NodePool pool } => pool.Subnets.Each<Subnet>().Select(subnet => subnet.Range).Concat(RangesOf(pool.Network)),
        FactValue { Fact: Endpoint endpoint } => endpoint.Subnets.Each<Subnet>().Select(subnet => subnet.Range).Concat(RangesOf(endpoint.Network)),
        _ => RangesOf(other),
    };

    private static Value[] RangesOf(Value network) => network.As<Network>() is { } known ? [known.Ranges] : [];

    private static Value LetsThrough(Proof proof, EndpointAccess access, Endpoint endpoint, Value actions, Value resource, Value caller)
    {
        var byAws = caller.EqualTo(new TextValue("aws")) == Truth.Yes;
        var decisions = AwsFunctions.Names(actions).Select(action => access.Decide(endpoint, action, resource, byAws)).ToList();
        return decisions.All(each => each.Result) switch
        {
            Truth.No => proof.Resting(BoolValue.False, [endpoint.PolicyValue, endpoint.Policy]),
            var truth => Answer.Of(truth, decisions.Where(each => each.Result == Truth.Unknown).SelectMany(each => each.Causes)),
        };
    }
}
