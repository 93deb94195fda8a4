using Analyzer.Facts.Resources;

namespace Analyzer.Tests.CloudFormation;

/// <summary><c>Fn::ForEach</c> and the other language extensions.</summary>
public sealed class LoopTests
{
    private static Stacks Load(string text) => new("a.yaml", "Transform: AWS::LanguageExtensions\n" + text);

    [Fact]
    public void A_loop_writes_its_body_once_for_each_element()
    {
        var stacks = Load("""
            Parameters: {Names: {Type: CommaDelimitedList, Default: "api, web-app"}}
            Resources:
              Fn::ForEach::Roles:
                - Name
                - !Ref Names
                - Role&{Name}:
                    Type: AWS::IAM::Role
                    Properties:
                      RoleName: ${Name}-role
                      Description: !Sub "for ${Name} in ${AWS::Region}"
                      Path: {Ref: Name}
              Profile: {Type: "AWS::IAM::InstanceProfile", Properties: {Roles: [!Ref Roleapi, !GetAtt Rolewebapp.Arn]}}
            Outputs:
              Fn::ForEach::Outs: [Name, [a, b], {"Out${Name}": {Value: !Ref Name}}]
            """);
        Assert.Empty(stacks.Problems);
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Equal(["Roleapi", "Rolewebapp", "Profile"], stacks.Paths);
        Assert.Equal("{RoleName: 'web-app-role', Description: 'for web-app in <AWS::Region>', Path: 'web-app'}", Stacks.Show(stacks["Rolewebapp"].Body));
        Assert.Equal("[<Roleapi.Ref>, <Rolewebapp.Arn>]", Stacks.Show(stacks.Property("Profile", "Roles")));
        Assert.Equal("Role&{Name}", stacks["Roleapi"].Place.Text);
        Assert.Equal("{Outa: {Value: 'a'}, Outb: {Value: 'b'}}", Stacks.Show(stacks.Inventory.Units[0].Outputs));
        Assert.Equal(Multiplicity.One, stacks["Roleapi"].Multiplicity);
    }

