using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Templates that deploy other templates, include files, and share values with one another.</summary>
public sealed class NestedStackTests
{
    private const string Parent = """
        Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
        Conditions: {IsProd: !Equals [!Ref Env, prod]}
        Resources:
          Before: {Type: "AWS::X::Y"}
          Net:
            Type: AWS::CloudFormation::Stack
            DependsOn: Before
            Condition: IsProd
            Properties:
              TemplateURL: ./nested/net.yaml
              Parameters: {Env: !Ref Env, Subnets: !Join [",", [!Ref Before, b]], Name: mine}
          After: {Type: "AWS::X::Y", Properties: {P: !GetAtt Net.Outputs.Role, Q: !GetAtt Net.Outputs.Env}}
        """;

    private const string Child = """
        Parameters: {Env: {Type: String}, Subnets: {Type: CommaDelimitedList}, Name: {Type: String, Default: other}, Size: {Type: String, Default: small}}
        Conditions: {Prod: !Equals [!Ref Env, prod], Small: !Equals [!Ref Size, small]}
        Resources:
          Role: {Type: "AWS::IAM::Role", Condition: Prod, Properties: {RoleName: !Sub "${Name}-${AWS::Region}", S: !Ref Subnets, Z: !If [Small, a, b]}}
        Outputs: {Role: {Value: !GetAtt Role.Arn}, Env: {Value: !Ref Env}}
        """;

    [Fact]
    public void A_local_template_is_read_where_it_is_nested()
    {
        var stacks = new Stacks(false, ("iac/main.yaml", Parent), ("iac/nested/net.yaml", Child));
        Assert.Empty(stacks.Problems);
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Equal(["Before", "Net", "Net.Role", "After"], stacks.Paths);
        var role = stacks["Net.Role"];
        Assert.Equal("iac/main.yaml", role.Address.Scope);
        Assert.Equal("iac/nested/net.yaml", role.Place.File.Path);
        Assert.Equal("{RoleName: 'mine-<AWS::Region>', S: [<Before.Ref>, 'b'], Z: 'a'}", Stacks.Show(role.Body));
        Assert.True(role.Guard.Implies(stacks["Net"].Guard));
        Assert.Equal("{P: <Net.Role.Arn>, Q: 'prod'}", Stacks.Show(stacks["After"].Body));
        Assert.Equal("iac/main.yaml", Assert.Single(stacks.Inventory.Units).Scope);
    }

    [Fact]
    public void The_order_of_stacks_is_the_order_of_what_is_in_them()
    {
        var stacks = new Stacks(false, ("iac/main.yaml", Parent), ("iac/nested/net.yaml", Child));
        Assert.Contains(stacks["Net.Role"].Dependencies, each => each.Target == stacks["Before"].Address);
        Assert.Contains(stacks["Net"].Dependencies, each => each.Target == stacks["Net.Role"].Address);
        Assert.Contains(stacks["After"].Dependencies, each => each.Target == stacks["Net"].Address);
    }

    [Theory]
    [InlineData("./a.yaml")]
    [InlineData("../iac/a.yaml")]
    public void Stacks_that_nest_themselves_end(string url)
    {
        var text = $"Resources: {{S: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: {url}}}}}, R: {{Type: 'AWS::X::Y'}}}}\n";
        var stacks = new Stacks(false, ("iac/a.yaml", text));
        Assert.Equal(["circular-stack"], stacks.Codes);
        Assert.Equal(["S", "R"], stacks.Paths);
        Assert.Single(stacks.Inventory.Gaps);
    }

    [Fact]
    public void Two_stacks_that_nest_each_other_end()
    {
        static string Text(string other) => $"Resources: {{S: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: {other}}}}}, R: {{Type: 'AWS::X::Y'}}}}\n";
        var stacks = new Stacks(false, ("a.yaml", Text("b.yaml")), ("b.yaml", Text("a.yaml")));
        Assert.Equal(["circular-stack"], stacks.Codes);
        Assert.Equal(["S", "S.S", "S.R", "R"], stacks.Paths);
    }

    [Fact]
    public void A_stack_whose_parameter_needs_its_own_output_ends()
    {
        var stacks = new Stacks(
            false,
            ("a.yaml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: b.yaml, Parameters: {P: !GetAtt S.Outputs.O}}}}\n"),
            ("b.yaml", "Parameters: {P: {Type: String}}\nResources: {R: {Type: 'AWS::X::Y', Properties: {P: !Ref P}}}\nOutputs: {O: {Value: !Ref P}}\n"));
        Assert.Contains("circular-dependency", stacks.Codes);
        Assert.False(stacks.Property("S.R", "P").IsWhollyKnown);
    }

