using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Joins;

/// <summary>
/// Where the order of two things can be written. A resource cannot name one in another module: only the calls that stand beside each other, in the innermost module around both, can. So that is
/// the place to edit, for everything in the later module at once.
/// </summary>
internal static class OrderPlaces
{
    /// <summary>The later thing itself, or the call around it in the innermost module that is around the earlier one too.</summary>
    internal static (Address Address, Span Place) Of(Resource later, Resource earlier, Inventory inventory)
    {
        var theirs = CallsAround(earlier.Module).Select(path => (later.Address with { Path = path }).WithoutKeys).ToHashSet();
        foreach (var path in CallsAround(later.Module))
        {
            var call = later.Address with { Path = path };
            if (!theirs.Contains(call.WithoutKeys))
            {
                return inventory.UnitOf(call.Scope)?.Calls.TryGetValue(call, out var place) == true ? (call, place) : (later.Address, later.Place);
            }
        }

        return (later.Address, later.Place);
    }

    /// <summary>The calls around what is declared in a module, from the outside in: <c>module.a</c>, <c>module.a["x"].module.b</c>.</summary>
    private static IEnumerable<string> CallsAround(string module)
    {
        for (var at = 0; at < module.Length && string.CompareOrdinal(module, at, "module.", 0, 7) == 0; at++)
        {
            at = module.AsSpan(at + 7).IndexOfAny('.', '[') is >= 0 and var length ? at + 7 + length : module.Length;
            yield return module[..at];
            at = at < module.Length && module[at] == '[' ? BehindKey(module, at) : at;
        }
    }

    private static int BehindKey(string module, int bracket)
    {
        var quoted = false;
        for (var at = bracket; at < module.Length; at++)
        {
            quoted ^= module[at] == '"';
            if (module[at] == ']' && !quoted)
            {
                return at + 1;
            }
        }

        return module.Length;
    }
}
