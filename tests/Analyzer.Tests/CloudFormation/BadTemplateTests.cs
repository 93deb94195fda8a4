using System.Diagnostics;
using System.Text;
using Analyzer.CloudFormation;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.CloudFormation;

/// <summary>What nobody should write costs only itself.</summary>
public sealed class BadTemplateTests
{
    private const string Good = """
        Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
        Globals: {Function: {VpcConfig: {A: b}}}
        Parameters:
          P: {Type: String, Default: d, AllowedValues: [d, e]}
          L: {Type: "List<AWS::EC2::Subnet::Id>"}
        Mappings: {M: {k: {v: 1}}}
        Rules: {R: {RuleCondition: {"Fn::Equals": [{Ref: P}, d]}, Assertions: [{Assert: {"Fn::Contains": [[d], {Ref: P}]}}]}}
        Conditions: {C: {"Fn::And": [{"Fn::Equals": [{Ref: P}, d]}, {"Fn::Not": [{Condition: D}]}]}, D: {"Fn::Or": [{"Fn::Equals": [a, {Ref: P}]}, {"Fn::Equals": [b, b]}]}}
        Resources:
          "Fn::ForEach::X": [N, [a, b], {"R${N}": {Type: "AWS::X::Y", Properties: {P: {"Fn::Sub": "${N}${P}"}}}}]
          A:
            Type: AWS::X::Y
            Condition: C
            DependsOn: [F]
            DeletionPolicy: Retain
            Metadata: {"aws:cdk:path": a/b}
            Properties:
              J: {"Fn::Join": [",", [a, {Ref: L}]]}
              S: {"Fn::Select": [0, {"Fn::Split": [",", a]}]}
              G: {"Fn::GetAtt": [F, Arn]}
              I: {"Fn::If": [C, a, {Ref: "AWS::NoValue"}]}
              M: {"Fn::FindInMap": [M, k, v, {DefaultValue: x}]}
              U: {"Fn::Sub": ["${a}", {a: b}]}
              C: {"Fn::Cidr": [10.0.0.0/16, 2, 8]}
              E: {"Fn::ImportValue": x}
              B: {"Fn::Base64": x}
              T: {"Fn::ToJsonString": {a: b}}
              N: {"Fn::Length": [a]}
              Z: {"Fn::GetAZs": ""}
          F: {Type: "AWS::Serverless::Function", Properties: {Policies: [AWSLambdaRole, {S: {T: x}}]}}
          S: {Type: "AWS::CloudFormation::Stack", Metadata: {"aws:asset:property": TemplateURL, "aws:asset:path": b.yaml}, Properties: {TemplateURL: b.yaml, Parameters: {P: a}}}
          T: {Type: "AWS::CloudFormation::StackSet", Properties: {TemplateBody: "Resources: {A: {Type: 'AWS::X::Y'}}", Parameters: [{ParameterKey: k, ParameterValue: v}]}}
        Outputs: {O: {Condition: C, Value: {"Fn::GetAtt": [S, Outputs.X]}, Export: {Name: n}}}
        """;

    private static readonly string[] Wrong = ["~", "7", "true", "x", "''", "[]", "{}", "[[a, {b: c}]]", "{a: [b]}", "{Ref: A}", "{Ref: [x]}", "{\"Fn::GetAtt\": 3}", "{\"Fn::If\": [C, A]}", "!Unheard [x]"];

    /// <summary>Every value of a template is replaced by each of many that do not belong there.</summary>
    [Fact]
    public void Wrong_types_never_throw_and_cost_only_themselves()
    {
        var values = Places(Good);
        Assert.True(values.Count > 100);
        foreach (var (start, length) in values)
        {
            foreach (var wrong in Wrong)
            {
                var text = Good[..start] + wrong + Good[(start + length)..] + "\n";
                var stacks = new Stacks(false, ("a.yaml", text), ("b.yaml", "Parameters: {P: {Type: String}}\nResources: {R: {Type: 'AWS::X::Y'}}\nOutputs: {X: {Value: !Ref P}}\n"), ("c.yaml", "Resources: {Z: {Type: 'AWS::X::Y', Properties: {P: !ImportValue n}}}\n"));
                Assert.Contains("Z", stacks.Paths);
            }
        }
    }

