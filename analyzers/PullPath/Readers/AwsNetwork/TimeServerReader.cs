using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Time servers that DHCP options give the machines of a VPC.</summary>
internal sealed class TimeServerReader : IReader
{
    private static readonly string[] Associations = ["aws_vpc_dhcp_options_association", "AWS::EC2::VPCDHCPOptionsAssociation"];
    private static readonly string[] Options = ["aws_vpc_dhcp_options", "AWS::EC2::DHCPOptions"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var association in world.Managed(Associations))
        {
            if (NetworkReader.NetworkOf(world, association.Field("vpc_id", "VpcId")).As<Network>() is not { } network)
            {
                continue;
            }

            var options = world.Inventory.Referents(association.Field("dhcp_options_id", "DhcpOptionsId")).Where(each => Options.Contains(each.Type)).Distinct().Take(2).ToList();
            network.TimeServers = options is [var only] && association.IsCertain
                ? only.Field("ntp_servers", "NtpServers") is not ListValue { Items: [], IsOpen: false } and var servers ? servers : NullValue.Instance
                : new UnknownValue(UnknownReason.External, $"the DHCP options of {network.Address.Path} are not known", association.Place);
        }
    }
}
