using Analyzer.CloudFormation;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath;
using Analyzer.PullPath.Model;
using Analyzer.Terraform;

namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>The network side of one Terraform file or template, as short texts.</summary>
internal sealed class Networks
{
    private readonly FactModel _facts;
    private readonly IReadOnlyList<Function> _functions;

    internal Networks(string text, string path = "main.tf")
    {
        var inventory = new Inventory();
        var problems = new ProblemLog();
        var files = new MemoryFiles((path, text));
        TerraformLoader.Load(files, new LoadOptions { Parallelism = 1 }, inventory, problems);
        CloudFormationLoader.Load(files, new LoadOptions { Parallelism = 1 }, inventory, problems);
        var model = ModelReader.Read(inventory, problems);
        (_facts, _functions) = (model.Facts, model.Functions);
    }

    /// <summary>A VPC, two subnets, and what a test adds.</summary>
    internal static Networks With(string text) => new("""
        resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
        resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
        resource "aws_nat_gateway" "main" { subnet_id = "subnet-1" }
        resource "aws_route_table" "private" { vpc_id = aws_vpc.main.id }
        resource "aws_subnet" "private" {
          count  = 2
          vpc_id = aws_vpc.main.id
        }
        resource "aws_route_table_association" "private" {
          count          = 2
          subnet_id      = aws_subnet.private[count.index].id
          route_table_id = aws_route_table.private.id
        }
        """ + "\n" + text);

    internal string Exit(string subnet) => Show(Find<Subnet>(Analyzer.PullPath.Model.Subnet.Fields, subnet).Exit);

    internal string PoolExit(string pool) => Show(Find<NodePool>(NodePool.Fields, pool).Exit);

    internal NodePool Pool(string address) => Find<NodePool>(NodePool.Fields, address);

    internal Endpoint Endpoint(string address) => Find<Endpoint>(Analyzer.PullPath.Model.Endpoint.Fields, address);

    internal Network Network(string address) => Find<Network>(Analyzer.PullPath.Model.Network.Fields, address);

    internal Subnet Subnet(string address) => Find<Subnet>(Analyzer.PullPath.Model.Subnet.Fields, address);

    /// <summary>Asks a function as a rule does.</summary>
    internal Value Ask(string function, params ReadOnlySpan<Value> arguments) => _functions.Single(each => each.Name == function).Body(new Call([.. arguments], null));

    internal static string Show(Value value) => value switch
    {
        TextValue text => text.ToString(),
        BoolValue flag => flag.Value ? "true" : "false",
        NullValue => "null",
        FactValue link => link.Fact.Address.Path,
        ListValue list => $"[{string.Join(", ", list.Items.Select(item => Show(item.Value) + (item.Guard.IsAlways ? "" : "?")))}{(list.IsOpen ? "..." : "")}]",
        _ => "?",
    };

    private T Find<T>(Shape shape, string address)
        where T : Fact => _facts.All<T>(shape).Single(fact => fact.Address.Path == address);
}
