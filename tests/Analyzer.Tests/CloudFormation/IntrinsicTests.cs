using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Every function, written in YAML and in JSON, gives the same value.</summary>
public sealed class IntrinsicTests
{
    private const string Yaml = """
        AWSTemplateFormatVersion: 2010-09-09
        Parameters:
          Name: {Type: String, Default: web}
          Nothing: {Type: String}
          Env: {Type: String, AllowedValues: [dev, prod]}
          List: {Type: CommaDelimitedList, Default: "a, b"}
          Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
          Ami: {Type: "AWS::SSM::Parameter::Value<String>", Default: /ami}
        Mappings:
          Sizes:
            dev: {size: 1, zone: a}
            prod: {size: 3, zone: a}
        Conditions:
          IsProd: !Equals [!Ref Env, prod]
          IsWeb: !Equals [!Ref Name, web]
          IsGiven: !Not [!Equals [!Ref Nothing, ""]]
        Resources:
          Role: {Type: "AWS::IAM::Role"}
          Stack: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: "https://x/y.yaml"}}
          It:
            Type: Custom::It
            Properties:
              P: 
        """;

    private const string Json = """
        {"AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {
          "Name": {"Type": "String", "Default": "web"},
          "Nothing": {"Type": "String"},
          "Env": {"Type": "String", "AllowedValues": ["dev", "prod"]},
          "List": {"Type": "CommaDelimitedList", "Default": "a, b"},
          "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
          "Ami": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/ami"}},
        "Mappings": {"Sizes": {"dev": {"size": 1, "zone": "a"}, "prod": {"size": 3, "zone": "a"}}},
        "Conditions": {
          "IsProd": {"Fn::Equals": [{"Ref": "Env"}, "prod"]},
          "IsWeb": {"Fn::Equals": [{"Ref": "Name"}, "web"]},
          "IsGiven": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Nothing"}, ""]}]}},
        "Resources": {
          "Role": {"Type": "AWS::IAM::Role"},
          "Stack": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://x/y.yaml"}},
          "It": {"Type": "Custom::It", "Properties": {"P": 
        """;

