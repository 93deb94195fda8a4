using Analyzer.CloudFormation;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Conditions, rules and allowed values decide together which scenarios there are.</summary>
public sealed class ScenarioTests
{
    private static Stacks Load(string text) => new("a.yaml", text);

    [Fact]
    public void Two_texts_of_one_parameter_exclude_each_other()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String}}
            Conditions:
              IsProd: !Equals [!Ref Env, prod]
              IsDev: !Equals [!Ref Env, dev]
              Known: !Or [!Condition IsProd, !Condition IsDev]
              Other: !Not [!Condition Known]
            Resources:
              Prod: {Type: "AWS::X::Y", Condition: IsProd, Properties: {P: !If [IsDev, a, b], Q: !If [Known, a, b], R: !Ref Env, S: !If [Other, a, b]}}
              Dev: {Type: "AWS::X::Y", Condition: IsDev}
              Known: {Type: "AWS::X::Y", Condition: Known}
              Other: {Type: "AWS::X::Y", Condition: Other, Properties: {P: !If [IsDev, a, b], Q: !If [Known, a, b]}}
            """);
        Assert.False(stacks["Prod"].Guard.MeetsWith(stacks["Dev"].Guard));
        Assert.False(stacks["Prod"].Guard.MeetsWith(stacks["Other"].Guard));
        Assert.True(stacks["Prod"].Guard.MeetsWith(stacks["Known"].Guard));
        Assert.Equal("{P: 'b', Q: 'a', R: 'prod', S: 'b'}", Stacks.Show(stacks["Prod"].Body));
        Assert.Equal("{P: 'b', Q: 'b'}", Stacks.Show(stacks["Other"].Body));
        Assert.Equal("IsProd", stacks["Prod"].Guard.ToString());
        Assert.Equal("Other", stacks["Other"].Guard.ToString());
    }

    [Fact]
    public void Allowed_values_close_the_cases()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String, AllowedValues: [a, b, c]}}
            Conditions:
              A: !Equals [!Ref Env, a]
              B: !Equals [!Ref Env, b]
              Neither: !And [!Not [!Condition A], !Not [!Condition B]]
              None: !And [!Condition Neither, !Not [!Equals [!Ref Env, c]]]
              Other: !Equals [!Ref Env, z]
            Resources:
              C: {Type: "AWS::X::Y", Condition: Neither, Properties: {P: !Ref Env}}
              Never: {Type: "AWS::X::Y", Condition: None}
              Neither: {Type: "AWS::X::Y", Condition: Other}
            """);
        Assert.Equal(["C"], stacks.Paths);
        Assert.Equal("'c'", Stacks.Show(stacks.Property("C", "P")));
    }

    [Fact]
    public void Many_allowed_values_still_exclude_others()
    {
        var stacks = Load("""
            Parameters: {Size: {Type: String, AllowedValues: [a, b, c, d, e, f, g, h, i, j]}}
            Conditions:
              A: !Equals [!Ref Size, a]
              Z: !Equals [!Ref Size, z]
            Resources:
              A: {Type: "AWS::X::Y", Condition: A}
              Z: {Type: "AWS::X::Y", Condition: Z}
            """);
        Assert.Equal(["A"], stacks.Paths);
    }

    [Theory]
    [InlineData("Fn::Equals: [!Ref Create, 'yes']", "{P: 'a'}")]
    [InlineData("Fn::Not: [!Equals [!Ref Create, 'yes']]", "{P: 'b'}")]
    [InlineData("Fn::Contains: [['yes', maybe], !Ref Create]", "{P: ('a' when C | 'b' when not C)}")]
    [InlineData("Fn::Contains: [[maybe, 'no'], !Ref Create]", "{P: 'b'}")]
    [InlineData("Fn::EachMemberIn: [[a], !RefAll AWS::EC2::VPC::Id]", "{P: ('a' when C | 'b' when not C)}")]
    public void Rules_exclude_what_they_forbid(string assertion, string expected)
    {
        var stacks = Load($$"""
            Parameters: {Create: {Type: String} }
            Rules: {R: {Assertions: [{Assert: { {{assertion}} }, AssertDescription: no} ] } }
            Conditions: {C: !Equals [!Ref Create, "yes"]}
            Resources: {A: {Type: "AWS::X::Y", Properties: {P: !If [C, a, b] } } }
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(expected, Stacks.Show(stacks["A"].Body));
    }

    [Fact]
    public void A_rule_with_a_condition_is_an_implication()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String}, Size: {Type: String}}
            Rules:
              R: {RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: !Equals [!Ref Size, large]}]}
            Conditions:
              Prod: !Equals [!Ref Env, prod]
              Small: !Equals [!Ref Size, small]
            Resources:
              InProd: {Type: "AWS::X::Y", Condition: Prod, Properties: {P: !If [Small, a, b]}}
              Any: {Type: "AWS::X::Y", Properties: {P: !If [Small, a, b]}}
              Both: {Type: "AWS::X::Y", Properties: {P: !If [Small, !If [Prod, a, b], c]}}
            """);
        Assert.Equal("'b'", Stacks.Show(stacks.Property("InProd", "P")));
        Assert.Equal("('a' when Small | 'b' when not Small)", Stacks.Show(stacks.Property("Any", "P")));
        Assert.Equal("('b' when Small | 'c' when not Small)", Stacks.Show(stacks.Property("Both", "P")));
    }

    [Fact]
    public void What_conditions_ask_about_can_be_doubted_alone()
    {
        const string Text = """
            Parameters: {Private: {Type: String, Default: "false"}, Block: {Type: String, Default: 10.0.0.0/16}}
            Conditions: {IsPrivate: !Equals [!Ref Private, "true"]}
            Resources:
              A: {Type: "AWS::X::Y", Condition: IsPrivate, Properties: {P: !Ref Private, Q: !Ref Block}}
              B: {Type: "AWS::X::Y", Properties: {P: !Ref Private, Q: !Ref Block}}
            """;
        var preferred = new Stacks(new LoadOptions(), ("a.yaml", Text));
        Assert.Equal(["a.yaml"], preferred.Loaded.Switched);
        Assert.Equal(["B"], preferred.Paths);
        Assert.Equal("{P: 'false', Q: '10.0.0.0/16'}", Stacks.Show(preferred["B"].Body));
        var all = new Stacks(new LoadOptions { DoubtSwitches = true }, ("a.yaml", Text));
        Assert.Empty(all.Loaded.Switched);
        Assert.Equal("IsPrivate", Assert.Single(all.Loaded.Undecided["a.yaml"]).Name);
        Assert.Equal("IsPrivate", all["A"].Guard.ToString());
        Assert.Equal("{P: 'true', Q: '10.0.0.0/16'}", Stacks.Show(all["A"].Body));
        Assert.Equal("{P: <Parameters.Private>, Q: '10.0.0.0/16'}", Stacks.Show(all["B"].Body));
    }

    [Theory]
    [InlineData(true, "[A, B] {P: 'yes', Q: ['a', 'b']} IsPrivate")]
    [InlineData(false, "[B] {P: 'no', Q: ['a']} not IsPrivate")]
    public void A_condition_can_be_taken_for_decided(bool holds, string expected)
    {
        var stacks = new Stacks(new LoadOptions { Assumed = new Dictionary<string, AssumedCondition> { ["a.yaml"] = new("IsPrivate", holds) } }, ("a.yaml", """
            Parameters: {Private: {Type: String}}
            Conditions: {IsPrivate: !Equals [!Ref Private, "true"]}
            Resources:
              A: {Type: "AWS::X::Y", Condition: IsPrivate}
              B: {Type: "AWS::X::Y", Properties: {P: !If [IsPrivate, "yes", "no"], Q: [a, !If [IsPrivate, b, !Ref AWS::NoValue]]}}
            """));
        Assert.Equal(expected, $"[{string.Join(", ", stacks.Paths)}] {Stacks.Show(stacks["B"].Body)} {stacks["B"].Guard}");
    }

    [Fact]
    public void Rows_of_a_mapping_go_with_the_conditions()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
            Mappings: {M: {dev: {n: 1}, prod: {n: 2}, test: {n: 3}}}
            Conditions: {Prod: !Equals [prod, !Ref Env]}
            Resources:
              A: {Type: "AWS::X::Y", Condition: Prod, Properties: {P: !FindInMap [M, !Ref Env, n]}}
              B: {Type: "AWS::X::Y", Properties: {P: !FindInMap [M, !Ref Env, n], Q: !FindInMap [M, !Ref Env, x, {DefaultValue: none}]}}
            """);
        Assert.Equal("'2'", Stacks.Show(stacks.Property("A", "P")));
        Assert.Equal("('1' when Env == \"dev\" | '2' when Env == \"prod\")", Stacks.Show(stacks.Property("B", "P")));
        Assert.Equal("'none'", Stacks.Show(stacks.Property("B", "Q")));
        Assert.Empty(stacks.Problems);
    }

    [Fact]
    public void An_entry_is_there_when_any_of_its_alternatives_is()
    {
        var stacks = Load("""
            Parameters: {X: {Type: String}, Y: {Type: String}}
            Conditions: {A: !Equals [!Ref X, 1], B: !Equals [!Ref Y, 1], NotA: !Not [!Condition A]}
            Resources:
              It: {Type: "AWS::X::Y", Properties: {P: !If [A, !If [B, one, !Ref AWS::NoValue], two], Q: !If [A, one, !If [B, two, three]]}}
              InB: {Type: "AWS::X::Y", Condition: B, Properties: {P: !If [A, !If [B, one, !Ref AWS::NoValue], two]}}
              NotA: {Type: "AWS::X::Y", Condition: NotA}
            """);
        var entry = stacks["It"].Body.Find("P")!;
        Assert.False(entry.Guard.IsAlways);
        Assert.True(stacks["NotA"].Guard.Implies(entry.Guard) || stacks["NotA"].Guard.MeetsWith(entry.Guard));
        Assert.True(stacks["It"].Body.Find("Q")!.Guard.IsAlways);
        Assert.True(stacks["InB"].Body.Find("P")!.Guard.IsAlways);
    }

    [Fact]
    public void Only_templates_that_differ_are_evaluated_again()
    {
        (string, string)[] files =
        [
            ("a.yaml", """
                Parameters: {Private: {Type: String, Default: "no"}}
                Conditions: {IsPrivate: !Equals [!Ref Private, "yes"]}
                Resources: {A: {Type: "AWS::X::Y", Condition: IsPrivate}, B: {Type: "AWS::X::Y"}}
                Outputs: {P: {Value: !Ref Private, Export: {Name: p}}}
                """),
            ("b.yaml", "{Resources: {B: {Type: 'AWS::X::Y', Properties: {P: {'Fn::ImportValue': p}}}}, Outputs: {Q: {Value: {'Fn::GetAtt': [B, P]}, Export: {Name: q}}}}"),
            ("c.yaml", "{Resources: {C: {Type: 'AWS::X::Y', Properties: {Q: {'Fn::ImportValue': q}}}}}"),
            ("d.yaml", "Resources: {D: {Type: 'AWS::X::Y'}}"),
        ];
        var loader = CloudFormationLoader.Read(new MemoryFiles(files), new LoadOptions(), new ProblemLog());
        var preferred = loader.Load(new LoadOptions());
        Assert.Equal(["a.yaml"], preferred.Switched);
        var touched = preferred.WithImporters(preferred.Switched);
        Assert.Equal(["a.yaml", "b.yaml", "c.yaml"], touched.Order());
        var doubted = loader.Load(new LoadOptions { DoubtSwitches = true }, preferred, touched);
        Assert.Equal("A B B C D", Names(doubted));
        Assert.Equal("B B C D", Names(preferred));
        Assert.Same(In(preferred, "D"), In(doubted, "D"));
        Assert.NotSame(In(preferred, "C"), In(doubted, "C"));
        Assert.Equal(["a.yaml", "b.yaml", "c.yaml"], doubted.WithImporters(["a.yaml"]).Order());

        static Resource In(LoadedTemplates loaded, string name) => Everything(loaded).Resources.Single(resource => resource.Name == name);
        static string Names(LoadedTemplates loaded) => string.Join(' ', Everything(loaded).Resources.Select(resource => resource.Name));
        static Inventory Everything(LoadedTemplates loaded)
        {
            var inventory = new Inventory();
            loaded.AddTo(inventory);
            return inventory;
        }
    }
}
