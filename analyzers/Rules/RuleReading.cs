using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Yaml;

namespace Analyzer.Rules;

/// <summary>Makes a rule of one document and notes everything that is wrong with it.</summary>
internal sealed class RuleReading(SourceFile file, ProblemLog problems)
{
    private static readonly string[] Levels = ["note", "warning", "error"];

    internal Rule? Rule(YamlDocument document)
    {
        if (Fields(document.Root, document.Place, RuleFields.File, "a rule") is not { } fields)
        {
            return null;
        }

        var rule = (Expression(fields.GetValueOrDefault("require")), Template(fields.GetValueOrDefault("message"))) is not ({ } condition, { } message) ? null : new Rule
        {
            Id = RuleSource.IdOf(file),
            Title = Text(fields.GetValueOrDefault("title")),
            Level = Level(fields.GetValueOrDefault("level")),
            Levels = List(fields.GetValueOrDefault("levels"), RuleFields.Level, "a level", inner =>
                Expression(inner.GetValueOrDefault("when")) is { } when ? new LevelCase(Level(inner.GetValueOrDefault("level")), when) : null),
            IsOff = IsOff(fields.GetValueOrDefault("default")),
            Since = Text(fields.GetValueOrDefault("since")),
            Checklist = Texts(fields.GetValueOrDefault("checklist")),
            For = Text(fields.GetValueOrDefault("for")),
            When = Expression(fields.GetValueOrDefault("when")),
            Require = condition,
            Anchor = Expression(fields.GetValueOrDefault("anchor")),
            Message = message,
            Related = List(fields.GetValueOrDefault("related"), RuleFields.Related, "a related place", inner =>
                (Expression(inner.GetValueOrDefault("value")), Template(inner.GetValueOrDefault("message"))) is ({ } value, { } seen) ? new RelatedValue(value, seen) : null),
            Why = Text(fields.GetValueOrDefault("why")),
            Fix = Text(fields.GetValueOrDefault("fix")),
            See = Texts(fields.GetValueOrDefault("see")),
            Examples = List(fields.GetValueOrDefault("examples"), RuleFields.Example, "an example", Example),
            File = file,
        };
        if (document.Root is MapValue { Entries: var entries } && entries.Any(entry => entry.Key == "examples") && entries[^1].Key != "examples")
        {
            Wrong("The examples are the last field of a rule file.", fields["examples"].Trace!.Place);
        }

        return rule;
    }

    internal void Wrong(string message, Span place) => problems.Add(new Problem(RuleReader.Invalid, message, place));

