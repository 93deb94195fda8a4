using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.Terraform.Data;

/// <summary>
/// Computes <c>data "aws_iam_policy_document"</c>: the policy in the form of IAM's JSON, every statement with its place and its guard. What cannot be seen leaves the list of statements open;
/// an unknown overriding document leaves nothing, because it may replace any statement.
/// </summary>
internal static class PolicyDocument
{
    private const string DefaultVersion = "2012-10-17";

    /// <summary>The text of the document, which encodes the policy; unknown when an overriding document is.</summary>
    internal static Value Json(MapValue arguments, Span place)
    {
        var statements = new Statements();
        AddSources(statements, arguments["source_json"]);
        AddSources(statements, arguments["source_policy_documents"]);
        var blocks = Blocks(arguments, "statement");
        foreach (var item in blocks.Items)
        {
            if (item.Value is MapValue block)
            {
                statements.Put(new Item(Statement(block), item.Guard), replaces: true);
            }
            else
            {
                statements.Open(UnknownValue.From(null, item.Value).Causes);
            }
        }

        statements.Open(blocks.OpenBecause);
        if ((AddOverrides(statements, arguments["override_json"]) ?? AddOverrides(statements, arguments["override_policy_documents"])) is { } unknown)
        {
            return UnknownValue.From(DataType.Text, unknown);
        }

        var entries = ImmutableArray.CreateBuilder<Entry>();
        entries.Add(new Entry("Version", Given(arguments, "version") ?? new TextValue(DefaultVersion)));
        if (Given(arguments, "policy_id") is { } id)
        {
            entries.Add(new Entry("Id", id));
        }

        entries.Add(new Entry("Statement", statements.ToList()));
        var policy = new MapValue(entries.ToImmutable()) { Place = arguments.Place };
        var encoded = TerraformFunctions.Find("jsonencode")!.Body(new Call([policy], place));
        var text = encoded as TextValue ?? TextValue.Of([new TextPart(encoded)]);
        return text.Encoding(new Encoded("json", policy)).With(null);
    }

    private static MapValue Statement(MapValue block)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>();
        Add("Sid", Given(block, "sid") is TextValue { Known: "" } ? null : Given(block, "sid"), block.Find("sid"));
        Add("Effect", Given(block, "effect") ?? new TextValue("Allow").With(block.Trace), block.Find("effect"));
        Add("Action", Words(block, "actions"), block.Find("actions"));
        Add("NotAction", Words(block, "not_actions"), block.Find("not_actions"));
        Add("Resource", Words(block, "resources"), block.Find("resources"));
        Add("NotResource", Words(block, "not_resources"), block.Find("not_resources"));
        Add("Principal", Principals(Blocks(block, "principals")), block.Find("principals"));
        Add("NotPrincipal", Principals(Blocks(block, "not_principals")), block.Find("not_principals"));
        Add("Condition", Conditions(Blocks(block, "condition")), block.Find("condition"));
        return (MapValue)new MapValue(entries.ToImmutable()) { Place = block.Place }.With(block.Trace);

