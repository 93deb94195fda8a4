using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Model;

/// <summary>One field of a fact.</summary>
/// <param name="Name">Name as rules write it, snake_case.</param>
/// <param name="Type">Type.</param>
/// <param name="Doc">One sentence for the reference page.</param>
/// <param name="Get">Reads it.</param>
public sealed record Field(string Name, FieldType Type, string Doc, Func<Fact, Value> Get);

/// <summary>
/// The field table of a kind of fact. It serves look-up in conditions, the type check of rule files, the schema, the reference page and
/// golden dumps, so that a field is described once and nothing needs reflection.
/// </summary>
public sealed class Shape
{
    private readonly Dictionary<string, Field> _fields;

    /// <summary>Makes a shape; every fact has <c>address</c>, <c>language</c> and <c>path</c> besides the given fields.</summary>
    public Shape(string kind, string doc, params ImmutableArray<Field> fields)
    {
        Kind = kind;
        Doc = doc;
        Fields = fields.AddRange(
            new Field("address", FieldType.Text, "Name of the declaration, as its own tools print it.", fact => new TextValue(fact.Address.Path)),
            new Field("language", FieldType.Text, "terraform, cloudformation or kubernetes.", fact => fact.Resource is { } resource
                ? new TextValue(resource.Language.Word)
                : NullValue.Instance),
            new Field("path", FieldType.Text, "File in which it is declared.", fact => new TextValue(fact.Place.File.Path)),
            new Field("module", FieldType.Text, "Module instance in which it is declared; empty for the root.", fact => new TextValue(fact.Resource?.Module ?? "")));
        _fields = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>A field of facts of one type.</summary>
    public static Field Field<T>(string name, FieldType type, string doc, Func<T, Value> get)
        where T : Fact => new(name, type, doc, fact => get((T)fact));

    /// <summary>Kind of fact, snake_case: what rules write after <c>for:</c>.</summary>
    public string Kind { get; }

    /// <summary>What such a fact is, one sentence.</summary>
    public string Doc { get; }

    /// <summary>The fields in the order of the reference page.</summary>
    public ImmutableArray<Field> Fields { get; }

    /// <summary>Looks a field up, or null.</summary>
    public Field? Find(string name) => _fields.GetValueOrDefault(name);
}
