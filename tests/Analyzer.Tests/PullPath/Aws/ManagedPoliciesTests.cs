using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.Tests.PullPath.Aws;

public class ManagedPoliciesTests
{
    private static readonly string[] Actions = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    public static TheoryData<string, string, string> Expected()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "PullPath", "Aws", "Data", "managed-policies-expected.txt")))
        {
            var parts = line.Split(' ');
            data.Add(parts[0], parts[1], parts[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void The_catalogue_agrees_with_the_policies_of_AWS(string name, string pull, string missing)
    {
        var answers = Actions.ToDictionary(action => action, action => PolicyEvaluation.Decide(ManagedPolicies.Find(name)!, PullRequests.For(action)));
        switch (pull)
        {
            case "full" or "named-repositories":
                Assert.All(answers.Values, answer => Assert.Equal(Truth.Yes, answer.Result));
                break;
            case "deny":
                Assert.Contains(answers.Values, answer => answer.Deny == Truth.Yes);
                break;
            case "conditional" or "conditional-deny":
                Assert.Contains(answers.Values, answer => answer.Result == Truth.Unknown);
                break;
            default:
                Assert.Equal(missing.Split(','), answers.Where(answer => answer.Value.Result == Truth.No).Select(answer => answer.Key));
                break;
        }
    }

    [Theory]
    [InlineData("AmazonEKSWorkerNodePolicy", "ecr:BatchGetImage", Truth.No)]
    [InlineData("AmazonEKSWorkerNodePolicy", "eks-auth:AssumeRoleForPodIdentity", Truth.Yes)]
    [InlineData("AmazonEC2ContainerRegistryPullOnly", "ecr:BatchCheckLayerAvailability", Truth.No)]
    [InlineData("AmazonEKS_CNI_Policy", "s3:GetObject", Truth.No)]
    [InlineData("AmazonEKS_CNI_Policy", "ec2:AssignPrivateIpAddresses", Truth.Unknown)]
    [InlineData("AmazonS3ReadOnlyAccess", "s3:GetObject", Truth.Yes)]
    [InlineData("AmazonS3ReadOnlyAccess", "s3:PutObject", Truth.No)]
    [InlineData("AmazonSSMManagedInstanceCore", "secretsmanager:GetSecretValue", Truth.No)]
    [InlineData("PowerUserAccess", "dynamodb:PutItem", Truth.Yes)]
    [InlineData("AmazonS3TablesFullAccess", "ecr:CreateRepository", Truth.Unknown)]
    [InlineData("AnthropicFullAccess", "s3:GetObject", Truth.Unknown)]
    [InlineData("AnthropicFullAccess", "ecr:BatchGetImage", Truth.No)]
    [InlineData("AmazonRoute53FullAccess", "ecr:BatchGetImage", Truth.No)]
    [InlineData("AmazonRoute53FullAccess", "ecr:CreateRepository", Truth.Unknown)]
    public void Of_other_actions_it_says_only_what_it_knows(string name, string action, Truth expected) =>
        Assert.Equal(expected, PolicyEvaluation.Decide(ManagedPolicies.Find(name)!, PullRequests.For(action)).Result);

    [Fact]
    public void A_name_nobody_knows_has_no_document() => Assert.Null(ManagedPolicies.Find("AmazonECSTaskExecutionRolePolicy"));

    [Fact]
    public void An_ARN_is_recognised_below_the_partition()
    {
        Assert.Equal("service-role/X", ManagedPolicies.NameOf(new TextValue("arn:aws-cn:iam::aws:policy/service-role/X")));
        var partition = new TextPart(new UnknownValue(UnknownReason.External, "partition"));
        Assert.Equal("AmazonEKS_CNI_Policy", ManagedPolicies.NameOf(TextValue.Of([new TextPart("arn:"), partition, new TextPart(":iam::aws:policy/AmazonEKS_CNI_Policy")])));
        Assert.Equal("AmazonEKS_CNI_Policy", ManagedPolicies.NameOf(TextValue.Of([partition, new TextPart("/AmazonEKS_CNI_Policy")])));
        Assert.Null(ManagedPolicies.NameOf(new TextValue("arn:aws:iam::111122223333:policy/AmazonEKS_CNI_Policy")));
        Assert.Null(ManagedPolicies.NameOf(TextValue.Of([partition, new TextPart("/Mine")])));
    }
}