        void Add(string key, Value? value, Entry? written)
        {
            if (value is not null)
            {
                entries.Add(new Entry(key, value, written?.KeyPlace ?? block.Place));
            }
        }
    }

    /// <summary>Nested blocks; in JSON syntax one may stand without a list.</summary>
    private static ListValue Blocks(MapValue body, string name) => Given(body, name) switch
    {
        null => ListValue.Empty,
        ListValue list => list,
        MapValue only => ListValue.Of([only]),
        var other => new ListValue([]) { OpenBecause = UnknownValue.From(null, other).Causes },
    };

    private static Value? Given(MapValue block, string name) => block[name] is { } value and not NullValue ? value : null;

    /// <summary>A list of texts; an empty one counts as not written, one element stands alone.</summary>
    private static Value? Words(MapValue block, string name) => Given(block, name) switch
    {
        null => null,
        ListValue { Items.IsEmpty: true, IsOpen: false } => null,
        var words => Single(Unescaped(words)),
    };

    private static Value Single(Value words) => words is ListValue { Items: [{ Guard.IsAlways: true } only], IsOpen: false } ? only.Value : words;

    /// <summary>Policy variables are written <c>&amp;{aws:username}</c>, so that they are not interpolations.</summary>
    private static Value Unescaped(Value value) => value switch
    {
        ListValue list => new ListValue([.. list.Items.Select(item => item with { Value = Unescaped(item.Value) })], list.Kind, list.ElementType) { OpenBecause = list.OpenBecause }
            .With(list.Trace),
        TextValue text when text.Parts.Any(part => part.Literal?.Contains("&{", StringComparison.Ordinal) == true) => TextValue.Of(text.Parts.Select(part =>
            part.Literal is { } literal ? new TextPart(literal.Replace("&{", "${", StringComparison.Ordinal)) : part)).With(text.Trace),
        _ => value,
    };

    private static Value? Principals(ListValue list)
    {
        if (list.Items.IsEmpty)
        {
            return list.OpenBecause is { } because ? new UnknownValue(because) : null;
        }

        if (list.Items is [{ Guard.IsAlways: true, Value: MapValue only }] && only["type"] is TextValue { Known: "*" }
            && only["identifiers"] is ListValue { Items: [{ Value: TextValue { Known: "*" } anyone }] })
        {
            return anyone;
        }

        return Grouped(list, item => (item["type"], item["identifiers"]));
    }

    private static MapValue? Conditions(ListValue list)
    {
        if (list.Items.IsEmpty && !list.IsOpen)
        {
            return null;
        }

        var byTest = new OrderedDictionary<string, List<Item>>(StringComparer.Ordinal);
        var open = list.OpenBecause;
        foreach (var item in list.Items)
        {
            if (item.Value is MapValue condition && condition["test"] is TextValue { Known: { } test })
            {
                Append(byTest, test, item);
            }
            else
            {
                open ??= UnknownValue.From(null, item.Value).Causes;
            }
        }

        var tests = ImmutableArray.CreateBuilder<Entry>(byTest.Count);
        foreach (var (test, conditions) in byTest)
        {
            tests.Add(new Entry(test, Grouped(new ListValue([.. conditions]), item => (item["variable"], item["values"])), Any(conditions)));
        }

        return new MapValue(tests.DrainToImmutable()) { OpenBecause = open };
    }

    /// <summary>Blocks that name a key and values, gathered by key.</summary>
    private static MapValue Grouped(ListValue blocks, Func<MapValue, (Value? Key, Value? Values)> split)
    {
        var groups = new OrderedDictionary<string, List<Item>>(StringComparer.Ordinal);
        var keys = new Dictionary<string, TextValue>(StringComparer.Ordinal);
        var open = new List<Cause>(blocks.OpenBecause ?? []);
        foreach (var item in blocks.Items)
        {
            // A key such as "${issuer}:sub" keeps its known end; two that only look alike are not taken for one.
            if (item.Value is not MapValue block || split(block) is not ({ } written, { } values) || SharedText.Of(Unescaped(written)) is not { } key)
            {
                open.AddRange(UnknownValue.From(null, item.Value).Causes);
                continue;
            }

            var shown = key.ToString();
            open.AddRange(Cause.Of(key));
            if (keys.TryAdd(shown, key) || keys[shown].EqualTo(key) == Truth.Yes)
            {
                Append(groups, shown, item with { Value = Unescaped(values) });
            }
            else
            {
                open.Add(new Cause(UnknownReason.Ambiguous, $"two keys are \"{shown}\" as far as they are known", block.Place, null));
            }
        }

        var entries = ImmutableArray.CreateBuilder<Entry>(groups.Count);
        foreach (var (shown, items) in groups)
        {
            entries.Add(new Entry(shown, Joined(items), Any(items)) { KeyText = keys[shown].Known is null ? keys[shown] : null });
        }

        return new MapValue(entries.DrainToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    /// <summary>When any of them is there.</summary>
    private static Guard Any(List<Item> items) => items.Aggregate(items[0].Guard, (guard, item) => guard.Or(item.Guard));

    private static Value Joined(List<Item> values)
    {
        if (values is [var only])
        {
            return Single(only.Value);
        }

        var items = ImmutableArray.CreateBuilder<Item>();
        ImmutableArray<Cause>? open = null;
        foreach (var (value, guard) in values)
        {
            if (value is not ListValue list)
            {
                open ??= UnknownValue.From(null, value).Causes;
                continue;
            }

            open ??= list.OpenBecause;
            foreach (var item in list.Items)
            {
                if (guard.And(item.Guard) is { } both)
                {
                    items.Add(new Item(item.Value, both));
                }
            }
        }

        return Single(new ListValue(items.ToImmutable()) { OpenBecause = open });
    }

    private static void Append(OrderedDictionary<string, List<Item>> groups, string key, Item item)
    {
        if (!groups.TryGetValue(key, out var list))
        {
            groups.Add(key, list = []);
        }

        list.Add(item);
    }

    private static void AddSources(Statements statements, Value? documents)
    {
        foreach (var (document, guard) in Documents(documents, statements))
        {
            if (StatementsOf(document) is not { } list)
            {
                statements.Open(UnknownValue.From(null, document).Causes);
                continue;
            }

            statements.Open(list.OpenBecause);
            foreach (var item in list.Items)
            {
                if (guard.And(item.Guard) is { } both)
                {
                    statements.Put(new Item(item.Value, both), replaces: false);
                }
            }
        }
    }

    /// <summary>Applies overriding documents; answers the documents if some part of them is unknown.</summary>
    private static Value? AddOverrides(Statements statements, Value? documents)
    {
        var unseen = new Statements();
        foreach (var (document, guard) in Documents(documents, unseen))
        {
            if (StatementsOf(document) is not { IsOpen: false } list)
            {
                return document;
            }

            foreach (var item in list.Items)
            {
                if (guard.And(item.Guard) is { } both)
                {
                    statements.Put(new Item(item.Value, both), replaces: true);
                }
            }
        }

        return unseen.IsOpen ? documents : null;
    }

    private static IEnumerable<Item> Documents(Value? documents, Statements statements)
    {
        var items = documents switch
        {
            null or NullValue => [],
            ListValue list => list.Items.AsEnumerable(),
            _ => [new Item(documents)],
        };
        statements.Open((documents as ListValue)?.OpenBecause);
        return items.Where(item => item.Value is not (NullValue or TextValue { Known: "" })).SelectMany(item => item.Value is ChoiceValue choice
            ? choice.Alternatives.Where(each => each.Value is not (NullValue or TextValue { Known: "" })).Select(each => (Each: each.Value, Guard: item.Guard.And(each.Guard)))
                .Where(each => each.Guard is not null).Select(each => new Item(each.Each, each.Guard!))
            : [item]);
    }

    private static ListValue? StatementsOf(Value document)
    {
        var policy = document is TextValue { Content: { Format: "json" } encoded } ? encoded.Content
            : document is TextValue ? TerraformFunctions.Find("jsondecode")!.Body(new Call([document], null))
            : document;
        return policy is not MapValue { IsOpen: false } map ? null : map["Statement"] switch
        {
            ListValue list => list,
            MapValue only => ListValue.Of([only]),
            null or NullValue => ListValue.Empty,
            _ => null,
        };
    }

    /// <summary>Statements in order; a later one with the <c>Sid</c> of an earlier one takes its place.</summary>
    private sealed class Statements
    {
        private readonly List<Item> _items = [];
        private ImmutableArray<Cause>? _open;

        internal bool IsOpen => _open is not null;

        internal void Open(ImmutableArray<Cause>? because) => _open ??= because;

        internal void Put(Item item, bool replaces)
        {
            var sid = SidOf(item.Value);
            var at = replaces && sid is not null ? _items.FindIndex(mine => SidOf(mine.Value) == sid) : -1;
            if (at < 0)
            {
                _items.Add(item);
            }
            else if (item.Guard.IsAlways)
            {
                _items[at] = item;
            }
            else if (_items[at].Guard.MeetsWith(item.Guard))
            {
                // Which of the two stands is undecided: both may be there, and more cannot be said.
                _items.Add(item);
                var causes = item.Guard.Causes.ToImmutableArray();
                _items[at] = new Item(_items[at].Value, _items[at].Guard.And(Guard.When($"sid|{sid}|{at}", true, $"statement \"{sid}\" is not replaced", causes)) ?? _items[at].Guard);
            }
            else
            {
                _items.Add(item);
            }
        }

        internal ListValue ToList() => new([.. _items]) { OpenBecause = _open };

        private static string? SidOf(Value statement) => statement is MapValue map && map["Sid"] is TextValue { Known: { Length: > 0 } sid } ? sid : null;
    }
}
