namespace Analyzer.Tests.CloudFormation;

/// <summary>What linters of templates test of functions and conditions: right and wrong arguments, defaults, keys that nobody knows, rules that go together.</summary>
public sealed class ResolverCaseTests
{
    private const string Around = """
        Transform: AWS::LanguageExtensions
        Parameters:
          Any: {Type: String}
          Env: {Type: String, AllowedValues: [dev, test, prod]}
          Path: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a/b, AllowedValues: [/a/b]}
          Secret: {Type: String, NoEcho: true}
          Subnets: {Type: "List<AWS::EC2::Subnet::Id>", Default: "subnet-1, subnet-2"}
          Groups: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /groups}
          Ami: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id}
        Mappings:
          One: {first: {second: bar}}
          Numbers: {1: {2: number}}
          Accounts: {"123456789012": {dev: ours}, "210987654321": {test: theirs}}
          Stages: {dev: {size: one}, test: {size: two}, prod: {other: three}, lion: {dev: a, test: b, prod: c}}
          Rows: {first: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/rows.yaml"}}}}
        Conditions:
          Same: !Equals [!Ref Any, !Ref Any]
          Literal: !Equals ["true", "true"]
          Other: !Equals ["true", "True"]
          Region: !Equals [us-west-2, !Ref AWS::Region]
          Never: !Equals [!Ref Env, gamma]
          Three: !Equals [!Ref Env, dev, prod]
          Empty: !Equals [!Join ["", !Ref Subnets], ""]
        Resources:
          R: {Type: "AWS::X::Y"}
          It: {Type: "AWS::X::Y", Properties: {P: VALUE}}
        """;

    [Theory]
    [InlineData("!Join ['.', []]", "''")]
    [InlineData("!Join ['.', [a, b, c]]", "'a.b.c'")]
    [InlineData("!Join ['-', [!Ref Env, !Ref Env]]", "('dev-dev' when Env == \"dev\" | 'test-test' when Env == \"test\" | 'prod-prod' when Env == \"prod\")")]
    [InlineData("!Split [0, b0c]", "['b', 'c']")]
    [InlineData("!Select ['1', [a, b]]", "'b'")]
    [InlineData("!Select [1, !Ref Subnets]", "'subnet-2'")]
    [InlineData("!Select [0, !Ref Groups]", "<Parameters.Groups.[0]>")]
    [InlineData("!Sub [x, {}]", "'x'")]
    [InlineData("!Sub ['${a}-${b}', {a: foo, b: bar}]", "'foo-bar'")]
    [InlineData("!Sub ['${R.Arn}', {}]", "<R.Arn>")]
    [InlineData("!Ref Path", "<Parameters.Path>")]
    [InlineData("!Ref Ami", "<Parameters.Ami>")]
    [InlineData("!FindInMap [One, first, second]", "'bar'")]
    [InlineData("!FindInMap [One, first, second, {DefaultValue: d}]", "'bar'")]
    [InlineData("!FindInMap [One, nope, second, {DefaultValue: d}]", "'d'")]
    [InlineData("!FindInMap [One, first, nope, {DefaultValue: d}]", "'d'")]
    [InlineData("!FindInMap [Nope, first, second, {DefaultValue: d}]", "'d'")]
    [InlineData("!FindInMap [Nope, first, second, {DefaultValue: [a, !Ref Any]}]", "['a', <Parameters.Any>]")]
    [InlineData("!FindInMap [Nope, first, second, {DefaultValue: !Ref AWS::NoValue}]", "nothing")]
    [InlineData("!FindInMap [Numbers, 1, 2]", "'number'")]
    [InlineData("!FindInMap [Numbers, '1', '2']", "'number'")]
    [InlineData("!FindInMap [Accounts, !Ref AWS::AccountId, dev]", "'ours'")]
    [InlineData("!FindInMap [Stages, !Ref Env, size]", "('one' when Env == \"dev\" | 'two' when Env == \"test\")")]
    [InlineData("!FindInMap [Stages, lion, !Ref Env]", "('a' when Env == \"dev\" | 'b' when Env == \"test\" | 'c' when Env == \"prod\")")]
    [InlineData("!FindInMap [Stages, lion, !Sub '${Env}']", "('a' when Env == \"dev\" | 'b' when Env == \"test\" | 'c' when Env == \"prod\")")]
    [InlineData("!FindInMap [Stages, lion, !Sub ['${Env}', {}]]", "('a' when Env == \"dev\" | 'b' when Env == \"test\" | 'c' when Env == \"prod\")")]
    [InlineData("!FindInMap [Stages, lion, !Sub dev]", "'a'")]
    [InlineData("!FindInMap [!Ref Any, dev, size]", "<NoValue>")]
    [InlineData("!FindInMap [Rows, first, second]", "<Missing>")]
    [InlineData("!If [Same, a, b]", "'a'")]
    [InlineData("!If [Literal, a, b]", "'a'")]
    [InlineData("!If [Other, a, b]", "'b'")]
    [InlineData("!If [Never, a, b]", "'b'")]
    [InlineData("!If [Empty, a, b]", "'b'")]
    [InlineData("!If [Region, a, b]", "('a' when Region | 'b' when not Region)")]
    public void Right_arguments_have_a_value(string written, string expected)
    {
        var stacks = Load(written);
        Assert.Empty(stacks.Problems);
        Assert.Equal(expected, Stacks.Show(stacks["It"].Body["P"]));
    }

