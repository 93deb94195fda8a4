using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about the order in which things are created.</summary>
public static class OrderFunctions
{
    /// <summary>The functions, bound to a world.</summary>
    public static ImmutableArray<Function> Of(World world)
    {
        var order = new Lazy<Order>(() => Order.Of(world));
        return
        [
            new Function(
                "happens_after",
                [new Parameter("later", FieldType.Any), new Parameter("earlier", FieldType.Any)],
                FieldType.Bool,
                "Whether one fact is certainly created after another, by references or depends_on. Undecided across roots and templates, and where a module that is not there stands between them.",
                call => HappensAfter(order.Value, call[0], call[1])),
            new Function(
                "order_place",
                [new Parameter("later", FieldType.Any), new Parameter("earlier", FieldType.Any)],
                FieldType.Text,
                "Name and place of the declaration in which it can be written that one fact waits for another: its own, or the module call around it that stands beside the other.",
                call => OrderPlace(world, call[0], call[1])),
            new Function(
                "wait_between",
                [new Parameter("earlier", FieldType.Any), new Parameter("later", FieldType.Any)],
                FieldType.Number,
                "Seconds that certainly pass between the creation of two facts: pauses on the best path of dependencies. 0 where nothing waits; a very large number where something waits until it works.",
                call => (call[0], call[1]) is (FactValue { Fact.Resource: { } first }, FactValue { Fact.Resource: { } last })
                    ? new Waits(order.Value).Between(first, last)
                    : UnknownValue.From(DataType.Number, call[0], call[1])),
        ];
    }

    private static Value OrderPlace(World world, Value later, Value earlier)
    {
        if (later is not FactValue { Fact: { Resource: { } last } fact })
        {
            return UnknownValue.From(DataType.Text, later);
        }

        var (address, place) = earlier is FactValue { Fact.Resource: { } first } ? OrderPlaces.Of(last, first, world.Inventory) : (fact.Address, fact.Place);
        return new TextValue(address.Path).Through(StepKind.Literal, address.Path, place);
    }

    private static Value HappensAfter(Order order, Value later, Value earlier) => (later, earlier) switch
    {
        (FactValue { Fact.Resource: { } last }, FactValue { Fact.Resource: { } first }) => Answer.Of(
            order.HappensAfter(last, first),
            new Cause(UnknownReason.OpenWorld, $"whether {last.Address} comes after {first.Address} is not to be seen", last.Place, null)),
        (FactValue, FactValue) => Answer.Of(Truth.Unknown, new Cause(UnknownReason.OpenWorld, "one of the two is not declared here", null, null)),
        _ => UnknownValue.From(DataType.Bool, later, earlier),
    };
}
