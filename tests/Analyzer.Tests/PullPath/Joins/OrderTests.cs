using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;

namespace Analyzer.Tests.PullPath.Joins;

public class OrderTests
{
    private static readonly Span Nowhere = SourceFile.FromText("main.tf", "x").Whole;

    [Fact]
    public void What_is_referred_to_comes_before_through_any_number_of_steps()
    {
        var (order, find) = World(("a", ["b"]), ("b", ["c"]), ("c", []), ("d", []));
        Assert.Equal(Truth.Yes, order.HappensAfter(find("a"), find("c")));
        Assert.Equal(Truth.No, order.HappensAfter(find("a"), find("d")));
        Assert.Equal(Truth.No, order.HappensAfter(find("c"), find("a")));
        Assert.Equal(["b", "c"], order.Path(find("a"), find("c"))!.Select(step => step.Target.Path));
        Assert.Null(order.Path(find("a"), find("d")));
        Assert.Contains(new Address("", "c"), order.Closure(find("a")));
    }

    [Fact]
    public void One_instance_stands_for_its_whole_block()
    {
        var (order, find) = World(("t.a[0]", ["t.b[\"x.y\"]"]), ("t.b[\"z\"]", []));
        Assert.Equal(Truth.Yes, order.HappensAfter(find("t.a[0]"), find("t.b[\"z\"]")));
    }

    [Fact]
    public void A_module_stands_for_everything_in_it()
    {
        var (order, find) = World(("t.a", ["module.iam"]), ("module.iam[\"x\"].module.deep.t.b", []), ("module.iamother.t.b", []));
        Assert.Equal(Truth.Yes, order.HappensAfter(find("t.a"), find("module.iam[\"x\"].module.deep.t.b")));
        Assert.Equal(Truth.No, order.HappensAfter(find("t.a"), find("module.iamother.t.b")));
    }

    [Fact]
    public void A_module_that_is_not_there_passes_on_its_depends_on_and_perhaps_its_inputs()
    {
        var (order, find) = World([("t.a", ["module.gone"]), ("t.explicit", []), ("t.input", []), ("t.other", [])], [("module.gone", "t.explicit", "t.input")]);
        Assert.Equal(Truth.Yes, order.HappensAfter(find("t.a"), find("t.explicit")));
        Assert.Equal(Truth.Unknown, order.HappensAfter(find("t.a"), find("t.input")));
        Assert.Equal(Truth.No, order.HappensAfter(find("t.a"), find("t.other")));
    }

    [Fact]
    public void A_cycle_ends()
    {
        var (order, find) = World(("a", ["b"]), ("b", ["a"]), ("c", []));
        Assert.Equal(Truth.No, order.HappensAfter(find("a"), find("c")));
    }

    [Fact]
    public void What_makes_nothing_passes_on_what_it_waits_for()
    {
        var inventory = new Inventory();
        inventory.Add(Make(new Address("", "grant"), []));
        inventory.Add(Make(new Address("", "pool"), [Edge("template", false)]));
        inventory.Add(new Omission(Make(new Address("", "template"), [Edge("grant", true)]), []));
        var order = new Order(inventory);
        Assert.Equal(Truth.Yes, order.HappensAfter(inventory.Find(new Address("", "pool"))!, inventory.Find(new Address("", "grant"))!));
    }

    [Fact]
    public void Things_of_two_roots_are_not_compared()
    {
        var (order, find) = World(("a", []));
        Assert.Equal(Truth.Unknown, order.HappensAfter(find("a"), Make(new Address("other", "b"), [])));
    }

    private static (Order, Func<string, Resource>) World(params (string Path, string[] After)[] resources) => World(resources, []);

    private static (Order, Func<string, Resource>) World((string Path, string[] After)[] resources, (string Path, string Explicit, string Input)[] gaps)
    {
        var inventory = new Inventory();
        foreach (var (path, after) in resources)
        {
            inventory.Add(Make(new Address("", path), [.. after.Select(target => Edge(target, true))]));
        }

        foreach (var (path, before, input) in gaps)
        {
            inventory.Add(new Gap
            {
                Address = new Address("", path),
                Place = Nowhere,
                Reason = "not there",
                Inputs = MapValue.Empty,
                Dependencies = [Edge(before, true), Edge(input, false)],
            });
        }

        return (new Order(inventory), path => inventory.Find(new Address("", path))!);
    }

    private static Dependency Edge(string target, bool isExplicit) => new(new Address("", target), Nowhere, isExplicit, []);

    private static Resource Make(Address address, IReadOnlyList<Dependency> dependencies) => new()
    {
        Address = address,
        Type = "t",
        Name = address.Path,
        Language = Language.Terraform,
        Body = MapValue.Empty,
        Place = Nowhere,
        Whole = Nowhere,
        Dependencies = dependencies,
    };
}
