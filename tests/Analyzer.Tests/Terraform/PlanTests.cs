using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Reports;

namespace Analyzer.Tests.Terraform;

/// <summary>Plans in the form of <c>terraform show -json</c>, with and without the sources they were made from.</summary>
public class PlanTests
{
    private const string Sources = """
        variable "name" {
          default = "from-sources"
        }
        resource "aws_iam_role" "node" {
          count = 1
          name  = var.name
        }
        resource "aws_eks_node_group" "n" {
          node_role_arn = aws_iam_role.node[0].arn
          cluster_name  = "c"
          scaling_config {
            min_size = 1
          }
        }
        module "vpc" {
          source = "terraform-aws-modules/security-group/aws"
        }
        """;

    private const string Plan = """
        {"format_version":"1.2","terraform_version":"1.11.4","variables":{"name":{"value":"from-plan"}},
        "resource_changes":[
        {"address":"aws_iam_role.node[0]","mode":"managed","type":"aws_iam_role","name":"node","index":0,"change":{"actions":["create"],"before":null,
          "after":{"name":"from-plan","description":null},"after_unknown":{"arn":true,"id":true},"after_sensitive":{}}},
        {"address":"aws_eks_node_group.n","mode":"managed","type":"aws_eks_node_group","name":"n","change":{"actions":["create"],"before":null,
          "after":{"cluster_name":"c","password":"hush","scaling_config":[{"min_size":1}]},"after_unknown":{"node_role_arn":true,"arn":true,"scaling_config":[{"desired_size":true}]},"after_sensitive":{"password":true}}},
        {"address":"module.vpc.aws_security_group.this[\"a.b\"]","module_address":"module.vpc","mode":"managed","type":"aws_security_group","name":"this","index":"a.b","change":{"actions":["no-op"],"before":{},
          "after":{"id":"sg-1"},"after_unknown":{},"after_sensitive":{}}},
        {"address":"aws_iam_role.gone","mode":"managed","type":"aws_iam_role","name":"gone","change":{"actions":["delete"],"before":{"name":"gone"},"after":null,"after_unknown":{}}},
        {"address":"aws_iam_role.forgotten","mode":"managed","type":"aws_iam_role","name":"forgotten","change":{"actions":["forget"],"before":{},"after":null,"after_unknown":{}}}],
        "prior_state":{"values":{"root_module":{"resources":[],"child_modules":[{"address":"module.vpc","resources":[{"address":"module.vpc.data.aws_region.current","mode":"data","type":"aws_region","name":"current","values":{"name":"eu-west-1"},"sensitive_values":{}}]}]}}},
        "configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"constant_value":"eu-west-1"}}}},"root_module":{"resources":[
          {"address":"aws_iam_role.node","type":"aws_iam_role","name":"node","provider_config_key":"aws","expressions":{"name":{"references":["var.name"]}}},
          {"address":"aws_eks_node_group.n","type":"aws_eks_node_group","name":"n","provider_config_key":"aws","depends_on":["module.vpc"],
           "expressions":{"node_role_arn":{"references":["aws_iam_role.node[0].arn","aws_iam_role.node[0]","aws_iam_role.node"]},"cluster_name":{"constant_value":"c"},"scaling_config":[{"min_size":{"constant_value":1}}]}}],
          "module_calls":{"vpc":{"source":"x","module":{"resources":[]}}}}}}
        """;

