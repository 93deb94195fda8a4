using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Tests.Terraform;

/// <summary>Summaries of public modules, in the place of modules that are not installed.</summary>
public class SummaryTests
{
    private const string Identity = """
        resource "azurerm_resource_group" "shop" {
          name     = "shop"
          location = "westeurope"
        }

        module "kubelet" {
          source              = "Azure/avm-res-managedidentity-userassignedidentity/azurerm"
          version             = "~> 0.5.0"
          name                = "kubelet"
          location            = azurerm_resource_group.shop.location
          resource_group_name = azurerm_resource_group.shop.name

          role_assignments = {
            pull = {
              scope                      = "/subscriptions/x"
              role_definition_id_or_name = "AcrPull"
            }
          }
        }

        """;

    [Fact]
    public void A_summary_makes_the_resources_of_the_module_that_is_not_installed()
    {
        var loaded = Loaded.Of(Identity);

        Assert.Equal("\"kubelet\"", loaded.Attribute("module.kubelet.azurerm_user_assigned_identity.this", "name"));
        Assert.Equal("\"AcrPull\"", loaded.Attribute("module.kubelet.azurerm_role_assignment.this[\"pull\"]", "role_definition_name"));
        Assert.Equal(
            "?module.kubelet.azurerm_user_assigned_identity.this.principal_id", loaded.Attribute("module.kubelet.azurerm_role_assignment.this[\"pull\"]", "principal_id"));
        Assert.Empty(loaded.Problems);
    }

    [Fact]
    public void Everything_in_a_summary_is_placed_at_the_call()
    {
        var identity = Loaded.Of(Identity)["module.kubelet.azurerm_user_assigned_identity.this"];

        Assert.Equal("module \"kubelet\"", identity.Place.Outermost.Text);
        Assert.Equal("main.tf:6:1", identity.Place.ToString());
        Assert.Equal("main.tf", identity.Place.File.Path);
        Assert.Equal("\"kubelet\"", identity.Body["name"]!.Trace!.Source.Place.Text);
    }

    [Fact]
    public void A_summarized_module_stays_a_gap_for_the_types_that_its_summary_leaves_out()
    {
        var gap = Assert.Single(Loaded.Of(Identity).Inventory.Gaps);

        Assert.False(gap.Hides("azurerm_role_assignment"));
        Assert.False(gap.Hides("aws_iam_role"));
        Assert.True(gap.Hides("azurerm_management_lock"));
        Assert.Equal(Truth.Yes, gap.Mentions(new Address("", "module.kubelet.azurerm_user_assigned_identity.this")));
        Assert.Equal(Truth.Yes, gap.Mentions(new Address("", "azurerm_resource_group.shop")));
    }

    [Fact]
    public void An_output_that_a_summary_leaves_out_is_unknown_and_may_wait_for_anything_in_the_module()
    {
        var loaded = Loaded.Of(Identity + """
            locals { all = module.kubelet }
            resource "azurerm_role_assignment" "a" {
              principal_id = module.kubelet.principal_id
              description  = module.kubelet.something_else.id
              scope        = local.all.something_else
            }
            """);

        Assert.Equal("?module.kubelet.azurerm_user_assigned_identity.this.principal_id", loaded.Attribute("azurerm_role_assignment.a", "principal_id"));
        Assert.Equal("?module.kubelet.something_else.id", loaded.Attribute("azurerm_role_assignment.a", "description"));
        Assert.StartsWith("?", loaded.Attribute("azurerm_role_assignment.a", "scope"), StringComparison.Ordinal);
        Assert.Contains(loaded["azurerm_role_assignment.a"].Dependencies, each => each.Target.Path == "module.kubelet" && !each.IsExplicit);
    }

    [Theory]
    [InlineData("version = \"~> 0.5.0\"", true)]
    [InlineData("version = \"~> 0.5\"", false)]
    [InlineData("version = \">= 0.4, < 0.5.2\"", true)]
    [InlineData("version = \"0.5.1\"", true)]
    [InlineData("version = \">= 0.3.3\"", false)]
    [InlineData("version = \"~> 0\"", false)]
    [InlineData("version = \">= 0.3.3, < 0.5\"", true)]
    [InlineData("version = \"99.0.0\"", false)]
    [InlineData("", false)]
    public void The_newest_version_that_a_constraint_admits_chooses_the_summary(string version, bool isSummarized)
    {
        var loaded = Loaded.Of($"module \"a\" {{\n  source = \"Azure/avm-res-managedidentity-userassignedidentity/azurerm\"\n  {version}\n}}");

        Assert.Equal(isSummarized, loaded.Inventory.Resources.Count > 0);
        Assert.Equal(isSummarized, Assert.Single(loaded.Inventory.Gaps).Complete is not null);
    }

    [Theory]
    [InlineData("source = \"terraform-aws-modules/eks/aws\"", "\"terraform-aws-modules/eks/aws\" is not installed, and its call names no version")]
    [InlineData("source = \"github.com/terraform-aws-modules/terraform-aws-eks?ref=main\"", "\"github.com/terraform-aws-modules/terraform-aws-eks?ref=main\" is not installed, and its call names no version")]
    [InlineData("source = \"terraform-aws-modules/eks/aws\"\n  version = \">= 19.0\"", "\"terraform-aws-modules/eks/aws\" is not installed, and its call admits versions that are not known")]
    [InlineData("source = \"shop/eks/aws\"", "\"shop/eks/aws\" is not installed")]
    public void A_module_that_some_version_constraint_would_have_shown_says_so(string call, string reason) =>
        Assert.Equal(reason, Assert.Single(Loaded.Of($"module \"a\" {{\n  {call}\n}}").Inventory.Gaps).Reason);

