using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>
/// What the transform of the Serverless Application Model makes of a template, as far as identities depend on it: settings for all functions go into each, and functions and state machines
/// that name no role get one of their own.
/// </summary>
internal static class Serverless
{
    /// <summary>The transform.</summary>
    internal const string Transform = "AWS::Serverless-2016-10-31";

    private const string Function = "AWS::Serverless::Function";
    private const string Machine = "AWS::Serverless::StateMachine";

    /// <summary>Managed policies that are known by their names alone although they have a path.</summary>
    private static readonly string[] ServiceRolePolicies =
    [
        "AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaKinesisExecutionRole", "AWSLambdaSQSQueueExecutionRole",
        "AWSLambdaMSKExecutionRole", "AWSLambdaENIManagementAccess", "AWSLambdaRole",
    ];

    /// <summary>The resources with what the transform makes of them.</summary>
    internal static MapValue Expand(MapValue resources, MapValue globals)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(resources.Entries.Length);
        foreach (var entry in resources.Entries)
        {
            if (entry.Value is not MapValue written || Texts.Of(written["Type"])?.Known is not { } type || type is not (Function or Machine)
                || written["Properties"] is not (MapValue or null))
            {
                entries.Add(entry);
                continue;
            }

            var properties = written["Properties"] as MapValue ?? MapValue.Empty;
            properties = type == Function && globals["Function"] is MapValue shared ? Under(Heeded(shared, written["IgnoreGlobals"]), properties) : properties;
            if (properties["Role"] is null && entry.KeyPlace is { } place && resources.Find(entry.Key + "Role") is null)
            {
                entries.Add(new Entry(entry.Key + "Role", Role(type, written, properties, place), place));
                properties = With(properties, new Entry("Role", Call("Fn::GetAtt", ListValue.Of([Text(entry.Key + "Role", place), Text("Arn", place)]), place), place));
            }

            // Events become resources of their own, which wait for the function; the function does not wait for what they name.
            properties = properties.WithAll([.. properties.Entries.Where(each => each.Key != "Events")]);
            entries.Add(entry with { Value = With(written, new Entry("Properties", properties, written.Find("Properties")?.KeyPlace ?? entry.KeyPlace)) });
        }

