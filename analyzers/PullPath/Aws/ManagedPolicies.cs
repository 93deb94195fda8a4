using System.Collections.Concurrent;
using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// The catalogue of AWS managed policies: which exist, and what they allow and deny of what matters for image pulls and of the data of applications. It is read when the first policy is asked for.
/// </summary>
public static class ManagedPolicies
{
    private const string Resource = "Analyzer.PullPath.Aws.Data.managed-policies.txt";

    /// <summary>Below a policy of which the catalogue does not say what it allows of the data of applications.</summary>
    private const char DataUnknown = '?';

    private static readonly string[] PullActions = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    private static readonly string[] AllActions =
    [
        .. PullActions, "ecr:BatchCheckLayerAvailability", "ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken",
        "eks-auth:AssumeRoleForPodIdentity",
    ];

    private static readonly string[] DataActions =
    [
        "s3:GetObject", "s3:PutObject", "dynamodb:GetItem", "dynamodb:PutItem", "sqs:ReceiveMessage", "sqs:SendMessage", "sns:Publish", "secretsmanager:GetSecretValue", "rds-data:ExecuteStatement",
        "kinesis:GetRecords", "kinesis:PutRecord",
    ];

    private static readonly Lazy<Dictionary<string, string>> Catalogue = new(Load);

    private static readonly ConcurrentDictionary<string, MapValue> Documents = new(StringComparer.Ordinal);

    /// <summary>All policies by path and name, without the leading slash: <c>service-role/AmazonECSTaskExecutionRolePolicy</c>.</summary>
    public static IEnumerable<string> Names => Catalogue.Value.Keys;

    /// <summary>Whether AWS has a policy of this path and name.</summary>
    public static bool Exists(string name) => Catalogue.Value.ContainsKey(name);

    /// <summary>
    /// What an ARN names below <c>:iam::aws:policy/</c>, whatever the partition; null for other ARNs, and for text whose name is not known. A suffix is enough: holes before it do not matter.
    /// </summary>
    public static string? NameOf(TextValue arn)
    {
        const string Marker = ":iam::aws:policy/";
        var suffix = arn.Suffix;
        var at = suffix.LastIndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
        {
            return suffix[(at + Marker.Length)..];
        }

        // A prefix kept elsewhere: "${var.policy_prefix}/AmazonEKS_CNI_Policy", with a name that only AWS has.
        return arn.Known is null && suffix.StartsWith('/') && Exists(suffix[1..]) ? suffix[1..] : null;
    }

    /// <summary>
    /// The document of a policy; null for a name that AWS is not known to have. Of actions the catalogue does not speak of, the document leaves everything undecided.
    /// </summary>
    public static MapValue? Find(string name) =>
        Catalogue.Value.TryGetValue(name, out var lines) ? Documents.GetOrAdd(name, static (name, lines) => Document(name, lines), lines) : null;

    private static MapValue Document(string name, string lines)
    {
        var statements = new List<Value>();
        var (actions, data) = (PullActions, DataActions);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == DataUnknown)
            {
                data = [];
                continue;
            }

            actions = AllActions;
            if (line.Length > 1)
            {
                statements.Add(Statement(line));
            }
        }

        statements.Add(MapValue.Of(
            ("Effect", new UnknownValue(UnknownReason.NotComputed, $"the catalogue of AWS managed policies does not say what else {name} allows")),
            ("NotAction", Texts(actions.Concat(data))),
            ("Resource", new TextValue("*"))));
        return MapValue.Of(("Version", new TextValue("2012-10-17")), ("Statement", ListValue.Of(statements)));
    }

    private static MapValue Statement(string line)
    {
        var parts = line[1..].Split('|', 3);
        var excludes = parts[1].StartsWith("! ", StringComparison.Ordinal);
        var resources = (excludes ? parts[1][2..] : parts[1]).Split(' ');
        var entries = new List<(string, Value)>
        {
            ("Effect", new TextValue(line[0] == '+' ? "Allow" : "Deny")),
            ("Action", Texts(parts[0].Split(' '))),
            (excludes ? "NotResource" : "Resource", Texts(resources)),
        };
        if (parts.Length == 3 && JsonReader.Read(SourceFile.FromText(Resource, parts[2]), new ProblemLog()) is { } condition)
        {
            entries.Add(("Condition", condition));
        }

        return MapValue.Of(entries);
    }

    private static ListValue Texts(IEnumerable<string> texts) => ListValue.Of(texts.Select(text => new TextValue(text)));

    /// <summary>Policy names, each with the statement lines below it; a lone <c>+</c> says that the catalogue speaks of all actions of registries.</summary>
    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(ManagedPolicies).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var catalogue = new Dictionary<string, string>(2048, StringComparer.Ordinal);
        var name = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] is '+' or '-' or DataUnknown)
            {
                catalogue[name] += line + "\n";
            }
            else
            {
                catalogue[name = line] = "";
            }
        }

        return catalogue;
    }
}
