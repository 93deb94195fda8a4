using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>ECR repositories.</summary>
internal sealed class EcrReader : IReader
{
    public void Read(World world) => world.AddEach(world.Managed("aws_ecr_repository", "AWS::ECR::Repository", "awscc_ecr_repository"), static resource =>
    {
        var name = resource.Type == "aws_ecr_repository" ? resource.At("name") : resource.Field("repository_name", "RepositoryName");
        var region = AwsResources.RegionOf(resource);
        Value account = Accounts.Of(resource) is { } known ? known : new UnknownValue(UnknownReason.External, "account", resource.Place) { Reference = new Reference(resource.Address, "registry_id") };
        return new Registry
        {
            Kind = "ecr",
            Name = name is NullValue ? new UnknownValue(UnknownReason.Computed, "the name is made up when it is created", resource.Place) : name,
            Host = TextValue.Of([new TextPart(account), new TextPart(".dkr.ecr."), new TextPart(region), new TextPart(".amazonaws.com")]),
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
            Account = account,
            Region = region,
        };
    });

    public void Join(World world)
    {
    }
}