    [Theory]
    [InlineData("2", "2", "'2'")]
    [InlineData("true", "true", "true")]
    [InlineData("!Ref Name", """{"Ref": "Name"}""", "'web'")]
    [InlineData("!Ref Nothing", """{"Ref": "Nothing"}""", "<Parameters.Nothing>")]
    [InlineData("!Ref Env", """{"Ref": "Env"}""", """('dev' when Env == "dev" | 'prod' when Env == "prod")""")]
    [InlineData("!Ref List", """{"Ref": "List"}""", "['a', 'b']")]
    [InlineData("!Ref Subnets", """{"Ref": "Subnets"}""", "<Parameters.Subnets>")]
    [InlineData("!Ref Ami", """{"Ref": "Ami"}""", "<Parameters.Ami>")]
    [InlineData("!Ref Role", """{"Ref": "Role"}""", "<Role.Ref>")]
    [InlineData("!Ref AWS::Region", """{"Ref": "AWS::Region"}""", "<AWS::Region>")]
    [InlineData("!GetAtt Role.Arn", """{"Fn::GetAtt": ["Role", "Arn"]}""", "<Role.Arn>")]
    [InlineData("!GetAtt [Role, Arn]", """{"Fn::GetAtt": "Role.Arn"}""", "<Role.Arn>")]
    [InlineData("!GetAtt Stack.Outputs.Arn", """{"Fn::GetAtt": ["Stack", "Outputs.Arn"]}""", "<Stack.Outputs.Arn>")]
    [InlineData("!Sub 'a-${Name}-${Role.Arn}${!x}'", """{"Fn::Sub": "a-${Name}-${Role.Arn}${!x}"}""", "'a-web-<Role.Arn>${x}'")]
    [InlineData("!Sub '${Role.Arn}'", """{"Fn::Sub": "${Role.Arn}"}""", "<Role.Arn>")]
    [InlineData("!Sub ['${Own}.${Name}.${AWS::Region}', {Own: !Ref Role, Name: mine}]", """{"Fn::Sub": ["${Own}.${Name}.${AWS::Region}", {"Own": {"Ref": "Role"}, "Name": "mine"}]}""", "'<Role.Ref>.mine.<AWS::Region>'")]
    [InlineData("!Sub 'x-${Env}'", """{"Fn::Sub": "x-${Env}"}""", """('x-dev' when Env == "dev" | 'x-prod' when Env == "prod")""")]
    [InlineData("!Join ['-', [a, !Ref Name, !Ref Role]]", """{"Fn::Join": ["-", ["a", {"Ref": "Name"}, {"Ref": "Role"}]]}""", "'a-web-<Role.Ref>'")]
    [InlineData("!Join [',', !Ref List]", """{"Fn::Join": [",", {"Ref": "List"}]}""", "'a,b'")]
    [InlineData("!Join ['', [!GetAtt Role.Arn]]", """{"Fn::Join": ["", [{"Fn::GetAtt": ["Role", "Arn"]}]]}""", "<Role.Arn>")]
    [InlineData("!Join [',', !Ref Subnets]", """{"Fn::Join": [",", {"Ref": "Subnets"}]}""", """<Parameters.Subnets..join(",")>""")]
    [InlineData("!Select [1, [a, b]]", """{"Fn::Select": ["1", ["a", "b"]]}""", "'b'")]
    [InlineData("!Select [0, !Ref Subnets]", """{"Fn::Select": [0, {"Ref": "Subnets"}]}""", "<Parameters.Subnets.[0]>")]
    [InlineData("!Select [1, !Split ['/', 'a/b/c']]", """{"Fn::Select": [1, {"Fn::Split": ["/", "a/b/c"]}]}""", "'b'")]
    [InlineData("!Select [1, !Split ['//', !GetAtt Role.Url]]", """{"Fn::Select": [1, {"Fn::Split": ["//", {"Fn::GetAtt": ["Role", "Url"]}]}]}""", """<Role.Url.split("//")[1]>""")]
    [InlineData("!Select [0, !GetAZs '']", """{"Fn::Select": [0, {"Fn::GetAZs": {"Ref": "AWS::Region"}}]}""", "<AWS::Region.zones[0]>")]
    [InlineData("!If [IsWeb, yes, no]", """{"Fn::If": ["IsWeb", "yes", "no"]}""", "'yes'")]
    [InlineData("!If [IsProd, yes, no]", """{"Fn::If": ["IsProd", "yes", "no"]}""", """('yes' when IsProd | 'no' when not IsProd)""")]
    [InlineData("!If [IsProd, !If [IsProd, a, b], c]", """{"Fn::If": ["IsProd", {"Fn::If": ["IsProd", "a", "b"]}, "c"]}""", """('a' when IsProd | 'c' when not IsProd)""")]
    [InlineData("[a, !If [IsGiven, b, !Ref AWS::NoValue], !Ref AWS::NoValue]", """["a", {"Fn::If": ["IsGiven", "b", {"Ref": "AWS::NoValue"}]}, {"Ref": "AWS::NoValue"}]""", """['a', 'b' when IsGiven]""")]
    [InlineData("{A: !Ref AWS::NoValue, B: !If [IsGiven, !Ref AWS::NoValue, 1]}", """{"A": {"Ref": "AWS::NoValue"}, "B": {"Fn::If": ["IsGiven", {"Ref": "AWS::NoValue"}, 1]}}""", """{B: '1' when not IsGiven}""")]
    [InlineData("!FindInMap [Sizes, prod, size]", """{"Fn::FindInMap": ["Sizes", "prod", "size"]}""", "'3'")]
    [InlineData("!FindInMap [Sizes, !Ref Env, size]", """{"Fn::FindInMap": ["Sizes", {"Ref": "Env"}, "size"]}""", """('1' when Env == "dev" | '3' when Env == "prod")""")]
    [InlineData("!FindInMap [Sizes, !Ref Nothing, size]", """{"Fn::FindInMap": ["Sizes", {"Ref": "Nothing"}, "size"]}""", """('1' when Nothing == "dev" | '3' when Nothing == "prod")""")]
    [InlineData("!FindInMap [Sizes, !Ref Nothing, zone]", """{"Fn::FindInMap": ["Sizes", {"Ref": "Nothing"}, "zone"]}""", "'a'")]
    [InlineData("!FindInMap [Sizes, test, size, {DefaultValue: 9}]", """{"Fn::FindInMap": ["Sizes", "test", "size", {"DefaultValue": 9}]}""", "'9'")]
    [InlineData("!ImportValue net-vpc", """{"Fn::ImportValue": "net-vpc"}""", "<Exports.net-vpc>")]
    [InlineData("{'Fn::ImportValue': !Sub '${Nothing}-vpc'}", """{"Fn::ImportValue": {"Fn::Sub": "${Nothing}-vpc"}}""", """<Exports.Sub("${Nothing}-vpc")>""")]
    [InlineData("!Base64 hi", """{"Fn::Base64": "hi"}""", "'aGk='")]
    [InlineData("{'Fn::Base64': !Sub 'a ${Role}'}", """{"Fn::Base64": {"Fn::Sub": "a ${Role}"}}""", "base64('a <Role.Ref>')")]
    [InlineData("!Cidr [10.0.0.0/16, 3, 8]", """{"Fn::Cidr": ["10.0.0.0/16", 3, 8]}""", "['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']")]
    [InlineData("!Cidr ['2001:db8::/56', '2', '64']", """{"Fn::Cidr": ["2001:db8::/56", "2", "64"]}""", "['2001:db8::/64', '2001:db8:0:1::/64']")]
    [InlineData("!Select [0, !Cidr [!GetAtt Role.CidrBlock, 6, 8]]", """{"Fn::Select": [0, {"Fn::Cidr": [{"Fn::GetAtt": ["Role", "CidrBlock"]}, 6, 8]}]}""", "<Role.CidrBlock.cidr(6, 8)[0]>")]
    [InlineData("!Length [a, b]", """{"Fn::Length": ["a", "b"]}""", "'2'")]
    [InlineData("!ToJsonString {a: [1, true], b: !Ref Name}", """{"Fn::ToJsonString": {"a": [1, true], "b": {"Ref": "Name"}}}""", """'{"a":["1",true],"b":"web"}'""")]
    [InlineData("'{{resolve:ssm:/x}}'", "\"{{resolve:ssm:/x}}\"", "<resolve:ssm:/x>")]
    [InlineData("'a{{resolve:ssm:/x}}b'", "\"a{{resolve:ssm:/x}}b\"", "'a<resolve:ssm:/x>b'")]
    [InlineData("{A: 1, 'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://b/x'}}}", """{"A": 1, "Fn::Transform": {"Name": "AWS::Include"}}""", "{A: '1', ...}")]
    [InlineData("!Transform {Name: Macro}", """{"Fn::Transform": {"Name": "Macro"}}""", "<Missing>")]
    [InlineData("{Condition: IsProd}", """{"Condition": "IsProd"}""", "{Condition: 'IsProd'}")]
    public void A_function_has_the_same_value_in_YAML_and_JSON(string yaml, string json, string expected)
    {
        var fromYaml = new Stacks("a.yaml", Yaml.TrimEnd() + " " + yaml + "\n");
        var fromJson = new Stacks("a.json", Json + json + "}}}}");
        Assert.Empty(fromYaml.Problems);
        Assert.Empty(fromJson.Problems);
        Assert.Equal(expected, Stacks.Show(fromYaml.Property("It", "P")));
        Assert.Equal(expected, Stacks.Show(fromJson.Property("It", "P")));
        Assert.Equal(
            fromYaml["It"].Dependencies.Select(dependency => dependency.Target.Path),
            fromJson["It"].Dependencies.Select(dependency => dependency.Target.Path));
    }

