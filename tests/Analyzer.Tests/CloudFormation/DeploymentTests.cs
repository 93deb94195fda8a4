using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>What is told of templates from outside: parameter files, the CDK, the Serverless Application Model.</summary>
public sealed class DeploymentTests
{
    private const string Text = """
        Parameters: {Env: {Type: String, Default: dev}, Zones: {Type: CommaDelimitedList, Default: a}}
        Resources: {A: {Type: "AWS::X::Y", Properties: {P: !Ref Env, Q: !Ref Zones}}}
        """;

    private static VariableInput File(string path) => new(VariableSource.File, "", path);

    [Theory]
    [InlineData("p.json", """[{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Zones", "ParameterValue": "b, c"}]""")]
    [InlineData("p.json", """["Env=prod", "Zones=b,c"]""")]
    [InlineData("p.json", """{"Parameters": {"Env": "prod", "Zones": ["b", "c"]}, "Tags": {}}""")]
    [InlineData("p.json", """{"Env": "prod", "Zones": "b,c"}""")]
    [InlineData("p.yaml", "template-file-path: iac/a.yaml\nparameters: {Env: prod, Zones: 'b,c'}\n")]
    [InlineData("iac/p.yml", "Parameters:\n  Env: prod\n  Zones: b,c\n")]
    public void A_parameter_file_gives_values(string path, string file)
    {
        var stacks = new Stacks(new LoadOptions { Variables = [File(path)] }, ("iac/a.yaml", Text), (path, file));
        Assert.Empty(stacks.Problems);
        Assert.Equal("{P: 'prod', Q: ['b', 'c']}", Stacks.Show(stacks["A"].Body));
        Assert.Equal(StepKind.Given, stacks.Property("A", "P").Trace!.Kind);
        Assert.Equal(path, stacks.Property("A", "P").Trace!.Place.File.Path);
    }

    [Theory]
    [InlineData("samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = \"Env=prod Zones=\\\"b, c\\\"\"\n")]
    [InlineData("samconfig.toml", "[default.global.parameters]\ntemplate_file = \"template.yaml\"\nparameter_overrides = [\"ParameterKey=Env,ParameterValue=prod\", \"Zones='b,c'\"]\n")]
    [InlineData("samconfig.yaml", "default:\n  deploy:\n    parameters:\n      template_file: .aws-sam/build/template.yaml\n      parameter_overrides: [Env=prod, 'Zones=b,c']\n")]
    [InlineData("samconfig.yml", "default: {deploy: {parameters: {parameter_overrides: {Env: prod, Zones: 'b,c'}}}}\n")]
    public void What_SAM_deploys_with_is_preferred_as_defaults_are(string name, string config)
    {
        (string, string)[] files = [("api/template.yaml", Text), ("api/other.yaml", Text.Replace("A:", "B:", StringComparison.Ordinal)), ("api/" + name, config)];
        var stacks = new Stacks(false, files);
        Assert.Empty(stacks.Problems);
        Assert.Equal("{P: 'prod', Q: ['b', 'c']}", Stacks.Show(stacks["A"].Body));
        Assert.Equal((StepKind.RootDefault, "api/" + name), (stacks.Property("A", "P").Trace!.Kind, stacks.Property("A", "P").Trace!.Place.File.Path));
        Assert.Equal("{P: 'dev', Q: ['a']}", Stacks.Show(stacks["B"].Body));
        Assert.IsType<UnknownValue>(new Stacks(true, files).Property("A", "P"));
    }

    [Theory]
    [InlineData("", "one")]
    [InlineData("prod", "two")]
    [InlineData("none", "dev")]
    public void An_environment_of_SAM_is_chosen_by_its_name(string environment, string expected)
    {
        var stacks = new Stacks(
            new LoadOptions { Variables = [new VariableInput(VariableSource.File, environment, "samconfig.toml")] },
            ("stack.yaml", Text),
            ("samconfig.toml", "[default.global.parameters]\ntemplate = \"stack.yaml\"\n[default.deploy.parameters]\nparameter_overrides = \"Env=one\"\n[prod.deploy.parameters]\ntemplate = \"stack.yaml\"\nparameter_overrides = \"Env=two\"\n"));
        Assert.Equal($"'{(expected == "dev" ? "one" : expected)}'", Stacks.Show(stacks.Property("A", "P")));
        Assert.Equal(expected == "dev" ? StepKind.RootDefault : StepKind.Given, stacks.Property("A", "P").Trace!.Kind);
    }