    [Fact]
    public void Thirty_independent_conditions_are_all_read_and_end_in_time()
    {
        var text = new StringBuilder("Parameters:\n");
        for (var at = 0; at < 30; at++)
        {
            text.Append($"  P{at}: {{Type: String}}\n");
        }

        text.Append("Conditions:\n");
        for (var at = 0; at < 30; at++)
        {
            text.Append($"  C{at}: !Equals [!Ref P{at}, x]\n");
        }

        text.Append("  All: !And [").AppendJoin(", ", Enumerable.Range(0, 10).Select(at => $"!Condition C{at}")).Append("]\n");
        text.Append("  Any: !Or [").AppendJoin(", ", Enumerable.Range(0, 10).Select(at => $"!Condition C{at}")).Append("]\n");
        text.Append("Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      L:\n");
        for (var at = 0; at < 30; at++)
        {
            text.Append($"        - !If [C{at}, a{at}, !Ref AWS::NoValue]\n");
        }

        text.Append("      J: !Join [',', [").AppendJoin(", ", Enumerable.Range(0, 30).Select(at => $"!If [C{at}, a{at}, b{at}]")).Append("]]\n");
        text.Append("      N: ").AppendJoin("", Enumerable.Range(0, 30).Select(at => $"{{\"Fn::If\": [C{at}, a{at}, ")).Append('z').Append(string.Concat(Enumerable.Repeat("]}", 30))).Append('\n');
        for (var at = 0; at < 30; at++)
        {
            text.Append($"  R{at}: {{Type: 'AWS::X::Y', Condition: C{at}, Properties: {{P: !If [All, a, b], Q: !If [Any, a, b]}}}}\n");
        }

        _ = new Stacks("warm.yaml", text.ToString());
        var watch = Stopwatch.StartNew();
        var stacks = new Stacks("a.yaml", text.ToString());
        Assert.True(watch.Elapsed < Patience.Of, $"{watch.Elapsed}");
        Assert.Empty(stacks.Problems);
        Assert.Equal(31, stacks.Paths.Count());
    }

