using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Newtonsoft.Json.Linq;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Whatever stands where a text is expected, the whole way from files to verdicts ends with an answer and without an error of the analyzer.</summary>
public sealed class WrongTypeTests
{
    private const string Template = """
        {
          "AWSTemplateFormatVersion": "2010-09-09", "Description": "d", "Transform": ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"],
          "Parameters": {"Env": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}, "Ids": {"Type": "CommaDelimitedList"}, "Ami": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": "/a/b"}},
          "Mappings": {"M": {"dev": {"size": "t3.large"}}},
          "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}, "Not": {"Fn::Not": [{"Condition": "IsProd"}]}, "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Condition": "Not"}]}},
          "Rules": {"R": {"RuleCondition": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}, "Assertions": [{"Assert": {"Fn::Contains": [["a"], {"Ref": "Env"}]}, "AssertDescription": "x"}]}},
          "Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": true}},
            "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": {"Fn::Select": ["0", {"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, "4", "8"]}]}, "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}}},
            "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.ecr.api"}, "VpcEndpointType": "Interface", "PrivateDnsEnabled": false, "SubnetIds": [{"Ref": "Subnet"}], "SecurityGroupIds": [{"Ref": "Group"}], "PolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:*", "Resource": "*"}]}}},
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": "443", "CidrIp": "10.0.0.0/16"}]}},
            "Role": {"Type": "AWS::IAM::Role", "Condition": "Not", "DependsOn": ["Vpc"], "DeletionPolicy": "Retain", "Metadata": {"aws:cdk:path": "a/b"}, "Properties": {
              "RoleName": {"Fn::Join": ["-", ["node", {"Ref": "Env"}]]},
              "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceAccount": "1"}}}]},
              "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy", {"Fn::If": ["IsProd", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy", {"Ref": "AWS::NoValue"}]}],
              "Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": ["ecr:BatchGetImage"], "Resource": {"Fn::GetAtt": "Repository.Arn"}}}}]}},
            "Profile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"Roles": [{"Ref": "Role"}]}},
            "Repository": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "shop/api", "RepositoryPolicyText": {"Statement": [{"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "ecr:*"}]}}},
            "Cluster": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": "shop", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "ResourcesVpcConfig": {"SubnetIds": [{"Ref": "Subnet"}], "EndpointPrivateAccess": "true"}}},
            "Template": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {"LaunchTemplateData": {"ImageId": {"Ref": "Ami"}, "InstanceType": {"Fn::FindInMap": ["M", {"Ref": "Env"}, "size", {"DefaultValue": "t3.small"}]}, "UserData": {"Fn::Base64": {"Fn::Sub": ["#!/bin/bash\n/etc/eks/bootstrap.sh ${C}", {"C": {"Ref": "Cluster"}}]}}, "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}}}},
            "Nodes": {"Type": "AWS::EKS::Nodegroup", "Properties": {"ClusterName": {"Ref": "Cluster"}, "NodeRole": {"Fn::GetAtt": ["Role", "Arn"]}, "Subnets": [{"Ref": "Subnet"}], "LaunchTemplate": {"Id": {"Ref": "Template"}, "Version": "1"}, "AmiType": "AL2023_x86_64_STANDARD", "Labels": {"a": "b"}, "Taints": [{"Key": "a", "Value": "b", "Effect": "NO_SCHEDULE"}]}},
            "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": "f", "ExecutionRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "RequiresCompatibilities": ["FARGATE"], "ContainerDefinitions": [{"Name": "c", "Image": "1.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1", "Environment": [{"Name": "AWS_ACCESS_KEY_ID", "Value": "x"}]}]}},
            "Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "child.json", "Parameters": {"P": {"Fn::ImportValue": "shop-out"}}}},
            "Call": {"Type": "AWS::Serverless::Function", "Properties": {"PackageType": "Image", "ImageUri": "x", "Policies": ["AWSLambdaExecute"]}},
            "Fn::ForEach::Each": ["Name", ["A", "B"], {"Queue${Name}": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Name"}}}}]
          },
          "Outputs": {"Out": {"Value": {"Fn::Split": [",", "a,b"]}, "Condition": "IsProd", "Export": {"Name": "shop-out"}}}
        }
        """;

