using Analyzer.PullPath;
using Analyzer.Rules;
using Newtonsoft.Json.Linq;

namespace Analyzer.Tests.Rules;

public class RuleSchemaTests
{
    [Fact]
    public void The_committed_schema_is_that_of_the_reader()
    {
        var path = Path.Combine(Root(), "rules.schema.json");
        var schema = RuleSchema.Write(ModelReader.Shapes);
        if (Environment.GetEnvironmentVariable("PULLPATH_REWRITE") == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(schema, File.ReadAllText(path));
    }

    [Fact]
    public void The_schema_lists_the_kinds_of_facts_and_the_fields()
    {
        var schema = JObject.Parse(RuleSchema.Write([Toy.Fields]));

        Assert.Equal(["toy"], schema["properties"]!["for"]!["enum"]!.Values<string>());
        Assert.Equal(["title", "level", "for", "require", "message"], schema["required"]!.Values<string>());
        Assert.Equal("string", (string?)schema["properties"]!["related"]!["items"]!["properties"]!["value"]!["type"]);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Analyzer.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder;
    }
}
