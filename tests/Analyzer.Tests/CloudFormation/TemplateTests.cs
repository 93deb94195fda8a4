using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

public sealed class TemplateTests
{
    private static Stacks Load(string text, bool doubt = false) => new("a.yaml", text, doubt);

    [Fact]
    public void A_resource_has_its_places_type_and_attributes()
    {
        var stacks = Load("""
            Resources:
              Nodes:
                Type: AWS::EKS::Nodegroup
                DeletionPolicy: Retain
                Metadata: {"aws:cdk:path": App/Nodes}
                Properties:
                  NodeRole: !GetAtt Role.Arn
              Role:
                Type: AWS::IAM::Role
            """);
        var nodes = stacks["Nodes"];
        Assert.Equal(new Address("a.yaml", "Nodes"), nodes.Address);
        Assert.Equal("AWS::EKS::Nodegroup", nodes.Type);
        Assert.Equal("Nodes", nodes.Place.Text);
        Assert.StartsWith("Nodes:\n", nodes.Whole.Text, StringComparison.Ordinal);
        Assert.EndsWith("!GetAtt Role.Arn", nodes.Whole.Text, StringComparison.Ordinal);
        Assert.Equal("{DeletionPolicy: 'Retain', aws:cdk:path: 'App/Nodes'}", Stacks.Show(nodes.Meta));
        Assert.True(nodes.IsCertain);
        Assert.Same(stacks["Role"], Assert.Single(stacks.Inventory.Referents(nodes["NodeRole"]!).Distinct()));
        Assert.Equal("{}", Stacks.Show(stacks["Role"].Body));
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Empty(stacks.Problems);
    }

    [Fact]
    public void Dependencies_are_written_or_follow_from_references()
    {
        var stacks = Load("""
            Resources:
              A: {Type: "AWS::X::Y", DependsOn: B, Properties: {P: !Sub "${C.Arn} ${AWS::Region}"}}
              B: {Type: "AWS::X::Y", DependsOn: [C, D]}
              C: {Type: "AWS::X::Y"}
              D: {Type: "AWS::X::Y", Properties: {P: {Q: [!Ref C]}}}
            """);
        Assert.Equal(["B True", "C False"], stacks["A"].Dependencies.Select(each => $"{each.Target} {each.IsExplicit}"));
        Assert.Equal(["C True", "D True"], stacks["B"].Dependencies.Select(each => $"{each.Target} {each.IsExplicit}"));
        Assert.Equal(["C False"], stacks["D"].Dependencies.Select(each => $"{each.Target} {each.IsExplicit}"));
    }

    private const string Conditional = """
        Parameters:
          Env: {Type: String, Default: dev}
          Create: {Type: String}
        Conditions:
          Prod: !Equals [!Ref Env, prod]
          Yes: !Equals [!Ref Create, "yes"]
          No: !Not [!Condition Yes]
          Both: !And [!Condition Yes, !Equals [!Ref AWS::Region, eu-west-1]]
          Either: !Or [!Condition Prod, !Condition Yes]
          Any: !Or [!Condition Yes, !Equals [!Ref AWS::Region, eu-west-1]]
        Resources:
          Always: {Type: "AWS::X::Y"}
          OnlyProd: {Type: "AWS::X::Y", Condition: Prod}
          OnlyYes: {Type: "AWS::X::Y", Condition: Yes, Properties: {P: !If [Yes, a, b]}}
          OnlyNo: {Type: "AWS::X::Y", Condition: No}
          OnlyBoth: {Type: "AWS::X::Y", Condition: Both, Properties: {P: !If [Yes, a, b], Q: !If [No, a, b]}}
          OnlyEither: {Type: "AWS::X::Y", Condition: Either}
          OnlyAny: {Type: "AWS::X::Y", Condition: Any}
        """;