    [Fact]
    public void Loops_stand_in_properties_conditions_and_in_one_another()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String}}
            Conditions:
              Fn::ForEach::C: [E, [dev, prod], {"Is${E}": !Equals [!Ref Env, !Ref E]}]
            Resources:
              Fn::ForEach::Outer:
                - A
                - [x, y]
                - Fn::ForEach::Inner: [B, ["1", "2"], {"R${A}${B}": {Type: "AWS::X::Y", Properties: {P: "${A}-${B}"}}}]
              It:
                Type: AWS::X::Y
                Condition: Isprod
                Properties:
                  Fn::ForEach::P: [K, [One, Two], {"${K}": !Ref K}]
                  Three: !If [Isdev, a, b]
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(["Rx1", "Rx2", "Ry1", "Ry2", "It"], stacks.Paths);
        Assert.Equal("'y-1'", Stacks.Show(stacks.Property("Ry1", "P")));
        Assert.Equal("{One: 'One', Two: 'Two', Three: 'b'}", Stacks.Show(stacks["It"].Body));
    }

    [Fact]
    public void Nobody_knows_the_elements_then_one_round_stands_for_all()
    {
        var stacks = Load("""
            Parameters: {Names: {Type: CommaDelimitedList}}
            Resources:
              Fn::ForEach::Roles: [Name, !Ref Names, {"Role${Name}": {Type: "AWS::IAM::Role", Properties: {RoleName: "x-${Name}", P: {Ref: Name}}}}]
              It: {Type: "AWS::X::Y", Properties: {P: !GetAtt RoleApi.Arn}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(["Role[*]", "It"], stacks.Paths);
        Assert.Equal(Multiplicity.Any, stacks["Role[*]"].Multiplicity);
        Assert.Equal("{RoleName: 'x-<NoValue>', P: <NoValue>}", Stacks.Show(stacks["Role[*]"].Body));
        Assert.False(stacks.Property("It", "P").IsWhollyKnown);
    }

    [Fact]
    public void Elements_may_depend_on_conditions()
    {
        var stacks = Load("""
            Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
            Mappings: {M: {dev: {names: [a]}, prod: {names: [a, b]}}}
            Resources:
              Fn::ForEach::R: [N, !FindInMap [M, !Ref Env, names], {"R${N}": {Type: "AWS::X::Y"}}]
            """);
        Assert.Empty(stacks.Problems);
        Assert.True(stacks["Ra"].Guard.IsAlways);
        Assert.Equal("Env == \"prod\"", stacks["Rb"].Guard.ToString());
    }

    [Theory]
    [InlineData("[X, a, {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("[X, [a]]")]
    [InlineData("[[X], [a], {'R${X}': {Type: 'AWS::X::Y'}}]")]
    [InlineData("7")]
    public void A_loop_that_is_none_is_a_problem(string loop)
    {
        var stacks = Load($"Resources:\n  Fn::ForEach::L: {loop}\n  B: {{Type: 'AWS::X::Y'}}\n");
        Assert.Equal(["invalid-function"], stacks.Codes.Distinct());
        Assert.Contains("B", stacks.Paths);
    }

    [Fact]
    public void Loops_of_loops_end()
    {
        var list = "[" + string.Join(", ", Enumerable.Range(0, 60)) + "]";
        var text = "{'R${A}x${B}x${C}x${D}': {Type: 'AWS::X::Y', Properties: {P: '${A}'}}}";
        foreach (var name in "DCBA")
        {
            text = $"{{'Fn::ForEach::{name}': [{name}, {list}, {text}]}}";
        }

        var stacks = Load($"Resources: {text}\n");
        Assert.Contains("loop-limit", stacks.Codes);
        Assert.NotEmpty(stacks.Inventory.Gaps);
    }

    [Theory]
    [InlineData("!Length [a, b, c]", "'3'")]
    [InlineData("!Length {Ref: Names}", "'2'")]
    [InlineData("!Length {Ref: Unknown}", "<Parameters.Unknown..length()>")]
    [InlineData("!ToJsonString {a: [1, true]}", """'{"a":["1",true]}'""")]
    [InlineData("!FindInMap [M, x, y, {DefaultValue: !Ref AWS::Region}]", "<AWS::Region>")]
    [InlineData("!FindInMap [!Ref Map, k, v]", "'1'")]
    [InlineData("!GetAtt [!Ref Thing, Arn]", "<It.Arn>")]
    [InlineData("!Select [0, !Split [',', !Join [',', [!GetAtt Other.Arn, b]]]]", "<Other.Arn>")]
    [InlineData("!Select [1, !Split ['/', !Sub '${AWS::AccountId}/x/${Unknown2}']]", "'x'")]
    [InlineData("!Split [',', !Sub 'a,${Unknown2}']", "['a']")]
    [InlineData("!Join [',', [a, !If [C, b, !Ref AWS::NoValue]]]", "('a,b' when C | 'a' when not C)")]
    [InlineData("!Sub ['${A}-${B}', {A: 1, B: !Ref Other}]", "'1-<Other.Ref>'")]
    [InlineData("!Sub '${!AWS::Region} ${ Other } ${'", "'${AWS::Region} <Other.Ref> ${'")]
    public void Functions_compute_with_what_is_known(string written, string expected)
    {
        var stacks = Load($$"""
            Parameters:
              Names: {Type: CommaDelimitedList, Default: "a,b"}
              Unknown: {Type: CommaDelimitedList}
              Unknown2: {Type: String}
              Map: {Type: String, Default: M}
              Thing: {Type: String, Default: It}
            Mappings: {M: {k: {v: 1} } }
            Conditions: {C: !Equals [!Ref Unknown2, x]}
            Resources:
              Other: {Type: "AWS::X::Y"}
              It: {Type: "AWS::X::Y", Properties: {P: {{written}} } }
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(expected, Stacks.Show(stacks.Property("It", "P")));
    }
}
