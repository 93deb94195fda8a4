using Analyzer.Rules;

namespace Analyzer.Reports;

/// <summary>Rules as pages and lists for the terminal.</summary>
public static class RulePage
{
    /// <summary>Writes one rule: what it proves, why it matters, what to do, where to read on.</summary>
    public static void Write(Rule rule, bool colour, TextWriter output)
    {
        var paint = new Paint(colour);
        output.WriteLine($"{paint.Bold(rule.Id)}  {paint.Of(rule.Level, rule.Level.Word)}  since {rule.Since}{(rule.IsOff ? "  off unless asked for: --rule " + rule.Id : "")}");
        output.WriteLine(rule.Title);
        Section("Why", rule.Why);
        Section("Fix", rule.Fix);
        Section("Judged", $"each {rule.For}{(rule.When is { } when ? $" when {when.Place.Text.Trim()}" : "")}\nrequires {rule.Require.Place.Text.Trim()}");
        foreach (var each in rule.Levels)
        {
            output.WriteLine($"  {each.Level.Word} when {each.When.Place.Text.Trim()}");
        }

        if (!rule.Checklist.IsEmpty)
        {
            Section("Checklist", string.Join(", ", rule.Checklist));
        }

        Section("See", string.Join('\n', rule.See));
        output.WriteLine();
        output.WriteLine($"Suppress one finding with a comment on its line or the line above: # pullpath:ignore {rule.Id} REASON");

        void Section(string name, string text)
        {
            if (text.Trim().Length > 0)
            {
                output.WriteLine();
                output.WriteLine(paint.Bold(name));
                foreach (var line in text.Trim().Split('\n'))
                {
                    output.WriteLine(line.Length == 0 ? "" : "  " + line.TrimEnd());
                }
            }
        }
    }

    /// <summary>Writes one line per rule.</summary>
    public static void WriteList(IReadOnlyList<Rule> rules, bool colour, TextWriter output)
    {
        var paint = new Paint(colour);
        var width = rules.Count == 0 ? 0 : rules.Max(rule => rule.Id.Length);
        foreach (var rule in rules.OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            output.WriteLine($"{paint.Of(rule.Level, rule.Level.Word.PadRight(7))}  {rule.Id.PadRight(width)}  {rule.Title}{(rule.IsOff ? " (off)" : "")}");
        }
    }
}
