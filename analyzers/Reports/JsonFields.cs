using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>Shorthands of the JSON writers.</summary>
internal static class JsonFields
{
    extension(JsonTextWriter json)
    {
        internal void Field(string name, string value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        internal void Field(string name, int value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        internal void Field(string name, bool value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        internal void Object(string name, Action<JsonTextWriter> write)
        {
            json.WritePropertyName(name);
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        internal void List<T>(string name, IEnumerable<T> items, Action<JsonTextWriter, T> write)
        {
            json.WritePropertyName(name);
            json.WriteStartArray();
            foreach (var item in items)
            {
                write(json, item);
            }

            json.WriteEndArray();
        }
    }
}
