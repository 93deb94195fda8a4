using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>The names among imagePullSecrets of pods and service accounts, and what each leads to.</summary>
internal sealed class SecretReferenceReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var workloads = world.Workloads.ToList();
        var hosts = new Lazy<Credentials>(() => new Credentials(world));
        foreach (var workload in workloads)
        {
            Add(workload.OwnPullSecrets, workload, workload.Namespace, Links.To([workload]), world, hosts);
        }

        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields).ToList())
        {
            // A pod that lists secrets of its own does not get these.
            var users = account.Workloads.Each<Workload>().Where(workload => workload.OwnPullSecrets is ListValue { Items: [], IsOpen: false });
            Add(account.PullSecrets, account, account.Namespace, Links.To(users, (account.Workloads as ListValue)?.OpenBecause ?? []), world, hosts);
        }
    }

    private static void Add(Value names, Facts.Model.Fact owner, Value space, ListValue workloads, World world, Lazy<Credentials> hosts)
    {
        var items = (names as ListValue)?.Items ?? [];
        for (var at = 0; at < items.Length; at++)
        {
            var name = items[at].Value;
            if (name is NullValue || owner.Guard.And(items[at].Guard) is not { } guard)
            {
                continue;
            }

            var found = new Meaning(name, space, owner.Resource!, world);
            if (owner is Workload pods && found.Renamed is TextValue renamed)
            {
                var stale = (ListValue)pods.StaleReferences;
                pods.StaleReferences = PodTemplate.Open([.. stale.Items, new Item(new TextValue($"pull secret {name}, which is {renamed} now").With(name.Trace))], [.. stale.OpenBecause ?? []]);
            }

            world.Add(new SecretReference
            {
                Name = name,
                Namespace = space,
                Workloads = workloads,
                IsDeclared = Answer.Of(found.IsDeclared, found.Because),
                Elsewhere = found.Elsewhere,
                Renamed = found.Renamed,
                Neighbours = found.Neighbours,
                Fault = found.Fault,
                FaultIsFatal = BoolValue.Of(found.IsFatal),
                SoleImages = hosts.Value.OnlyBy(name, workloads),
                Address = new Address(owner.Address.Scope, string.Create(CultureInfo.InvariantCulture, $"{owner.Address.Path} pull secret {(name as TextValue)?.ToString() ?? $"#{at + 1}"}")),
                Place = name.Trace?.Source.Place ?? owner.Place,
                Resource = owner.Resource,
                Guard = guard,
                IsGuessed = owner.IsGuessed,
            });
        }
    }

    /// <summary>What a name leads to.</summary>
    private sealed class Meaning
    {
        private readonly List<SecretDefinition> _certain = [];
        private readonly List<SecretDefinition> _possible = [];
        private readonly List<SecretDefinition> _elsewhere = [];

        internal Meaning(Value name, Value space, Resource owner, World world)
        {
            var definitions = SecretDefinitions.In(world);
            foreach (var each in definitions.At(name, space))
            {
                var answer = each.IsFor(owner, NullValue.Instance, name, space);
                if (answer != Truth.No)
                {
                    (answer == Truth.Yes && owner.Guard.Implies(each.By.Resource.Guard) ? _certain : _possible).Add(each);
                }
            }

            foreach (var each in _certain.Count == 0 ? definitions.Named(name) : [])
            {
                if (space.EqualTo(each.Namespace) == Truth.No && each.By.Roots == KubernetesObject.RootsOf(owner) && each.By.Resource.Language == owner.Language && name.EqualTo(each.Name) == Truth.Yes)
                {
                    (each.IsCopied ? _possible : _elsewhere).Add(each);
                }
            }

            List<Cause> unseen = _certain.Count > 0 ? [] : [.. _possible.Select(each => new Cause(UnknownReason.Ambiguous, $"{each.By.Resource.Address.Path} may make it", each.By.Resource.Place, null)), .. Unseen(name, space, owner, world)];
            Because = unseen;
            IsDeclared = _certain.Count > 0 ? Truth.Yes : unseen.Count > 0 ? Truth.Unknown : Truth.No;
            Elsewhere = PodTemplate.Open(_elsewhere.Select(each => new Item(each.Namespace.With(each.By.Name.Trace))), []);
            Renamed = IsDeclared != Truth.No ? NullValue.Instance
                : FormerNames.In(world).Had(name, owner).FirstOrDefault(each => each.Type == "/Secret" && space.EqualTo(each.Namespace) == Truth.Yes)?.Name ?? NullValue.Instance;
            Neighbours = IsDeclared == Truth.No ? NeighboursOf(space, owner, definitions) : ListValue.Empty;
            (Fault, IsFatal) = _certain is [var only] ? (only.Fault, only.IsFatal)
                : IsDeclared == Truth.No ? (NullValue.Instance, false)
                : (UnknownValue.From(DataType.Text, name), false);
        }

        internal Truth IsDeclared { get; }

        internal List<Cause> Because { get; }

        internal ListValue Elsewhere { get; }

        internal Value Renamed { get; }

        internal ListValue Neighbours { get; }

        internal Value Fault { get; }

        internal bool IsFatal { get; }

        private static IEnumerable<Cause> Unseen(Value name, Value space, Resource owner, World world)
        {
            if (name is not TextValue { Known: { } known })
            {
                return Cause.Of(name);
            }

            if (space is not TextValue { Known: not null } and not UnknownValue { Reference: not null })
            {
                return Cause.Of(space);
            }

            if (!owner.IsOfWholeSet)
            {
                return [new Cause(UnknownReason.OpenWorld, "what else is applied with it is not known", owner.Place, null)];
            }

            return world.Inventory.GapsOf(owner.Address.Scope, "kubernetes_secret").Where(gap => gap.Mentions(owner.Address, known) != Truth.No).Select(World.Because)
                .Concat(Mentions.In(world).Of(known, withCharts: false) is { } mention ? [mention] : []);
        }

        private static ListValue NeighboursOf(Value space, Resource owner, SecretDefinitions definitions) => PodTemplate.Open(
            definitions.InSet(KubernetesObject.RootsOf(owner)).Where(each => each.Fault is NullValue && each.Name is TextValue && space.EqualTo(each.Namespace) == Truth.Yes).Select(each => new Item(each.Name)),
            []);
    }
}
