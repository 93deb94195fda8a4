using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>The registries from which EKS takes its add-ons: one of AWS in each region. Their owner lets every account in.</summary>
internal static class AddOnRegistries
{
    private const string Common = "602401143452";

    private static readonly string[] CommonRegions =
    [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1",
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
    ];

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["af-south-1"] = "877085696533",
        ["ap-east-1"] = "800184023465",
        ["ap-south-2"] = "900889452093",
        ["ap-southeast-3"] = "296578399912",
        ["ap-southeast-4"] = "491585149902",
        ["ca-west-1"] = "761377655185",
        ["cn-north-1"] = "918309763551",
        ["cn-northwest-1"] = "961992271922",
        ["eu-central-2"] = "900612956339",
        ["eu-south-1"] = "590381155156",
        ["eu-south-2"] = "455263428931",
        ["il-central-1"] = "066635153087",
        ["me-south-1"] = "558608220178",
        ["me-central-1"] = "759879836304",
        ["us-gov-east-1"] = "151742754352",
        ["us-gov-west-1"] = "013241004608",
    };

    /// <summary>The registry for the nodes of a pool in a region; of a region nobody knows, the account is not known either.</summary>
    internal static Registry Of(NodePool pool, Value region)
    {
        var number = region is not TextValue { Known: { } known } ? null : Array.IndexOf(CommonRegions, known) >= 0 ? Common : Others.GetValueOrDefault(known);
        Value account = number is null ? new UnknownValue(UnknownReason.External, "the region says which account of AWS has the add-ons", pool.Place, type: DataType.Text) : new TextValue(number);
        return new Registry
        {
            Kind = "ecr",
            Name = new TextValue("the add-ons of EKS"),
            Host = TextValue.Of([new TextPart(account), new TextPart(".dkr.ecr."), new TextPart(region), new TextPart(".amazonaws.com")]),
            Account = account,
            Region = region,
            IsForeign = true,
            Address = new Address("", "add-ons of EKS"),
            Place = pool.Place,
        };
    }
}
