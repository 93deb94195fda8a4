using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Finds the fact that a resource is, for a value that came by a reference to it; null if it is none.</summary>
internal delegate T? FindFact<out T>(Reference reference, Resource resource)
    where T : Fact;

/// <summary>Written ids as links: an id that nobody resolves may be anything's.</summary>
internal static class Identifiers
{
    /// <summary>The fact an id means: a <see cref="FactValue"/>, null when none is written, a choice, or unknown when it is none of those declared here.</summary>
    internal static Value Link<T>(World world, Value written, string what, FindFact<T> find)
        where T : Fact
    {
        switch (written)
        {
            case NullValue or TextValue { Known: "" }:
                return NullValue.Instance;
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Link(world, each.Value, what, find) }));
        }

        foreach (var reference in written.References)
        {
            if (world.Inventory.Find(reference.Target) is { } exact)
            {
                if (find(reference, exact) is { } fact)
                {
                    return Links.To(fact);
                }

                continue;
            }

            var found = world.Inventory.InstancesOf(reference.Target.Block).Select(instance => find(reference, instance)).OfType<T>().Take(2).ToList();
            if (found is [var only])
            {
                return Links.To(only);
            }

            if (found.Count > 1)
            {
                return new UnknownValue(UnknownReason.Ambiguous, $"{reference.Target.Path} may be any of several", written.Trace?.Place);
            }
        }

        return Links.Undeclared(written, what);
    }

    /// <summary>The facts a list of ids means. What is not known is an unknown element; a list nobody knows is open.</summary>
    internal static ListValue LinkAll<T>(World world, Value written, string what, FindFact<T> find)
        where T : Fact
    {
        switch (written)
        {
            case NullValue or TextValue { Known: "" }:
                return ListValue.Empty;
            case TextValue:
                return ListValue.Of([Link(world, written, what, find)]);
            case ListValue list:
                var items = ImmutableArray.CreateBuilder<Item>(list.Items.Length);
                var open = new List<Cause>(list.OpenBecause ?? []);
                foreach (var item in list.Items)
                {
                    if (item.Value is ListValue inner)
                    {
                        var all = LinkAll(world, inner, what, find);
                        items.AddRange(all.Items.Select(each => each with { Guard = each.Guard.And(item.Guard) ?? item.Guard }));
                        open.AddRange(all.OpenBecause ?? []);
                    }
                    else if (Link(world, item.Value, what, find) is var link and not NullValue)
                    {
                        items.Add(item with { Value = link });
                    }
                }

                return new ListValue(items.ToImmutable()) { OpenBecause = open.Count == 0 ? list.OpenBecause : [.. open.Take(Cause.Limit)] };
            case UnknownValue { Element: { } element } when Link(world, element, what, find) is FactValue each:
                // All instances of a block whose number nobody knows: one fact stands for each of them.
                return ListValue.Of([each]);
            default:
                return new ListValue([]) { OpenBecause = Links.Undeclared(written, what).Causes };
        }
    }

    /// <summary>
    /// Whether a resource is there for a fact that it names by an id: guards must agree, and what stands for any number of instances must be one for each of the fact's.
    /// </summary>
    internal static Truth Holds(Resource resource, Value id, Fact fact)
    {
        if (!fact.Guard.MeetsWith(resource.Guard))
        {
            return Truth.No;
        }

        if (!fact.Guard.Implies(resource.Guard))
        {
            return Truth.Unknown;
        }

        var isExact = id.References.Any(reference => reference.Target == fact.Resource!.Address);
        var isForAny = fact.Resource!.Multiplicity == Multiplicity.Any;
        return resource.Multiplicity == Multiplicity.Any ? Kleene.Of(isForAny && isExact).Or(Truth.Unknown)
            : isForAny && !isExact ? Truth.Unknown
            : Truth.Yes;
    }
}