    private const string Manifests = """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api", "namespace": "shop", "labels": {"app": "api"}, "annotations": {"argocd.argoproj.io/sync-wave": "1"}}, "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "api"}}, "template": {
            "metadata": {"labels": {"app": "api", "azure.workload.identity/use": "true"}}, "spec": {"serviceAccountName": "api", "nodeSelector": {"pool": "a"}, "imagePullSecrets": [{"name": "pull"}], "tolerations": [{"key": "a", "operator": "Equal", "value": "b", "effect": "NoSchedule"}],
              "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "pool", "operator": "In", "values": ["a"]}]}]}}},
              "containers": [{"name": "c", "image": "1.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1", "imagePullPolicy": "Always", "env": [{"name": "AWS_ACCESS_KEY_ID", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]}], "initContainers": [{"name": "i", "image": "busybox"}]}}}},
          {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "api", "namespace": "shop", "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/api"}}, "imagePullSecrets": [{"name": "pull"}], "automountServiceAccountToken": true},
          {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "pull", "namespace": "shop"}, "type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": "e30="}},
          {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "job"}, "spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "c", "image": "nginx"}]}}}}}},
          {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": {"name": "default"}, "spec": {"disruption": {"consolidateAfter": "1m", "budgets": [{"nodes": "0"}]}, "template": {"spec": {"expireAfter": "720h", "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "default"}, "requirements": [{"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]}]}}}},
          {"apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass", "metadata": {"name": "default"}, "spec": {"role": "node", "amiFamily": "AL2023", "amiSelectorTerms": [{"alias": "al2023@latest"}], "subnetSelectorTerms": [{"tags": {"a": "b"}}], "metadataOptions": {"httpTokens": "required"}}},
          {"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "metadata": {"name": "c", "region": "eu-west-1", "version": "1.30"}, "iam": {"withOIDC": true, "serviceAccounts": [{"metadata": {"name": "a", "namespace": "b"}, "attachPolicyARNs": ["arn:aws:iam::aws:policy/x"]}]}, "managedNodeGroups": [{"name": "ng", "privateNetworking": true, "iam": {"withAddonPolicies": {"imageBuilder": true}, "attachPolicyARNs": ["arn:aws:iam::aws:policy/y"]}}]},
          {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": {"name": "r"}, "spec": {"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "kube_pod_container_status_waiting_reason{reason=\"ImagePullBackOff\"} > 0", "for": "5m"}]}]}},
          {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "pull", "namespace": "shop"}, "spec": {"refreshInterval": "13h", "target": {"name": "pull", "template": {"type": "Opaque"}}, "dataFrom": [{"sourceRef": {"generatorRef": {"kind": "ECRAuthorizationToken", "name": "ecr"}}}]}},
          {"apiVersion": "kubelet.config.k8s.io/v1", "kind": "CredentialProviderConfig", "providers": [{"name": "ecr-credential-provider", "apiVersion": "credentialprovider.kubelet.k8s.io/v1", "matchImages": ["*.dkr.ecr.*.amazonaws.com"], "defaultCacheDuration": "1h", "tokenAttributes": {"serviceAccountTokenAudience": "a", "requireServiceAccount": true, "cacheType": "Token", "optionalServiceAccountAnnotationKeys": ["b"]}}]},
          {"apiVersion": "bootstrap.cluster.x-k8s.io/v1beta1", "kind": "KubeadmConfigTemplate", "metadata": {"name": "k"}, "spec": {"template": {"spec": {"joinConfiguration": {"nodeRegistration": {"kubeletExtraArgs": {"image-credential-provider-config": "/a"}}}, "files": [{"path": "/a", "content": "kind: CredentialProviderConfig"}]}}}},
          {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "app"}, "spec": {"source": {"repoURL": "https://example.com/x.git", "path": "k8s"}, "destination": {"namespace": "shop", "server": "https://kubernetes.default.svc"}}},
          {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization", "metadata": {"name": "apps", "namespace": "flux-system"}, "spec": {"path": "./apps", "prune": true, "dependsOn": [{"name": "infra"}], "sourceRef": {"kind": "GitRepository", "name": "x"}}}
        ]}
        """;

    private static readonly Lazy<RuleFiles> Rules = new(() => RuleFiles.Find([], [], new ProblemLog()));

    [Theory]
    [InlineData("template.json", "list")]
    [InlineData("template.json", "map")]
    [InlineData("template.json", "number")]
    [InlineData("template.json", "null")]
    [InlineData("manifests.json", "list")]
    [InlineData("manifests.json", "map")]
    [InlineData("manifests.json", "number")]
    [InlineData("manifests.json", "null")]
    public void A_value_of_any_type_in_place_of_a_scalar_is_answered(string path, string type)
    {
        var places = Scalars(Read(path)).Count;
        Assert.True(places > 100, $"{places} scalars");
        for (var at = 0; at < places; at++)
        {
            var root = Read(path);
            var scalar = Scalars(root)[at];
            var where = scalar.Path;
            scalar.Replace(type switch
            {
                "list" => new JArray("a", new JObject()),
                "map" => new JObject { ["a"] = new JArray() },
                "number" => new JValue(7),
                _ => JValue.CreateNull(),
            });
            Assert.Null(Record.Exception(() => Answered(path, root.ToString())) is { } error ? $"{where}: {error}" : null);
        }
    }

    [Fact]
    public void What_was_right_before_is_read()
    {
        var (template, manifests) = (Answered("template.json", Template), Answered("manifests.json", Manifests));
        Assert.True(template > 15, $"{template} resources");
        Assert.True(manifests > 9, $"{manifests} objects");
    }

    /// <summary>How many resources there are; no error of the analyzer is among the problems.</summary>
    private static int Answered(string path, string text)
    {
        var problems = new ProblemLog();
        var files = new MemoryFiles(
            (path, text), ("child.json", """{"Parameters": {"P": {"Type": "String"}}, "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "P"}}}}}"""),
            ("ok.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ok}\n"));
        var analysis = Analysis.Of(files, new LoadOptions { Parallelism = 1 }, problems);
        analysis.Decide(Rules.Value);
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code == "internal-error");
        Assert.Contains(analysis.Inventory.Resources, resource => resource.Name == "ok");
        return analysis.Inventory.Resources.Count;
    }

    private static JToken Read(string path) => JToken.Parse(path == "template.json" ? Template : Manifests);

    private static List<JValue> Scalars(JToken root) => [.. ((JContainer)root).DescendantsAndSelf().OfType<JValue>()];
}
