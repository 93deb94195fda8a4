using System.Collections.Immutable;
using System.Globalization;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Evaluates nested blocks, <c>dynamic</c> ones expanded.</summary>
/// <param name="owner">Address of what they belong to, for the identity of what is undecided.</param>
internal sealed class BlockReader(string owner)
{
    private const int DynamicLimit = 1000;

    /// <summary>All blocks of a type, in written order. Open when a <c>dynamic</c> yields nobody knows how many.</summary>
    internal ListValue Blocks(IEnumerable<Block> among, string type, ModuleScope scope)
    {
        var items = ImmutableArray.CreateBuilder<Item>();
        var open = ImmutableArray.CreateBuilder<Cause>();
        foreach (var block in among)
        {
            if (Declaration.NestedType(block) != type)
            {
                continue;
            }

            if (block.Type == "dynamic")
            {
                Expand(block, type, scope, items, open);
            }
            else
            {
                items.Add(new Item(Map(block.Body, block, scope)));
            }
        }

        return new ListValue(items.ToImmutable()) { OpenBecause = open.Count > 0 ? open.ToImmutable() : null };
    }

    /// <summary>
    /// The value of an argument with the place of its expression as its newest step: that is where a user edits it, wherever the value came from.
    /// </summary>
    internal static Value WrittenAt(Languages.Hcl.Attribute attribute, Value value) =>
        value.NewestPlace == attribute.Value.Place ? value : value.Through(StepKind.Literal, attribute.Name, attribute.Value.Place);

    /// <summary>The arguments and nested blocks of a body.</summary>
    internal MapValue Map(Body body, Block block, ModuleScope scope)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>();
        foreach (var attribute in body.Attributes)
        {
            entries.Add(new Entry(attribute.Name, WrittenAt(attribute, scope.Evaluate(attribute.Value)), attribute.NamePlace));
        }

        var blocks = body.Blocks.ToList();
        foreach (var type in blocks.Select(Declaration.NestedType).Distinct(StringComparer.Ordinal))
        {
            if (body.Find(type) is null && Blocks(blocks, type, scope) is var found and not { Items: [], IsOpen: false })
            {
                entries.Add(new Entry(type, found, blocks.Find(nested => Declaration.NestedType(nested) == type)!.TypePlace));
            }
        }

        return (MapValue)new MapValue(entries.ToImmutable()) { Place = block.Place }.Through(StepKind.Literal, Declaration.NestedType(block), block.Header);
    }

    /// <summary>What stands in a block; for a <c>dynamic</c> what stands in its <c>content</c>, null if it has none.</summary>
    internal static Body? ContentOf(Block block)
    {
        if (block.Type != "dynamic")
        {
            return block.Body;
        }

        foreach (var content in block.Body.BlocksOf("content"))
        {
            return content.Body;
        }

        return null;
    }

    private void Expand(Block block, string type, ModuleScope scope, ImmutableArray<Item>.Builder items, ImmutableArray<Cause>.Builder open)
    {
        if (ContentOf(block) is not { } content || block.Body.Find("for_each") is not { } each)
        {
            return;
        }

        var iterator = block.Body.Find("iterator") is { } named && StaticText.Name(named.Value) is { } name ? name : type;
        var place = each.Value.Place;
        var collection = scope.Evaluate(each.Value);
        foreach (var (guard, value) in collection is ChoiceValue choice ? choice.Alternatives : [new Alternative(Guard.Always, collection)])
        {
            Elements(value, guard);
        }

        void Elements(Value value, Guard guard)
        {
            switch (value)
            {
                case ListValue list:
                    for (var at = 0; at < list.Items.Length && items.Count < DynamicLimit; at++)
                    {
                        var item = list.Items[at];
                        Add(list.Kind == SequenceKind.Set ? item.Value : NumberValue.Of(at), item.Value, guard.And(item.Guard));
                    }

                    Rest(list.OpenBecause, list.Items.Length, value, guard);
                    break;
                case MapValue map:
                    for (var at = 0; at < map.Entries.Length && items.Count < DynamicLimit; at++)
                    {
                        var entry = map.Entries[at];
                        Add(new TextValue(entry.Key), entry.Value, guard.And(entry.Guard));
                    }

                    Rest(map.OpenBecause, map.Entries.Length, value, guard);
                    break;
                case NullValue:
                    break;
                default:
                    Rest(UnknownValue.From(null, value).Causes, 0, value, guard);
                    break;
            }
        }

        void Rest(ImmutableArray<Cause>? because, int seen, Value value, Guard guard)
        {
            if (items.Count >= DynamicLimit)
            {
                scope.Module.Root.Report("instance-limit", $"A dynamic block of {owner} has more than {DynamicLimit} elements; the rest is not seen", block.Header);
                because ??= [new Cause(UnknownReason.Limit, "too many elements", block.Header, null)];
                seen = DynamicLimit;
            }

            if (because is not { } causes)
            {
                return;
            }

            open.AddRange(causes);
            if (seen == 0)
            {
                // Nothing was told apart: one template shows what each block would look like.
                var element = value is UnknownValue { Element: { } known } ? known : new UnknownValue(causes);
                var predicate = string.Create(CultureInfo.InvariantCulture, $"{scope.PredicatePrefix}|dynamic|{owner}|{block.Place.Start}");
                Add(new UnknownValue(causes, DataType.Text), element, guard.And(Guard.When(predicate, true, $"dynamic \"{type}\" has elements", causes)));
            }
        }

        void Add(Value key, Value value, Guard? guard)
        {
            if (guard is not null)
            {
                var inner = scope.With(iterator, key.Through(StepKind.Element, iterator + ".key", place), value.Through(StepKind.Element, iterator + ".value", place));
                items.Add(new Item(Map(content, block, inner), guard));
            }
        }
    }
}