    [Theory]
    [InlineData("missing.yaml", "nested-template-missing")]
    [InlineData("note.yaml", "nested-template-missing")]
    [InlineData("b.yaml", "reference-to-nothing")]
    [InlineData("https://bucket.s3.amazonaws.com/b.yaml", "")]
    [InlineData("../../../b.yaml", "")]
    public void What_cannot_be_nested_is_said(string url, string code)
    {
        var stacks = new Stacks(
            false,
            ("a.yaml", $"Resources: {{S: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: '{url}', Parameters: {{Nope: 1}}}}}}, R: {{Type: 'AWS::X::Y', Properties: {{P: !GetAtt S.Outputs.Nope}}}}}}\n"),
            ("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\n"),
            ("note.yaml", "a: b\n"));
        Assert.All(stacks.Codes, each => Assert.Equal(code, each));
        Assert.Equal(code.Length > 0, stacks.Codes.Any());
        Assert.False(stacks.Property("R", "P").IsWhollyKnown);
    }

    [Fact]
    public void A_set_of_stacks_is_a_world_of_its_own()
    {
        var stacks = new Stacks(
            false,
            ("a.yaml", """
                Resources:
                  Set:
                    Type: AWS::CloudFormation::StackSet
                    Properties:
                      StackSetName: s
                      Parameters: [{ParameterKey: Name, ParameterValue: n}]
                      TemplateBody: |
                        Parameters: {Name: {Type: String}}
                        Resources:
                          Role: {Type: "AWS::IAM::Role", Properties: {RoleName: !Sub "${Name}-${AWS::AccountId}"}}
                  Other: {Type: "AWS::CloudFormation::StackSet", Properties: {StackSetName: t, TemplateURL: b.yaml}}
                """),
            ("b.yaml", "Resources: {B: {Type: 'AWS::X::Y'}}\n"));
        Assert.Empty(stacks.Problems);
        var role = stacks["Role"];
        Assert.Equal(new Address("a.yaml#Set", "Role"), role.Address);
        Assert.Equal("a.yaml:10:11", role.Place.ToString());
        Assert.Equal(Multiplicity.Any, role.Multiplicity);
        Assert.Equal("'n-<AWS::AccountId>'", Stacks.Show(role.Body["RoleName"]));
        Assert.Equal("a.yaml#Other", stacks["B"].Address.Scope);
    }

    [Fact]
    public void A_value_travels_by_export_and_import_out_of_a_nested_stack()
    {
        var stacks = new Stacks(
            false,
            ("a.yaml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: b.yaml}}}\n"),
            ("b.yaml", "Resources: {R: {Type: 'AWS::IAM::Role'}}\nOutputs: {O: {Value: !GetAtt R.Arn, Export: {Name: role}}}\n"),
            ("c.yaml", "Resources: {N: {Type: 'AWS::EKS::Nodegroup', Properties: {NodeRole: !ImportValue role}}}\n"));
        Assert.Empty(stacks.Problems);
        Assert.Same(stacks["S.R"], Assert.Single(stacks.Inventory.Referents(stacks.Property("N", "NodeRole")).Distinct()));
    }

    /// <summary>Nobody knows what a stack is called, and the name is the same on both sides all the same where one stack hands it to the other.</summary>
    [Theory]
    [InlineData("!Sub '${AWS::StackName}-role'", "!Ref AWS::StackName", "!Sub '${Net}-role'", true)]
    [InlineData("!Sub '${Base}-role'", "!Ref AWS::StackName", "!Sub '${Net}-role'", true)]
    [InlineData("!Sub '${AWS::StackName}-role'", "!GetAtt Net.Outputs.Stack", "!Join ['-', [!Ref Net, role]]", true)]
    [InlineData("!Ref AWS::StackName", "!GetAtt Net.Outputs.Stack", "!Ref Net", true)]
    [InlineData("!Sub '${AWS::StackName}-role'", "!Ref AWS::StackName", "!Sub '${Net}-other'", false)]
    [InlineData("!Sub '${AWS::StackName}-role'", "!Ref Given", "!Sub '${Net}-role'", false)]
    public void The_name_of_a_stack_joins_export_and_import(string export, string given, string import, bool joined)
    {
        // The stack around exports under its own name; the nested one under the name that it was given, or its own.
        var isOutside = given == "!Ref AWS::StackName" && export.Contains("StackName", StringComparison.Ordinal);
        var output = $"R: {{Value: !GetAtt Role.Arn, Export: {{Name: {export}}}}}";
        var stacks = new Stacks(
            false,
            ("main.yaml", $$"""
                Parameters: {Given: {Type: String} }
                Resources:
                  Role: {Type: "AWS::IAM::Role"}
                  Net: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: net.yaml, Parameters: {Base: !Ref AWS::StackName} } }
                  App: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: app.yaml, Parameters: {Net: {{given}} } } }
                Outputs: { {{(isOutside ? output : "")}} }
                """),
            ("net.yaml", $$"""
                Parameters: {Base: {Type: String} }
                Resources: {Role: {Type: "AWS::IAM::Role"} }
                Outputs: {Stack: {Value: !Ref AWS::StackName}, {{(isOutside ? "" : output)}} }
                """),
            ("app.yaml", $$"""
                Parameters: {Net: {Type: String} }
                Resources: {Nodes: {Type: "AWS::EKS::Nodegroup", Properties: {NodeRole: {"Fn::ImportValue": {{import}} } } } }
                """));
        Assert.Empty(stacks.Problems);
        var role = stacks[isOutside ? "Role" : "Net.Role"];
        Assert.Equal(joined ? [role] : [], stacks.Inventory.Referents(stacks.Property("App.Nodes", "NodeRole")).Distinct());
        Assert.Equal(joined, stacks["App.Nodes"].Dependencies.Any(each => each.Target == role.Address));
    }

