using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers;

namespace Analyzer.PullPath.Joins;

/// <summary>
/// Time that passes between two things of one run: the pauses on a path of dependencies, summed; of several paths the longest counts, since all of them are waited for.
/// </summary>
internal sealed class Waits(Order order)
{
    /// <summary>As good as forever: something that only goes on when the grant works.</summary>
    internal const long Forever = 1_000_000;

    // A node pool on the way takes about two minutes until its nodes pull.
    private const long NodePoolSeconds = 120;

    private readonly Dictionary<Address, Wait?> _known = [];

    /// <summary>Seconds from an earlier thing to a later one; unknown where a pause on the way is; an error where no path leads.</summary>
    internal Value Between(Resource earlier, Resource later)
    {
        var goal = earlier.Address.WithoutKeys;
        return Longest(later.Address.WithoutKeys, goal, isEnd: true) switch
        {
            null => new UnknownValue(UnknownReason.Error, $"{later.Address} does not come after {earlier.Address}", later.Place, type: DataType.Number),
            { Unknown: { } unknown } wait when wait.Seconds < 900 => UnknownValue.From(DataType.Number, unknown),
            var wait => NumberValue.Of(Math.Min(wait.Value.Seconds, Forever)),
        };
    }

    private Wait? Longest(Address block, Address goal, bool isEnd)
    {
        if (_known.TryGetValue(block, out var known))
        {
            return known;
        }

        // A circle answers "no path" for the block it comes back to.
        _known[block] = null;
        Wait? best = block == goal ? default(Wait) : null;
        if (block != goal)
        {
            foreach (var before in order.Before(block))
            {
                if (Longest(before, goal, isEnd: false) is { } way && (best is not { } so || way.Seconds > so.Seconds || (way.Unknown is not null && so.Unknown is null)))
                {
                    best = way;
                }
            }
        }

        if (best is { } found && !isEnd)
        {
            best = order.InstancesOf(block).Select(PauseOf).Aggregate(found, (sum, pause) => new Wait(sum.Seconds + pause.Seconds, sum.Unknown ?? pause.Unknown));
        }

        _known[block] = best;
        return best;
    }

    private static Wait PauseOf(Resource resource) => resource.Type switch
    {
        "time_sleep" => resource.At("create_duration") switch
        {
            NullValue => default,
            TextValue { Known: { } text } when Durations.Seconds(text) is { } seconds => new Wait(seconds, null),
            var other => new Wait(0, other),
        },
        "azurerm_kubernetes_cluster" => new Wait(Forever, null),
        "azurerm_kubernetes_cluster_node_pool" => new Wait(NodePoolSeconds, null),
        _ => resource.Meta?["provisioner"] is { } provisioner ? new Wait(provisioner.Deep().OfType<TextValue>().Sum(text => SleepIn(text.ToString())), null) : default,
    };

    /// <summary>Seconds of a <c>sleep N</c> in a script.</summary>
    private static long SleepIn(string script)
    {
        var total = 0L;
        for (var at = script.IndexOf("sleep ", StringComparison.OrdinalIgnoreCase); at >= 0; at = script.IndexOf("sleep ", at + 6, StringComparison.OrdinalIgnoreCase))
        {
            var rest = script.AsSpan(at + 6).TrimStart();
            var digits = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
            if (digits is > 0 and < 7 && long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                total += digits < rest.Length && rest[digits] == 'm' ? number * 60 : number;
            }
        }

        return total;
    }

    /// <summary>Seconds that are certain, and the value that decides how many more there are.</summary>
    private readonly record struct Wait(long Seconds, Value? Unknown);
}
