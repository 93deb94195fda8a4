using System.Text;
using System.Text.Json;
using Analyzer.Facts.Resources;
using Analyzer.Rules;

namespace Analyzer.Cli.Tests;

/// <summary>Hostile and broken files: a problem with its place, an answer for all the rest, and an end.</summary>
public sealed class BadInputTests
{
    private const string Good = "resource \"aws_ecr_repository\" \"good\" {\n  name = \"good\"\n}\n";

    public static TheoryData<string, string, string> Inputs => new()
    {
        { "bad/main.tf", "resource \"a\" \"b\" {\n  x = \"", "syntax-error" },
        { "bad/main.tf", "<<<<<<< HEAD\nlocals {\n}\n=======\n>>>>>>> x\n", "syntax-error" },
        { "bad/main.tf", "locals {\n  x = " + new string('[', 100_000) + "\n}\n", "nesting-limit" },
        { "bad/main.tf", "locals {\n  a = local.b\n  b = local.a\n}\noutput \"x\" {\n  value = local.a\n}\nresource \"r\" \"r\" {\n  x = local.a\n}\n", "cycle" },
        { "bad/main.tf", "module \"m\" {\n  source = \"./m\"\n}\n", "module" },
        { "bad/main.tf", "resource \"r\" \"r\" {\n  x = nonsense(1)\n}\n", "" },
        { "bad/main.tf", "resource \"r\" \"r\" {\n  x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]\n}\n", "" },
        { "bad/main.tf", "locals {\r\n  a = 1\r\n  a = 2\r\n}\r\n", "syntax-error" },
        { "bad/main.tf", "\uFEFFlocals {\n  a = 1\n}\n", "" },
        { "bad/bomb.yaml", Bomb(), "" },
        { "bad/twice.yaml", "apiVersion: v1\nkind: Pod\nkind: Pod\nmetadata:\n  name: x\n", "duplicate-key" },
        { "bad/chart.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n{{- if .Values.x }}\n  x: [\n{{- end }}\n", "templated-yaml" },
        { "bad/binary.tf", "\0\u0001\u0002\u0003\0\0\0", "syntax-error" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Bad_input_costs_only_itself(string path, string text, string problem)
    {
        using var repository = new Repository(("good/main.tf", Good), (path, text));
        var run = Command.Run(repository.Folder, "model", "--stage", "resources");
        Assert.Equal(0, run.Status);
        Assert.Contains("aws_ecr_repository.good", run.Output, StringComparison.Ordinal);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal-error", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Command.Run(repository.Folder, "check").Status);
    }

    /// <summary>Its tests are full of hostile files, and its summaries are modules that nobody calls.</summary>
    [Fact]
    public void This_repository_is_checked_to_its_end()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder.FullName, "Analyzer.sln")))
        {
            folder = folder.Parent!;
        }

        var run = Command.Run(folder.FullName, "check", ".", "--format", "json");
        Assert.InRange(run.Status, 0, 1);
        Assert.DoesNotContain("internal-error", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_beyond_the_size_of_a_run_is_not_read_whoever_asks_first()
    {
        using var repository = new Repository(("a.tf", Good), ("b.tf", "#" + new string(' ', 1000)), ("c.tf", Good));
        foreach (var order in (string[][])[["a.tf", "b.tf", "c.tf"], ["c.tf", "b.tf", "a.tf"]])
        {
            var problems = new ProblemLog();
            var files = new DiskFiles(repository.Folder, problems, runLimit: 500);
            Assert.Equal(["a.tf"], order.Where(path => files.Read(path) is not null));
            Assert.Equal(["run-too-large", "run-too-large"], problems.Sorted().Select(problem => problem.Code));
        }
    }

    [Fact]
    public void What_is_beyond_the_size_of_a_run_may_hold_what_seems_to_be_missing()
    {
        const string Nodes = """
            resource "aws_iam_role" "node" {
              name               = "node"
              assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
            }
            resource "aws_eks_node_group" "main" {
              cluster_name  = "shop"
              node_role_arn = aws_iam_role.node.arn
              subnet_ids    = ["subnet-1"]
            }
            """;
        using var repository = new Repository(("main.tf", Nodes), ("more.tf", "#" + new string(' ', 2000)));
        Assert.Contains(Outcome.Fail, Decided(long.MaxValue));
        Assert.DoesNotContain(Outcome.Fail, Decided(Nodes.Length + 10));

        IEnumerable<Outcome> Decided(long limit)
        {
            var problems = new ProblemLog();
            var analysis = Analysis.Of(new DiskFiles(repository.Folder, problems, limit), new LoadOptions { Parallelism = 1 }, problems);
            return [.. analysis.Decide(RuleFiles.Find([], ["aws-node-role-missing-ecr-pull"], problems)).Select(verdict => verdict.Outcome)];
        }
    }

    [Fact]
    public void What_was_cut_off_is_a_notification_and_has_its_own_exit_status()
    {
        using var repository = new Repository(("main.tf", Good + "resource \"r\" \"r\" {\n  x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]\n}\n"));
        var run = Command.Run(repository.Folder, "check", "--strict", "--format", "sarif");
        Assert.Equal(ExitCodes.Incomplete, run.Status);
        var notifications = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("toolExecutionNotifications");
        Assert.Contains(notifications.EnumerateArray(), each => each.GetProperty("descriptor").GetProperty("id").GetString() == "evaluation-limit" && each.GetProperty("level").GetString() == "warning");
    }

    [Fact]
    public void A_circle_of_modules_ends()
    {
        using var repository = new Repository(
            ("main.tf", "module \"a\" {\n  source = \"./a\"\n}\n" + Good),
            ("a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n"),
            ("b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n"));
        var run = Command.Run(repository.Folder, "model", "--stage", "resources");
        Assert.Equal(0, run.Status);
        Assert.Contains("aws_ecr_repository.good", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        using var repository = new Repository(("good/main.tf", Good));
        Directory.CreateSymbolicLink(Path.Join(repository.Folder, "good/again"), repository.Folder);
        File.CreateSymbolicLink(Path.Join(repository.Folder, "good/self.tf"), "self.tf");
        File.CreateSymbolicLink(Path.Join(repository.Folder, "good/outside.tf"), "/etc/hostname");
        var run = Command.Run(repository.Folder, "model", "--stage", "resources");
        Assert.Equal(0, run.Status);
        Assert.Contains("aws_ecr_repository.good", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_nothing_is_named_as_one()
    {
        using var repository = new Repository(("good/main.tf", Good));
        File.CreateSymbolicLink(Path.Join(repository.Folder, "good/gone.tf"), "nowhere.tf");
        var run = Command.Run(repository.Folder, "check", "--show", "problems");
        Assert.Contains("good/gone.tf is a link to a file that is not there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_files_has_every_file_on_the_disk()
    {
        using var repository = new Repository(
            ("main.tf", "resource \"terraform_data\" \"x\" {\n  for_each = fileset(path.module, \"{policies/**,*.bin}\")\n  input    = each.key\n}\n"),
            ("policies/a.txt", ""), ("policies/deep/b.tpl", ""), ("policies/ignored.log", ""), (".gitignore", "*.log\n"), ("x.bin", ""));
        var run = Command.Run(repository.Folder, "model", "--stage", "resources");
        foreach (var name in (string[])["policies/a.txt", "policies/deep/b.tpl", "policies/ignored.log", "x.bin"])
        {
            Assert.Contains($"terraform_data.x[\"{name}\"]", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_20_MB_is_a_problem_and_not_read()
    {
        using var repository = new Repository(("good/main.tf", Good), ("big/main.tf", new string('#', 20 * 1024 * 1024)));
        var run = Command.Run(repository.Folder, "check");
        Assert.Equal(0, run.Status);
        Assert.Contains("file-too-large", run.Error, StringComparison.Ordinal);
        Assert.Contains("gap big: big/main.tf", Command.Run(repository.Folder, "model", "--stage", "resources").Output, StringComparison.Ordinal);
    }

    private static string Bomb()
    {
        var bomb = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        }

        return bomb.ToString();
    }
}
