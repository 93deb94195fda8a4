using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.CloudFormation;

/// <summary>What the CDK says of the stacks that it wrote: where each goes, what it is called, and what it is given.</summary>
internal sealed class CdkAssemblies
{
    private const string Manifest = "manifest.json";
    private const string Unknown = "unknown-";

    private readonly Dictionary<string, StackFacts> _stacks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>What is known of stacks, by the paths of their templates.</summary>
    internal IReadOnlyDictionary<string, StackFacts> Stacks => _stacks;

    /// <summary>Reads all manifests of a repository.</summary>
    internal static CdkAssemblies Read(FileTree files, ProblemLog problems)
    {
        var assemblies = new CdkAssemblies();
        foreach (var path in files.Paths)
        {
            if ((path.EndsWith("/" + Manifest, StringComparison.Ordinal) || path == Manifest) && files.Read(path) is { } source
                && source.Bytes.Span.IndexOf("\"artifacts\""u8) >= 0 && source.Bytes.Span.IndexOf("aws:cloudformation:stack"u8) >= 0 && JsonReader.Read(source, problems) is MapValue root)
            {
                assemblies.Add(source, root, problems);
            }
        }

        return assemblies;
    }

    /// <summary>True for files that a stack deploys, and for those that only describe one: they are no templates.</summary>
    internal bool IsAsset(string path)
    {
        for (var slash = path.IndexOf("/asset.", StringComparison.Ordinal); slash >= 0; slash = path.IndexOf("/asset.", slash + 1, StringComparison.Ordinal))
        {
            if (path.AsSpan(0, slash) is var folder && (folder.EndsWith("cdk.out") || _folders.Contains(folder.ToString())))
            {
                return true;
            }
        }

        return path.StartsWith("asset.", StringComparison.Ordinal) && _folders.Contains("");
    }

    private void Add(SourceFile source, MapValue root, ProblemLog problems)
    {
        _folders.Add(source.Folder);
        Cause? missing = null;
        if (root.Find("missing") is { Value: ListValue { Items.Length: > 0 } } entry && entry.KeyPlace is { } at)
        {
            missing = new Cause(UnknownReason.Missing, "the CDK wrote values that it did not know", at, null);
            problems.Add(new Problem("cdk-context-missing", "The CDK did not know values of the account when it wrote these stacks; it wrote others in their place.", at));
        }

        foreach (var artifact in (root["artifacts"] as MapValue)?.Entries ?? [])
        {
            if (artifact.Value is MapValue map && map["type"] is TextValue { Known: "aws:cloudformation:stack" } && map["properties"] is MapValue properties
                && properties["templateFile"] is TextValue { Known: { } file } && FileTree.Resolve(source.Folder, file) is { } path)
            {
                _stacks.TryAdd(path, StackFacts.Of(artifact, map, properties, missing));
            }
        }
    }

    /// <summary>A part of <c>aws://account/region</c>; null where the CDK does not know it.</summary>
    internal static string? Part(string? environment, int at) =>
        environment?.Split('/') is ["aws:", "", _, _] parts && !parts[at].StartsWith(Unknown, StringComparison.Ordinal) && parts[at].Length > 0 ? parts[at] : null;
}

/// <summary>What is told of a stack from outside of its template.</summary>
internal sealed class StackFacts
{
    private readonly Dictionary<string, Value> _pseudo = new(StringComparer.Ordinal);

    /// <summary>Values given to parameters.</summary>
    internal MapValue Parameters { get; private init; } = MapValue.Empty;

    /// <summary>Where its resources are made, as the configuration of a provider; null if nobody says.</summary>
    internal MapValue? Provider { get; private init; }

    /// <summary>Why the template may say other things when it is deployed; null if it will not.</summary>
    internal Cause? Missing { get; private init; }

    /// <summary>Reads an artifact of a manifest.</summary>
    internal static StackFacts Of(Entry artifact, MapValue map, MapValue properties, Cause? missing)
    {
        var environment = map["environment"] as TextValue;
        var (account, region) = (CdkAssemblies.Part(environment?.Known, 2), CdkAssemblies.Part(environment?.Known, 3));
        var provider = new List<(string, Value)>();
        if (region is not null)
        {
            provider.Add(("region", Text(region)));
        }

        if (account is not null)
        {
            provider.Add(("allowed_account_ids", ListValue.Of([Text(account)])));
        }

        var facts = new StackFacts
        {
            Parameters = properties["parameters"] as MapValue ?? MapValue.Empty,
            Provider = provider.Count == 0 ? null : MapValue.Of(provider),
            Missing = missing,
        };
        facts.Note("AWS::AccountId", account);
        facts.Note("AWS::Region", region);
        var partition = region is null ? null : region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
            : region.StartsWith("us-iso", StringComparison.Ordinal) || region.StartsWith("eu-iso", StringComparison.Ordinal) || region.StartsWith("eusc-", StringComparison.Ordinal) ? null : "aws";
        facts.Note("AWS::Partition", partition);
        facts.Note("AWS::URLSuffix", partition is null ? null : partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");
        facts.Note("AWS::StackName", (properties["stackName"] as TextValue)?.Known ?? artifact.Key);
        return facts;

        Value Text(string text) => new TextValue(text).With(environment?.Trace);
    }

    /// <summary>The value of a pseudo parameter, without a place: nobody changes a stack by editing what a tool wrote of it. Null if nobody says.</summary>
    internal Value? Find(string pseudo) => _pseudo.GetValueOrDefault(pseudo);

    private void Note(string pseudo, string? text)
    {
        if (text is not null)
        {
            _pseudo[pseudo] = new TextValue(text);
        }
    }
}
