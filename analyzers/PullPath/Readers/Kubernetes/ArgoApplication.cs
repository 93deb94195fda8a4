using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>An <c>Application</c> of Argo CD: what is brought to a cluster, and from where.</summary>
internal static class ArgoApplication
{
    /// <summary>Its type.</summary>
    internal const string Type = "argoproj.io/Application";

    /// <summary>Where it takes things from: its one <c>source</c>, or each of its <c>sources</c>.</summary>
    /// <param name="body">The object.</param>
    internal static IEnumerable<Value> Sources(Value body)
    {
        var spec = Written.Find(body, "spec");
        return Written.Blocks(spec, "source").Values.Concat(Written.Blocks(spec, "sources").Values);
    }
}
