using System.Globalization;
using Analyzer.Facts.Model;
using Newtonsoft.Json;

namespace Analyzer.Rules;

/// <summary>The JSON Schema (draft 2020-12) of rule files, for editors: made of the field tables that the reader reads with, and the model's kinds.</summary>
public static class RuleSchema
{
    /// <summary>Writes the schema; always the same text for the same fields and kinds.</summary>
    public static string Write(IReadOnlyList<Shape> shapes)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented })
        {
            json.WriteStartObject();
            Pair(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
            Pair(json, "title", "A rule of PullPath");
            Fields(json, RuleFields.File, shapes);
            json.WriteEndObject();
        }

        return text + "\n";
    }

    private static void Fields(JsonTextWriter json, RuleField[] fields, IReadOnlyList<Shape> shapes)
    {
        Pair(json, "type", "object");
        json.WritePropertyName("additionalProperties");
        json.WriteValue(false);
        Words(json, "required", fields.Where(field => field.IsRequired).Select(field => field.Name));
        json.WritePropertyName("properties");
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            json.WriteStartObject();
            Pair(json, "description", field.Doc);
            Form(json, field.Form, shapes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Form(JsonTextWriter json, FieldForm form, IReadOnlyList<Shape> shapes)
    {
        switch (form)
        {
            case FieldForm.Text or FieldForm.Value or FieldForm.Template:
                Pair(json, "type", "string");
                break;
            case FieldForm.Condition:
                Words(json, "type", ["string", "boolean"]);
                break;
            case FieldForm.Switch:
                Words(json, "enum", ["on", "off"]);
                break;
            case FieldForm.Level:
                Words(json, "enum", ["error", "warning", "note"]);
                break;
            case FieldForm.Kind:
                Words(json, "enum", shapes.Select(shape => shape.Kind).Order(StringComparer.Ordinal));
                break;
            case FieldForm.TextList:
                Items(json, () => Pair(json, "type", "string"));
                break;
            case FieldForm.Levels:
                Items(json, () => Fields(json, RuleFields.Level, shapes));
                break;
            case FieldForm.Related:
                Items(json, () => Fields(json, RuleFields.Related, shapes));
                break;
            case FieldForm.Examples:
                Items(json, () => Fields(json, RuleFields.Example, shapes));
                break;
            case FieldForm.Files:
                Pair(json, "type", "object");
                json.WritePropertyName("additionalProperties");
                json.WriteStartObject();
                Pair(json, "type", "string");
                json.WriteEndObject();
                break;
            case FieldForm.Expectation:
                json.WritePropertyName("anyOf");
                json.WriteStartArray();
                json.WriteStartObject();
                Words(json, "enum", ["fail", "silent", "undecided"]);
                json.WriteEndObject();
                json.WriteStartObject();
                Pair(json, "type", "object");
                Words(json, "required", ["fail"]);
                json.WriteEndObject();
                json.WriteEndArray();
                break;
        }
    }

    private static void Items(JsonTextWriter json, Action write)
    {
        Pair(json, "type", "array");
        json.WritePropertyName("items");
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    private static void Pair(JsonTextWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void Words(JsonTextWriter json, string name, IEnumerable<string> words)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var word in words)
        {
            json.WriteValue(word);
        }

        json.WriteEndArray();
    }
}
