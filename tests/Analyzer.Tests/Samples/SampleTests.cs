using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.PullPath.Tracing;
using Analyzer.Reports;
using Analyzer.Rules;

namespace Analyzer.Tests.Samples;

/// <summary>Every sample has golden text per stage.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Samples
    {
        get
        {
            var samples = new TheoryData<string>();
            foreach (var folder in Directory.GetDirectories(Path.Join(Golden.Root, "samples")).Order(StringComparer.Ordinal))
            {
                samples.Add(Path.GetFileName(folder));
            }

            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_understood_as_its_golden_texts_say(string sample)
    {
        var problems = new ProblemLog();
        var analysis = Analysis.Of(new DiskFiles(Path.Join(Golden.Root, "samples", sample), problems), new LoadOptions(), problems);
        var rules = RuleFiles.Find([], [], problems);
        var summary = analysis.SumUp(rules, _ => true);
        Golden.Check($"samples/{sample}/expected/resources.txt", Text(output => ModelReport.WriteResources(analysis.Inventory, output)));
        Golden.Check($"samples/{sample}/expected/facts.txt", Text(output => ModelReport.WriteFacts(analysis.Model.Facts, output)));
        Golden.Check($"samples/{sample}/expected/verdicts.txt", Text(output => ModelReport.WriteVerdicts(analysis.Decide(rules), output)));
        var traces = PullTraces.Of(analysis.Model);
        Golden.Check($"samples/{sample}/expected/trace.txt", Text(output => TraceReport.WriteText(traces, colour: false, output)));
        Golden.Check($"samples/{sample}/expected/trace.json", Text(output => TraceReport.WriteJson(traces, output)));
        Golden.Check($"samples/{sample}/expected/trace.mermaid", Text(output => TraceGraph.WriteMermaid(traces, output)));
        Golden.Check($"samples/{sample}/expected/trace.dot", Text(output => TraceGraph.WriteDot(traces, output)));
        Golden.Check($"samples/{sample}/expected/report.txt", Text(output =>
        {
            TextReport.Write(summary, new TextOptions(Colour: false, ShowUndecided: true), output);
            TextReport.WriteClosing(summary, showAllProblems: true, colour: false, output);
        }));
    }

    [Fact]
    public void The_sample_that_is_right_has_nothing_to_report()
    {
        var problems = new ProblemLog();
        var analysis = Analysis.Of(new DiskFiles(Path.Join(Golden.Root, "samples/all-right"), problems), new LoadOptions(), problems);
        var summary = analysis.SumUp(RuleFiles.Find([], [], problems), _ => true);
        Assert.Empty(summary.Findings);
        Assert.Empty(summary.Problems);
        Assert.Contains(analysis.Decide(RuleFiles.Find([], [], problems)), verdict => verdict.Outcome == Outcome.Pass);
    }

    private static string Text(Action<TextWriter> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(text);
        return text.ToString();
    }
}