    /// <summary>The written fields of an object; null if it is none. Unknown and missing ones are noted.</summary>
    private Dictionary<string, Value>? Fields(Value value, Span place, RuleField[] known, string what)
    {
        if (value is not MapValue map)
        {
            Wrong($"The fields of {what} are expected here: {string.Join(", ", known.Select(field => field.Name))}.", value.Trace?.Place ?? place);
            return null;
        }

        var fields = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!known.Any(field => field.Name == entry.Key))
            {
                Wrong($"The field \"{entry.Key}\" is unknown; {what} has {string.Join(", ", known.Select(field => field.Name))}.", entry.KeyPlace ?? place);
            }
            else if (entry.Value is not NullValue)
            {
                fields[entry.Key] = entry.Value;
            }
        }

        foreach (var field in known.Where(field => field.IsRequired && !fields.ContainsKey(field.Name)))
        {
            Wrong($"The field \"{field.Name}\" of {what} is missing.", Start(map, place));
        }

        return fields;
    }

    private static Span Start(MapValue map, Span place) => map.Entries is [{ KeyPlace: { } first }, ..] ? first : place;

    private string Text(Value? value)
    {
        if (value is null)
        {
            return "";
        }

        if (Written(value) is not { Known: { } text })
        {
            Wrong("Text is expected here.", PlaceOf(value));
            return "";
        }

        return text;
    }

    private ImmutableArray<string> Texts(Value? value)
    {
        switch (value)
        {
            case null:
                return [];
            case ListValue list:
                return [.. list.Values.Select(Text)];
            default:
                Wrong("A list of texts is expected here.", PlaceOf(value));
                return [];
        }
    }

    private bool IsOff(Value? value)
    {
        var word = Text(value);
        if (word is not ("" or "on" or "off"))
        {
            Wrong($"\"{word}\" is neither on nor off.", PlaceOf(value!));
        }

        return word == "off";
    }

    private Level Level(Value? value)
    {
        var word = Text(value);
        var level = Array.IndexOf(Levels, word);
        if (level < 0 && value is not null && word.Length > 0)
        {
            Wrong($"\"{word}\" is no level; levels are error, warning and note.", PlaceOf(value));
        }

        return (Level)Math.Max(level, 0);
    }

    private ImmutableArray<T> List<T>(Value? value, RuleField[] known, string what, Func<Dictionary<string, Value>, T?> make)
        where T : class
    {
        if (value is null)
        {
            return [];
        }

        if (value is not ListValue list)
        {
            Wrong("A list is expected here.", PlaceOf(value));
            return [];
        }

        var made = ImmutableArray.CreateBuilder<T>();
        foreach (var item in list.Values)
        {
            if (Fields(item, PlaceOf(value), known, what) is { } fields && make(fields) is { } one)
            {
                made.Add(one);
            }
        }

        return made.ToImmutable();
    }

    private Expression? Expression(Value? value) => Parse(value, HclParser.ParseExpression);

    private Expression? Template(Value? value) => Parse(value, HclParser.ParseTemplate);

    private Expression? Parse(Value? value, Func<SourceFile, HclFile> parse)
    {
        if (value is null)
        {
            return null;
        }

        if (Written(value) is not { } text || ScalarText.Embed(text) is not { } source)
        {
            Wrong("Text is expected here.", PlaceOf(value));
            return null;
        }

        var tree = parse(source);
        foreach (var problem in tree.Problems)
        {
            problems.Add(problem);
        }

        return tree.Problems.Count == 0 ? tree.Expression : null;
    }

    /// <summary>A scalar as text: <c>require: false</c> is the condition false, whatever YAML makes of it.</summary>
    private static TextValue? Written(Value value) => value switch
    {
        TextValue text => text,
        BoolValue { Trace: { } trace } => (TextValue)new TextValue(trace.Source.Place.Text).With(trace),
        _ => null,
    };

    private Span PlaceOf(Value value) => value.Trace?.Place ?? file.At(0, 0);

    private RuleExample? Example(Dictionary<string, Value> fields)
    {
        if (fields.GetValueOrDefault("files") is not MapValue files || files.Entries.Length == 0)
        {
            Wrong("Paths and texts are expected as the files of an example.", PlaceOf(fields.Values.First()));
            return null;
        }

        var texts = files.Entries.Select(entry => (entry.Key, Text(entry.Value))).ToImmutableArray();
        var marked = texts.SelectMany(each => ExpectComments.In(each.Key, each.Item2)).ToImmutableArray();
        var (expected, places) = Expectation(fields, marked);
        return new RuleExample { Name = Text(fields.GetValueOrDefault("name")), Files = texts, Expected = expected, Places = places, Also = Texts(fields.GetValueOrDefault("also")) };
    }

    private (Outcome Expected, ImmutableArray<(string Path, int Line)> Places) Expectation(Dictionary<string, Value> fields, ImmutableArray<(string, int)> marked)
    {
        switch (fields.GetValueOrDefault("expect"))
        {
            case null when marked.Length > 0:
                return (Outcome.Fail, marked);
            case null:
                Wrong("Nothing says what is expected: \"expect\", or a comment \"expect: fail\" on the line of each finding.", PlaceOf(fields["files"]));
                return default;
            case MapValue map when map["fail"] is { } fail && map.Entries.Length == 1:
                return (Outcome.Fail, [.. marked, .. Places(fail)]);
            case TextValue { Known: "fail" }:
                return (Outcome.Fail, marked);
            case TextValue { Known: "silent" } when marked.Length == 0:
                return (Outcome.Pass, []);
            case TextValue { Known: "undecided" } when marked.Length == 0:
                return (Outcome.Undecided, []);
            case { } other:
                Wrong("An example expects fail, silent or undecided; only fail goes with places.", PlaceOf(other));
                return default;
        }
    }

    private IEnumerable<(string Path, int Line)> Places(Value written)
    {
        foreach (var place in written is ListValue list ? list.Values : [written])
        {
            if (place is MapValue map && map["path"] is TextValue { Known: { } path } && map["line"] is { } line
                && int.TryParse(Written(line)?.Known, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                yield return (path, number);
            }
            else
            {
                Wrong("\"path\" and \"line\" of the finding are expected here.", PlaceOf(place));
            }
        }
    }
}