    [Fact]
    public void Local_files_are_included()
    {
        var stacks = new Stacks(
            false,
            ("iac/a.yaml", """
                Transform: {Name: AWS::Include, Parameters: {Location: ./whole.yaml}}
                Resources:
                  Fn::Transform: {Name: AWS::Include, Parameters: {Location: some.json}}
                  A:
                    Type: AWS::X::Y
                    Properties:
                      P: 1
                      Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../props.yaml}}
                      L: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: ../list.yaml}}}
                """),
            ("iac/whole.yaml", "Mappings: {M: {k: {v: 5}}}\nResources: {W: {Type: 'AWS::X::Y'}}\n"),
            ("iac/some.json", """{"B": {"Type": "AWS::X::Y"}, "C": {"Type": "AWS::X::Y"}}"""),
            ("props.yaml", "P: 2\nQ: !FindInMap [M, k, v]\n"),
            ("list.yaml", "[a, !Ref B]\n"));
        Assert.Empty(stacks.Problems);
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Equal(["B", "C", "A", "W"], stacks.Paths.Where(path => path.Length == 1).Distinct());
        Assert.Equal("{P: '1', Q: '5', L: ['a', <B.Ref>]}", Stacks.Show(stacks["A"].Body));
        Assert.Equal("iac/some.json:1:2", stacks["B"].Place.ToString());
    }

    [Fact]
    public void What_a_tool_packages_is_no_mistake_of_the_template()
    {
        var stacks = new Stacks(
            false,
            ("app/a.yaml", """
                AWSTemplateFormatVersion: "2010-09-09"
                Resources:
                  Network: {Type: !Rain::Module ../modules/vpc.yaml, Properties: {Name: a}}
                  A:
                    Type: AWS::X::Y
                    Properties: {Vpc: !Ref NetworkVpc, Id: !GetAtt NetworkVpc.Id, UserData: {"Fn::Base64": {"Fn::Sub": !Rain::Embed boot.sh}}, Code: !Rain::S3 {Path: dist}, Gone: !Rain::Embed gone.sh}
                """),
            ("app/boot.sh", "#!/bin/bash\n/etc/eks/bootstrap.sh ${AWS::Region}\n"),
            ("modules/vpc.yaml", "Resources: {Vpc: {Type: 'AWS::EC2::VPC', Properties: {P: !Ref OfTheCaller}}}\n"));
        Assert.Empty(stacks.Problems);
        Assert.Equal(["A"], stacks.Paths);
        Assert.Equal("app/a.yaml", Assert.Single(stacks.Inventory.Gaps).Scope);
        Assert.Equal("base64('#!/bin/bash\n/etc/eks/bootstrap.sh <AWS::Region>\n')", Stacks.Show(stacks.Property("A", "UserData")));
        Assert.IsType<UnknownValue>(stacks.Property("A", "Gone"));
    }

    [Theory]
    [InlineData("gone.yaml", "included-file-missing")]
    [InlineData("s3://bucket/x.yaml", "")]
    public void What_is_included_from_elsewhere_may_be_anything(string location, string code)
    {
        var stacks = new Stacks(false, ("a.yaml", $"Resources: {{'Fn::Transform': {{Name: 'AWS::Include', Parameters: {{Location: '{location}'}}}}, B: {{Type: 'AWS::X::Y', Properties: {{P: !Ref Q}}}}}}\n"));
        Assert.Equal(code.Length == 0 ? [] : [code], stacks.Codes);
        Assert.Single(stacks.Inventory.Gaps);
        Assert.Equal(["B"], stacks.Paths);
    }
}
