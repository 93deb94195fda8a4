using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Rules;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Terraform;

/// <summary>
/// One row for each limit: a node role that certainly lacks a policy, and beside it something that goes beyond the limit and might have been that policy. The problem has a name,
/// everything else is read, and nothing is said of what is missing.
/// </summary>
public class BudgetTableTests
{
    private const string Missing = "aws-node-role-missing-ecr-pull";

    private static readonly IReadOnlyList<Rule> Rules = RuleFiles.BuiltIn().Read(new ProblemLog());

    private const string Nodes = """
        resource "aws_iam_role" "node" {
          name               = "node"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
        }
        resource "aws_iam_role_policy_attachment" "worker" {
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
        }
        resource "aws_eks_node_group" "main" {
          cluster_name  = "shop"
          node_role_arn = aws_iam_role.node.arn
          subnet_ids    = ["subnet-1"]
          scaling_config {
            desired_size = 1
            max_size     = 1
            min_size     = 1
          }
        }
        """;

    private const string Bomb = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : \"${a}${b}${c}\"]]]";

    public static TheoryData<string, string, string> Rows => new()
    {
        { "nested brackets", "nesting-limit", Attachment($"policy_arn = {Repeat("(", 100_000)}\"\"{Repeat(")", 100_000)}") },
        { "an operator chain", "nesting-limit", Attachment($"policy_arn = {Repeat("1 + ", 200_000)}1") },
        { "a unary chain", "nesting-limit", Attachment($"policy_arn = {Repeat("!", 200_000)}true") },
        { "nested blocks", "nesting-limit", Attachment(Repeat("b {\n", 10_000) + Repeat("}\n", 10_000)) },
        { "a file of 17 MiB", "size-limit", Attachment("") + "#" + new string(' ', 17 * 1024 * 1024) },
        { "loops in loops", "evaluation-limit", Attachment($"for_each = toset(flatten({Bomb}))\n  policy_arn = each.key") },
        { "functions in loops", "evaluation-limit", Attachment("for_each = toset(flatten([for a in range(1000) : setproduct(range(100), range(100))]))\n  policy_arn = each.key") },
        { "texts that double", "evaluation-limit", "locals {\n  l0 = \"ha\"\n" + string.Concat(Enumerable.Range(1, 40).Select(at => $"  l{at} = \"${{local.l{at - 1}}}${{local.l{at - 1}}}\"\n")) + "}\n" + Attachment("policy_arn = local.l40") },
        { "a million instances", "instance-limit", Attachment("count = 1000000\n  policy_arn = \"arn:aws:iam::aws:policy/${count.index == 999999 ? \"AmazonEC2ContainerRegistryReadOnly\" : \"x\"}\"") },
        { "a million keys", "instance-limit", Attachment("for_each = toset([for n in range(1000) : \"arn:aws:iam::aws:policy/p${n}\"])\n  policy_arn = each.key") },
        { "a module that calls itself", "module-cycle", "module \"m\" {\n  source = \"./m\"\n  role   = aws_iam_role.node.name\n}" },
        { "modules in modules in modules", "module-depth", "module \"d\" {\n  source = \"./d/0\"\n  role   = aws_iam_role.node.name\n}" },
        { "modules that multiply", "module-limit", "module \"w\" {\n  source = \"./w\"\n  count  = 100\n  role   = aws_iam_role.node.name\n}" },
        { "a circle of locals", "reference-cycle", "locals {\n  a = local.b\n  b = local.a\n}\n" + Attachment("for_each = local.a\n  policy_arn = each.key") },
        { "a long chain of locals", "evaluation-limit", "locals {\n  l0 = []\n" + string.Concat(Enumerable.Range(1, 5000).Select(at => $"  l{at} = concat(local.l{at - 1}, [])\n")) + "}\n" + Attachment("for_each = toset(local.l5000)\n  policy_arn = each.key") },
        { "more files than may be read", "evaluation-limit", Attachment("for_each = toset([for n in range(1001) : file(\"p/${n}.txt\")])\n  policy_arn = each.key") },
        { "a file of more than 1 MiB", "", Attachment("policy_arn = file(\"big.txt\")") },
        { "a file outside", "", Attachment("policy_arn = file(\"/etc/passwd\")") },
        { "YAML that multiplies", "", Attachment("for_each = toset(flatten([yamldecode(file(\"bomb.yaml\"))]))\n  policy_arn = each.key") },
        { "YAML in which an alias stands in what it means", "", Attachment("for_each = toset(flatten([yamldecode(file(\"loop.yaml\"))]))\n  policy_arn = each.key") },
        { "a number of 20,000 digits", "", Attachment($"count = {Repeat("1", 20_000)}\n  policy_arn = \"arn:aws:iam::aws:policy/x\"") },
        { "deep JSON", "", Attachment($"policy_arn = jsondecode(file(\"deep.json\"))") },
        { "a number with a hundred million digits", "", Attachment("count = 1e99999999\n  policy_arn = \"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly\"") },
        { "more cases than are told apart", "", string.Concat(Enumerable.Range(0, 12).Select(at => $"variable \"v{at}\" {{ type = bool }}\n"))
            + Attachment($"policy_arn = \"arn:aws:iam::aws:policy/{string.Concat(Enumerable.Range(0, 12).Select(at => $"${{var.v{at} ? \"a\" : \"b\"}}"))}\"") },
    };

    [Fact]
    public void Without_anything_beyond_a_limit_the_policy_is_missing() => Assert.Contains(Verdicts(Loaded("", out _)), verdict => verdict.Outcome == Outcome.Fail);

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_goes_beyond_a_limit_is_named_and_nothing_is_missing_for_certain(string threat, string problem, string text)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var loaded = Loaded(text, out var log);
        var verdicts = Verdicts(loaded);
        Assert.True(watch.Elapsed < Patience.Of, $"{threat} takes {watch.Elapsed}");
        Assert.DoesNotContain("internal-error", log.Sorted().Select(each => each.Code));
        if (problem.Length > 0)
        {
            Assert.Contains(problem, log.Sorted().Select(each => each.Code));
        }

        Assert.NotNull(loaded.Inventory.Find(new Address("", "aws_iam_role_policy_attachment.worker")));
        Assert.NotNull(loaded.Inventory.Find(new Address("", "aws_eks_node_group.main")));
        Assert.NotEmpty(verdicts);
        Assert.DoesNotContain(verdicts, verdict => verdict.Outcome == Outcome.Fail);
    }

    [Fact]
    public void What_functions_look_at_counts()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var budget = new Budget();
        var list = List([.. Enumerable.Range(0, 50_000).Select(at => (Value)Number(at))]);
        Assert.Contains(Cause.Of(Evaluated("[for a in range(1000) : [for b in range(50) : contains(l, -1 - a - b)]]", budget, ("l", list))), cause => cause.Reason == UnknownReason.Limit);
        Assert.Equal("functions are given too much to look at", budget.Exceeded);
        Assert.True(watch.Elapsed < Patience.Of, $"it takes {watch.Elapsed}");
    }

    [Fact]
    public void A_deadline_ends_an_evaluation()
    {
        var budget = new Budget(time: TimeSpan.Zero);
        Assert.Equal("6", Shown(Evaluated("1 + 2 + 3", budget)));
        Assert.Contains(Cause.Of(Evaluated("[for a in range(1000) : a]", budget)), cause => cause.Reason == UnknownReason.Limit);
        Assert.Equal("the evaluation takes too long", budget.Exceeded);
    }

    [Fact]
    public void A_pattern_takes_linear_time() =>
        Assert.Equal("error", Shown(Evaluated($"regex(\"^(a*)*$\", \"{new string('a', 50_000)}b\")")));

    [Fact]
    public void JSON_is_decoded_as_deep_as_anybody_writes_it()
    {
        Assert.NotEqual("error", Shown(Evaluated($"jsondecode(\"{Repeat("[", 200)}{Repeat("]", 200)}\")")));
        Assert.Equal("error", Shown(Evaluated($"jsondecode(\"{Repeat("[", 300)}{Repeat("]", 300)}\")")));
    }

    /// <summary>Some policy for a role; those that are cut off might have been the one that is missing.</summary>
    private static string Of(string role) => $"resource \"aws_iam_role_policy_attachment\" \"more\" {{\n  role       = {role}\n  policy_arn = \"arn:aws:iam::aws:policy/x\"\n}}\n";

    private static string Attachment(string arguments) => $"resource \"aws_iam_role_policy_attachment\" \"more\" {{\n  role = aws_iam_role.node.name\n  {arguments}\n}}\n";

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    private static (Inventory Inventory, Analyzer.PullPath.PullPathModel Model) Loaded(string text, out ProblemLog log)
    {
        log = new ProblemLog();
        var files = new List<(string, string)>
        {
            ("main.tf", Nodes), ("more.tf", text), ("m/main.tf", "variable \"role\" {}\nmodule \"m\" {\n  source = \"../m\"\n  role   = var.role\n}"), ("big.txt", new string('x', 2 * 1024 * 1024)),
            ("bomb.yaml", "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 12).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n"))),
            ("deep.json", Repeat("[", 5000) + Repeat("]", 5000)), ("loop.yaml", "a: &a [x, *a]\n"),
            ("w/main.tf", "variable \"role\" {}\nmodule \"w\" {\n  source = \"../v\"\n  count  = 100\n  role   = var.role\n}"), ("v/main.tf", "variable \"role\" {}\n" + Of("var.role")),
        };
        files.AddRange(Enumerable.Range(0, 40).Select(level => ($"d/{level}/main.tf", "variable \"role\" {}\n"
            + (level == 39 ? Of("var.role") : $"module \"d\" {{\n  source = \"../{level + 1}\"\n  role   = var.role\n}}"))));
        files.AddRange(Enumerable.Range(0, 1001).Select(at => ($"p/{at}.txt", $"arn:aws:iam::aws:policy/p{at}")));
        return Pipeline.Read(new MemoryFiles(files), log);
    }

    private static IReadOnlyList<Verdict> Verdicts((Inventory Inventory, Analyzer.PullPath.PullPathModel Model) loaded)
    {
        var problems = new ProblemLog();
        return [.. Judge.Decide(Rules, loaded.Model.Facts, loaded.Model.Functions, problems).Where(verdict => verdict.Rule.Id == Missing && verdict.Outcome != Outcome.NotApplicable)];
    }
}
