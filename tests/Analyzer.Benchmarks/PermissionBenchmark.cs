using System.Globalization;
using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath;
using Analyzer.Terraform;
using BenchmarkDotNet.Attributes;

namespace Analyzer.Benchmarks;

/// <summary>
/// What the roles of an organization may do: 2,000 roles of node groups, 1,500 managed policies, ten of which are attached to each role. Resources to model, permissions of every group decided.
/// Target: 0.5 s.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public class PermissionBenchmark
{
    private const int Roles = 2000;
    private const int Policies = 1500;
    private const int Attached = 10;

    private Inventory _inventory = new();

    /// <summary>Writes the configuration and evaluates it.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var text = new StringBuilder();
        for (var at = 0; at < Policies; at++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                resource "aws_iam_policy" "p{{at}}" {
                  name   = "policy-{{at}}"
                  policy = jsonencode({ Statement = [
                    { Effect = "Allow", Action = ["s3:Get*", "ecr:BatchGetImage"], Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/team-{{at}}/*" },
                    { Effect = "Allow", Action = ["ecr:GetAuthorizationToken", "logs:*"], Resource = "*" },
                  ] })
                }

                """);
        }

        for (var at = 0; at < Roles; at++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                resource "aws_iam_role" "r{{at}}" {
                  name               = "role-{{at}}"
                  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
                }
                resource "aws_eks_node_group" "g{{at}}" {
                  cluster_name  = "cluster-{{at % 100}}"
                  node_role_arn = aws_iam_role.r{{at}}.arn
                }

                """);
            for (var more = 0; more < Attached; more++)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                    resource "aws_iam_role_policy_attachment" "r{{at}}_{{more}}" {
                      role       = aws_iam_role.r{{at}}.name
                      policy_arn = aws_iam_policy.p{{((at * 7) + (more * 131)) % Policies}}.arn
                    }

                    """);
            }
        }

        _inventory = new Inventory();
        TerraformLoader.Load(new MemoryFiles(("main.tf", text.ToString())), new LoadOptions(), _inventory, new ProblemLog());
    }

    /// <summary>Reads the model.</summary>
    [Benchmark]
    public int Read() => ModelReader.Read(_inventory, new ProblemLog()).Facts.Count;
}
