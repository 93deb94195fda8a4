using Analyzer.Facts.Text;
using Analyzer.Rules;
using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>The stable JSON contract <c>pullpath/1</c>: fields are added, never changed.</summary>
public static class JsonReport
{
    /// <summary>Writes the report.</summary>
    public static void Write(Summary summary, TextWriter output)
    {
        using var json = new JsonTextWriter(output) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        json.Field("format", "pullpath/1");
        json.List("findings", summary.Findings, WriteFinding);
        json.List("undecided", summary.Undecided, WriteUndecided);
        json.List("problems", summary.Problems, WriteProblem);
        json.WritePropertyName("summary");
        json.WriteStartObject();
        json.Field("files", summary.Counts.Files);
        json.Field("resources", summary.Counts.Resources);
        json.Field("facts", summary.Counts.Facts);
        json.Field("passed", summary.Counts.Passed);
        json.Field("failed", summary.Counts.Failed);
        json.Field("undecided", summary.Counts.Undecided);
        json.Field("suppressed", summary.Counts.Suppressed);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    private static void WriteFinding(JsonTextWriter json, Verdict finding)
    {
        json.WriteStartObject();
        json.Field("rule", finding.Rule.Id);
        json.Field("level", finding.Level.Word);
        json.Field("message", finding.Message);
        json.Field("address", finding.Fact.Address.Path);
        json.Field("fingerprint", finding.Fingerprint);
        json.WritePropertyName("primary");
        json.WriteStartObject();
        WriteRegion(json, finding.Primary);
        json.WriteEndObject();
        json.List("related", finding.Related, static (json, related) =>
        {
            json.WriteStartObject();
            WriteRegion(json, related.Place);
            json.Field("message", related.Message);
            json.WriteEndObject();
        });
        if (finding.Environments.Count > 0)
        {
            json.List("environments", finding.Environments, static (json, environment) => json.WriteValue(environment));
        }

        json.List("also", finding.Also, static (json, fact) => json.WriteValue(fact.Address.Path));
        json.WriteEndObject();
    }

    private static void WriteUndecided(JsonTextWriter json, Verdict verdict)
    {
        json.WriteStartObject();
        json.Field("rule", verdict.Rule.Id);
        json.Field("address", verdict.Fact.Address.Path);
        json.List("because", verdict.Because, static (json, cause) =>
        {
            json.WriteStartObject();
            json.Field("reason", cause.Detail);
            json.Field("kind", cause.Reason.Word);
            WritePoint(json, cause.Place);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteProblem(JsonTextWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.Field("code", problem.Code);
        json.Field("message", problem.Message);
        WritePoint(json, problem.Place);
        json.WriteEndObject();
    }

    private static void WritePoint(JsonTextWriter json, Span? place)
    {
        if (place is { } known)
        {
            var start = known.StartPosition;
            json.Field("path", Words.PathOf(known));
            json.Field("startLine", start.Line);
            json.Field("startColumn", start.Column);
            WritePointer(json, known);
        }
    }

    private static void WriteRegion(JsonTextWriter json, Span place)
    {
        var (start, end) = (place.StartPosition, place.EndPosition);
        json.Field("path", Words.PathOf(place));
        json.Field("startLine", start.Line);
        json.Field("startColumn", start.Column);
        json.Field("endLine", end.Line);
        json.Field("endColumn", end.Column);
        WritePointer(json, place);
    }

    /// <summary>A plan on one line is no text for people: what stands in a JSON file has a name beside its place.</summary>
    private static void WritePointer(JsonTextWriter json, Span place)
    {
        if (JsonPointer.Of(place) is { } pointer)
        {
            json.Field("pointer", pointer);
        }
    }
}
