using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>The kinds of cases that a linter of templates tests its conditions, rules, parameters, mappings and settings for all functions with.</summary>
public sealed class ConditionCaseTests
{
    /// <summary>Which of the four cases of two conditions there may be.</summary>
    [Theory]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!Equals [!Ref P, y]", "TF FT FF")]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!Equals [x, !Ref P]", "TT FF")]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!Not [!Equals [!Ref P, x]]", "TF FT")]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!Not [{Condition: A}]", "TF FT")]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!Or [{Condition: A}, !Equals [!Ref P, y]]", "TT FT FF")]
    [InlineData("Type: String", "!Equals [!Ref P, x]", "!And [{Condition: A}, !Equals [!Ref AWS::Region, us-east-1]]", "TT TF FF")]
    [InlineData("Type: String, AllowedValues: [x, y]", "!Equals [!Ref P, x]", "!Equals [!Ref P, y]", "TF FT")]
    [InlineData("Type: String, AllowedValues: [x, y, z]", "!Equals [!Ref P, x]", "!Equals [!Ref P, y]", "TF FT FF")]
    [InlineData("Type: String, AllowedValues: [x, y]", "!Equals [!Ref P, other]", "!Equals [another, !Ref P]", "FF")]
    [InlineData("Type: Number, AllowedValues: [1, 2]", "!Equals [!Ref P, 1]", "!Equals [!Ref P, '2']", "TF FT")]
    [InlineData("Type: String", "!Equals [!Ref AWS::Region, us-east-1]", "!Equals [us-west-2, !Ref AWS::Region]", "TF FT FF")]
    [InlineData("Type: String", "!Equals [!Ref AWS::Region, us-east-1]", "!Equals [!Ref P, x]", "TT TF FT FF")]
    [InlineData("Type: String", "!Equals [x, x]", "!Equals [!Ref P, !Ref P]", "TT")]
    [InlineData("Type: String", "!Equals [x, X]", "!Equals ['', '']", "FT")]
    [InlineData("Type: String", "!Equals ['true', true]", "!Equals [1, '1']", "TT")]
    [InlineData("Type: CommaDelimitedList", "!Equals [!Join ['', !Ref P], '']", "!Not [{Condition: A}]", "TF FT")]
    [InlineData("Type: CommaDelimitedList", "!Equals [!Select [0, !Ref P], x]", "!Equals [!Select [0, !Ref P], y]", "TF FT FF")]
    [InlineData("Type: String", "!Equals [!Sub '${P}', x]", "!Equals [!Ref P, x]", "TT FF")]
    [InlineData("Type: String, MinLength: 1", "!Equals [!Ref P, '']", "!Equals [!Ref P, x]", "TT TF FT FF", true)]
    public void Two_conditions_have_the_cases_that_go_together(string parameter, string a, string b, string expected, bool orFewer = false)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Parameters: {P: { {{parameter}} } }
            Conditions:
              A: {{a}}
              B: {{b}}
              TT: !And [{Condition: A}, {Condition: B}]
              TF: !And [{Condition: A}, !Not [{Condition: B}]]
              FT: !And [!Not [{Condition: A}], {Condition: B}]
              FF: !And [!Not [{Condition: A}], !Not [{Condition: B}]]
            Resources:
              TT: {Type: "AWS::X::Y", Condition: TT}
              TF: {Type: "AWS::X::Y", Condition: TF}
              FT: {Type: "AWS::X::Y", Condition: FT}
              FF: {Type: "AWS::X::Y", Condition: FF}
            """);
        Assert.Empty(stacks.Problems);
        if (orFewer)
        {
            Assert.Subset(expected.Split(' ').ToHashSet(), stacks.Paths.ToHashSet());
        }
        else
        {
            Assert.Equal(expected, string.Join(' ', stacks.Paths));
        }
    }

    [Theory]
    [InlineData("!Not [!Equals [!Ref P, x], !Equals [!Ref P, y]]", "invalid-function")]
    [InlineData("!Not {a: b}", "invalid-function")]
    [InlineData("!And [!Equals [!Ref P, x]]", "invalid-function")]
    [InlineData("!And {a: b}", "invalid-function")]
    [InlineData("!Or x", "invalid-function")]
    [InlineData("!Equals [!Ref P]", "invalid-function")]
    [InlineData("!Equals [!Ref P, x, y]", "invalid-function")]
    [InlineData("!Equals x", "invalid-function")]
    [InlineData("!Not [{Condition: Nobody}]", "reference-to-nothing")]
    [InlineData("!Condition Nobody", "reference-to-nothing")]
    [InlineData("!Equals [!Ref Nobody, x]", "reference-to-nothing")]
    public void A_condition_that_is_none_is_a_problem_and_undecided(string written, string code)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Parameters: {P: {Type: String} }
            Conditions: {C: {{written}} }
            Resources:
              If: {Type: "AWS::X::Y", Condition: C}
              Value: {Type: "AWS::X::Y", Properties: {A: !If [C, a, b] } }
            """);
        Assert.Contains(code, stacks.Codes);
        Assert.Equal("If Value", string.Join(' ', stacks.Paths));
        Assert.False(stacks["If"].Guard.IsAlways);
        Assert.False(stacks.Property("Value", "A").IsWhollyKnown);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("text")]
    [InlineData("{R: []}")]
    [InlineData("{R: {}}")]
    [InlineData("{R: {Assertions: text}}")]
    [InlineData("{R: {Assertions: {Assert: x}}}")]
    [InlineData("{R: {Assertions: [x, {}]}}")]
    [InlineData("{R: {RuleCondition: x, Assertions: []}}")]
    [InlineData("{R: {Assertions: [{Assert: {'Fn::Equals': [!Ref Nobody, x]}}]}}")]
    [InlineData("{R: {Assertions: [{Assert: {'Fn::Unheard': [!Ref P]}}]}}")]
    public void A_rule_that_is_none_excludes_nothing(string rules)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Parameters: {P: {Type: String} }
            Rules: {{rules}}
            Conditions: {C: !Equals [!Ref P, x] }
            Resources: {A: {Type: "AWS::X::Y", Properties: {P: !If [C, a, b] } } }
            """);
        Assert.Equal("('a' when C | 'b' when not C)", Stacks.Show(stacks.Property("A", "P")));
    }

    [Fact]
    public void Rules_that_contradict_each_other_leave_no_scenario_and_no_resource()
    {
        var stacks = new Stacks("a.yaml", """
            Parameters: {P: {Type: String}}
            Rules: {R: {Assertions: [{Assert: !Equals [!Ref P, x]}, {Assert: !Not [!Equals [!Ref P, x]]}]}}
            Conditions: {C: !Equals [!Ref P, x]}
            Resources: {A: {Type: "AWS::X::Y", Condition: C}}
            """);
        Assert.Empty(stacks.Problems);
    }

    [Theory]
    [InlineData("Type: String", "<Parameters.P>")]
    [InlineData("Type: String, Default: x", "'x'")]
    [InlineData("Type: String, Default: x, AllowedValues: [x, y]", "'x'")]
    [InlineData("Type: Number, Default: 5, MinValue: 1, MaxValue: 9", "'5'")]
    [InlineData("Type: 'List<Number>', Default: '10, 20'", "['10', '20']")]
    [InlineData("Type: 'List<Number>', Default: 10", "['10']")]
    [InlineData("Type: CommaDelimitedList, Default: x", "['x']")]
    [InlineData("Type: CommaDelimitedList", "<Parameters.P>")]
    [InlineData("Type: 'AWS::SSM::Parameter::Value<String>', Default: x", "<Parameters.P>")]
    [InlineData("Type: String, NoEcho: true, Default: x", "'x'")]
    [InlineData("Type: String, NoEcho: 'true', Default: x", "'x'")]
    [InlineData("Type: {}", "<Parameters.P>")]
    public void A_parameter_is_worth_what_its_type_makes_of_it(string parameter, string expected)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Parameters: {P: { {{parameter}} } }
            Resources: {A: {Type: "AWS::X::Y", Properties: {P: !Ref P} } }
            """);
        Assert.Equal(expected, Stacks.Show(stacks.Property("A", "P")));
        Assert.Equal(parameter.Contains("NoEcho", StringComparison.Ordinal), stacks.Property("A", "P").IsSensitive);
    }

    [Theory]
    [InlineData("{M: {a: {b: c}}}", "'c'")]
    [InlineData("{M: {a: {b: [c, d]}}}", "['c', 'd']")]
    [InlineData("{M: {a: text}}", "unknown")]
    [InlineData("{M: [a]}", "unknown")]
    [InlineData("[]", "unknown")]
    [InlineData("{'Fn::Transform': Macro}", "unknown")]
    [InlineData("{M: {'Fn::Transform': {Name: Macro}}}", "unknown")]
    public void A_mapping_may_be_of_any_type(string mappings, string expected)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Mappings: {{mappings}}
            Resources:
              A: {Type: "AWS::X::Y", Properties: {P: !FindInMap [M, a, b] } }
              B: {Type: "AWS::X::Y"}
            """);
        Assert.Equal("A B", string.Join(' ', stacks.Paths));
        Assert.Equal(expected, stacks.Property("A", "P") is UnknownValue ? "unknown" : Stacks.Show(stacks.Property("A", "P")));
    }

    /// <summary>Settings for all functions under those of one.</summary>
    [Theory]
    [InlineData("{Function: {E: {A: 1}}}", "Properties: {E: {B: 2}}", "{E: {B: '2', A: '1'}}")]
    [InlineData("{Function: {L: [x]}}", "Properties: {L: [y]}", "{L: ['x', 'y']}")]
    [InlineData("{Function: {T: 3}}", "Properties: {T: 9}", "{T: '9'}")]
    [InlineData("{Function: {T: 3}}", "Properties: {T: !Ref Own}", "{T: <Own.Ref>}")]
    [InlineData("{Function: {E: !If [C, {A: 1}, {}]}}", "Properties: {E: {B: 2}}", "{E: {B: '2'}}")]
    [InlineData("{Function: {E: {A: 1}}}", "Properties: {E: text}", "{E: 'text'}")]
    [InlineData("{Function: {T: 3, R: a}}", "IgnoreGlobals: '*', Properties: {}", "{}")]
    [InlineData("{Function: {T: 3, R: a}}", "IgnoreGlobals: [R], Properties: {}", "{T: '3'}")]
    [InlineData("{Function: {T: 3}}", "DeletionPolicy: Retain", "{T: '3'}")]
    [InlineData("{Unheard: {T: 3}}", "Properties: {R: a}", "{R: 'a'}")]
    [InlineData("{Function: text}", "Properties: {R: a}", "{R: 'a'}")]
    [InlineData("text", "Properties: {R: a}", "{R: 'a'}")]
    public void Settings_for_all_functions_go_into_each(string globals, string function, string expected)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Transform: AWS::Serverless-2016-10-31
            Globals: {{globals}}
            Parameters: {P: {Type: String} }
            Conditions: {C: !Equals [!Ref P, x] }
            Resources:
              F: {Type: "AWS::Serverless::Function", {{function}} }
              Own: {Type: "AWS::X::Y"}
              Text: not a resource
            """);
        Assert.Equal(expected, Stacks.Show(stacks["F"].Body.Entries is var entries ? new MapValue([.. entries.Where(entry => entry.Key != "Role")]) : null));
    }

    [Theory]
    [InlineData("Fn::ForEach::L: [X, !Ref Nobody, {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("Fn::ForEach::L: [X, !Ref Text, {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("Fn::ForEach::L: [X, !FindInMap [Nobody, a, b], {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("Fn::ForEach::L: [X, {a: b}, {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("Fn::ForEach::L: [X, [a], text]")]
    public void A_loop_over_nothing_that_is_known_loses_no_other_resource(string loop)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Transform: AWS::LanguageExtensions
            Parameters: {Text: {Type: String} }
            Resources:
              {{loop}}
              Always: {Type: "AWS::X::Y"}
            """);
        Assert.Contains("Always", stacks.Paths);
    }

    [Fact]
    public void Two_rounds_of_a_loop_that_write_one_key_are_a_problem()
    {
        var stacks = new Stacks("a.yaml", """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::L: [X, [a-b, ab], {"R&{X}": {Type: "AWS::X::Y", Properties: {P: !Ref X}}}]
            """);
        Assert.NotEmpty(stacks.Problems);
        Assert.Equal("Rab", Assert.Single(stacks.Paths));
    }

    [Fact]
    public void Merged_keys_go_under_those_that_are_written()
    {
        var stacks = new Stacks("a.yaml", """
            Metadata: {Base: &base {Type: "AWS::X::Y", Properties: &props {P: 1, Q: 2}}}
            Resources:
              A: {<<: *base}
              B: {<<: *base, Properties: {<<: *props, Q: 3}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal("{P: '1', Q: '2'}", Stacks.Show(stacks["A"].Body));
        Assert.Equal("{Q: '3', P: '1'}", Stacks.Show(stacks["B"].Body));
    }

    [Theory]
    [InlineData("Resources:\n  A: {Type: \"AWS::X::Y\", null: 1}\n")]
    [InlineData("Resources:\n  ? [a]\n  : b\n  A: {Type: \"AWS::X::Y\"}\n")]
    [InlineData("{\n\t\"Resources\": {\n\t\t\"A\": {\"Type\": \"AWS::X::Y\"}\n\t}\n}\n")]
    [InlineData("{\"Resources\": {\"A\": {\"Type\": \"AWS::X::Y\", \"Properties\": {\"P\": \"\\u00e9\\/\\\"\"}}}}")]
    public void What_can_be_read_of_a_template_is_read(string text) => Assert.Contains("A", new Stacks("a.template", text).Paths);
}
