using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;
using Tomlyn.Syntax;

namespace Analyzer.Languages.Toml;

/// <summary>Makes values of the tree of a document: its tables may be written in any order, and in parts.</summary>
internal sealed class TomlBuilder(SourceFile source, DecodedText text, ProblemLog problems)
{
    /// <summary>The document.</summary>
    internal MapValue Of(DocumentSyntax document)
    {
        foreach (var message in document.Diagnostics)
        {
            problems.Add(new Problem("syntax-error", $"TOML: {message.Message.TrimEnd('.')}.", PlaceOf(message.Span)));
        }

        var root = new Table(source.Whole);
        Fill(root, document.KeyValues);
        foreach (var table in document.Tables)
        {
            var names = NamesOf(table.Name);
            if (names.Count == 0)
            {
                continue;
            }

            var place = PlaceOf(table.Span);
            var at = Down(root, names, names.Count - 1, place);
            Fill(table is TableArraySyntax ? at.AddTo(names[^1], place) : at.Inner(names[^1], place), table.Items);
        }

        return root.Done();
    }

    /// <summary>The place of a node; its end is its last character.</summary>
    private Span PlaceOf(SourceSpan span) => text.Place(span.Start.Offset, span.End.Offset + 1);

    private void Fill(Table table, SyntaxList<KeyValueSyntax> items)
    {
        foreach (var item in items)
        {
            Set(table, item);
        }
    }

    private void Set(Table table, KeyValueSyntax item)
    {
        var names = NamesOf(item.Key);
        if (names.Count > 0 && item.Value is { } value)
        {
            Down(table, names, names.Count - 1, PlaceOf(item.Span)).Set(names[^1], Of(value));
        }
    }

    private static Table Down(Table table, List<Name> names, int count, Span place)
    {
        for (var at = 0; at < count; at++)
        {
            table = table.Inner(names[at], place);
        }

        return table;
    }

    private List<Name> NamesOf(KeySyntax? key)
    {
        var names = new List<Name>();
        Add(key?.Key);
        foreach (var part in key is null ? [] : key.DotKeys)
        {
            Add(part.Key);
        }

        return names;

        void Add(BareKeyOrStringValueSyntax? part)
        {
            if ((part switch { BareKeySyntax bare => bare.Key?.Text, StringValueSyntax quoted => quoted.Value, _ => null }) is { } name)
            {
                names.Add(new Name(name, PlaceOf(part!.Span)));
            }
        }
    }

    private Value Of(ValueSyntax value)
    {
        var place = PlaceOf(value.Span);
        var way = new Trace(StepKind.Literal, "", place);
        switch (value)
        {
            case StringValueSyntax written:
                return new TextValue(written.Value ?? "").With(way);
            case BooleanValueSyntax flag:
                return BoolValue.Of(flag.Value).With(way);
            case IntegerValueSyntax number:
                return NumberValue.Of(number.Value).With(way);
            case ArraySyntax array:
                var items = new List<Value>();
                foreach (var item in array.Items)
                {
                    if (item.Value is { } inner)
                    {
                        items.Add(Of(inner));
                    }
                }

                return ListValue.Of(items).With(way);
            case InlineTableSyntax inline:
                var table = new Table(place);
                foreach (var item in inline.Items)
                {
                    if (item.KeyValue is { } pair)
                    {
                        Set(table, pair);
                    }
                }

                return table.Done();
            default:
                return new TextValue(place.Text).With(way);
        }
    }

    /// <summary>A part of a key, and where it stands.</summary>
    private sealed record Name(string Text, Span Place);

    /// <summary>A table while it is read. What is defined twice is told by the parser; the first one counts.</summary>
    private sealed class Table(Span place)
    {
        private readonly OrderedDictionary<string, object> _entries = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Span> _places = new(StringComparer.Ordinal);

        internal void Set(Name name, Value value)
        {
            if (_entries.TryAdd(name.Text, value))
            {
                _places.Add(name.Text, name.Place);
            }
        }

        /// <summary>The table of a name: of an array of tables its last. One that is something else already is lost.</summary>
        internal Table Inner(Name name, Span at)
        {
            if (_entries.TryGetValue(name.Text, out var known))
            {
                return known switch { Table table => table, List<Table> list => list[^1], _ => new Table(at) };
            }

            var made = new Table(at);
            _entries.Add(name.Text, made);
            _places.Add(name.Text, name.Place);
            return made;
        }

        internal Table AddTo(Name name, Span at)
        {
            var made = new Table(at);
            if (!_entries.TryGetValue(name.Text, out var known))
            {
                _entries.Add(name.Text, new List<Table> { made });
                _places.Add(name.Text, name.Place);
            }
            else if (known is List<Table> list)
            {
                list.Add(made);
            }

            return made;
        }

        internal MapValue Done() => (MapValue)new MapValue([.. _entries.Select(each => new Entry(each.Key, Value(each.Value), _places[each.Key]))]) { Place = place }.With(new Trace(StepKind.Literal, "", place));

        private static Value Value(object entry) => entry switch
        {
            Table table => table.Done(),
            List<Table> list => ListValue.Of(list.Select(each => (Value)each.Done())),
            _ => (Value)entry,
        };
    }
}