    [Fact]
    public void An_alias_bomb_is_a_problem()
    {
        var text = new StringBuilder("Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var at = 1; at < 9; at++)
        {
            text.Append($"  a{at}: &a{at} [").AppendJoin(", ", Enumerable.Repeat($"*a{at - 1}", 9)).Append("]\n");
        }

        var watch = Stopwatch.StartNew();
        var stacks = new Stacks("a.yaml", text.Append("Resources: {A: {Type: 'AWS::X::Y', Properties: {P: *a8}}}\n").ToString());
        Assert.Contains("alias-limit", stacks.Codes);
        Assert.Equal(["A"], stacks.Paths);
        Assert.True(watch.Elapsed < Patience.Of, $"{watch.Elapsed}");
    }

    /// <summary>Each is said where it stands, and the resource beside it is read.</summary>
    [Theory]
    [InlineData("recursive-alias", "Bad: &x {Type: 'AWS::X::Y', Properties: {P: {Q: {R: [a, §*x]}}}}")]
    [InlineData("unknown-alias", "Bad: {Type: 'AWS::X::Y', Properties: {P: §*nobody}}")]
    [InlineData("duplicate-key", "Bad: {Type: 'AWS::X::Y', Properties: {P: 1, §P: 2}}")]
    [InlineData("invalid-key", "Bad: {Type: 'AWS::X::Y', Properties: {§[a]: 1}}")]
    [InlineData("unknown-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!Unheard [x]}}")]
    [InlineData("unknown-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §{'Fn::Unheard': x}}}")]
    [InlineData("invalid-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!Ref [A]}}")]
    [InlineData("invalid-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!GetAtt A}}")]
    [InlineData("invalid-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!If [a, b]}}")]
    [InlineData("invalid-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!Select [3, [a]]}}")]
    [InlineData("invalid-function", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!Sub {a: b}}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!Ref Nobody}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!GetAtt Nobody.Arn}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: !Sub 'a-§${Nobody}'}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: !Sub '§${Nobody.Arn}'}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: §!FindInMap [Nobody, a, b]}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Properties: {P: !If [§Nobody, a, b]}}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', DependsOn: [§Nobody]}")]
    [InlineData("reference-to-nothing", "Bad: {Type: 'AWS::X::Y', Condition: §Nobody}")]
    [InlineData("invalid-template", "Bad: {Type: 'AWS::X::Y', DependsOn: §{a: b}}")]
    [InlineData("invalid-template", "Bad: {Type: 'AWS::X::Y', Properties: §[a]}")]
    [InlineData("invalid-template", "§Bad: {Properties: {P: 1}}")]
    [InlineData("circular-dependency", "Bad: {Type: 'AWS::X::Y', Properties: {P: !Ref Other}}\n  Other: {Type: 'AWS::X::Y', DependsOn: §Bad}")]
    public void What_is_wrong_is_said_where_it_stands(string code, string resource)
    {
        var marked = $"Resources:\n  A: {{Type: 'AWS::X::Y', Properties: {{P: a}}}}\n  {resource}\n";
        var stacks = new Stacks("a.yaml", marked.Replace("§", "", StringComparison.Ordinal));
        var problem = Assert.Single(stacks.Problems);
        Assert.Equal(code, problem.Code);
        Assert.Equal(marked.IndexOf('§', StringComparison.Ordinal), problem.Place?.Start);
        Assert.Equal("{P: 'a'}", Stacks.Show(stacks["A"].Body));
    }

    [Theory]
    [InlineData(100, "a.yaml")]
    [InlineData(200, "a.yaml")]
    [InlineData(100, "a.json")]
    [InlineData(200, "a.json")]
    [InlineData(5_000, "a.yaml")]
    [InlineData(5_000, "a.json")]
    public void Nesting_without_end_costs_only_its_template(int depth, string path)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\": ", depth)) + "1" + new string('}', depth);
        var resources = $"{{\"A\": {{\"Type\": \"AWS::X::Y\", \"Properties\": {deep}}}}}";
        var stacks = new Stacks(
            false,
            (path, path == "a.yaml" ? $"Resources: {resources}\n" : $"{{\"Resources\": {resources}}}"),
            ("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\n"));
        var isRead = depth == 100 || (depth == 200 && path.EndsWith("json", StringComparison.Ordinal));
        Assert.Equal(isRead ? [] : ["nesting-limit"], stacks.Codes);
        Assert.Equal(isRead ? ["A", "B"] : ["B"], stacks.Paths);
        Assert.Equal(isRead ? [] : [path], stacks.Inventory.Gaps.Select(gap => gap.Scope));
        Assert.All(stacks.Problems, problem => Assert.Equal(path, problem.Place?.File.Path));
    }

    [Fact]
    public void Ten_thousand_documents_end_in_time()
    {
        var text = new StringBuilder("Resources: {A: {Type: 'AWS::X::Y'}}\n");
        for (var at = 0; at < 10_000; at++)
        {
            text.Append($"---\nResources: {{B{at}: {{Type: 'AWS::X::Y'}}}}\n");
        }

        var watch = Stopwatch.StartNew();
        var stacks = new Stacks(false, ("a.yaml", text.ToString()), ("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\n"));
        Assert.Equal(["A", "B"], stacks.Paths);
        Assert.True(watch.Elapsed < Patience.Of, $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("a.yaml")]
    [InlineData("a.json")]
    public void Bytes_that_are_no_text_are_said_where_they_stand(string path)
    {
        var problems = new ProblemLog();
        var bytes = Encoding.Latin1.GetBytes("{\"Resources\": {\"A\": {\"Type\": \"AWS::X::Y\", \"Properties\": {\"P\": \"\u00ff\", \"Q\": \"q\"}}}}\n");
        var files = new MemoryFiles([new SourceFile(path, bytes), SourceFile.FromText("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\n")]);
        var inventory = new Inventory();
        CloudFormationLoader.Load(files, new LoadOptions(), inventory, problems);
        var problem = Assert.Single(problems.Sorted());
        Assert.Equal("invalid-utf8", problem.Code);
        Assert.Equal($"{path}:1:{Encoding.Latin1.GetString(bytes).IndexOf('\u00ff', StringComparison.Ordinal) + 1}", problem.Place.ToString());
        Assert.Equal(["A", "B"], inventory.Resources.Select(resource => resource.Name));
        Assert.Equal("'q'", Stacks.Show(inventory.Resources[0].Body["Q"]));
    }

    [Fact]
    public void DependsOn_where_nobody_reads_it_is_a_problem_with_its_place()
    {
        var stacks = new Stacks("a.yaml", """
            Resources:
              A:
                Type: AWS::EKS::Nodegroup
                Metadata:
                  DependsOn: B
                Properties:
                  DependsOn: [B]
              B: {Type: "AWS::IAM::Role"}
              C: {Type: "Custom::Thing", DependsOn: B, Properties: {ServiceToken: x, DependsOn: what they mean}}
              D: {Type: "AWS::X::Y", Properties: {Containers: [{DependsOn: x}]}}
            """);
        Assert.Equal(["depends-on-ignored a.yaml:5:7", "depends-on-ignored a.yaml:7:7"], stacks.Problems.Select(problem => $"{problem.Code} {problem.Place}"));
        Assert.All(stacks.Problems, problem => Assert.Equal(ProblemSeverity.Information, problem.Severity));
        Assert.Empty(stacks["A"].Dependencies);
        Assert.Single(stacks["C"].Dependencies);
    }

    [Fact]
    public void References_in_metadata_are_dependencies_and_no_problem()
    {
        var stacks = new Stacks("a.yaml", """
            Parameters:
              Prefix: {Type: String, Default: shop}
            Conditions:
              HasB: !Equals [!Ref Prefix, shop]
            Resources:
              A:
                Type: AWS::EKS::Nodegroup
                Metadata:
                  DependsOn: [!If [HasB, !Ref B, ""]]
                  Note: {Name: !GetAtt C.Arn}
              B: {Type: "AWS::IAM::Role", Condition: HasB}
              C: {Type: "AWS::IAM::Role", Metadata: {Self: !Ref C}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(["B", "C"], stacks["A"].Dependencies.Select(dependency => dependency.Target.Path));
        Assert.Empty(stacks["C"].Dependencies);
    }

    [Fact]
    public void A_list_of_an_empty_text_has_one_element()
    {
        var stacks = new Stacks("a.yaml", """
            Parameters:
              Groups: {Type: CommaDelimitedList, Default: ""}
            Conditions:
              HasGroups: !Not [!Equals [!Select [0, !Ref Groups], ""]]
            Resources:
              A: {Type: "AWS::X::Y", Properties: {P: !If [HasGroups, some, none], Q: !Join [",", !Ref Groups]}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal("'none'", Stacks.Show(stacks.Property("A", "P")));
        Assert.Equal("''", Stacks.Show(stacks.Property("A", "Q")));
    }

    [Theory]
    [InlineData("012345678901", "'012345678901'")]
    [InlineData("2012-10-17", "'2012-10-17'")]
    [InlineData("12:30:45", "'12:30:45'")]
    [InlineData("0777", "'0777'")]
    [InlineData("0x1f", "'0x1f'")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("1.10", "'1.10'")]
    [InlineData("yes", "'yes'")]
    [InlineData("NO", "'NO'")]
    [InlineData("on", "'on'")]
    [InlineData("1_000", "'1_000'")]
    [InlineData("'true'", "'true'")]
    [InlineData("True", "true")]
    [InlineData("!!str 7", "'7'")]
    public void A_plain_scalar_is_the_text_that_is_written(string written, string expected) =>
        Assert.Equal(expected, Stacks.Show(new Stacks("a.yaml", $"Resources: {{A: {{Type: 'AWS::X::Y', Properties: {{P: {written}}}}}}}\n").Property("A", "P")));

    /// <summary>The places of all values of a template.</summary>
    private static IReadOnlyList<(int Start, int Length)> Places(string text)
    {
        var document = Assert.Single(YamlReader.Read(SourceFile.FromText("a.yaml", text), YamlOptions.CloudFormation, new ProblemLog()));
        return [.. document.Root.Deep().Skip(1).Select(value => value.Trace?.Place).OfType<Span>().Select(place => (place.Start, place.Length)).Distinct()];
    }
}