    [Fact]
    public void Values_are_those_of_the_plan_and_places_those_of_the_sources()
    {
        var loaded = With([("main.tf", Sources), ("plan.json", Plan)]);
        Assert.Equal(["aws_iam_role.node[0]", "aws_eks_node_group.n", "module.vpc.aws_security_group.this[\"a.b\"]", "module.vpc.data.aws_region.current"], loaded.Addresses);
        Assert.Equal("\"from-plan\"", loaded.Attribute("aws_iam_role.node[0]", "name"));
        var group = loaded["aws_eks_node_group.n"];
        Assert.Equal("main.tf:8:1", group.Place.ToString());
        Assert.Equal("?aws_iam_role.node[0].arn", Loaded.Show(group.Body["node_role_arn"]));
        Assert.Equal("[{min_size: 1, desired_size: ?aws_eks_node_group.n.scaling_config[0].desired_size}]", Loaded.Show(group.Body["scaling_config"]));
        Assert.Equal("absent", Loaded.Show(group.Body["arn"]));
        Assert.Equal("main.tf:15:1", loaded["module.vpc.aws_security_group.this[\"a.b\"]"].Place.ToString());
        Assert.Empty(loaded.Inventory.Gaps);
    }

    [Fact]
    public void Without_sources_the_plan_says_where_and_after_what()
    {
        var loaded = With([("plan.json", Plan)]);
        var group = loaded["aws_eks_node_group.n", "plan.json"];
        Assert.Equal("plan.json:5:12", group.Place.ToString());
        Assert.Equal("\"eu-west-1\"", Loaded.Show(group.Provider!["region"]));
        Assert.Equal(["module.vpc", "aws_iam_role.node"], group.Dependencies.Select(each => each.Target.Path));
        Assert.Equal("?aws_eks_node_group.n.node_role_arn", Loaded.Show(group.Body["node_role_arn"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_sensitive_is_never_shown(bool hasSources)
    {
        var loaded = With(hasSources ? [("main.tf", Sources), ("plan.json", Plan)] : [("plan.json", Plan)]);
        using var output = new StringWriter();
        ModelReport.WriteResources(loaded.Inventory, output);
        ModelReport.WriteJson(loaded.Inventory, loaded.Problems, output);
        Assert.DoesNotContain("hush", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("sensitive", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What is copied by a provider has no mark in a plan.</summary>
    [Fact]
    public void A_text_that_is_secret_in_one_place_is_secret_in_all()
    {
        const string Plan = """
            {"format_version":"1.2","terraform_version":"1.11.4","variables":{"key":{"value":"of-a-variable"}},"resource_changes":[
            {"address":"terraform_data.a","mode":"managed","type":"terraform_data","name":"a","change":{"actions":["no-op"],"before":{"input":{"pw":"hidden"},"output":{"pw":"hidden"}},
             "after":{"input":{"pw":"hidden"},"output":{"pw":"hidden","list":["hidden","open","of-a-variable"]}},"after_unknown":{},"before_sensitive":{},"after_sensitive":{"input":{"pw":true},"output":{}}}}],
            "configuration":{"root_module":{"variables":{"key":{"sensitive":true}}}}}
            """;
        var output = Assert.IsType<MapValue>(new Loaded([("plan.json", Plan)], new LoadOptions { Plans = ["plan.json"] })["terraform_data.a", "plan.json"].Body["output"]);
        Assert.True(output["pw"]!.IsSensitive);
        Assert.Equal([true, false, true], Assert.IsType<ListValue>(output["list"]).Values.Select(value => value.IsSensitive));
    }

    [Fact]
    public void A_part_of_a_plan_leaves_the_world_open() => Assert.Equal(
        "the plan is not complete",
        Assert.Single(With([("plan.json", Plan.Replace("\"terraform_version\"", "\"complete\":false,\"terraform_version\"", StringComparison.Ordinal))]).Inventory.Gaps).Reason);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format_version\": \"2.0\", \"configuration\": {}}")]
    [InlineData("{\"format_version\": \"1.0\", \"resource_changes\": 1}")]
    public void What_is_no_plan_is_a_problem_or_nothing(string text)
    {
        var loaded = With([("main.tf", Sources), ("plan.json", text)]);
        Assert.DoesNotContain("internal-error", loaded.Codes);
        Assert.Equal("\"from-sources\"", loaded.Attribute("aws_iam_role.node[0]", "name"));
    }

    private static Loaded With((string, string)[] files) => new(files, new LoadOptions { Plans = ["plan.json"] });
}