    [Theory]
    [InlineData("default = 5\n")]
    [InlineData("[default]\ndeploy = [1]\n")]
    [InlineData("[default.deploy.parameters]\nparameter_overrides = [1, [\"Env=x\"]]\ntemplate_file = 5\n")]
    [InlineData("[default.deploy.parameters]\nparameter_overrides = \"= file://p.json Env \"\n")]
    public void A_configuration_of_SAM_that_is_wrong_gives_nothing(string config) =>
        Assert.Equal("'dev'", Stacks.Show(new Stacks(false, ("template.yaml", Text), ("samconfig.toml", config)).Property("A", "P")));

    [Fact]
    public void A_file_is_for_the_templates_beside_it_that_have_its_parameters()
    {
        var stacks = new Stacks(
            new LoadOptions { Variables = [File("iac/p.json"), new VariableInput(VariableSource.CommandLine, "Zones", "z")] },
            ("iac/a.yaml", Text),
            ("iac/b.yaml", "Parameters: {Other: {Type: String, Default: o}}\nResources: {B: {Type: 'AWS::X::Y', Properties: {P: !Ref Other}}}\n"),
            ("other/a.yaml", Text.Replace("A:", "C:", StringComparison.Ordinal)),
            ("iac/p.json", """{"Env": "prod"}"""));
        Assert.Equal("{P: 'prod', Q: ['z']}", Stacks.Show(stacks["A"].Body));
        Assert.Equal("{P: 'o'}", Stacks.Show(stacks["B"].Body));
        Assert.Equal("{P: 'dev', Q: ['z']}", Stacks.Show(stacks["C"].Body));
    }

    private const string Manifest = """
        {"version": "38.0.0", "artifacts": {
          "App.assets": {"type": "cdk:asset-manifest"},
          "App": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1",
            "properties": {"templateFile": "App.template.json", "stackName": "app-prod", "parameters": {"Env": "prod"}}},
          "Any": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "Any.template.json"}}}}
        """;

    private const string App = """
        {"Parameters": {"Env": {"Type": "String"}}, "Resources": {
          "A": {"Type": "AWS::X::Y", "Metadata": {"aws:cdk:path": "App/A"}, "Properties": {"P": {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/r:${Env}"}, "N": {"Ref": "AWS::StackName"}}},
          "Nested": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "AppNested.nested.template.json", "aws:asset:property": "TemplateURL"},
            "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/b/k.json"}}}}}
        """;

    [Fact]
    public void The_CDK_says_where_a_stack_goes()
    {
        var stacks = new Stacks(
            false,
            ("cdk.out/manifest.json", Manifest),
            ("cdk.out/App.template.json", App),
            ("cdk.out/AppNested.nested.template.json", """{"Resources": {"R": {"Type": "AWS::X::Y", "Properties": {"P": {"Ref": "AWS::Region"}}}}}"""),
            ("cdk.out/Any.template.json", """{"Resources": {"B": {"Type": "AWS::X::Y", "Properties": {"P": {"Ref": "AWS::Region"}, "N": {"Ref": "AWS::StackName"}}}}}"""),
            ("cdk.out/asset.0123/x.template.json", """{"Resources": {"X": {"Type": "AWS::X::Y"}}}"""),
            ("cdk.out/tree.json", """{"version": "tree-0.1", "tree": {"id": "App", "attributes": {"Resources": "AWS::X::Y", "Type": 1}}}"""));
        Assert.Empty(stacks.Problems);
        Assert.Empty(stacks.Inventory.Gaps);
        Assert.Equal(["B", "A", "Nested", "Nested.R"], stacks.Paths);
        Assert.Equal("{P: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/r:prod', N: 'app-prod'}", Stacks.Show(stacks["A"].Body));
        Assert.Equal("{P: 'eu-west-1'}", Stacks.Show(stacks["Nested.R"].Body));
        Assert.Equal("{P: <AWS::Region>, N: 'Any'}", Stacks.Show(stacks["B"].Body));
        Assert.Equal("{region: 'eu-west-1', allowed_account_ids: ['111122223333']}", Stacks.Show(stacks["Nested.R"].Provider));
        Assert.Null(stacks["B"].Provider);
    }

