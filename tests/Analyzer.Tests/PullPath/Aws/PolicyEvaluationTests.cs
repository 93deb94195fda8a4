using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.Tests.PullPath.Aws;

public class PolicyEvaluationTests
{
    private const string App = "arn:aws:ecr:eu-west-1:111122223333:repository/app";

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","Action":["s3:Get*","ECR:batchget*"],"Resource":"*"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:BatchGetImag?","Resource":["arn:aws:s3:::x","arn:*:ecr:*:*:repository/*"]}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","NotAction":"ecr:*","Resource":"*"}""", Truth.No)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","NotResource":"arn:aws:ecr:*:*:repository/app"}""", Truth.No)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","NotResource":"arn:aws:ecr:*:*:repository/other"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/APP"}""", Truth.No)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:Describe*","Resource":"*"}""", Truth.No)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*"}""", Truth.No)]
    [InlineData("""{"Effect":"Deny","Action":"ecr:*","Resource":"*"}""", Truth.No)]
    public void A_statement_decides_by_action_and_resource(string statement, Truth expected) =>
        Assert.Equal(expected, Decide($$"""{"Version":"2012-10-17","Statement":{{statement}}}""", Pull(App)).Result);

    [Theory]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", Truth.Yes)]
    [InlineData("""{"Bool":{"aws:ViaAWSService":"false"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"aws:RequestedRegion":["us-east-1","eu-west-1"]}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}""", Truth.No)]
    [InlineData("""{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}""", Truth.Yes)]
    [InlineData("""{"StringLike":{"aws:RequestedRegion":"eu-*"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", Truth.Unknown)]
    [InlineData("""{"StringEquals":{"aws:RequestedRegion":"eu-west-1","ecr:ResourceTag/team":"a"}}""", Truth.Unknown)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}""", Truth.Unknown)]
    public void A_condition_is_decided_only_on_keys_that_are_known(string condition, Truth expected) =>
        Assert.Equal(expected, Decide($$$"""{"Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{{{condition}}}}]}""", Pull(App)).Result);

    [Fact]
    public void A_deny_wins_over_an_allow() => Assert.Equal(Truth.No, Decide(
        """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ecr:BatchGet*","Resource":"*"}]}""", Pull(App)).Result);

    [Fact]
    public void A_deny_under_an_undecidable_condition_leaves_it_unknown_and_says_why()
    {
        var decision = Decide(
            """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}]}""", Pull(App));
        Assert.Equal(Truth.Unknown, decision.Result);
        Assert.Contains(decision.Causes, cause => cause.Detail.Contains("aws:SourceVpce", StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_needs_the_star_because_the_action_knows_no_resources()
    {
        var scoped = $$$"""{"Statement":{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"{{{App}}}"}}""";
        Assert.Equal(Truth.No, Decide(scoped, PullRequests.For("ecr:GetAuthorizationToken")).Result);
        Assert.Equal(Truth.Yes, Decide(scoped.Replace(App, "*", StringComparison.Ordinal), PullRequests.For("ecr:GetAuthorizationToken")).Result);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/app"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:s3:::bucket/*"}""", Truth.No)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","NotResource":"arn:aws:ecr:*:*:repository/secret"}""", Truth.Yes)]
    [InlineData("""{"Effect":"Allow","Action":"ecr:*","NotResource":"*"}""", Truth.No)]
    public void Without_a_known_image_one_usable_repository_is_enough(string statement, Truth expected) =>
        Assert.Equal(expected, Decide($$"""{"Statement":{{statement}}}""", PullRequests.For("ecr:BatchGetImage")).Result);

    [Fact]
    public void A_deny_of_one_repository_does_not_prove_that_none_can_be_pulled() => Assert.NotEqual(Truth.No, Decide(
        """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"arn:aws:ecr:*:*:repository/secret"}]}""",
        PullRequests.For("ecr:BatchGetImage")).Result);

    [Fact]
    public void A_hole_in_a_resource_may_match_and_its_own_literals_still_refute()
    {
        var account = new UnknownValue(UnknownReason.External, "account");
        var arn = TextValue.Of([new TextPart("arn:aws:ecr:eu-west-1:"), new TextPart(account), new TextPart(":repository/app")]);
        Assert.Equal(Truth.Unknown, PolicyEvaluation.Decide(Allow("ecr:*", arn), Pull(App)).Result);
        Assert.Equal(Truth.No, PolicyEvaluation.Decide(Allow("ecr:*", arn), Pull(App + "-2")).Result);
        Assert.Equal(Truth.Yes, PolicyEvaluation.Decide(Allow("ecr:*", arn), PullRequests.For("ecr:BatchGetImage")).Result);
    }

    [Fact]
    public void An_open_statement_list_never_proves_that_nothing_is_allowed()
    {
        var open = new ListValue([]) { OpenBecause = [new Cause(UnknownReason.NoValue, "variable", null, null)] };
        var decision = PolicyEvaluation.Decide(MapValue.Of(("Statement", open)), Pull(App));
        Assert.Equal(Truth.Unknown, decision.Allow);
        Assert.Equal("variable", decision.Causes[0].Detail);
    }

    [Fact]
    public void A_document_of_a_conditional_is_decided_only_when_all_cases_agree()
    {
        var guard = Guard.When("p", true, "var.wide");
        Value Choose(string other) => ChoiceValue.Of(
            [new Alternative(guard, Allow("ecr:*", new TextValue("*"))), new Alternative(Guard.When("p", false, "var.wide"), Allow(other, new TextValue("*")))]);
        Assert.Equal(Truth.Yes, PolicyEvaluation.Decide(Choose("ecr:Batch*"), Pull(App)).Result);
        Assert.Equal(Truth.Unknown, PolicyEvaluation.Decide(Choose("s3:*"), Pull(App)).Result);
    }

    [Fact]
    public void Text_that_is_no_document_is_unknown() => Assert.Equal(Truth.Unknown, Decide("not json", Pull(App)).Result);

    private static AccessRequest Pull(string arn) => PullRequests.For("ecr:BatchGetImage") with
    {
        Resource = new TextValue(arn),
        ResourceHoles = Holes.Unknown,
        Key = key => key == "aws:requestedregion" ? new TextValue("eu-west-1") : PullRequests.SafeKey(key),
    };

    private static MapValue Allow(string action, Value resource) =>
        MapValue.Of(("Statement", MapValue.Of(("Effect", new TextValue("Allow")), ("Action", new TextValue(action)), ("Resource", resource))));

    private static Decision Decide(string json, AccessRequest request) => PolicyEvaluation.Decide(new TextValue(json), request);
}
