using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Reports;

namespace Analyzer.Tests.Samples;

/// <summary>What must not matter: how many threads there are, and what else lies in the repository.</summary>
public sealed class SameAnswerTests
{
    /// <summary>A root of its own, any number of its things unknown, a module that nothing calls, and a file that is broken.</summary>
    private static readonly (string Path, string Text)[] Unrelated =
    [
        ("zz-unrelated/main.tf", """
            variable "names" { type = set(string) }
            resource "aws_s3_bucket" "logs" {
              for_each = var.names
              bucket   = each.key
            }
            resource "aws_sqs_queue" "more" { name = "more" }
            """),
        ("aa-unrelated/module/main.tf", "variable \"name\" {}\nresource \"aws_sns_topic\" \"this\" { name = var.name }\n"),
        ("elsewhere/unrelated.tf", """
            module "queue" {
              source  = "terraform-aws-modules/sqs/aws"
              version = "4.0.0"
            }
            """),
        ("unrelated.json", "{ \"a\": [1, 2"),
    ];

    public static TheoryData<string> Samples => SampleTests.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_unrelated_file_or_module_changes_no_verdict(string sample)
    {
        var own = FilesOf(sample);
        var before = Verdicts(new MemoryFiles(own), 2);
        var after = Verdicts(new MemoryFiles([.. own, .. Unrelated]), 2);
        Assert.NotEmpty(before);
        Assert.Empty(before.Except(after, StringComparer.Ordinal));
        Assert.All(after.Except(before, StringComparer.Ordinal), verdict => Assert.Contains("unrelated", verdict, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_number_of_threads_changes_nothing(string sample) =>
        Assert.Equal(Verdicts(new MemoryFiles(FilesOf(sample)), 1), Verdicts(new MemoryFiles(FilesOf(sample)), 4));

    private static List<(string Path, string Text)> FilesOf(string sample)
    {
        var root = Path.Join(Golden.Root, "samples", sample);
        return [.. new DiskFiles(root, new ProblemLog()).Paths.Where(path => !path.StartsWith("expected/", StringComparison.Ordinal)).Select(path => (path, File.ReadAllText(Path.Join(root, path))))];
    }

    private static string[] Verdicts(FileTree files, int threads)
    {
        var problems = new ProblemLog();
        using var text = new StringWriter { NewLine = "\n" };
        ModelReport.WriteVerdicts(Analysis.Of(files, new LoadOptions { Parallelism = threads }, problems).Decide(RuleFiles.Find([], [], problems)), text);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
