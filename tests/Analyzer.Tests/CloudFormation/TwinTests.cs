using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;
using Analyzer.Rules;
using Analyzer.Tests.Rules;

namespace Analyzer.Tests.CloudFormation;

/// <summary>
/// A template says the same in YAML and in JSON. Every template in the examples of the rules, written as JSON, and what public templates compute (<c>Data/resolved.json</c>, and <c>Data/twins.json</c>
/// for more of one repository), written as YAML with the short forms of functions, gives the same resources and the same findings.
/// </summary>
public sealed class TwinTests
{
    private static readonly IReadOnlyList<Rule> Rules = BuiltInRuleTests.Rules;

    private static IEnumerable<(string Name, (string Path, string Text)[] Files)> Examples => Rules
        .SelectMany(rule => rule.Examples.Select(example => ($"{rule.Id}: {example.Name}", example.Files.ToArray())))
        .Where(each => each.Item2.Any(file => IsTemplate(file.Path, file.Text)));

    public static TheoryData<string> Names => [.. Examples.Select(example => example.Name)];

    private static readonly IReadOnlyList<MapValue> Public = [.. ResolvedValueTests.Cases, .. ResolvedValueTests.Read("twins.json")];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Public.Count)];

    [Fact]
    public void There_are_enough_of_them()
    {
        var samples = Public.Count(each => each["source"] is TextValue { Known: { } source } && source.StartsWith("aws-cloudformation/aws-cloudformation-templates ", StringComparison.Ordinal));
        Assert.True(Names.Count + Numbers.Count >= 150 && samples >= 100, $"{Names.Count} and {Numbers.Count}, of which {samples} are of the samples of AWS");
        Assert.Equal(Public.Count, Public.Select(each => (each["source"] as TextValue)?.Known).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Numbers), DisableDiscoveryEnumeration = true)]
    public void Short_forms_say_the_same(int number)
    {
        var template = Public[number]["template"]!;
        var yaml = new StringBuilder();
        YamlTwin.Write(template, yaml);
        Assert.Equal(Told([("t.json", template.Trace!.Place.Text)]), Told([("t.yaml", yaml.ToString())]));
    }

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void Twins_say_the_same(string name)
    {
        var yaml = Examples.Single(example => example.Name == name).Files;
        var json = yaml.Select(file => IsTemplate(file.Path, file.Text) ? (System.IO.Path.ChangeExtension(file.Path, ".json"), Json(file.Path, file.Text)) : file).ToArray();
        Assert.Equal(Told(yaml), Told(json));
    }

    private static bool IsTemplate(string path, string text) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) && text.Contains("Resources:", StringComparison.Ordinal) && text.Contains("AWS::", StringComparison.Ordinal);

    private static string Told((string Path, string Text)[] files)
    {
        var problems = new ProblemLog();
        var (inventory, model) = Pipeline.Read(new MemoryFiles(files), problems);
        var text = new StringBuilder();
        foreach (var resource in inventory.Resources.Where(resource => resource.Language == Language.CloudFormation).OrderBy(resource => Name(resource.Address), StringComparer.Ordinal))
        {
            text.AppendLine($"{resource.Type} {Name(resource.Address)} {resource.Guard} {Stacks.Show(resource.Body)} {Stacks.Show(resource.Meta)} [{string.Join(", ", resource.Dependencies.Select(each => each.Target.Path))}]");
        }

        foreach (var verdict in Judge.Decide(Rules, model.Facts, model.Functions, problems).Where(verdict => verdict.Outcome is Outcome.Fail or Outcome.Undecided)
            .OrderBy(verdict => verdict.Rule.Id, StringComparer.Ordinal).ThenBy(verdict => Name(verdict.Fact.Address), StringComparer.Ordinal))
        {
            text.AppendLine($"{verdict.Outcome} {verdict.Rule.Id} {Name(verdict.Fact.Address)} {verdict.Level} {verdict.Message}");
        }

        foreach (var problem in problems.Sorted())
        {
            text.AppendLine($"{problem.Code} {problem.Message}");
        }

        return text.ToString();
    }

    private static string Name(Address address) => $"{System.IO.Path.ChangeExtension(address.Scope, null)} {address.Path}";

    /// <summary>YAML as JSON: functions in their long forms, scalars as they are typed.</summary>
    private static string Json(string path, string text)
    {
        var root = YamlReader.Read(SourceFile.FromText(path, text), YamlOptions.CloudFormation, new ProblemLog())[0].Root;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            Write(root, json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Value value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case MapValue map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(entry.Value, json);
                }

                json.WriteEndObject();
                break;
            case ListValue list:
                json.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(item, json);
                }

                json.WriteEndArray();
                break;
            case BoolValue flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case TextValue { Known: { Length: < 10 } known } when known.Length > 0 && known.All(char.IsAsciiDigit) && known[0] != '0':
                json.WriteRawValue(known);
                break;
            case TextValue plain:
                json.WriteStringValue(plain.Known);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