    [Theory]
    [InlineData("!Ref Nobody", "reference-to-nothing")]
    [InlineData("!GetAtt Nobody.Arn", "reference-to-nothing")]
    [InlineData("!Sub '${Nobody}'", "reference-to-nothing")]
    [InlineData("!If [Nobody, a, b]", "reference-to-nothing")]
    [InlineData("!FindInMap [Nobody, a, b]", "reference-to-nothing")]
    [InlineData("!FindInMap [Sizes, nobody, b]", "reference-to-nothing")]
    [InlineData("!If [IsWeb, a]", "invalid-function")]
    [InlineData("!Sub [1, 2, 3]", "invalid-function")]
    [InlineData("!Sub {a: b}", "invalid-function")]
    [InlineData("!GetAtt 7", "invalid-function")]
    [InlineData("!Ref [a]", "invalid-function")]
    [InlineData("!Join x", "invalid-function")]
    [InlineData("!Join [',', {a: b}]", "invalid-function")]
    [InlineData("!Join [',', [{a: b}, c]]", "invalid-function")]
    [InlineData("!Select [9, [a]]", "invalid-function")]
    [InlineData("!Select [-1, [a]]", "invalid-function")]
    [InlineData("!Select [x, [a]]", "invalid-function")]
    [InlineData("!Split [',', {a: b}]", "invalid-function")]
    [InlineData("!Base64 [a]", "invalid-function")]
    [InlineData("!Cidr [10.0.0.0/24, 300, 8]", "invalid-function")]
    [InlineData("!Cidr [10.0.0.0/24, 4, 8]", "invalid-function")]
    [InlineData("!Cidr [no, 4, 8]", "invalid-function")]
    [InlineData("!And [1, 2]", "invalid-function")]
    [InlineData("!FindInMap [a]", "invalid-function")]
    [InlineData("!Unheard x", "unknown-function")]
    public void What_is_wrong_is_a_problem_with_its_place_and_the_value_unknown(string yaml, string code)
    {
        var stacks = new Stacks("a.yaml", Yaml.TrimEnd() + " " + yaml + "\n");
        Assert.All(stacks.Codes, each => Assert.Equal(code, each));
        Assert.Contains("a.yaml:23", stacks.Problems[0].Place.ToString(), StringComparison.Ordinal);
        Assert.False(stacks.Property("It", "P").IsWhollyKnown);
    }

