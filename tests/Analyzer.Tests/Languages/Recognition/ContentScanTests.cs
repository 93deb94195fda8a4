using System.Text;
using Analyzer.Languages.Recognition;

namespace Analyzer.Tests.Languages.Recognition;

public sealed class ContentScanTests
{
    [Theory]
    [InlineData("a.yaml", "apiVersion: v1\nkind: Pod\n", ContentKinds.Kubernetes)]
    [InlineData("a.json", """{"kind" : "Pod", "apiVersion": "v1"}""", ContentKinds.Kubernetes)]
    [InlineData("a.yaml", "apiVersion: v1\n# some kind of thing\n", ContentKinds.None)]
    [InlineData("a.yaml", "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n", ContentKinds.Eksctl | ContentKinds.Kubernetes)]
    [InlineData("a.yaml", "AWSTemplateFormatVersion: 2010-09-09\n", ContentKinds.CloudFormation)]
    [InlineData("a.template", "Resources:\n  A:\n    Type: AWS::EKS::Cluster\n", ContentKinds.CloudFormation)]
    [InlineData("a.json", """{"Resources": {"A": {"Type": "Custom::X"}}}""", ContentKinds.CloudFormation)]
    [InlineData("a.yaml", "Resources: AWS::EKS::Cluster\n", ContentKinds.None)]
    [InlineData("base/kustomization.yaml", "resources: [a.yaml]\n", ContentKinds.Kustomization)]
    [InlineData("Kustomization", "", ContentKinds.Kustomization)]
    [InlineData("plan.json", """{"format_version":"1.2","terraform_version":"1.9.0"}""", ContentKinds.TerraformPlan)]
    [InlineData("a.yaml", "openapi: 3.0.0\ninfo: {title: x}\n", ContentKinds.None)]
    [InlineData("a.yaml", "kind", ContentKinds.None)]
    [InlineData("a.yaml", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"//\"\n\n--//\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n", ContentKinds.None)]
    public void Content_is_recognised_without_parsing(string path, string text, ContentKinds expected) =>
        Assert.Equal(expected, ContentScan.Of(path, Encoding.UTF8.GetBytes(text)));
}
