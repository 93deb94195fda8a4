using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>VPC Block Public Access: a setting of a whole region and account, with exclusions for single VPCs and subnets.</summary>
internal sealed class InternetBlocks(World world)
{
    private const string Off = "off";

    private readonly List<Resource> _options = [.. world.Managed("aws_vpc_block_public_access_options", "AWS::EC2::VPCBlockPublicAccessOptions")];
    private readonly List<Resource> _exclusions = [.. world.Managed("aws_vpc_block_public_access_exclusion", "AWS::EC2::VPCBlockPublicAccessExclusion")];

    /// <summary>What is blocked in a network; off, where nothing that is seen blocks anything.</summary>
    internal Value Of(Network network)
    {
        if (_options.Count == 0)
        {
            return new TextValue(Off);
        }

        var causes = new List<Cause>();
        foreach (var option in _options)
        {
            var here = IsHere(option, network).And(Answer.Exists(option.Existence)).And(IsExcluded(network).Not());
            if (here == Truth.Yes)
            {
                return option.Field("internet_gateway_block_mode", "InternetGatewayBlockMode");
            }

            if (here == Truth.Unknown)
            {
                causes.Add(new Cause(UnknownReason.External, $"whether {option.Address.Path} is about {network.Address.Path}", option.Place, null));
            }
        }

        return causes.Count == 0 ? new TextValue(Off) : new UnknownValue([.. causes.Take(Cause.Limit)], DataType.Text);
    }

    /// <summary>One region of one account: surely where both are managed by one configuration of the provider, or stand in one template.</summary>
    private static Truth IsHere(Resource option, Network network)
    {
        var vpc = network.Resource!;
        return option.Address.Scope != vpc.Address.Scope ? AwsResources.RegionOf(option).EqualTo(AwsResources.RegionOf(vpc)).And(Truth.Unknown)
            : option.Language == Language.CloudFormation || (ReferenceEquals(option.Provider, vpc.Provider) && option.Body["region"] is null or NullValue && vpc.Body["region"] is null or NullValue) ? Truth.Yes
            : AwsResources.RegionOf(option).EqualTo(AwsResources.RegionOf(vpc)).And(Truth.Unknown);
    }

    private Truth IsExcluded(Network network)
    {
        var answer = Truth.No;
        foreach (var exclusion in _exclusions)
        {
            var (vpc, subnet) = (exclusion.Field("vpc_id", "VpcId"), exclusion.Field("subnet_id", "SubnetId"));
            var isThis = vpc is NullValue ? Truth.No : NetworkReader.NetworkOf(world, vpc) is var link && link.As<Network>() is { } other ? Kleene.Of(ReferenceEquals(other, network)) : Truth.Unknown;
            var isInside = subnet is NullValue ? Truth.No
                : network.Subnets.Each<Subnet>().Any(each => world.Inventory.Referents(subnet).Contains(each.Resource)) || !world.Inventory.Referents(subnet).Any() ? Truth.Unknown
                : Truth.No;
            answer = answer.Or(isThis == Truth.Yes && !exclusion.IsCertain ? Truth.Unknown : isThis).Or(isInside);
        }

        return answer;
    }
}
