using System.Globalization;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Rules;
using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>Pull paths, link by link: as text and as JSON. <see cref="TraceGraph"/> draws them.</summary>
public static class TraceReport
{
    private const int NameWidth = 10;
    private const int AnswerWidth = 9;

    /// <summary>Writes each image with its pools; of each link what was found, where, and how to check it where it is not proven.</summary>
    public static void WriteText(IReadOnlyList<PullTrace> traces, bool colour, TextWriter output)
    {
        var paint = new Paint(colour);
        var image = "";
        foreach (var trace in traces)
        {
            var title = $"{trace.Workload}: {trace.Image}  {paint.Faint(trace.Place.ToString()!)}";
            if (title != image)
            {
                output.WriteLine(image.Length > 0 ? $"\n{paint.Bold(title)}" : paint.Bold(title));
                image = title;
            }

            output.WriteLine($"  on {trace.Pool ?? "a pool that is not known"}: {Painted(trace, paint)}");
            foreach (var link in trace.Links)
            {
                Write(link, paint, output);
            }
        }

        output.WriteLine(traces.Count == 0 ? "no pulls are seen" : $"\n{Totals(traces)}");
    }

    /// <summary>The JSON document <c>pullpath-trace/1</c>.</summary>
    public static void WriteJson(IReadOnlyList<PullTrace> traces, TextWriter output)
    {
        using var json = new JsonTextWriter(output) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        json.Field("format", "pullpath-trace/1");
        json.List("pulls", traces, static (json, trace) =>
        {
            json.WriteStartObject();
            json.Field("workload", trace.Workload);
            json.Field("image", trace.Image);
            if (trace.Pool is { } pool)
            {
                json.Field("pool", pool);
            }

            json.Field("registry", trace.Registry);
            json.Field("verdict", VerdictOf(trace));
            WritePlace(json, trace.Place);
            json.List("links", trace.Links, Write);
            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    /// <summary><c>broken</c>, <c>undecided</c>, <c>at risk</c> (it succeeds, but may come late) or <c>proven</c>.</summary>
    internal static string VerdictOf(PullTrace trace) => trace.Succeeds switch
    {
        Truth.No => "broken",
        Truth.Unknown => "undecided",
        _ => trace.IsAtRisk ? "at risk" : "proven",
    };

    /// <summary>What a link says: <c>yes</c>, <c>no</c>, <c>late</c> or <c>undecided</c>.</summary>
    internal static string AnswerOf(PullLink link) => link.Holds switch
    {
        Truth.Yes => "yes",
        Truth.No => link.IsDelay ? "late" : "no",
        _ => "undecided",
    };

    private static void Write(PullLink link, Paint paint, TextWriter output)
    {
        var answer = AnswerOf(link).PadRight(AnswerWidth);
        var painted = link.Holds switch { Truth.No => paint.Of(link.IsDelay ? Level.Warning : Level.Error, answer), Truth.Yes => answer, _ => paint.Blue(answer) };
        output.WriteLine($"    {link.Name.PadRight(NameWidth)}  {painted}  {link.Says}");
        var indent = new string(' ', NameWidth + AnswerWidth + 8);
        foreach (var (place, what) in link.Holds == Truth.Yes ? link.Places.Take(1) : link.Places)
        {
            output.WriteLine($"{indent}{paint.Faint($"{place}: {what}")}");
        }

        foreach (var cause in Distinct(link.Because))
        {
            output.WriteLine($"{indent}decides: {cause.Detail}{(cause.Place is { File: not null } place ? $" ({place.Outermost})" : "")}");
        }

        if (link.Holds != Truth.Yes)
        {
            output.WriteLine($"{indent}check: {link.Check}");
        }
    }

    private static void Write(JsonTextWriter json, PullLink link)
    {
        json.WriteStartObject();
        json.Field("link", link.Name);
        json.Field("verdict", AnswerOf(link));
        json.Field("says", link.Says);
        json.List("places", link.Places, static (json, each) =>
        {
            json.WriteStartObject();
            WritePlace(json, each.Place);
            json.Field("message", each.What);
            json.WriteEndObject();
        });
        json.List("because", Distinct(link.Because), static (json, cause) =>
        {
            json.WriteStartObject();
            json.Field("reason", cause.Detail);
            json.Field("kind", cause.Reason.Word);
            if (cause.Place is { File: not null } place)
            {
                WritePlace(json, place);
            }

            json.WriteEndObject();
        });
        json.Field("check", link.Check);
        json.WriteEndObject();
    }

    private static IEnumerable<Cause> Distinct(IEnumerable<Cause> causes) => causes.DistinctBy(static cause => (cause.Detail, cause.Place?.Outermost));

    private static void WritePlace(JsonTextWriter json, Span place)
    {
        json.Field("path", Words.PathOf(place));
        json.Field("startLine", place.Outermost.StartPosition.Line);
        json.Field("startColumn", place.Outermost.StartPosition.Column);
    }

    private static string Painted(PullTrace trace, Paint paint) => trace switch
    {
        { Succeeds: Truth.No } => paint.Of(Level.Error, VerdictOf(trace)),
        { Succeeds: Truth.Yes, IsAtRisk: true } => paint.Of(Level.Warning, VerdictOf(trace)),
        _ => paint.Bold(VerdictOf(trace)),
    };

    private static string Totals(IReadOnlyList<PullTrace> traces) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Words.Count(traces.Count, "pull")}: {string.Join(", ", traces.GroupBy(VerdictOf, StringComparer.Ordinal).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Count()} {each.Key}"))}");
}