    [Fact]
    public void Conditions_decide_or_guard()
    {
        var stacks = Load(Conditional);
        Assert.DoesNotContain(stacks.Inventory.Resources, resource => resource.Name == "OnlyProd");
        Assert.True(stacks["Always"].Guard.IsAlways);
        Assert.Equal("Yes", stacks["OnlyYes"].Guard.ToString());
        Assert.Equal("No", stacks["OnlyNo"].Guard.ToString());
        Assert.Equal(stacks["OnlyYes"].Guard, stacks["OnlyEither"].Guard);
        Assert.False(stacks["OnlyYes"].Guard.MeetsWith(stacks["OnlyNo"].Guard));
        Assert.True(stacks["OnlyBoth"].Guard.Implies(stacks["OnlyYes"].Guard));
        Assert.False(stacks["OnlyBoth"].Guard.MeetsWith(stacks["OnlyNo"].Guard));
        Assert.True(stacks["OnlyAny"].Guard.MeetsWith(stacks["OnlyYes"].Guard));
        Assert.True(stacks["OnlyAny"].Guard.MeetsWith(stacks["OnlyNo"].Guard));
        Assert.Contains(stacks["OnlyYes"].Guard.Causes, cause => cause.Detail == "parameter \"Create\" has no value");
    }

    [Fact]
    public void A_condition_is_decided_inside_what_it_guards()
    {
        var stacks = Load(Conditional);
        Assert.Equal("'a'", Stacks.Show(stacks.Property("OnlyYes", "P")));
        Assert.Equal("{P: 'a', Q: 'b'}", Stacks.Show(stacks["OnlyBoth"].Body));
    }

    [Fact]
    public void Doubted_defaults_are_unknown()
    {
        var stacks = Load(Conditional, doubt: true);
        Assert.Equal("Prod", stacks["OnlyProd"].Guard.ToString());
        Assert.False(stacks["OnlyEither"].Guard.Equals(stacks["OnlyYes"].Guard));
    }

    [Fact]
    public void Allowed_values_exclude_one_another()
    {
        var stacks = Load("""
            Parameters:
              Env: {Type: String, AllowedValues: [a, b, c]}
            Conditions:
              A: !Equals [!Ref Env, a]
              B: !Equals [b, !Ref Env]
              Never: !Equals [!Ref Env, z]
              Impossible: !And [!Condition A, !Condition B]
            Resources:
              InA: {Type: "AWS::X::Y", Condition: A, Properties: {P: !Sub "x-${Env}"}}
              InB: {Type: "AWS::X::Y", Condition: B}
              InNever: {Type: "AWS::X::Y", Condition: Never}
              InImpossible: {Type: "AWS::X::Y", Condition: Impossible}
            """);
        Assert.Equal(["InA", "InB"], stacks.Inventory.Resources.Select(resource => resource.Name));
        Assert.False(stacks["InA"].Guard.MeetsWith(stacks["InB"].Guard));
    }

    [Fact]
    public void An_entry_that_no_conjunction_describes_is_still_guarded()
    {
        var stacks = Load("""
            Parameters: {X: {Type: String}, Y: {Type: String}}
            Conditions: {A: !Equals [!Ref X, 1], B: !Equals [!Ref Y, 1]}
            Resources:
              It:
                Type: AWS::X::Y
                Properties:
                  P: !If [A, !If [B, one, !Ref AWS::NoValue], two]
            """);
        Assert.False(stacks["It"].Body.Find("P")!.Guard.IsAlways);
        Assert.IsType<ChoiceValue>(stacks.Property("It", "P"));
    }

    [Fact]
    public void A_circle_of_conditions_is_a_problem_and_undecided()
    {
        var stacks = Load("""
            Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}
            Resources:
              It: {Type: "AWS::X::Y", Condition: A}
              Other: {Type: "AWS::X::Y"}
            """);
        Assert.Contains("circular-condition", stacks.Codes);
        Assert.False(stacks["It"].Guard.IsAlways);
        Assert.True(stacks["Other"].IsCertain);
    }

    [Fact]
    public void A_circle_of_resources_is_a_problem()
    {
        var stacks = Load("""
            Resources:
              A: {Type: "AWS::X::Y", Properties: {P: !Ref B}}
              B: {Type: "AWS::X::Y", DependsOn: C}
              C: {Type: "AWS::X::Y", Properties: {P: !GetAtt A.Arn}}
              D: {Type: "AWS::X::Y", Properties: {P: !Ref A}}
            """);
        Assert.Equal(["circular-dependency"], stacks.Codes);
        Assert.Equal(4, stacks.Inventory.Resources.Count);
    }

