using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of sets.</summary>
internal static class SetFunctions
{
    private static readonly DataType SetOfAny = new SetType(DataType.Dynamic);

    internal static IEnumerable<Function> All =>
    [
        Variadic("setunion", SetOfAny, "What is in any of several sets.", call => Combine(call, Union), new Input("first_set", SetOfAny), new Input("other_sets", SetOfAny)),
        Variadic("setintersection", SetOfAny, "What is in all of several sets.", call => Combine(call, (a, b) => Filter(a, b, wanted: true)), new Input("first_set", SetOfAny), new Input("other_sets", SetOfAny)),
        Of("setsubtract", SetOfAny, "What is in the first set and not in the second.", call => Combine(call, (a, b) => Filter(a, b, wanted: false)), new Input("a", SetOfAny), new Input("b", SetOfAny)),
        Variadic("setproduct", new ListType(DataType.Dynamic), "All combinations of elements of several lists.", Product, Any("sets")),
    ];

    private static Value Combine(Arguments call, Func<Value, Value, Value> combine)
    {
        // Each element is compared with others, so one that is an error makes all one.
        if (call.All.OfType<ListValue>().SelectMany(set => set.Items).FirstOrDefault(item => item.Guard.IsAlways && Conversion.IsError(item.Value)) is { } error)
        {
            return error.Value;
        }

        var element = Conversion.Unify(call.All.Select(set => set.Type is SetType { Element: var type } ? type : DataType.Dynamic));
        if (element is null)
        {
            // A set of which no element is certainly there may be one without elements, which goes with any other.
            return call.All.Any(set => set is not ListValue list || (!list.HasKnownLength && !list.Items.Any(item => item.Guard.IsAlways)))
                ? UnknownValue.From(SetOfAny, call.All).WithMayFail(true)
                : Conversion.Error("the sets have elements of different types", SetOfAny);
        }

        var type = new SetType(element);
        var combined = call.All.Skip(1).Aggregate(Conversion.To(call[0], type), (all, set) => combine(all, Conversion.To(set, type)));

        // What a set holds of which no type is known may be nothing that the others could be converted to.
        return call.All.Any(set => set is UnknownValue { Type: SetType { Element: DynamicType }, Reference: null }) ? combined.WithMayFail(true) : combined;
    }

    private static Value Union(Value left, Value right) => (left, right) switch
    {
        (ListValue a, ListValue b) => Conversion.Set([.. a.Items, .. b.Items], a.ElementType, Sequences.Both(a.OpenBecause, b.OpenBecause)),
        (ListValue a, _) => Opened(a, right),
        (_, ListValue b) => Opened(b, left),
        _ => UnknownValue.From(left.Type, left, right),
    };

    private static ListValue Opened(ListValue list, Value unknown) =>
        new(list.Items, list.Kind, list.ElementType) { OpenBecause = Sequences.Both(list.OpenBecause, Sequences.Causes(unknown)) };

    private static Value Filter(Value from, Value by, bool wanted)
    {
        if (from is ListValue { Items: [], IsOpen: false })
        {
            return from;
        }

        if (from is not ListValue list || by is not ListValue other)
        {
            return by is ListValue { Items: [], IsOpen: false } ? wanted ? by : from : UnknownValue.From(from.Type, from, by);
        }

        var items = new List<Item>();
        var open = list.OpenBecause;
        foreach (var item in list.Items)
        {
            switch (Sequences.Contains(other, item.Value))
            {
                case BoolValue { Value: var found }:
                    if (found == wanted)
                    {
                        items.Add(item);
                    }

                    break;
                case ChoiceValue choice:
                    var guard = choice.Alternatives.First(each => each.Value is BoolValue { Value: var found } && found == wanted).Guard;
                    if (item.Guard.And(guard) is { } both)
                    {
                        items.Add(item with { Guard = both });
                    }

                    break;
                case var undecided:
                    open = Sequences.Both(open, Sequences.Causes(undecided));
                    break;
            }
        }

        return new ListValue([.. items], SequenceKind.Set, list.ElementType) { OpenBecause = open };
    }

    private static Value Product(Arguments call)
    {
        if (call.Count < 2)
        {
            return Conversion.Error("setproduct needs at least two arguments");
        }

        var lists = call.All.Select(Sequences.Open).ToList();
        if (lists.Exists(list => list is not (ListValue or UnknownValue { Type: DynamicType or ListType or SetType })))
        {
            return Conversion.Error("arguments of setproduct must be lists or sets");
        }

        if (lists.Exists(list => list is UnknownValue))
        {
            return lists.Exists(list => list is ListValue { Items: [], IsOpen: false }) ? ListValue.Empty : UnknownValue.From(new ListType(DataType.Dynamic), call.All);
        }

        if (lists.Aggregate(1L, (count, list) => Math.Min(count * ((ListValue)list).Items.Length, Sequences.ElementLimit + 1L)) > Sequences.ElementLimit)
        {
            return new UnknownValue(UnknownReason.Limit, "the product has too many elements", type: new ListType(DataType.Dynamic));
        }

        List<(ImmutableArray<Value> Values, Guard Guard)> rows = [([], Guard.Always)];
        ImmutableArray<Cause>? open = null;
        foreach (var list in lists.Cast<ListValue>())
        {
            open = Sequences.Both(open, list.OpenBecause);
            rows = [.. rows.SelectMany(row => list.Items
                .Select(item => (row.Values.Add(item.Value), Guard: row.Guard.And(item.Guard)))
                .Where(next => next.Guard is not null)
                .Select(next => (next.Item1, next.Guard!)))];
        }

        var items = rows.ConvertAll(row => new Item(ListValue.Of(row.Values), row.Guard));
        var product = new ListValue([.. items]) { OpenBecause = open };
        return Conversion.To(product, lists.TrueForAll(list => list is ListValue { Kind: SequenceKind.Set }) ? SetOfAny : new ListType(DataType.Dynamic));
    }
}
