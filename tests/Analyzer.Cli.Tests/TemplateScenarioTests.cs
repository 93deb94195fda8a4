using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Analyzer.Cli.Tests;

/// <summary>Templates are judged in every scenario that their conditions allow.</summary>
public sealed class TemplateScenarioTests
{
    private const string Template = """
        Parameters:
          Private: {Type: String, Default: "false", AllowedValues: ["true", "false"]}
          Ecr: {Type: String, AllowedValues: ["yes", "no"]}
        Conditions:
          IsPrivate: !Equals [!Ref Private, "true"]
          HasEcr: !Equals [!Ref Ecr, "yes"]
        Resources:
          Cluster: {Type: AWS::EKS::Cluster, Properties: {Name: shop, RoleArn: "arn:aws:iam::210987654321:role/cluster", ResourcesVpcConfig: {SubnetIds: [a, b]}}}
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
              ManagedPolicyArns:
                - arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy
                - arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy
                - !If [HasEcr, arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly, !Ref AWS::NoValue]
          Bare:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
              ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy, arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy]
          Nodes:
            Type: AWS::EKS::Nodegroup
            Metadata: {"aws:cdk:path": App/Nodes}
            Properties: {ClusterName: !Ref Cluster, NodeRole: !GetAtt Role.Arn, Subnets: [a]}
          More: {Type: AWS::EKS::Nodegroup, Condition: IsPrivate, Properties: {ClusterName: !Ref Cluster, NodeRole: !GetAtt Bare.Arn, Subnets: [a]}}
        """;

    private const string Rule = "aws-node-role-missing-ecr-pull";

    [Fact]
    public void A_finding_names_the_scenario_in_which_it_holds()
    {
        var findings = Findings();
        Assert.Equal(2, findings.Count);
        Assert.EndsWith(" when not HasEcr (CDK construct App/Nodes)", findings["Nodes"], StringComparison.Ordinal);
        Assert.EndsWith(" when IsPrivate", findings["More"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_decides()
    {
        Assert.Equal(["More"], Findings("--var", "Private=true", "--var", "Ecr=yes").Keys);
        Assert.Equal(["Nodes"], Findings("--var", "Private=false", "--var", "Ecr=no").Keys);
        Assert.Empty(Findings("--var-file", "params.json"));
    }

    [Theory]
    [InlineData("nodes", false)]
    [InlineData("others", true)]
    public void What_joins_with_a_template_does_so_in_every_scenario(string role, bool isFound)
    {
        var named = Template.Replace("  Role:\n    Type: AWS::IAM::Role\n    Properties:\n", "  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: nodes\n", StringComparison.Ordinal);
        (string Path, string Text)[] files =
        [
            ("template.yaml", named),
            ("policy.yaml", $$"""
                Resources:
                  Pull:
                    Type: AWS::IAM::ManagedPolicy
                    Properties:
                      Roles: [{{role}}]
                      PolicyDocument:
                        Version: 2012-10-17
                        Statement:
                          - {Effect: Allow, Resource: "*", Action: ["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]}
                """),
        ];
        var findings = Findings(files);
        Assert.Equal(isFound, findings.ContainsKey("Nodes"));
        Assert.Contains("More", findings.Keys);
    }

    [Fact]
    public void Thirty_independent_conditions_are_each_decided()
    {
        var template = new StringBuilder(
            """
            Resources:
              Cluster: {Type: AWS::EKS::Cluster, Properties: {Name: shop, RoleArn: "arn:aws:iam::210987654321:role/cluster", ResourcesVpcConfig: {SubnetIds: [a, b]}}}

            """);
        var (parameters, conditions) = (new StringBuilder("Parameters:\n"), new StringBuilder("Conditions:\n"));
        for (var at = 0; at < 30; at++)
        {
            parameters.Append(CultureInfo.InvariantCulture, $"  Ecr{at}: {{Type: String}}\n");
            conditions.Append(CultureInfo.InvariantCulture, $"  HasEcr{at}: !Equals [!Ref Ecr{at}, \"yes\"]\n");
            template.Append(CultureInfo.InvariantCulture, $$"""
                  Role{{at}}:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
                      ManagedPolicyArns:
                        - arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy
                        - arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy
                        - !If [HasEcr{{at}}, arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly, {{(at % 2 == 0 ? "!Ref AWS::NoValue" : "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser")}}]
                  Nodes{{at}}:
                    Type: AWS::EKS::Nodegroup
                    Properties: {ClusterName: !Ref Cluster, NodeRole: !GetAtt Role{{at}}.Arn, Subnets: [a]}

                """);
        }

        var findings = Findings([("template.yaml", $"{parameters}{conditions}{template}")]);
        Assert.Equal(Enumerable.Range(0, 15).Select(at => $"Nodes{2 * at}").Order(), findings.Keys.Order());
        Assert.All(findings, finding => Assert.EndsWith($" when not HasEcr{finding.Key["Nodes".Length..]}", finding.Value, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Findings(params string[] arguments) => Findings(
        [("template.yaml", Template), ("params.json", """[{"ParameterKey": "Private", "ParameterValue": "false"}, {"ParameterKey": "Ecr", "ParameterValue": "yes"}]""")], arguments);

    private static Dictionary<string, string> Findings((string Path, string Text)[] files, params string[] arguments)
    {
        using var repository = new Repository(files);
        var run = Command.Run(repository.Folder, ["check", "--format", "json", .. arguments]);
        return JObject.Parse(run.Output)["findings"]!.Where(each => (string?)each["rule"] is Rule or "aws-node-group-pull-identity-inconsistent")
            .ToDictionary(each => (string)each["address"]!, each => (string)each["message"]!);
    }
}