    [Fact]
    public void An_import_is_the_export_of_another_template()
    {
        var stacks = new Stacks(false,
            ("app.yaml", "Resources:\n  It: {Type: 'AWS::X::Y', Properties: {P: !ImportValue net-vpc, Q: !ImportValue elsewhere, R: !ImportValue twice}}\n"),
            ("b.yaml", "Resources: {A: {Type: 'AWS::X::Y'}}\nOutputs: {O: {Value: b, Export: {Name: twice}}}\n"),
            ("net.json", """{"Parameters": {"N": {"Type": "String", "Default": "net"}}, "Resources": {"Vpc": {"Type": "AWS::EC2::VPC"}}, "Outputs": {"Id": {"Value": {"Ref": "Vpc"}, "Export": {"Name": {"Fn::Sub": "${N}-vpc"}}}, "T": {"Value": "c", "Export": {"Name": "twice"}}}}"""));
        Assert.Equal("<Vpc.Ref>", Stacks.Show(stacks.Property("It", "P")));
        Assert.Same(stacks["Vpc"], stacks.Inventory.Referents(stacks.Property("It", "P")).First());
        Assert.Equal(["Argument", "Output", "Attribute"], stacks.Property("It", "P").Trace!.Steps.Select(step => step.Kind.ToString()));
        Assert.Equal("<Exports.elsewhere>", Stacks.Show(stacks.Property("It", "Q")));
        Assert.Equal("<Exports.twice>", Stacks.Show(stacks.Property("It", "R")));
        Assert.Contains(stacks["It"].Dependencies, dependency => dependency.Target == stacks["Vpc"].Address);
    }

    [Fact]
    public void Templates_that_import_from_each_other_end()
    {
        var stacks = new Stacks(false,
            ("a.yaml", "Resources: {A: {Type: 'AWS::X::Y', Properties: {P: !ImportValue b}}}\nOutputs: {O: {Value: !ImportValue b, Export: {Name: a}}}\n"),
            ("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\nOutputs: {O: {Value: !ImportValue a, Export: {Name: b}}}\n"));
        Assert.IsType<UnknownValue>(stacks.Property("A", "P"));
    }

    [Theory]
    [InlineData("Transform: MyMacro\nResources: {A: {Type: 'AWS::X::Y'}}\n")]
    [InlineData("Transform: [AWS::Serverless-2016-10-31, {Name: 'AWS::Include', Parameters: {Location: s3}}]\nResources: {A: {Type: 'AWS::X::Y'}}\n")]
    [InlineData("Transform: AWS::LanguageExtensions\nResources: {A: {Type: 'AWS::X::Y'}, 'Fn::ForEach::L': [X, 7]}\n")]
    [InlineData("Resources: {A: {Type: 'AWS::X::Y'}, 'Fn::Transform': {Name: 'AWS::Include'}}\n")]
    [InlineData("Modules: {M: {Source: ./m.yaml}}\nResources: {A: {Type: 'AWS::X::Y', Properties: {P: !Ref MThing}}}\n")]
    [InlineData("Resources: {A: {Type: 'AWS::X::Y'}, B: {Properties: {P: 1}}}\n")]
    [InlineData("Resources: {A: {Type: 'My::Own::Thing::MODULE', Properties: {P: 1}}}\n")]
    public void What_makes_resources_unseen_is_a_gap_of_the_template(string text)
    {
        var gap = Assert.Single(Load(text).Inventory.Gaps);
        Assert.Equal("a.yaml", gap.Scope);
        Assert.Null(gap.Inputs);
    }