    [Fact]
    public void Context_that_the_CDK_missed_leaves_its_stacks_open()
    {
        var stacks = new Stacks(
            false,
            ("out/manifest.json", Manifest.Replace("\"version\"", "\"missing\": [{\"key\": \"vpc\"}], \"version\"", StringComparison.Ordinal)),
            ("out/App.template.json", """{"Resources": {"A": {"Type": "AWS::X::Y"}}}"""),
            ("out/asset.1/x.json", """{"Resources": {"X": {"Type": "AWS::X::Y"}}}"""));
        Assert.Equal(["cdk-context-missing"], stacks.Codes);
        Assert.Equal(["A"], stacks.Paths);
        Assert.Equal("out/App.template.json", Assert.Single(stacks.Inventory.Gaps).Scope);
    }

    [Fact]
    public void A_function_without_a_role_gets_one()
    {
        var stacks = new Stacks("a.yaml", """
            Transform: AWS::Serverless-2016-10-31
            Globals: {Function: {Timeout: 3, VpcConfig: {SubnetIds: [a]}, Environment: {Variables: {A: 1}}}}
            Parameters: {Make: {Type: String}}
            Conditions: {C: !Equals [!Ref Make, "yes"]}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Condition: C
                Properties:
                  PackageType: Image
                  Timeout: 9
                  Environment: {Variables: {B: 2}}
                  Policies:
                    - AWSLambdaSQSQueueExecutionRole
                    - AmazonEC2ContainerRegistryReadOnly
                    - arn:aws:iam::aws:policy/ReadOnlyAccess
                    - !Ref Own
                    - DynamoDBReadPolicy: {TableName: t}
                    - {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "ecr:*", Resource: "*"}]}
              G: {Type: "AWS::Serverless::Function", Properties: {Role: !GetAtt FRole.Arn, Policies: AWSLambdaRole}}
              M: {Type: "AWS::Serverless::StateMachine", Properties: {}}
              Own: {Type: "AWS::IAM::ManagedPolicy"}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal(["FRole", "F", "G", "MRole", "M", "Own"], stacks.Paths);
        Assert.Equal("AWS::IAM::Role", stacks["FRole"].Type);
        Assert.Equal(stacks["F"].Guard, stacks["FRole"].Guard);
        Assert.Equal(
            "['arn:<NoValue>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:<NoValue>:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', "
            + "'arn:<NoValue>:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole', 'arn:<NoValue>:iam::aws:policy/<External>AmazonEC2ContainerRegistryReadOnly', "
            + "'arn:aws:iam::aws:policy/ReadOnlyAccess', <Own.Ref>]",
            Stacks.Show(stacks.Property("FRole", "ManagedPolicyArns")));
        Assert.Equal(
            "[{PolicyName: 'Policy0', PolicyDocument: <NotComputed>}, {PolicyName: 'Policy1', PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 'ecr:*', Resource: '*'}]}}]",
            Stacks.Show(stacks.Property("FRole", "Policies")));
        Assert.Equal("<FRole.Arn>", Stacks.Show(stacks.Property("F", "Role")));
        Assert.Equal("<FRole.Arn>", Stacks.Show(stacks.Property("G", "Role")));
        Assert.Equal("'9'", Stacks.Show(stacks.Property("F", "Timeout")));
        Assert.Equal("{Variables: {B: '2', A: '1'}}", Stacks.Show(stacks.Property("F", "Environment")));
        Assert.Contains("states.amazonaws.com", Stacks.Show(stacks["MRole"].Body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_does_not_wait_for_what_its_events_name()
    {
        var stacks = new Stacks("a.yaml", """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Api: {Type: "AWS::Serverless::Api", Properties: {DefinitionBody: {uri: !GetAtt F.Arn}}}
              F: {Type: "AWS::Serverless::Function", Properties: {Events: {Any: {Type: Api, Properties: {RestApiId: !Ref Api}}}}}
            """);
        Assert.Empty(stacks.Problems);
        Assert.Equal("F", Assert.Single(stacks["Api"].Dependencies).Target.Path);
        Assert.Equal("FRole", Assert.Single(stacks["F"].Dependencies).Target.Path);
    }

    [Fact]
    public void A_serverless_application_is_a_nested_stack()
    {
        var stacks = new Stacks(
            false,
            ("a.yaml", "Transform: AWS::Serverless-2016-10-31\nResources: {S: {Type: 'AWS::Serverless::Application', Properties: {Location: b/b.yaml}}}\n"),
            ("b/b.yaml", "Resources: {R: {Type: 'AWS::X::Y'}}\n"));
        Assert.Equal(["S", "S.R"], stacks.Paths);
    }
}
