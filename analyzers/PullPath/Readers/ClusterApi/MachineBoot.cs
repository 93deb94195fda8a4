using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>The labels and taints with which machines of Cluster API become nodes.</summary>
internal static class MachineBoot
{
    /// <summary>Domains of which Cluster API itself takes labels of machines over to their nodes.</summary>
    private static readonly string[] Synced = ["node-role.kubernetes.io", "node-restriction.kubernetes.io", "node.cluster.x-k8s.io"];

    /// <summary>Kinds of objects that start machines as nodes of EKS.</summary>
    private static readonly string[] OfEks = ["EKSConfig", "EKSConfigTemplate", "NodeadmConfig", "NodeadmConfigTemplate"];

    /// <summary>Whether what starts the machines is for nodes of EKS.</summary>
    internal static bool IsOfEks(Value boot) => Written.Find(boot, "kind") is TextValue { Known: { } kind } && Array.IndexOf(OfEks, kind) >= 0;

    /// <summary>Labels of the nodes: those that are taken over, and those that the kubelet is told. A label of another domain is taken over where the controller is told so, which nobody sees.</summary>
    internal static Value LabelsOf(Machines machines, World world)
    {
        var registration = RegistrationOf(machines, world);
        if (registration is UnknownValue)
        {
            return registration;
        }

        var told = Argument(registration, "node-labels");
        if (told is not (NullValue or TextValue { Known: not null }))
        {
            return UnknownValue.From(null, told);
        }

        var labels = ImmutableArray.CreateBuilder<Entry>();
        foreach (var pair in (told as TextValue)?.Known?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            labels.Add(new Entry(equals < 0 ? pair : pair[..equals], new TextValue(equals < 0 ? "" : pair[(equals + 1)..]).With(told.Trace)));
        }

        if (machines.Labels is not (NullValue or MapValue))
        {
            return UnknownValue.From(null, machines.Labels);
        }

        var own = machines.Labels as MapValue;
        foreach (var entry in own?.Entries ?? [])
        {
            if (!labels.Any(label => label.Key == entry.Key))
            {
                labels.Add(IsSynced(entry.Key) ? entry
                    : entry with { Value = new UnknownValue(UnknownReason.External, $"whether Cluster API takes the label {entry.Key} over to nodes", machines.Object.Resource.Place, type: DataType.Text) });
            }
        }

        return new MapValue(labels.ToImmutable()) { OpenBecause = own?.OpenBecause };
    }

    /// <summary>Taints of the nodes. Where none are written a control plane has its own.</summary>
    internal static Value TaintsOf(Machines machines, World world)
    {
        var registration = RegistrationOf(machines, world);
        var written = Written.Find(registration, "taints");
        var told = Argument(registration, "register-with-taints");
        return (written, told) switch
        {
            (ListValue, NullValue) => written,
            (NullValue, NullValue) => machines.IsControlPlane ? ListValue.Of([new TextValue("node-role.kubernetes.io/control-plane:NoSchedule")]) : ListValue.Empty,
            (NullValue, TextValue { Known: { } known }) =>
                ListValue.Of(known.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(taint => (Value)new TextValue(taint).With(told.Trace))),
            _ => UnknownValue.From(null, written, told),
        };
    }

    private static bool IsSynced(string label) => label.LastIndexOf('/') is > 0 and var slash
        && Array.Exists(Synced, domain => label[..slash] == domain || label[..slash].EndsWith("." + domain, StringComparison.Ordinal));

    /// <summary>How machines register as nodes: of kubeadm what they join with, of EKS the arguments of the kubelet; unknown where it is not declared beside them.</summary>
    private static Value RegistrationOf(Machines machines, World world)
    {
        if (machines.IsControlPlane)
        {
            return Written.Find(machines.Boot, "joinConfiguration.nodeRegistration");
        }

        if (NamedObjects.Referred(world, machines.Object, machines.Boot) is not { } boot)
        {
            return new UnknownValue(UnknownReason.External, $"how the machines of {machines.Object.Resource.Address.Path} are started is not declared here", machines.Object.Resource.Place);
        }

        var spec = boot.At(boot.Address.Path.Contains("Template/", StringComparison.Ordinal) ? "spec.template.spec" : "spec");
        return boot.Type switch
        {
            "bootstrap.cluster.x-k8s.io/KubeadmConfigTemplate" or "bootstrap.cluster.x-k8s.io/KubeadmConfig" => Written.Find(spec, "joinConfiguration.nodeRegistration"),
            "bootstrap.cluster.x-k8s.io/EKSConfigTemplate" or "bootstrap.cluster.x-k8s.io/EKSConfig" => spec,
            _ => new UnknownValue(UnknownReason.NotComputed, $"what {boot.Address.Path} tells the machines is not read", boot.Place),
        };
    }

    /// <summary>An argument of the kubelet: one of a map, or of a list of names and values.</summary>
    private static Value Argument(Value registration, string name)
    {
        var arguments = Written.Find(registration, "kubeletExtraArgs");
        return arguments switch
        {
            ListValue list => list.IsOpen ? UnknownValue.From(DataType.Text, list)
                : list.Values.Where(each => Written.Find(each, "name").EqualTo(new TextValue(name)) == Truth.Yes).Select(each => Written.Find(each, "value")).FirstOrDefault() ?? NullValue.Instance,
            NullValue or UnknownValue => arguments,
            _ => Written.FindKey(arguments, name),
        };
    }
}
