using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;
using Analyzer.Tests.Rules;

namespace Analyzer.Tests.CloudFormation;

/// <summary>
/// Images that the CDK builds go to the repository of its bootstrap stack; a template names them by account and region, which the manifest may know or not. The role that pulls one needs that
/// repository.
/// </summary>
public sealed class CdkImageTests
{
    private const string Known = "aws://111122223333/eu-west-1";
    private const string Unknown = "aws://unknown-account/unknown-region";
    private const string Own = "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";
    private const string All = """["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]""";

    private const string Missing = "aws-ecs-execution-role-missing-ecr-pull";
    private const string Elsewhere = "aws-node-policy-scope-excludes-image";

    [Theory]
    [InlineData(Known, Own, All, "")]
    [InlineData(Unknown, Own, All, "")]
    [InlineData(Known, "cdk-hnb659fds-container-assets-111122223333-eu-west-1", All, "")]
    [InlineData(Known, Own, """["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"]""", Missing + " Fail")]
    [InlineData(Unknown, Own, """["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"]""", Missing + " Fail")]
    [InlineData(Known, "cdk-other1234-container-assets-${AWS::AccountId}-${AWS::Region}", All, Elsewhere + " Fail")]
    [InlineData(Unknown, "cdk-other1234-container-assets-${AWS::AccountId}-${AWS::Region}", All, Elsewhere + " Fail")]
    [InlineData(Known, "cdk-hnb659fds-container-assets-111122223333-eu-west-2", All, Elsewhere + " Fail")]
    [InlineData(Unknown, "cdk-hnb659fds-container-assets-111122223333-eu-west-2", All, Elsewhere + " Undecided")]
    public void The_role_that_pulls_an_image_asset_needs_its_repository(string environment, string granted, string actions, string expected)
    {
        var files = new MemoryFiles(
            ("cdk.out/manifest.json", $$"""
                {"version": "38.0.0", "artifacts": {
                  "App.assets": {"type": "cdk:asset-manifest", "properties": {"file": "App.assets.json"} },
                  "App": {"type": "aws:cloudformation:stack", "environment": "{{environment}}", "properties": {"templateFile": "App.template.json"} } } }
                """),
            ("cdk.out/App.assets.json", """
                {"version": "38.0.0", "files": {}, "dockerImages": {"0123456789abcdef": {"source": {"directory": "asset.0123456789abcdef"}, "destinations": {"current_account-current_region": {
                  "repositoryName": "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}", "imageTag": "0123456789abcdef"}}}}}
                """),
            ("cdk.out/App.template.json", $$"""
                {"Resources": {
                  "Role": {"Type": "AWS::IAM::Role", "Properties": {
                    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]} } },
                  "Policy": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "p", "Roles": [{"Ref": "Role"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Action": {{actions}}, "Resource": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":ecr:", {"Ref": "AWS::Region"}, ":", {"Ref": "AWS::AccountId"},
                      ":repository/", {"Fn::Sub": "{{granted}}"}]]} },
                    {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}]} } },
                  "Task": {"Type": "AWS::ECS::TaskDefinition", "Metadata": {"aws:cdk:path": "App/Task/Resource"}, "Properties": {
                    "RequiresCompatibilities": ["FARGATE"], "ExecutionRoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                    "ContainerDefinitions": [{"Name": "api", "Image": {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/{{Own}}:0123456789abcdef"} }]} } } }
                """));
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(files, problems);
        var verdicts = Judge.Decide([.. BuiltInRuleTests.Rules.Where(rule => rule.Id is Missing or Elsewhere)], model.Facts, model.Functions, problems)
            .Where(verdict => verdict.Outcome is Outcome.Fail or Outcome.Undecided).ToList();
        Assert.Empty(problems.Sorted());
        Assert.Equal(expected, string.Join(", ", verdicts.Select(verdict => $"{verdict.Rule.Id} {verdict.Outcome}")));

        // What has to be changed stands in the template, also where the manifest says which account and region.
        Assert.All(verdicts.SelectMany(verdict => verdict.Related), related => Assert.Equal("cdk.out/App.template.json", related.Place.File.Path));
    }
}