    [Fact]
    public void An_installed_module_is_read_itself()
    {
        var loaded = Loaded.Files(
            ("main.tf", "module \"a\" {\n  source  = \"Azure/avm-res-managedidentity-userassignedidentity/azurerm\"\n  version = \"0.5.1\"\n}"),
            (".terraform/modules/modules.json", "{\"Modules\":[{\"Key\":\"a\",\"Source\":\"registry.terraform.io/Azure/avm-res-managedidentity-userassignedidentity/azurerm\",\"Dir\":\".terraform/modules/a\"}]}"),
            (".terraform/modules/a/main.tf", "resource \"azurerm_user_assigned_identity\" \"mine\" {}"));

        Assert.Equal(["module.a.azurerm_user_assigned_identity.mine"], loaded.Addresses);
        Assert.Empty(loaded.Inventory.Gaps);
    }

    [Theory]
    [InlineData("terraform-aws-modules/eks/aws", "~> 20.1", "terraform-aws-modules/eks/aws", "", ">= 20.1, < 21")]
    [InlineData("registry.terraform.io/Azure/aks/azurerm//v4", "= 9.1.0", "azure/aks/azurerm", "v4", ">= 9.1.0, <= 9.1.0")]
    [InlineData("github.com/terraform-aws-modules/terraform-aws-eks//modules/karpenter?ref=v20.8.5", null, "terraform-aws-modules/eks/aws", "modules/karpenter", ">= 20.8.5, <= 20.8.5")]
    [InlineData("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?depth=1&ref=refs/tags/v5.1.0", null, "terraform-aws-modules/vpc/aws", "", ">= 5.1.0, <= 5.1.0")]
    [InlineData("git::ssh://git@github.com/terraform-google-modules/terraform-google-kubernetes-engine.git?ref=v33.0.0", null, "terraform-google-modules/kubernetes-engine/google", "", ">= 33.0.0, <= 33.0.0")]
    [InlineData("github.com/aws-ia/terraform-aws-eks-blueprints?ref=v4.32.1//modules/kubernetes-addons", null, "aws-ia/eks-blueprints/aws", "modules/kubernetes-addons", ">= 4.32.1, <= 4.32.1")]
    [InlineData("git@github.com:terraform-aws-modules/terraform-aws-iam.git//modules/iam-role?ref=master", null, "terraform-aws-modules/iam/aws", "modules/iam-role", null)]
    [InlineData("github.com/terraform-aws-modules/terraform-aws-eks?ref=v20", null, "terraform-aws-modules/eks/aws", "", null)]
    [InlineData("terraform-aws-modules/eks/aws", null, "terraform-aws-modules/eks/aws", "", null)]
    [InlineData("app.terraform.io/shop/eks/aws", "1.0.0", null, "", null)]
    [InlineData("git::https://gitlab.com/shop/terraform-aws-eks.git?ref=v1.0.0", null, null, "", null)]
    [InlineData("github.com/shop/infrastructure?ref=v1.0.0", null, null, "", null)]
    public void A_source_is_called_as_in_the_registry(string source, string? version, string? name, string folder, string? versions)
    {
        var address = ModuleAddress.Parse(source, version);

        Assert.Equal(name, address?.Name);
        Assert.Equal(folder, address?.Folder ?? "");
        Assert.Equal(versions, address?.Versions?.ToString());
    }

    [Fact]
    public void A_folder_of_a_module_may_be_complete_of_more_than_the_others()
    {
        var gaps = Loaded.Of("""
            module "cluster" {
              source       = "aws-ia/eks-blueprints/aws"
              version      = "4.12.2"
              cluster_name = "shop"
            }
            module "addons" {
              source         = "github.com/aws-ia/terraform-aws-eks-blueprints//modules/kubernetes-addons?ref=v4.12.2"
              eks_cluster_id = module.cluster.eks_cluster_id
            }
            """).Inventory.Gaps;

        Assert.False(gaps.Single(gap => gap.Address.Path == "module.cluster").Hides("aws_iam_role"));
        Assert.True(gaps.Single(gap => gap.Address.Path == "module.addons").Hides("aws_iam_role"));
        Assert.All(gaps, gap => Assert.False(gap.Hides("aws_eks_node_group")));
    }

    [Fact]
    public void Every_summary_has_a_manifest_that_can_be_read_and_versions_of_its_own()
    {
        var all = ModuleSummary.All.ToList();

        Assert.All(all, Assert.NotNull);
        Assert.All(all, summary => Assert.NotEmpty(summary!.Complete));
        Assert.All(all, summary => Assert.All(summary!.Complete, type => Assert.Contains(type[..type.IndexOf('_', StringComparison.Ordinal)], summary.Providers)));
        Assert.All(all.SelectMany(summary => summary!.CompleteIn.Keys, (summary, folder) => (summary, folder)), each =>
            Assert.NotEmpty(each.summary!.FilesIn(each.folder == "." ? each.summary.Folder : $"{each.summary.Folder}/{each.folder}")));
        foreach (var module in all.GroupBy(summary => summary!.Folder[..summary.Folder.LastIndexOf('/')]))
        {
            Assert.All(module, one => Assert.All(module.Where(other => other != one), other => Assert.True(one!.Versions.And(other!.Versions).IsEmpty, one.Folder)));
        }
    }
}
