using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Functions;

/// <summary>What rules may ask about the part that callers of modules have in a value.</summary>
internal static class CallerFunctions
{
    internal static IEnumerable<Function> All { get; } =
    [
        new Function(
            "from_caller",
            [new Parameter("fact", FieldType.Any), new Parameter("value", FieldType.Any)],
            FieldType.Any,
            "What of a value the caller of the fact's module wrote: its first element from there, or the value itself, at the place where it is written. Null where the module itself says it all, and outside of modules.",
            call => call[0] is FactValue { Fact: { Resource.Module: not "" } fact } ? FromCaller(fact, call[1]) : NullValue.Instance),
    ];

    private static Value FromCaller(Fact fact, Value value)
    {
        // What stands for a module that is not installed has the place of its call: there, everything a user wrote came from outside.
        var isStandIn = fact.Place.File is StandIn;
        var own = Folder(fact.Place);
        foreach (var part in value is ListValue list ? list.Values.Append(value) : [value])
        {
            if (part.Trace?.Source is { Place.File: not null } source && (isStandIn ? source.Place.File is not StandIn : Folder(source.Place) != own))
            {
                return part.With(source);
            }
        }

        return NullValue.Instance;
    }

    private static string Folder(Span place) => place.Outermost.File.Path is var path && path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
}
