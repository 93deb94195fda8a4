using System.Globalization;
using System.Text;

namespace Analyzer.Benchmarks;

/// <summary>Generates CloudFormation templates.</summary>
internal static class TemplateText
{
    /// <summary>A cluster with a node group for each of some conditions, none of which has to do with another: without its own, the role of a node group may not pull.</summary>
    internal static string Conditions(int count)
    {
        var (parameters, conditions, resources) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var at = 0; at < count; at++)
        {
            parameters.Append(CultureInfo.InvariantCulture, $"  Ecr{at}: {{Type: String}}\n");
            conditions.Append(CultureInfo.InvariantCulture, $"  HasEcr{at}: !Equals [!Ref Ecr{at}, \"yes\"]\n");
            resources.Append(CultureInfo.InvariantCulture, $$"""
                  Role{{at}}:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
                      ManagedPolicyArns:
                        - arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy
                        - arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy
                        - !If [HasEcr{{at}}, arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly, !Ref AWS::NoValue]
                  Nodes{{at}}:
                    Type: AWS::EKS::Nodegroup
                    Properties: {ClusterName: !Ref Cluster, NodeRole: !GetAtt Role{{at}}.Arn, Subnets: [a]}

                """);
        }

        return $$"""
            Parameters:
            {{parameters}}
            Conditions:
            {{conditions}}
            Resources:
              Cluster: {Type: AWS::EKS::Cluster, Properties: {Name: shop, RoleArn: "arn:aws:iam::210987654321:role/cluster", ResourcesVpcConfig: {SubnetIds: [a, b]} } }
            {{resources}}
            """;
    }
}