    [Fact]
    public void Values_tell_where_they_come_from()
    {
        var stacks = new Stacks("a.yaml", Yaml.TrimEnd() + " !Sub '${Name}-x'\n");
        var value = stacks.Property("It", "P");
        Assert.Equal(["Computed !Sub '${Name}-x'", "RootDefault web", "Literal web"], value.Trace!.Steps.Select(step => $"{step.Kind} {step.Place.Text}"));
        Assert.StartsWith("P: ", stacks["It"].Body.Place!.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_inside_a_Sub_has_its_own_place()
    {
        var stacks = new Stacks("a.json", Json + """{"Fn::Sub": "é\n${Role.Arn}${Stack}"}}}}}""");
        Assert.Equal(["${Role.Arn}", "${Stack}"], stacks["It"].Dependencies.Select(dependency => dependency.Place.Text));
    }

    [Fact]
    public void The_same_unknown_is_equal_to_itself()
    {
        var stacks = new Stacks("a.yaml", Yaml.TrimEnd() + " [!Sub 'x.${AWS::Region}.y', !Join ['.', [x, !Ref AWS::Region, y]], !Ref Subnets, !Ref Subnets, !Ref Env, !Ref Env]\n");
        var values = ((ListValue)stacks.Property("It", "P")).Values.ToList();
        Assert.Equal(Truth.Yes, values[0].EqualTo(values[1]));
        Assert.Equal(Truth.Yes, values[2].EqualTo(values[3]));
        Assert.Equal(Truth.Yes, values[4].EqualTo(values[5]));
    }
}
