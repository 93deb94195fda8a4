using System.Text;
using System.Text.Json;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

/// <summary>For any text: nothing throws, spans stay inside, and what is wrong is said.</summary>
public class AnyTextTests
{
    private const string Sample = """
        # A comment
        resource "aws_iam_role" "node" {
          name               = "${var.prefix}-node-${count.index}" // trailing
          assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sts:*"] }] })
          tags               = merge(local.tags, { for k, v in var.extra : lower(k) => v... if v != null })
          policy = <<-EOT
            {
              "Resource": "${aws_ecr_repository.app[*].arn}" %{ if var.x ~}
              "é": "\u00e9" %{ else } $${no} %{~ endif }
            }
          EOT
          dynamic "inline" {
            for_each = a ? b.*.c : [for x in y : x.z[0]]
            content { n = !(-1 + 2 * 3 >= 4 && true || false) }
          }
        }

        """;

    private static readonly byte[] Interesting = "\n\r\t \"'{}[]()$%~\\<>-=#/*.,:?!&|aE0\u00e9\0"u8.ToArray();

    [Fact]
    public void The_sample_is_correct() => Assert.True(Trees.Check(HclParser.ParseFile(SourceFile.FromText("f", Sample)), correct: true) > 80);

    [Fact]
    public void Any_prefix_and_any_suffix_gives_a_tree()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length <= bytes.Length; length++)
        {
            CheckAll(bytes[..length]);
            CheckAll(bytes[length..]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_mutation_gives_a_tree(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Sample).ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] = Interesting[random.Next(Interesting.Length)];
                        break;
                    case 1:
                        bytes.Insert(at, Interesting[random.Next(Interesting.Length)]);
                        break;
                    case 2:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at - 1));
                        break;
                    default:
                        bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(1, bytes.Count / 4)));
                        break;
                }
            }

            CheckAll([.. bytes]);
        }
    }

    [Fact]
    public void Any_mutation_of_the_syntax_table_gives_a_tree()
    {
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "hcl-syntax.json")));
        var random = new Random(11);
        foreach (var row in table.RootElement.GetProperty("cases").EnumerateArray())
        {
            var bytes = Encoding.UTF8.GetBytes(row.GetProperty("source").GetString()!);
            for (var round = 0; round < 60 && bytes.Length > 0; round++)
            {
                var mutated = bytes.ToArray();
                for (var change = random.Next(1, 4); change > 0; change--)
                {
                    mutated[random.Next(mutated.Length)] = Interesting[random.Next(Interesting.Length)];
                }

                CheckAll(mutated);
            }
        }
    }

    private static void CheckAll(byte[] bytes)
    {
        try
        {
            Trees.Check(HclParser.ParseFile(new SourceFile("f", bytes)));
            Trees.CheckExpression(HclParser.ParseExpression(new SourceFile("f", bytes)).Expression);
            Trees.CheckExpression(HclParser.ParseTemplate(new SourceFile("f", bytes)).Expression);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"For the text {JsonSerializer.Serialize(Encoding.UTF8.GetString(bytes))}", exception);
        }
    }
}
