using System.Diagnostics;
using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath;
using Analyzer.Rules;
using Analyzer.Terraform;

namespace Analyzer.Benchmarks;

/// <summary>
/// What each stage of a run over the Terraform files of a repository costs, and how much the model and the rules about AWS add to what is evaluated anyway. Target: 15 %. Start as
/// <c>dotnet run -c Release -- stages FOLDER</c>, in the root of the repository.
/// </summary>
internal static class StageSpeed
{
    private const int Rounds = 7;

    internal static void Run(string folder, IReadOnlyList<Rule> rules)
    {
        var files = new MemoryFiles([.. Directory.EnumerateFiles(folder, "*.tf", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)))]);
        var aws = rules.Where(rule => rule.Id.StartsWith("aws-", StringComparison.Ordinal) && !rule.IsOff).ToList();
        double[] least = [double.MaxValue, double.MaxValue, double.MaxValue];
        var (facts, failed) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var problems = new ProblemLog();
            var inventory = new Inventory();
            Time(0, () => TerraformLoader.Load(files, new LoadOptions { Parallelism = 1 }, inventory, problems));
            PullPathModel? model = null;
            Time(1, () => model = ModelReader.Read(inventory, problems));
            Time(2, () => failed = Judge.Decide(aws, model!.Facts, model.Functions, problems).Count(verdict => verdict.Outcome == Outcome.Fail));
            facts = model!.Facts.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"evaluation {least[0] * 1000:F0} ms, model of all clouds {least[1] * 1000:F0} ms ({facts} facts), {aws.Count} rules {least[2] * 1000:F0} ms ({failed} findings)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the rules add {100 * least[2] / (least[0] + least[1]):F1} %, model and rules together {100 * (least[1] + least[2]) / least[0]:F1} %"));

        void Time(int stage, Action run)
        {
            var watch = Stopwatch.StartNew();
            run();
            least[stage] = Math.Min(least[stage], watch.Elapsed.TotalSeconds);
        }
    }
}