    [Theory]
    [InlineData("!Ref []")]
    [InlineData("!Ref {foo: bar}")]
    [InlineData("!Join {foo: bar}")]
    [InlineData("!Join [a, b, c]")]
    [InlineData("!Join [a, b]")]
    [InlineData("!Join ['/', [[a], b]]")]
    [InlineData("!Select {foo: bar}")]
    [InlineData("!Select [a, b, c]")]
    [InlineData("!Select [a, [b]]")]
    [InlineData("!Select [0, b]")]
    [InlineData("!Select [-1, [a, b]]")]
    [InlineData("!Split {foo: bar}")]
    [InlineData("!Split [a, b, c]")]
    [InlineData("!Split [a, [b]]")]
    [InlineData("!FindInMap {foo: bar}")]
    [InlineData("!FindInMap [One, first]")]
    [InlineData("!FindInMap [[One], first, second]")]
    [InlineData("!FindInMap [One, [first], second]")]
    [InlineData("!FindInMap [One, first, [second]]")]
    [InlineData("!Sub {foo: bar}")]
    [InlineData("!Sub [a, {b: c}, d]")]
    [InlineData("!Sub [[a], {b: c}]")]
    [InlineData("!If [Region, a]")]
    [InlineData("!If {}")]
    [InlineData("!If [Three, a, b]")]
    public void Wrong_arguments_are_a_problem_and_unknown(string written)
    {
        var stacks = Load(written);
        Assert.Equal(["invalid-function"], stacks.Codes.Distinct());
        Assert.Equal("a.yaml", Assert.Single(stacks.Problems.Select(problem => problem.Place?.File.Path).Distinct()));
        Assert.NotEqual("nothing", Stacks.Show(stacks["It"].Body["P"]));
        Assert.False(stacks["It"].Body["P"]!.IsWhollyKnown);
    }

    /// <summary>Which stages and regions there may be when two rules go together.</summary>
    [Theory]
    [InlineData("Prod", "Us", true)]
    [InlineData("Prod", "NotUs", false)]
    [InlineData("Dev", "Us", false)]
    [InlineData("Dev", "NotUs", true)]
    [InlineData("Stage", "Us", true)]
    [InlineData("Stage", "NotUs", true)]
    public void Rules_go_together(string stage, string region, bool possible)
    {
        var stacks = new Stacks("a.yaml", $$"""
            Parameters: {Env: {Type: String, AllowedValues: [dev, stage, prod]} }
            Conditions:
              Prod: !Equals [!Ref Env, prod]
              Dev: !Equals [!Ref Env, dev]
              Stage: !Equals [!Ref Env, stage]
              Us: !Equals [!Ref AWS::Region, us-east-1]
              NotUs: !Not [!Condition Us]
              Both: !And [!Condition {{stage}}, !Condition {{region}}]
            Rules:
              A: {RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: !Equals [!Ref AWS::Region, us-east-1]}]}
              B: {RuleCondition: !Equals [!Ref Env, dev], Assertions: [{Assert: !Not [!Equals [!Ref AWS::Region, us-east-1]]}]}
            Resources: {R: {Type: "AWS::X::Y", Condition: Both}, Always: {Type: "AWS::X::Y"} }
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(possible, stacks.Paths.Contains("R"));
    }

    private static Stacks Load(string written) => new("a.yaml", Around.Replace("VALUE", written, StringComparison.Ordinal));
}
