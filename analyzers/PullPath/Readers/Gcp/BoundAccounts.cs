using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Which declared service account a workload identity binding is for, of a Google account that no declared one names. Only of one that Terraform makes beside the binding everything is seen that
/// annotates it: manifests are annotated by scripts and charts as well.
/// </summary>
internal sealed class BoundAccounts(World world)
{
    private static readonly string[] Annotators = ["kubernetes_service_account", "kubernetes_annotations", "helm_release"];

    private static readonly string[] Read = ["google_", "kubernetes_service_account", "kubernetes_annotations"];

    private readonly ILookup<string, ServiceAccount> _bySubject = world.Facts.All<ServiceAccount>(ServiceAccount.Fields)
        .Where(account => SubjectOf(account) is not null).ToLookup(account => SubjectOf(account)!, StringComparer.Ordinal);

    private readonly HashSet<Identity> _named = [.. world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Select(account => account.Identity.As<Identity>()).OfType<Identity>()];
    private readonly Dictionary<string, Others> _others = new(StringComparer.Ordinal);

    /// <summary>The accounts; open where something else may annotate them.</summary>
    internal Value Of(Federation federation)
    {
        if (federation.Subject is not TextValue { Known: { } subject } || !_bySubject.Contains(subject) || federation.Identity.As<Identity>() is not { } identity || _named.Contains(identity))
        {
            return ListValue.Empty;
        }

        var beside = _bySubject[subject].Where(account => account.Resource is { Language: Language.Terraform } && account.Address.Scope == federation.Address.Scope).ToList();
        var open = beside.Count == 0
            ? _bySubject[subject].Select(account => new Cause(UnknownReason.OpenWorld, $"what annotates {account.Address.Path} is not all seen", account.Place, null))
            : beside.SelectMany(Unseen).Concat(world.Unseen(identity.Resource!, Known(identity.Name), Annotators));
        List<Cause> unseen = [.. open, .. OthersOf(federation.Address.Scope).ThatMayAnnotate(identity).Select(each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may annotate the service account", each.Place, null))];
        return unseen.Count == 0 ? Links.To(beside) : Links.To([], unseen);
    }

    private IEnumerable<Cause> Unseen(ServiceAccount account) => account.Resource!.IgnoredChanges.Any()
        ? [new Cause(UnknownReason.OpenWorld, $"changes of {account.Address.Path} that others make are kept", account.Place, null)]
        : world.Unseen(account.Resource, Known(account.Name), Annotators);

    private static string? SubjectOf(ServiceAccount account) => (Known(account.Namespace), Known(account.Name)) is ({ } space, { } name) ? $"{space}/{name}" : null;

    private static string? Known(Value value) => (value as TextValue)?.Known;

    private Others OthersOf(string scope)
    {
        if (!_others.TryGetValue(scope, out var others))
        {
            _others.Add(scope, others = new Others(world.Inventory.OfScope(scope).Where(each => !Array.Exists(Read, start => each.Type.StartsWith(start, StringComparison.Ordinal)))));
        }

        return others;
    }

    /// <summary>Resources of a root that are neither Google's nor read for annotations, walked once for all bindings.</summary>
    private sealed class Others
    {
        private readonly List<Resource> _all = [];
        private readonly HashSet<Resource> _speaking = [];
        private readonly Dictionary<Address, HashSet<Resource>> _byBlock = [];

        internal Others(IEnumerable<Resource> resources)
        {
            foreach (var resource in resources)
            {
                _all.Add(resource);
                Read(resource, resource.Body);
                if (resource.Meta is { } meta)
                {
                    Read(resource, meta);
                }
            }
        }

        /// <summary>What is told of the Google account, or speaks of the annotation: charts, scripts, manifests.</summary>
        internal IEnumerable<Resource> ThatMayAnnotate(Identity identity)
        {
            var told = _byBlock.GetValueOrDefault(identity.Address.Block);
            return told is null && _speaking.Count == 0 ? [] : _all.Where(each => _speaking.Contains(each) || told?.Contains(each) == true);
        }

        private void Read(Resource resource, Value part)
        {
            foreach (var reference in part.Mentioned)
            {
                if (!_byBlock.TryGetValue(reference.Target.Block, out var told))
                {
                    _byBlock.Add(reference.Target.Block, told = []);
                }

                told.Add(resource);
            }

            if (part.Deep().OfType<TextValue>().Any(text => text.ToString().Contains(CloudAnnotations.Google.Key, StringComparison.Ordinal)))
            {
                _speaking.Add(resource);
            }
        }
    }
}