        return resources.WithAll(entries.ToImmutable());
    }

    /// <summary>Settings for all without those that a resource says it ignores: some by their names, or all (<c>*</c>).</summary>
    private static MapValue Heeded(MapValue shared, Value? ignored) => ignored switch
    {
        TextValue { Known: "*" } => MapValue.Empty,
        ListValue names => shared.WithAll([.. shared.Entries.Where(entry => !names.Values.Any(name => Texts.Of(name)?.Known == entry.Key))]),
        _ => shared,
    };

    /// <summary>Settings for all under those of one: its own texts win, maps and lists are joined.</summary>
    private static MapValue Under(MapValue shared, MapValue own)
    {
        var entries = own.Entries.Select(entry => entry with { Value = Joined(shared[entry.Key], entry.Value) }).Concat(shared.Entries.Where(entry => own.Find(entry.Key) is null));
        return (MapValue)new MapValue([.. entries]) { Place = own.Place, OpenBecause = own.OpenBecause }.With(own.Trace ?? shared.Trace);
    }

    private static Value Joined(Value? shared, Value own) => (shared, own) switch
    {
        (MapValue below, MapValue above) when !IsCall(below) && !IsCall(above) => Under(below, above),
        (ListValue before, ListValue after) => new ListValue([.. before.Items, .. after.Items]).With(after.Trace),
        _ => own,
    };

    private static bool IsCall(MapValue map) => map.Entries is [{ Key: var key }] && (key == "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal));

    private static MapValue Role(string type, MapValue maker, MapValue properties, Span place)
    {
        var managed = new List<Value>();
        if (type == Function)
        {
            managed.Add(Managed("AWSLambdaBasicExecutionRole", place));
            if (properties["VpcConfig"] is not null)
            {
                managed.Add(Managed("AWSLambdaVPCAccessExecutionRole", place));
            }
        }

        var inline = new List<Value>();
        foreach (var policy in properties["Policies"] is ListValue list ? list.Values : properties["Policies"] is { } only ? [only] : [])
        {
            Add(policy);
        }

        var service = type == Function ? "lambda.amazonaws.com" : "states.amazonaws.com";
        var body = new List<Entry>
        {
            new("AssumeRolePolicyDocument", properties["AssumeRolePolicyDocument"] ?? Trust(service, place), place),
            new("ManagedPolicyArns", ListValue.Of(managed).With(At(properties["Policies"], place)), place),
        };
        if (inline.Count > 0)
        {
            body.Add(new Entry("Policies", ListValue.Of(inline).With(At(properties["Policies"], place)), place));
        }

        if (properties.Find("PermissionsBoundary") is { } boundary)
        {
            body.Add(boundary);
        }

        var role = new List<Entry> { new("Type", Text("AWS::IAM::Role", place), place), new("Properties", Map(place, body), place) };
        if (maker.Find("Condition") is { } condition)
        {
            role.Add(condition);
        }

        return Map(place, role);

        void Add(Value policy)
        {
            var at = policy.Trace?.Place ?? place;
            switch (policy)
            {
                case TextValue { Known: { } name } when !name.StartsWith("arn:", StringComparison.Ordinal):
                    managed.Add(Managed(name, at));
                    break;
                case MapValue document when document["Statement"] is not null:
                    inline.Add(Inline(document, at));
                    break;
                case MapValue { Entries: [var template] } call when !IsCall(call):
                    inline.Add(Inline(new UnknownValue(UnknownReason.NotComputed, $"the policy template \"{template.Key}\" says what is allowed", at), at));
                    break;
                default:
                    managed.Add(policy);
                    break;
            }
        }

        MapValue Inline(Value document, Span at) => Map(at, [new Entry("PolicyName", Text($"Policy{inline.Count}", at), at), new Entry("PolicyDocument", document, at)]);
    }

    private static Value Managed(string name, Span place)
    {
        // The transform knows all names and their paths; where this list does not, a hole stands for the path.
        var path = Array.IndexOf(ServiceRolePolicies, name) >= 0 ? new TextPart("service-role/")
            : new TextPart(new UnknownValue(UnknownReason.External, $"the path of the managed policy \"{name}\" is looked up when the stack is deployed", place, type: DataType.Text));
        var partition = new TextPart(new UnknownValue(UnknownReason.NoValue, "the partition is known when the stack is created", place, type: DataType.Text));
        return TextValue.Of([new TextPart("arn:"), partition, new TextPart(":iam::aws:policy/"), path, new TextPart(name)]).With(new Trace(StepKind.Literal, "", place));
    }

    private static MapValue Trust(string service, Span place) => Map(place,
    [
        new Entry("Version", Text("2012-10-17", place), place),
        new Entry("Statement", ListValue.Of(
        [
            Map(place,
            [
                new Entry("Effect", Text("Allow", place), place),
                new Entry("Principal", Map(place, [new Entry("Service", ListValue.Of([Text(service, place)]), place)]), place),
                new Entry("Action", ListValue.Of([Text("sts:AssumeRole", place)]), place),
            ]),
        ]), place),
    ]);

    private static Trace At(Value? written, Span place) => written?.Trace ?? new Trace(StepKind.Literal, "", place);

    private static Value Text(string text, Span place) => new TextValue(text).With(new Trace(StepKind.Literal, "", place));

    private static MapValue Call(string function, Value argument, Span place) => Map(place, [new Entry(function, argument, place)]);

    private static MapValue Map(Span place, IEnumerable<Entry> entries) => (MapValue)new MapValue([.. entries]) { Place = place }.With(new Trace(StepKind.Literal, "", place));

    private static MapValue With(MapValue map, Entry entry) =>
        map.WithAll([.. map.Entries.Where(each => each.Key != entry.Key), entry]);
}