    [Fact]
    public void Serverless_resources_are_resources_and_what_they_make_is_no_problem()
    {
        var stacks = Load("""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              F: {Type: "AWS::Serverless::Function", Properties: {PackageType: Image}}
              P: {Type: "AWS::IAM::Policy", Properties: {Roles: [!Ref FRole], X: !GetAtt FRole.Arn}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Equal("{Roles: [<FRole.Ref>], X: <FRole.Arn>}", Stacks.Show(stacks["P"].Body));
    }

    [Fact]
    public void A_nested_stack_is_a_resource_and_a_gap_that_knows_its_parameters()
    {
        var stacks = Load("""
            Resources:
              Role: {Type: "AWS::IAM::Role"}
              Other: {Type: "AWS::IAM::Role"}
              Net:
                Type: AWS::CloudFormation::Stack
                Properties:
                  TemplateURL: https://x/net.yaml
                  Parameters: {R: !GetAtt Role.Arn}
            """);
        var gap = Assert.Single(stacks.Inventory.Gaps);
        Assert.Equal(Truth.Yes, gap.Mentions(stacks["Role"].Address));
        Assert.Equal(Truth.No, gap.Mentions(stacks["Other"].Address));
        Assert.Equal("https://x/net.yaml", gap.Source);
    }

    [Fact]
    public void Text_in_a_template_may_be_anything_else()
    {
        var stacks = new Stacks(false,
            ("compose.yml", "services: {a: {image: b}}\nResources: [Type]\nx: 'a::b'\n"),
            ("k8s.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {t: \"Resources: {A: {Type: AWS::X::Y}}\"}\n"),
            ("notes.txt", "Resources: {A: {Type: 'AWS::X::Y'}}\n"),
            ("cdk.out/asset.1/t.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::X::Y\"}}}"));
        Assert.Empty(stacks.Inventory.Resources);
        Assert.Empty(stacks.Problems);
    }

    [Fact]
    public void JSON_in_a_file_called_template_is_JSON()
    {
        var stacks = new Stacks("x.template", "\uFEFF{\n\t\"Resources\": {\n\t\"A\": {\"Type\": \"AWS::X::Y\"}}}\n");
        Assert.Equal("\"A\"", stacks["A"].Place.Text);
    }

    [Fact]
    public void A_template_that_cannot_be_read_is_a_gap()
    {
        var stacks = Load("AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: {Type: [AWS::X::Y\n");
        Assert.Equal(["syntax-error"], stacks.Codes);
        Assert.Equal("a.yaml", Assert.Single(stacks.Inventory.Gaps).Scope);
    }

    [Theory]
    [InlineData("Resources: {A: [1], B: {Type: 'AWS::X::Y'}}")]
    [InlineData("Resources: {A: {Type: {}}, B: {Type: 'AWS::X::Y', Properties: [1], DependsOn: {x: y}, Condition: [1], Metadata: 1}}")]
    [InlineData("Parameters: {P: 1, Q: {Type: [], Default: {}}}\nConditions: {C: 1, D: {}, E: []}\nMappings: {M: 1, N: {a: 1}}\nOutputs: {O: 1, P: {Export: 1}, Q: {Export: {Name: []}}}\nResources: {B: {Type: 'AWS::X::Y', Properties: {P: !Ref P, Q: !Ref Q, C: !If [C, 1, 2], D: !If [D, 1, 2], M: !FindInMap [M, a, b], N: !FindInMap [N, a, b]}}}")]
    [InlineData("Parameters: 1\nConditions: []\nMappings: x\nOutputs: 2\nTransform: {}\nResources: {B: {Type: 'AWS::X::Y'}}")]
    [InlineData("Resources: {B: {Type: 'AWS::X::Y', Properties: &x {A: *x}}}")]
    public void Wrong_types_cost_only_themselves(string text) => Assert.Equal("AWS::X::Y", Load(text + "\n")["B"].Type);

    [Fact]
    public void Conditions_of_any_number_end()
    {
        var text = new StringBuilder("Parameters:\n");
        for (var index = 0; index < 60; index++)
        {
            text.Append($"  P{index}: {{Type: String}}\n");
        }

        text.Append("Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      P: !Join\n        - ''\n        - ");
        text.AppendJoin("\n          ", Enumerable.Range(0, 60).Select(index => $"- !If [C{index}, a, b]"));
        text.Append("\nConditions:\n");
        for (var index = 0; index < 60; index++)
        {
            text.Append($"  C{index}: !Equals [!Ref P{index}, {(index == 0 ? "1" : $"!If [C{index - 1}, 1, 2]")}]\n");
        }

        Assert.Equal(60, ((TextValue)Load(text.ToString()).Property("A", "P")).Parts.Count(part => part.Hole is not null));
    }

    [Fact]
    public void Mutilated_templates_never_throw()
    {
        var random = new Random(11);
        const string Spice = "[]{}:-&*!'\", \n#$%1aFn";
        for (var round = 0; round < 1500; round++)
        {
            var text = new StringBuilder(Conditional).Append("\n  Last: {Type: 'AWS::X::Y', Properties: {A: !Cidr [10.0.0.0/8, 2, 8], B: !Select [0, !Split [',', 'a,b']], C: !FindInMap [M, !Ref Env, b]}}\nMappings: {M: {dev: {b: 1}}}\n");
            for (var change = random.Next(1, 7); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                {
                    text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                }
                else
                {
                    text.Insert(at, Spice[random.Next(Spice.Length)]);
                }
            }

            _ = Load(text.ToString(), round % 2 == 0).Inventory.Resources.Count;
        }
    }
}
