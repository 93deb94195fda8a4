using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>How a language spells the parts of a pod specification.</summary>
internal sealed record PodSpelling(string Containers, string InitContainers, string PullSecrets, string Account, string OldAccount, string NodeSelector, string Tolerations, string NodeName, string Scheduler)
{
    /// <summary>As in manifests.</summary>
    internal static PodSpelling Manifest { get; } =
        new("containers", "initContainers", "imagePullSecrets", "serviceAccountName", "serviceAccount", "nodeSelector", "tolerations", "nodeName", "schedulerName");

    /// <summary>As the Terraform provider for Kubernetes names blocks and attributes.</summary>
    internal static PodSpelling Terraform { get; } =
        new("container", "init_container", "image_pull_secrets", "service_account_name", "service_account_name", "node_selector", "toleration", "node_name", "scheduler_name");
}

/// <summary>What matters of the pods that an object makes.</summary>
/// <param name="Images">Image names; open for containers that are not seen.</param>
/// <param name="Account">Name of the service account; null where none is written.</param>
/// <param name="PullSecrets">Names of pull secrets; a list that may be open.</param>
/// <param name="Labels">Labels of the pods.</param>
/// <param name="NodeSelector">Node selector, or null.</param>
/// <param name="Tolerations">Tolerations.</param>
/// <param name="Placement">What else decides on nodes, or null.</param>
internal sealed record PodTemplate(ListValue Images, Value Account, ListValue PullSecrets, Value Labels, Value NodeSelector, ListValue Tolerations, Value Placement)
{
    /// <summary>Reads a pod specification.</summary>
    internal static PodTemplate Read(Value spec, Value labels, PodSpelling spelling)
    {
        var images = new List<Item>();
        var open = new List<Cause>();
        foreach (var name in (string[])[spelling.Containers, spelling.InitContainers, "ephemeralContainers"])
        {
            Take(Written.Blocks(spec, name), "image");
        }

        Take(Written.Blocks(spec, "volumes"), "image.reference");
        if (spec is UnknownValue)
        {
            open.AddRange(Cause.Of(spec));
        }

        var account = Written.Find(spec, spelling.Account);
        var affinity = Written.Find(spec, spelling == PodSpelling.Manifest ? "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
            : "affinity.node_affinity.required_during_scheduling_ignored_during_execution");
        var placement = new[] { affinity, Written.Find(spec, spelling.NodeName), Written.Find(spec, spelling.Scheduler) }.FirstOrDefault(value => value is not (NullValue or TextValue { Known: "" or "default-scheduler" }));
        return new PodTemplate(
            Open(images, open),
            account is NullValue or TextValue { Known: "" } ? Written.Find(spec, spelling.OldAccount) : account,
            Names(Written.Blocks(spec, spelling.PullSecrets)),
            labels is NullValue ? MapValue.Empty : labels,
            Written.Find(spec, spelling.NodeSelector),
            Written.Blocks(spec, spelling.Tolerations),
            placement ?? NullValue.Instance);

        void Take(ListValue list, string path)
        {
            foreach (var item in list.Items)
            {
                AddImage(images, Written.Find(item.Value, path), item.Guard);
            }

            open.AddRange(list.OpenBecause ?? []);
        }
    }

    /// <summary>The template, which is there only under a guard.</summary>
    internal PodTemplate When(Guard guard) => guard.IsAlways ? this : this with
    {
        Images = new ListValue([.. Images.Items.Select(item => item.Guard.And(guard) is { } both ? item with { Guard = both } : null).OfType<Item>()]) { OpenBecause = Images.OpenBecause },
    };

    /// <summary>The names in a list of references.</summary>
    internal static ListValue Names(ListValue references) =>
        new([.. references.Items.Select(item => item with { Value = item.Value is TextValue ? item.Value : Written.Find(item.Value, "name") })]) { OpenBecause = references.OpenBecause };

    /// <summary>Several templates of one object as one: what they do not share is unknown.</summary>
    internal static PodTemplate Merge(IReadOnlyList<PodTemplate> templates)
    {
        if (templates is [var only])
        {
            return only;
        }

        return new PodTemplate(
            Open(templates.SelectMany(each => each.Images.Items), templates.SelectMany(each => each.Images.OpenBecause ?? [])),
            Shared(each => each.Account, "service accounts"),
            templates.Skip(1).All(each => each.PullSecrets.EqualTo(templates[0].PullSecrets) == Truth.Yes)
                ? templates[0].PullSecrets
                : Open([], [new Cause(UnknownReason.Ambiguous, "its pods have different pull secrets", null, null)]),
            Shared(each => each.Labels, "labels"),
            Shared(each => each.NodeSelector, "node selectors"),
            templates.Skip(1).All(each => each.Tolerations.EqualTo(templates[0].Tolerations) == Truth.Yes)
                ? templates[0].Tolerations
                : Open([], [new Cause(UnknownReason.Ambiguous, "its pods have different tolerations", null, null)]),
            Shared(each => each.Placement, "affinities"));

        Value Shared(Func<PodTemplate, Value> part, string what) => templates.Skip(1).All(each => part(each).EqualTo(part(templates[0])) == Truth.Yes)
            ? part(templates[0])
            : new UnknownValue(UnknownReason.Ambiguous, $"its pods have different {what}");
    }

    /// <summary>Adds an image; of a choice each alternative under its guard.</summary>
    internal static void AddImage(List<Item> images, Value image, Guard guard)
    {
        if (image is ChoiceValue choice)
        {
            foreach (var alternative in choice.Alternatives)
            {
                if (guard.And(alternative.Guard) is { } both)
                {
                    AddImage(images, alternative.Value, both);
                }
            }
        }
        else if (image is not NullValue)
        {
            images.Add(new Item(image, guard));
        }
    }

    /// <summary>A list that is open when there are causes.</summary>
    internal static ListValue Open(IEnumerable<Item> items, IEnumerable<Cause> because)
    {
        var causes = because.Distinct().Take(Cause.Limit).ToList();
        return new ListValue([.. items]) { OpenBecause = causes.Count == 0 ? null : [.. causes] };
    }
}
