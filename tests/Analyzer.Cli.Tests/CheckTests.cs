using Newtonsoft.Json.Linq;

namespace Analyzer.Cli.Tests;

public sealed class CheckTests
{
    private const string Broken = """
        resource "aws_iam_role" "node" {
          name = "node"
          assume_role_policy = jsonencode({
            Version   = "2012-10-17"
            Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
          })
        }

        resource "aws_eks_cluster" "c" {
          name     = "shop"
          role_arn = "arn:aws:iam::210987654321:role/cluster"
        }

        resource "aws_eks_node_group" "n" {
          cluster_name  = aws_eks_cluster.c.name
          node_role_arn = aws_iam_role.node.arn
          subnet_ids    = ["subnet-0a1b2c3d"]
        }

        """;

    private const string Rule = "aws-node-role-missing-ecr-pull";

    [Fact]
    public void Nothing_to_report_is_status_0()
    {
        using var repository = new Repository(("main.tf", "locals {\n  a = 1\n}\n"));
        var run = Command.Run(repository.Folder, "check");
        Assert.Equal((0, ""), (run.Status, run.Output));
        Assert.Contains("nothing to report", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_is_status_1_and_shows_the_line_to_edit()
    {
        using var repository = new Repository(("infra/main.tf", Broken));
        var run = Command.Run(repository.Folder, "check");
        Assert.Equal(1, run.Status);
        Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
        Assert.Contains("--> infra/main.tf:16:", run.Output, StringComparison.Ordinal);
        Assert.Contains("16 |   node_role_arn = aws_iam_role.node.arn", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_sounds_secret_in_a_heredoc_is_not_shown()
    {
        using var repository = new Repository(
            ("main.tf", "resource \"kubectl_manifest\" \"a\" {\n  yaml_body = <<-EOT\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata:\n      name: api\n      annotations:\n        secret: s3cret.abc\n  EOT\n}\n"),
            ("rules/ours.yaml", "title: Says something\nlevel: warning\nsince: 0.1.0\nfor: service_account\nrequire: 'false'\nanchor: 'service_account.annotations[\"secret\"]'\nmessage: it does\nwhy: w\nfix: f\nexamples: []\n"));
        var run = Command.Run(repository.Folder, "check", "--rules", "rules");
        Assert.Contains("secret: ***", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_threshold_moves_the_status_and_not_the_report()
    {
        using var repository = new Repository(("main.tf", Broken));
        var run = Command.Run(repository.Folder, "check", "--fail-on", "never");
        Assert.Equal(0, run.Status);
        Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_report_keeps_its_contract()
    {
        using var repository = new Repository(("main.tf", Broken));
        var report = JObject.Parse(Command.Run(repository.Folder, "check", ".", "--format", "json").Output);
        Assert.Equal("pullpath/1", report["format"]);
        var finding = report["findings"]!.Single(each => each["rule"]!.Value<string>() == Rule);
        Assert.Equal("error", finding["level"]);
        Assert.Equal("aws_eks_node_group.n", finding["address"]);
        Assert.Equal("main.tf", finding["primary"]!["path"]);
        Assert.Equal(16, finding["primary"]!["startLine"]);
        Assert.Matches("^[0-9a-f]{32}$", finding["fingerprint"]!.Value<string>()!);
        foreach (var count in new[] { "files", "resources", "facts", "passed", "failed", "undecided", "suppressed" })
        {
            Assert.Equal(JTokenType.Integer, report["summary"]![count]!.Type);
        }
    }

    [Fact]
    public void Several_formats_go_to_several_files_in_one_run()
    {
        using var repository = new Repository(("main.tf", Broken));
        var run = Command.Run(repository.Folder, "check", "--format", "json=out.json", "--format", "sarif=out.sarif", "--format", "text");
        Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
        Assert.Equal("pullpath/1", JObject.Parse(File.ReadAllText(Path.Join(repository.Folder, "out.json")))["format"]);
        var sarif = JObject.Parse(File.ReadAllText(Path.Join(repository.Folder, "out.sarif")));
        var result = sarif["runs"]![0]!["results"]!.Single(each => each["ruleId"]!.Value<string>() == Rule);
        Assert.Equal("main.tf", result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]);
        Assert.NotNull(result["partialFingerprints"]!["pullPath/v1"]);
        Assert.Null(result["partialFingerprints"]!["primaryLocationLineHash"]);
    }

    [Fact]
    public void Sarif_without_findings_still_has_its_results()
    {
        using var repository = new Repository(("main.tf", ""));
        var sarif = JObject.Parse(Command.Run(repository.Folder, "check", "--format", "sarif").Output);
        Assert.Empty(sarif["runs"]![0]!["results"]!);
        Assert.Equal("2.1.0", sarif["version"]);
    }

    [Fact]
    public void Paths_choose_what_is_reported()
    {
        using var repository = new Repository(("infra/main.tf", Broken), ("other/main.tf", "locals {\n}\n"));
        Assert.Equal(0, Command.Run(repository.Folder, "check", "other").Status);
        Assert.Equal(1, Command.Run(repository.Folder, "check", "infra/main.tf").Status);
        Assert.Equal(1, Command.Run(Path.Join(repository.Folder, "infra"), "check").Status);
    }

    [Fact]
    public void A_comment_suppresses_a_finding_and_is_counted()
    {
        using var repository = new Repository(("main.tf", Broken.Replace("  node_role_arn", $"  # pullpath:ignore {Rule} the nodes only run public images\n  node_role_arn", StringComparison.Ordinal)));
        var report = JObject.Parse(Command.Run(repository.Folder, "check", "--rule", Rule, "--format", "json").Output);
        Assert.Empty(report["findings"]!);
        Assert.Equal(1, report["summary"]!["suppressed"]);
    }

    [Fact]
    public void Ignored_and_hidden_files_are_not_analysed()
    {
        using var repository = new Repository(
            (".gitignore", "generated/\n*.skip.tf\n"), ("generated/main.tf", Broken), ("a.skip.tf", Broken), (".hidden/main.tf", Broken), ("node_modules/x/main.tf", Broken),
            (".terraform/modules/x/main.tf", Broken));
        Assert.Equal(0, Command.Run(repository.Folder, "check").Status);
    }

    [Theory]
    [InlineData("generated", 1)]
    [InlineData("generated/deep", 1)]
    [InlineData("generated/deep/main.tf", 1)]
    [InlineData(".out/build", 1)]
    [InlineData("generated/other", 0)]
    [InlineData(".", 0)]
    public void What_is_ignored_is_analysed_when_it_is_named(string path, int status)
    {
        using var repository = new Repository(
            (".gitignore", "generated/\n.out\n"), ("main.tf", "locals {\n}\n"), ("generated/deep/main.tf", Broken), ("generated/other/main.tf", "locals {\n}\n"), (".out/build/main.tf", Broken));
        Assert.Equal(status, Command.Run(repository.Folder, "check", path).Status);
    }

    [Fact]
    public void A_folder_that_is_a_project_of_its_own_is_analysed_apart()
    {
        using var repository = new Repository(("main.tf", "locals {\n}\n"), ("sample/pullpath.yaml", "# a project\n"), ("sample/main.tf", Broken));
        Assert.Equal(0, Command.Run(repository.Folder, "check").Status);
        Assert.Equal(1, Command.Run(repository.Folder, "check", "sample").Status);
    }

    [Fact]
    public void Incompleteness_fails_only_when_asked()
    {
        using var repository = new Repository(("main.tf", "locals {\n  a = (\n}\n"));
        Assert.Equal(0, Command.Run(repository.Folder, "check").Status);
        var strict = Command.Run(repository.Folder, "check", "--strict");
        Assert.Equal(3, strict.Status);
        Assert.Contains("main.tf:", strict.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--nonsense")]
    [InlineData("check", "missing-folder")]
    [InlineData("check", "--format", "xml")]
    [InlineData("check", "--rule", "no-such-rule")]
    [InlineData("check", "--rules", "no-such-folder")]
    [InlineData("explain", "no-such-rule")]
    [InlineData("nonsense")]
    public void Wrong_usage_is_one_clear_line_and_status_2(params string[] arguments)
    {
        using var repository = new Repository();
        var run = Command.Run(repository.Folder, arguments);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_broken_rule_file_is_named_with_its_place()
    {
        using var repository = new Repository(("main.tf", Broken), ("mine/my-rule.yaml", "title: Mine\nlevel: error\nfor: node_pool\nrequire: node_pool.nonsense == 1\nmessage: no\n"));
        var run = Command.Run(repository.Folder, "check", "--rules", "mine");
        Assert.Equal(2, run.Status);
        Assert.Contains("my-rule.yaml:4:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_for_a_kind_that_does_not_exist_is_named_with_its_place()
    {
        using var repository = new Repository(("main.tf", Broken), ("mine/my-rule.yaml", "title: Mine\nlevel: error\nfor: node_pol\nrequire: node_pol.is_live\nmessage: no\nwhy: because\nfix: rename\n"));
        var run = Command.Run(repository.Folder, "check", "--rules", "mine");
        Assert.Equal(2, run.Status);
        Assert.Contains("my-rule.yaml:3:", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"node_pol\" is no kind of fact", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_the_user_judges_like_a_built_in_one()
    {
        using var repository = new Repository(("main.tf", Broken), ("mine/pool-name.yaml", """
            title: Pools have long names
            level: warning
            for: node_pool
            require: length(node_pool.address) > 100
            message: '${node_pool.address} is short'
            why: because
            fix: rename
            """));
        var run = Command.Run(repository.Folder, "check", "--rules", "mine", "--rule", "pool-name");
        Assert.Equal(1, run.Status);
        Assert.Contains("aws_eks_node_group.n is short", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_told_at_once()
    {
        using var repository = new Repository();
        Assert.Equal((0, "0.1.0"), (Command.Run(repository.Folder, "--version").Status, Command.Run(repository.Folder, "--version").Output.Trim()));
    }

    [Fact]
    public void Rules_are_listed_and_explained()
    {
        using var repository = new Repository();
        Assert.Contains(Rule, Command.Run(repository.Folder, "rules").Output, StringComparison.Ordinal);
        var page = Command.Run(repository.Folder, "explain", Rule).Output;
        Assert.Contains("Why", page, StringComparison.Ordinal);
        Assert.Contains("Fix", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_arguments_changes_nothing()
    {
        using var repository = new Repository(("a/main.tf", Broken), ("b/main.tf", Broken), ("c/main.tf", Broken));
        foreach (var format in (string[])["text", "json", "sarif"])
        {
            var run = Command.Run(repository.Folder, "check", "--format", format, "a", "b");
            Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
            Assert.Equal(run.Output, Command.Run(repository.Folder, "check", "b", "--format", format, "a").Output);
        }
    }

    [Fact]
    public void The_model_is_shown_at_every_stage()
    {
        using var repository = new Repository(("main.tf", Broken));
        Assert.Contains("aws_iam_role aws_iam_role.node  main.tf:1:1", Command.Run(repository.Folder, "model", "--stage", "resources").Output, StringComparison.Ordinal);
        Assert.Contains("node_pool aws_eks_node_group.n", Command.Run(repository.Folder, "model").Output, StringComparison.Ordinal);
        var json = JObject.Parse(Command.Run(repository.Folder, "model", "--stage", "resources", "--format", "json").Output);
        Assert.Equal("pullpath-model/1", json["format"]);
        Assert.Contains(json["resources"]!, resource => resource["address"]!.Value<string>() == "aws_iam_role.node");
    }

    [Theory]
    [InlineData("{name: AZURE_CLIENT_SECRET, value: h3r3-15-n0-r34l-s3cr3t-at-all}")]
    [InlineData("{\"name\":\"AZURE_CLIENT_SECRET\",\"value\":\"h3r3-15-n0-r34l-s3cr3t-at-all\"}")]
    [InlineData("{value: h3r3-15-n0-r34l-s3cr3t-at-all, name: AZURE_CLIENT_SECRET}")]
    public void A_credential_is_never_shown(string variable)
    {
        using var repository = new Repository(("pod.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: api}}\nspec:\n  containers:\n    - name: api\n      image: nginx:1.27\n      env:\n        - {variable}\n"));
        foreach (var format in (string[])["text", "json", "sarif"])
        {
            var run = Command.Run(repository.Folder, "check", "--format", format);
            Assert.Contains("k8s-static-cloud-credentials", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("h3r3", run.Output + run.Error, StringComparison.Ordinal);
        }
    }
}
