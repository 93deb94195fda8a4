using System.Text.Json;

namespace Analyzer.Cli.Tests;

/// <summary>Charts with a small script in the place of Helm: what it is given, what is made of what it prints.</summary>
public class HelmTests
{
    private const string Cluster = """
        resource "aws_eks_cluster" "this" {
          name     = "shop"
          role_arn = "arn:aws:iam::123456789012:role/cluster"
        }
        """;

    /// <summary>Prints one account for the chart and one for each file of values, and writes its arguments into a file beside it.</summary>
    private const string Helm = """
        #!/bin/sh
        printf '%s\n' "$@" > "$(dirname "$0")/arguments"
        test -f "$3/broken" && { echo "password: word" >&2; exit 1; }
        n=0
        for a in "$@"; do
          case "$a" in
            *.yaml) n=$((n+1)); printf -- '---\n# Source: app/templates/sa.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: %s\n' "$(basename "$a" .yaml)" ;;
          esac
        done
        printf -- '---\n# Source: app/templates/sa.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app-%s\n' "$n"
        """;

    private static Repository Chart(params (string Path, string Text)[] more)
    {
        var repository = new Repository([("main.tf", Cluster), ("app/Chart.yaml", "apiVersion: v2\nname: app\n"), ("app/templates/sa.yaml", "{{ .x }}\n"), ("bin/helm", Helm.ReplaceLineEndings("\n")), .. more]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Join(repository.Folder, "bin", "helm"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return repository;
    }

    private static Command Run(Repository repository, params string[] arguments) => Command.Run(
        repository.Folder, [("PATH", Path.Join(repository.Folder, "bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"))], arguments);

    private static List<string> Problems(Command command) =>
        [.. JsonDocument.Parse(command.Output).RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()!)];

    [Fact]
    public void Nothing_is_rendered_unless_asked_for()
    {
        using var repository = Chart();
        var run = Run(repository, "check", ".", "--format", "json");
        Assert.Equal(["chart-not-rendered"], Problems(run));
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("summary").GetProperty("resources").GetInt32());
    }

    [Fact]
    public void Rendering_takes_values_of_the_chart_and_of_nobody_in_their_order()
    {
        using var repository = Chart(("app/values-prod.yaml", "a: 1\n"), ("shared.yaml", "b: 2\n"), ("other/Chart.yaml", "apiVersion: v2\nname: other\ntype: library\n"), ("other/values-x.yaml", "c: 3\n"));
        var run = Run(repository, "model", ".", "--stage", "resources", "--helm", "--helm-values", "app/values-prod.yaml", "--helm-values", "shared.yaml", "--helm-values", "other/values-x.yaml");
        Assert.Equal(0, run.Status);
        var prod = run.Output.IndexOf("ServiceAccount/values-prod", StringComparison.Ordinal);
        Assert.InRange(run.Output.IndexOf("ServiceAccount/shared", StringComparison.Ordinal), prod, int.MaxValue);
        Assert.Contains("ServiceAccount/app-2", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("values-x", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Helm_is_given_the_chart_and_nothing_that_fetches()
    {
        using var repository = Chart(("shared.yaml", "b: 2\n"));
        Run(repository, "check", ".", "--helm", "--helm-values", "shared.yaml");
        var arguments = File.ReadAllLines(Path.Join(repository.Folder, "bin", "arguments"));
        Assert.Equal(["template", "pp0-release", "--namespace", "pp0-namespace", "--include-crds", "--skip-tests", "--values"], arguments.Where(each => !Path.IsPathRooted(each)));
        Assert.Equal(["app", "shared.yaml"], arguments.Where(Path.IsPathRooted).Select(each => Path.GetFileName(each)));
    }

    /// <summary>Prints an account of a name and in a namespace; the role it takes trusts that of shop-api in prod.</summary>
    private static List<string> FindingsWith(string name, string space)
    {
        var helm = $$"""
            #!/bin/sh
            release=$2 namespace=$5
            test "$4" = --namespace || exit 1
            printf -- '---\n# Source: app/templates/sa.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: %s\n  namespace: %s\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/api\n' "{{name}}" "{{space}}"
            """;
        const string Role = """
            resource "aws_iam_openid_connect_provider" "this" {
              url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
              client_id_list = ["sts.amazonaws.com"]
            }

            resource "aws_iam_role" "api" {
              name = "api"
              assume_role_policy = jsonencode({
                Version = "2012-10-17"
                Statement = [{
                  Effect    = "Allow"
                  Action    = "sts:AssumeRoleWithWebIdentity"
                  Principal = { Federated = aws_iam_openid_connect_provider.this.arn }
                  Condition = { StringEquals = { "${replace(aws_iam_openid_connect_provider.this.url, "https://", "")}:sub" = "system:serviceaccount:prod:shop-api" } }
                }]
              })
            }
            """;
        using var repository = Chart(("role.tf", Role), ("bin/helm", helm.ReplaceLineEndings("\n")));
        return [.. JsonDocument.Parse(Run(repository, "check", ".", "--helm", "--format", "json").Output).RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()!)];
    }

    [Theory]
    [InlineData("api", "prod")]
    [InlineData("shop-api", "test")]
    public void Names_that_a_chart_writes_itself_are_compared(string name, string space) => Assert.Contains("aws-irsa-trust-subject-mismatch", FindingsWith(name, space));

    [Theory]
    [InlineData("shop-api", "prod")]
    [InlineData("$release-api", "prod")]
    [InlineData("shop-api", "$namespace")]
    [InlineData("$release-api", "$namespace")]
    public void What_is_made_of_the_release_may_be_any_name(string name, string space) => Assert.DoesNotContain("aws-irsa-trust-subject-mismatch", FindingsWith(name, space));

    [Fact]
    public void What_a_chart_prints_is_found_in_its_templates()
    {
        using var repository = Chart(("app/values.yaml", ""), ("shared.yaml", ""));
        var run = Run(repository, "model", ".", "--stage", "resources", "--helm", "--helm-values", "shared.yaml");
        Assert.Contains("app/templates/sa.yaml", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_that_fails_leaves_the_answer_incomplete_and_says_nothing_of_values()
    {
        using var repository = Chart(("app/broken", ""));
        var run = Run(repository, "check", ".", "--format", "json", "--helm", "--strict");
        Assert.Equal(3, run.Status);
        Assert.Equal(["chart-failed"], Problems(run));
        Assert.DoesNotContain("word", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_helm_on_the_machine_the_answer_is_incomplete()
    {
        using var repository = Chart();
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath)!;
        File.Delete(Path.Join(repository.Folder, "bin", "helm"));
        var run = Command.Run(repository.Folder, [("PATH", dotnet)], "check", ".", "--format", "json", "--helm", "--strict");
        Assert.Equal(3, run.Status);
        Assert.Equal(["chart-failed"], Problems(run));
    }
}
