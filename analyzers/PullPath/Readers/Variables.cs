using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers;

/// <summary>
/// Environment variables of containers: their names, and where their values come from. The values themselves are never kept: they may be secrets.
/// </summary>
internal sealed class Variables
{
    private readonly List<Item> _found = [];
    private readonly List<Cause> _open = [];

    /// <summary>All that were added: objects of <c>name</c> and <c>from</c>; open where some are not seen.</summary>
    internal ListValue All
    {
        get
        {
            var causes = _open.Distinct().Take(Cause.Limit).ToList();
            return new ListValue([.. _found]) { OpenBecause = causes.Count == 0 ? null : [.. causes] };
        }
    }

    /// <summary>Adds a list of objects with a name. One that is given an empty text is not given anything.</summary>
    /// <param name="list">The list.</param>
    /// <param name="guard">When the container is there.</param>
    /// <param name="from">Where a value comes from; null leaves the variable out.</param>
    internal void Add(ListValue list, Guard guard, Func<Value, string?> from)
    {
        foreach (var item in list.Items)
        {
            if (item.Value is UnknownValue unknown)
            {
                _open.AddRange(unknown.Causes);
            }
            else if (Written.Either(item.Value, "name", "Name") is not NullValue and var name && from(item.Value) is { } source && guard.And(item.Guard) is { } both)
            {
                _found.Add(new Item(MapValue.Of(("name", name), ("from", new TextValue(source))), both));
            }
        }

        _open.AddRange(list.OpenBecause ?? []);
    }

    /// <summary>Says that a list of sources may bring any variables.</summary>
    internal void Open(ListValue sources, string what)
    {
        foreach (var item in sources.Items)
        {
            _open.Add(new Cause(UnknownReason.Missing, what, item.Value.Trace?.Place ?? (item.Value as MapValue)?.Place, null));
        }

        _open.AddRange(sources.OpenBecause ?? []);
    }

    /// <summary><c>literal</c> for a written value; null for an empty one.</summary>
    internal static string? Literal(Value value) => value is TextValue { Known: "" } ? null : "literal";
}
