using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>
/// The order within what is delivered together: phases and sync waves of Argo CD, hooks of a chart. Each waits for the one before. Within a wave, and within a release of Helm, kind follows kind without
/// waiting.
/// </summary>
internal sealed class WaveOrder(Deliveries deliveries, OrderStages stages)
{
    /// <summary>More waves than anybody writes; the order of a world with more is taken as unknown.</summary>
    private const int WaveLimit = 500;

    private static readonly string[] Phases = ["before sync", "sync", "after sync"];

    /// <summary>Orders the objects of a world.</summary>
    internal void Add(ManifestWorld world, List<Delivered> objects)
    {
        var by = deliveries.Of(world);
        if (world.Origin == Origin.Template || (by.Count > 0 && by.TrueForAll(each => each.IsFlux)))
        {
            return;
        }

        var isHelm = by.Count == 0 && world.Origin == Origin.Chart && !objects.Exists(each => Turn.IsOfArgo(each.Object));
        var isCertain = isHelm || (by.Count > 0 && by.TrueForAll(each => !each.IsFlux && !each.IsPart));
        var groups = new SortedDictionary<Turn, List<Member>>(Turn.Order);
        var unknown = new List<Dependency>();
        foreach (var each in objects)
        {
            var turn = isHelm ? Turn.InHelm(each.Object) : Turn.InArgo(each.Object);
            if (turn.IsUnknown)
            {
                unknown.Add(OrderStages.Edge(each.Address, turn.Place));
            }
            else if (!turn.IsNever)
            {
                if (!groups.TryGetValue(turn, out var group))
                {
                    groups.Add(turn, group = []);
                }

                group.Add(new Member(each, turn.Place));
            }
        }

        if (groups.Count > WaveLimit)
        {
            unknown.AddRange(groups.Values.SelectMany(group => group.Select(member => member.Edge)));
            groups.Clear();
        }

        // Helm runs hooks one by one. Where nobody is seen to deliver, kinds may be applied in any order.
        var turns = groups.Select(group => (Turn: group.Key, Kinds: Kinds(group.Value, isCertain && !(isHelm && group.Key.Phase != 1), isHelm))).ToList();
        if (turns.Sum(turn => turn.Kinds.Count) + (unknown.Count > 0 ? 1 : 0) < 2 && unknown.Count < 2)
        {
            return;
        }

        Address? doubt = null;
        if (unknown.Count > 0)
        {
            doubt = stages.Add(world, "what has no known wave", unknown, isCertain: false);
            var any = stages.Add(world, "anything of an unknown wave", [.. unknown, .. groups.Values.SelectMany(group => group.Select(member => member.Edge))], isCertain: false);
            foreach (var each in unknown)
            {
                stages.Put(each.Target, OrderStages.Edge(any, each.Place));
            }
        }

        var (last, phase) = (new List<Dependency>(), 0);
        foreach (var (turn, kinds) in turns)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Phases[turn.Phase]}, wave {turn.Wave}");
            if (doubt is not null)
            {
                last.Add(OrderStages.Edge(doubt, turn.Place));
            }

            // Unless it is told to wait, Helm runs the hooks after an installation as soon as everything is written.
            var isAwaited = isHelm && (phase, turn.Phase) == (1, 2) ? Truth.Unknown : Truth.Yes;
            var start = last.Count > 0 ? stages.Add(world, $"start of {name}", last, isCertain, isAwaited) : null;
            AddKinds(world, name, kinds, start);
            (last, phase) = (Healthy(world, name, [.. kinds.SelectMany(kind => kind)]), turn.Phase);
            if (start is not null)
            {
                last.Add(OrderStages.Edge(start, turn.Place));
            }
        }
    }

    private static List<IGrouping<int, Member>> Kinds(List<Member> group, bool areOrdered, bool isHelm) =>
        [.. group.GroupBy(member => areOrdered ? KindOrder.Of(member.Each.Object.Kind, isHelm) : 0).OrderBy(kind => kind.Key)];

    /// <summary>The kinds of a wave, each after those before it.</summary>
    private void AddKinds(ManifestWorld world, string name, List<IGrouping<int, Member>> kinds, Address? start)
    {
        for (var (before, at) = (start, 0); at < kinds.Count; at++)
        {
            if (before is not null)
            {
                foreach (var member in kinds[at])
                {
                    stages.Put(member.Each.Address, OrderStages.Edge(before, at > 0 ? member.Each.Place : member.Place));
                }
            }

            if (at + 1 < kinds.Count)
            {
                var own = $"{KindOrder.NameOf(kinds[at].Key)} of {name}";
                var members = stages.Members(world, own, [.. kinds[at].Select(member => (member.Each, member.Place))], each => !each.IsOfCloud);
                before = stages.Add(world, $"after {own}", before is null ? members : [.. members, OrderStages.Edge(before, members[0].Place)], isCertain: true, Truth.No);
            }
        }
    }

    /// <summary>Edges to what a wave waits for, and to stages for what it does not wait for.</summary>
    private List<Dependency> Healthy(ManifestWorld world, string name, List<Member> group)
    {
        var byWaiting = group.ToLookup(member => member.Each.IsOfCloud ? Truth.Yes : Health.IsAwaited(member.Each.Object));
        var edges = stages.Members(world, name, [.. byWaiting[Truth.Yes].Select(member => (member.Each, member.Place))], each => !each.IsOfCloud);
        foreach (var written in byWaiting.Where(written => written.Key != Truth.Yes))
        {
            var before = written.Select(member => member.Edge).ToList();
            edges.Add(OrderStages.Edge(stages.Add(world, $"{(written.Key == Truth.No ? "written" : "perhaps working")} of {name}", before, isCertain: true, written.Key), before[0].Place));
        }

        return edges;
    }

    /// <summary>An object of a wave, with what says that it is.</summary>
    private sealed record Member(Delivered Each, Span Place)
    {
        internal Dependency Edge => OrderStages.Edge(Each.Address, Place);
    }
}
