using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class ModuleTests
{
    private const string Role = "resource \"aws_iam_role\" \"this\" {}";

    [Fact]
    public void Called_modules_are_no_roots_unless_they_stand_alone()
    {
        var loaded = Loaded.Files(
            ("live/main.tf", "module \"a\" { source = \"../modules/a\" }\nmodule \"b\" { source = \"../modules/b\" }\nmodule \"c\" { source = \"../modules/c\" }"),
            ("modules/a/main.tf", Role),
            ("modules/a/.terraform.lock.hcl", ""),
            ("modules/b/main.tf", Role + "\nprovider \"aws\" { region = \"eu-west-1\" }"),
            ("modules/c/main.tf", Role),
            ("modules/c/terraform.tfvars", ""));

        Assert.Equal(["live", "modules/c"], loaded.Inventory.Resources.Select(resource => resource.Address.Scope).Distinct());
        Assert.Equal(["module.a.aws_iam_role.this", "module.b.aws_iam_role.this", "module.c.aws_iam_role.this"], loaded.Addresses.Take(3));
    }

    [Fact]
    public void A_reusable_module_that_nobody_calls_has_doubtful_defaults()
    {
        const string Text = "variable \"name\" { default = \"node\" }\nresource \"aws_iam_role\" \"this\" { name = var.name }";
        var loaded = Loaded.Files(
            ("modules/iam/main.tf", Text),
            ("infra/main.tf", Text),
            ("modules/root/main.tf", Text + "\nterraform {\n  backend \"s3\" {}\n}"),
            ("modules/iam/examples/simple/main.tf", Text));

        Assert.Equal("?var.name", Loaded.Show(loaded["aws_iam_role.this", "modules/iam"]["name"]));
        Assert.Equal("\"node\"", Loaded.Show(loaded["aws_iam_role.this", "infra"]["name"]));
        Assert.Equal("\"node\"", Loaded.Show(loaded["aws_iam_role.this", "modules/root"]["name"]));
        Assert.Equal("\"node\"", Loaded.Show(loaded["aws_iam_role.this", "modules/iam/examples/simple"]["name"]));
    }

    /// <summary>A provider with arguments alone does not make a module that others call one that somebody applies with its defaults.</summary>
    [Fact]
    public void A_module_with_a_provider_of_its_own_that_another_calls_is_what_the_call_makes_of_it()
    {
        const string Text = "provider \"aws\" { region = \"eu-west-1\" }\nvariable \"groups\" { default = {} }\nresource \"aws_subnet\" \"this\" { for_each = var.groups }\nresource \"aws_vpc_endpoint\" \"this\" { subnet_ids = [for each in aws_subnet.this : each.id] }";
        var loaded = Loaded.Files(
            ("modules/infra/main.tf", Text),
            ("live/main.tf", "module \"infra\" {\n  source = \"../modules/infra\"\n  groups = { a = {} }\n}"),
            ("network/main.tf", Text));

        Assert.DoesNotContain("modules/infra", loaded.Inventory.Resources.Select(resource => resource.Address.Scope));
        Assert.Equal("[]", Loaded.Show(loaded["aws_vpc_endpoint.this", "network"]["subnet_ids"]));
        Assert.Equal("[?module.infra.aws_subnet.this[\"a\"].id]", Loaded.Show(loaded["module.infra.aws_vpc_endpoint.this", "live"]["subnet_ids"]));
    }

    [Fact]
    public void A_module_that_is_not_installed_is_a_gap_with_its_inputs()
    {
        var loaded = Loaded.Of("""
            resource "aws_vpc" "main" {}
            module "eks" {
              source     = "shop/eks/aws"
              version    = "~> 20.0"
              vpc_id     = aws_vpc.main.id
              name       = "shop"
              depends_on = [aws_vpc.main]
            }
            resource "aws_iam_role_policy_attachment" "pull" { role = module.eks.eks_managed_node_groups["a"].iam_role_name }
            """);

        var gap = Assert.Single(loaded.Inventory.Gaps);
        Assert.Equal(("module.eks", "shop/eks/aws", "~> 20.0"), (gap.Address.Path, gap.Source, gap.Version));
        Assert.Equal("{vpc_id: ?aws_vpc.main.id, name: \"shop\"}", Loaded.Show(gap.Inputs));
        Assert.Equal(Truth.Yes, gap.Mentions(new Address("", "aws_vpc.main")));
        Assert.True(gap.Dependencies.Single().IsExplicit);
        Assert.Equal("?module.eks.eks_managed_node_groups.a.iam_role_name", loaded.Attribute("aws_iam_role_policy_attachment.pull", "role"));
        Assert.Empty(loaded.Problems);
    }

    [Fact]
    public void Installed_modules_are_read_and_their_own_examples_are_not()
    {
        var loaded = Loaded.Files(
            ("main.tf", "module \"iam\" {\n  source = \"acme/iam/aws\"\n}\nmodule \"other\" {\n  source = \"acme/other/aws\"\n}"),
            (".terraform/modules/modules.json", """
                {"Modules":[{"Key":"","Source":"","Dir":"."},
                  {"Key":"iam","Source":"registry.terraform.io/acme/iam/aws","Version":"1.0.0","Dir":".terraform/modules/iam/modules/role"},
                  {"Key":"other","Source":"registry.terraform.io/acme/former/aws","Dir":".terraform/modules/other"}]}
                """),
            (".terraform/modules/iam/modules/role/main.tf", Role),
            (".terraform/modules/iam/examples/x/main.tf", Role),
            (".terraform/modules/other/main.tf", Role));

        Assert.Equal(["module.iam.aws_iam_role.this"], loaded.Addresses);
        Assert.Equal("module.other", Assert.Single(loaded.Inventory.Gaps).Address.Path);
    }

    /// <summary>What a call says, and what Terraform records of it when it installs the module.</summary>
    [Theory]
    [InlineData("github.com/acme/iam?ref=1.0", "git::https://github.com/acme/iam.git?ref=1.0")]
    [InlineData("github.com/acme/iam.git//modules/role?ref=1.0", "git::https://github.com/acme/iam.git//modules/role?ref=1.0")]
    [InlineData("bitbucket.org/acme/iam//modules/role", "git::https://bitbucket.org/acme/iam.git//modules/role")]
    [InlineData("git@example.com:acme/iam.git//modules/role?ref=1.0", "git::ssh://git@example.com/acme/iam.git//modules/role?ref=1.0")]
    [InlineData("git::ssh://git@example.com/acme/iam.git?ref=1.0", "git::ssh://git@example.com/acme/iam.git?ref=1.0")]
    public void A_module_is_installed_under_its_whole_address(string source, string recorded) => Assert.Equal(["module.iam.aws_iam_role.this"], Loaded.Files(
        ("main.tf", $"module \"iam\" {{\n  source = \"{source}\"\n}}"),
        (".terraform/modules/modules.json", $"{{\"Modules\":[{{\"Key\":\"iam\",\"Source\":\"{recorded}\",\"Dir\":\".terraform/modules/iam\"}}]}}"),
        (".terraform/modules/iam/main.tf", Role)).Addresses);

    [Fact]
    public void A_local_module_that_is_not_there_is_a_problem_and_a_gap()
    {
        var loaded = Loaded.Of("module \"iam\" { source = \"./iam\" }\n" + Role);

        Assert.Equal(["module-missing"], loaded.Codes);
        Assert.Equal("main.tf:1:25", loaded.Problems[0].Place.ToString());
        Assert.Single(loaded.Inventory.Gaps);
        Assert.Single(loaded.Inventory.Resources);
    }

    [Theory]
    [InlineData("modules/iam", true)]
    [InlineData("modules/iam/aws", false)]
    [InlineData("example.com/iam", false)]
    public void A_source_of_two_parts_is_a_folder_as_it_was_for_old_versions_of_Terraform(string source, bool isFolder)
    {
        var loaded = Loaded.Files(("main.tf", $"module \"iam\" {{ source = \"{source}\" }}"), ($"{source}/main.tf", Role));

        Assert.Equal(isFolder, loaded.Addresses.Contains("module.iam.aws_iam_role.this", StringComparer.Ordinal));
        Assert.Equal(isFolder ? 0 : 1, loaded.Inventory.Gaps.Count);
    }

    [Fact]
    public void A_file_that_does_not_parse_leaves_its_scope_open_and_the_rest_is_read()
    {
        var loaded = Loaded.Files(
            ("broken.tf", "resource \"aws_iam_role\" \"a\" {\n  name = \"a\"\n}\n\nresource \"aws_iam_role\" \"b\" {\n  name = ((\n"),
            ("main.tf", Role));

        Assert.Contains("aws_iam_role.this", loaded.Addresses);
        Assert.Contains("aws_iam_role.a", loaded.Addresses);
        Assert.Contains(loaded.Problems, problem => problem.Severity == ProblemSeverity.Incomplete);
        Assert.Null(Assert.Single(loaded.Inventory.Gaps).Inputs);
    }

    [Fact]
    public void Modules_that_call_each_other_in_a_circle_end()
    {
        var loaded = Loaded.Files(
            ("a/main.tf", "module \"b\" { source = \"../b\" }\n" + Role),
            ("b/main.tf", "module \"a\" { source = \"../a\" }\n" + Role),
            ("self/main.tf", "module \"again\" { source = \"../self\" }\n" + Role));

        Assert.Contains("module-cycle", loaded.Codes);
        Assert.Contains("aws_iam_role.this", loaded.Addresses);
        Assert.Contains("module.b.aws_iam_role.this", loaded.Addresses);
        Assert.DoesNotContain("internal-error", loaded.Codes);
    }

    [Fact]
    public void Modules_that_multiply_are_cut_off()
    {
        var files = Enumerable.Range(0, 12).Select(level => (
            $"m{level}/main.tf",
            Role + string.Concat(Enumerable.Range(0, 3).Select(call => level == 11 ? "" : $"\nmodule \"c{call}\" {{ source = \"../m{level + 1}\" }}"))));
        var loaded = Loaded.Files(files);

        Assert.Contains("module-limit", loaded.Codes);
        Assert.InRange(loaded.Inventory.Resources.Count, 1000, 2001);
    }

    [Fact]
    public void The_guard_of_a_call_guards_what_is_in_the_module()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                variable "create" { type = bool }
                module "iam" {
                  source = "./iam"
                  count  = var.create ? 1 : 0
                }
                """),
            ("iam/main.tf", Role));

        Assert.Equal("var.create", loaded["module.iam[0].aws_iam_role.this"].Guard.ToString());
        Assert.Equal("module.iam[0]", loaded["module.iam[0].aws_iam_role.this"].Module);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var files = Enumerable.Range(0, 20).Select(root => ($"root{root}/main.tf", $"resource \"x_y\" \"z{root}\" {{ a = nope() }}\nlocals {{ a = local.b\n b = local.a }}\nresource \"x_y\" \"cycle\" {{ a = local.a }}")).ToList();
        var one = new Loaded(files, new LoadOptions { Parallelism = 1 });
        var many = new Loaded(files, new LoadOptions { Parallelism = 8 });

        Assert.Equal(one.Inventory.Resources.Select(resource => resource.Address), many.Inventory.Resources.Select(resource => resource.Address));
        Assert.Equal(one.Problems.Select(problem => $"{problem.Place} {problem.Message}"), many.Problems.Select(problem => $"{problem.Place} {problem.Message}"));
    }
}
