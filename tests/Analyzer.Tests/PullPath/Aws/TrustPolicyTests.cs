using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;

namespace Analyzer.Tests.PullPath.Aws;

public class TrustPolicyTests
{
    private const string Api = "system:serviceaccount:shop:api";

    [Theory]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:api"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:*"}}""", Truth.No)]
    [InlineData("""{"StringLike":{"issuer:sub":"system:serviceaccount:shop:*"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"https://issuer:sub":"system:serviceaccount:shop:api"}}""", Truth.No)]
    [InlineData("""{"StringNotEquals":{"https://issuer:sub":"system:serviceaccount:shop:web"}}""", Truth.Yes)]
    [InlineData("""{"StringEqualsIfExists":{"https://issuer:sub":"system:serviceaccount:shop:web"}}""", Truth.Yes)]
    [InlineData("""{"ForAllValues:StringEquals":{"https://issuer:sub":"system:serviceaccount:shop:web"}}""", Truth.Yes)]
    [InlineData("""{"Null":{"https://issuer:sub":"true"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:api","issuer:aud":"shop"}}""", Truth.No)]
    public void A_token_is_admitted_by_its_subject_and_audience(string condition, Truth expected) =>
        Assert.Equal(expected, Decide(condition, new TextValue(Api), new TextValue("sts.amazonaws.com")));

    [Theory]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:api","issuer:aud":"sts.amazonaws.com"}}""", Truth.Yes)]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:*"}}""", Truth.No)]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop:ap?"}}""", Truth.No)]
    [InlineData("""{"StringEquals":{"issuer:sub":"system:serviceaccount:shop"}}""", Truth.No)]
    [InlineData("""{"StringEquals":{"issuer:sub":["system:serviceaccount:shop:*","system:serviceaccount:shop:api"]}}""", Truth.Yes)]
    [InlineData("""{"StringLike":{"issuer:sub":"system:serviceaccount:shop:*"}}""", Truth.Yes)]
    [InlineData("""{"StringLike":{"issuer:sub":"*"}}""", Truth.Yes)]
    [InlineData("""{"StringNotEquals":{"issuer:sub":"system:serviceaccount:shop:api"}}""", Truth.Yes)]
    [InlineData("""{"StringNotLike":{"issuer:sub":"system:serviceaccount:*"}}""", Truth.No)]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", Truth.Unknown)]
    public void A_policy_admits_somebody_or_nobody(string condition, Truth expected) =>
        Assert.Equal(expected, Decide(condition, NullValue.Instance, NullValue.Instance));

    [Fact]
    public void A_deny_of_some_does_not_prove_that_nobody_is_admitted()
    {
        var trust = PolicyText.Decode(new TextValue(
            """{"Statement":[{"Effect":"Allow","Action":"*","Principal":{"Federated":"provider"}},{"Effect":"Deny","Action":"*","Principal":{"Federated":"provider"},"Condition":{"StringLike":{"issuer:sub":"system:serviceaccount:shop:*"}}}]}"""));
        Assert.NotEqual(Truth.No, TrustPolicies.Decide(trust, NullValue.Instance, NullValue.Instance).Result);
    }

    private static Truth Decide(string condition, Value subject, Value audience) => TrustPolicies.Decide(
        PolicyText.Decode(new TextValue($$"""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"provider"},"Condition":{{condition}}}]}""")),
        subject,
        audience).Result;
}
