using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>
/// The examples of the rules about AWS, in Terraform, templates and manifests, each with one value replaced: by one that nobody knows it may decide less, never anything new; by one of a wrong type nothing fails.
/// </summary>
public sealed partial class UnknownValueTests
{
    /// <summary>Of the values in an example every so many is replaced: all of them take minutes.</summary>
    private const int Stride = 11;

    private static readonly Language[] Languages =
    [
        new(
            Attribute(), "var.nobody_knows", ["null", "42", "true", "\"x\"", "[]", "[null]", "{}", "{ a = [1] }", "[[{}]]"],
            ["source", "version", "providers", "provider", "depends_on", "default", "type", "alias", "role", "roles", "role_name", "for_each", "desired_size", "max_size"]),
        new(
            Entry(), "!ImportValue nobody-knows", ["null", "42", "true", "x", "[]", "[null]", "{}", "{ a: [1] }", "[[{}]]", "!Ref Nothing", "!GetAtt Nothing.Arn"],
            ["Type", "AWSTemplateFormatVersion", "Version", "Default", "DependsOn", "Condition", "Roles", "RoleName", "Transform"]),
        new(
            Entry(), "${NOBODY_KNOWS}", ["null", "42", "true", "x", "[]", "[null]", "{}", "{ a: [1] }", "[[{}]]"],
            ["apiVersion", "kind", "name", "namespace"]),
    ];

    private static readonly ImmutableArray<Rule> Judged = [.. BuiltInRuleTests.Rules.Where(rule => !rule.IsOff)];

    public static TheoryData<string> Ids => [.. BuiltInRuleTests.Rules.Where(rule => rule.Id.StartsWith("aws-", StringComparison.Ordinal)).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_value_that_nobody_knows_proves_nothing_new(string id)
    {
        var number = 0;
        foreach (var example in BuiltInRuleTests.Rules.Single(rule => rule.Id == id).Examples)
        {
            HashSet<string>? before = null;
            foreach (var (path, text, at) in Values(example, static language => language.Unknown, () => number++ % Stride == 0))
            {
                before ??= [.. Findings(example.Files)];
                var files = example.Files.Select(file => file.Path == path ? (path, path.EndsWith(".tf", StringComparison.Ordinal) ? text + "\nvariable \"nobody_knows\" {}\n" : text) : (file.Path, file.Text)).ToArray();
                Assert.Equal("", string.Join('\n', Findings(files).Where(finding => !before.Contains(finding) && !IsSaidOtherwise(finding, before)).Select(finding => $"{example.Name}: {at}: {finding}")));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_value_of_any_type_fails_nothing(string id)
    {
        var number = 0;
        foreach (var example in BuiltInRuleTests.Rules.Single(rule => rule.Id == id).Examples)
        {
            foreach (var (path, text, _) in Values(example, language => language.Odd[number % language.Odd.Length], () => number++ % Stride == 3))
            {
                Findings([.. example.Files.Select(file => file.Path == path ? (path, text) : (file.Path, file.Text))]);
            }
        }
    }

    /// <summary>The files of an example in which one value is another.</summary>
    private static IEnumerable<(string Path, string Text, string At)> Values(RuleExample example, Func<Language, string> value, Func<bool> isChosen)
    {
        foreach (var (path, text) in example.Files)
        {
            var language = Languages[path.EndsWith(".tf", StringComparison.Ordinal) ? 0 : text.Contains("Type: AWS::", StringComparison.Ordinal) ? 1 : 2];
            foreach (Match match in language.Values.Matches(text))
            {
                if (!language.Kept.Contains(match.Groups["name"].Value) && !IsOfCall(text, match.Index) && isChosen())
                {
                    var written = match.Groups["value"];
                    yield return (path, text[..written.Index] + value(language) + text[(written.Index + written.Length)..], $"{match.Groups["name"].Value} = {written.Value}");
                }
            }
        }
    }

    /// <summary>How values stand in files of a language.</summary>
    /// <param name="Values">Values that stand on one line with their names.</param>
    /// <param name="Unknown">A value that nobody knows.</param>
    /// <param name="Odd">Values of all types.</param>
    /// <param name="Kept">What is written for the tool itself, or says which thing a statement is about: a policy for a role that nobody knows is none of the role that is looked at, a pool of nobody knows how many nodes is none without.</param>
    private sealed record Language(Regex Values, string Unknown, string[] Odd, string[] Kept);

    /// <summary>What is said of nodes beside others that may pull is said of them alone where nobody knows what the others may.</summary>
    private static bool IsSaidOtherwise(string finding, HashSet<string> before) =>
        (finding.StartsWith("aws-node-policy-scope-excludes-image ", StringComparison.Ordinal) || finding.StartsWith("aws-node-role-missing-ecr-pull ", StringComparison.Ordinal))
        && before.Any(each => each.StartsWith("aws-node-group-pull-identity-inconsistent ", StringComparison.Ordinal) && finding.EndsWith(each[each.IndexOf(' ', StringComparison.Ordinal)..], StringComparison.Ordinal));

    /// <summary>What a module that is not there is told is what it may touch: without it, it touches less.</summary>
    private static bool IsOfCall(string text, int at) => text.LastIndexOf("\nmodule ", at, StringComparison.Ordinal) > text.LastIndexOf("\nresource ", at, StringComparison.Ordinal)
        || (text.StartsWith("module ", StringComparison.Ordinal) && text.LastIndexOf("\nresource ", at, StringComparison.Ordinal) < 0);

    private static List<string> Findings(IReadOnlyList<(string Path, string Text)> files)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles([.. files]), problems);
        var verdicts = Judge.Decide(Judged, model.Facts, model.Functions, problems);
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code == "internal-error");
        return [.. verdicts.Where(verdict => verdict.Outcome == Outcome.Fail && verdict.Level != Level.Note).Select(verdict => $"{verdict.Rule.Id} {verdict.Fact.Address.Path}")];
    }

    /// <summary>An attribute whose whole value stands on its line.</summary>
    [GeneratedRegex(@"^\s+(?<name>\w+)\s*=\s*(?<value>(?:""[^""\r\n]*""|\[[^\[\]{}\r\n]*\]|[\w.\[\]*-]+))[ \t]*(?:#[^\r\n]*)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();

    /// <summary>An entry of YAML whose whole value stands on its line.</summary>
    [GeneratedRegex(@"^\s+(?:- )?(?<name>[\w.\-/]+):[ ]+(?<value>""[^""\r\n]*""|'[^'\r\n]*'|\[[^\[\]{}\r\n]*\]|[^\s{}\[\]&*|>#""'][^{}\[\]#\r\n]*?)[ \t]*(?:#[^\r\n]*)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
