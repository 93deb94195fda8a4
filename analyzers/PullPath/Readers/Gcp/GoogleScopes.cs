using System.Collections.Frozen;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// OAuth scopes of Google nodes. Aliases are those the Terraform provider takes (google/tpgresource/service_scope.go); the defaults are the six it sends for a pool without
/// node_config.
/// </summary>
internal static class GoogleScopes
{
    private const string Root = "https://www.googleapis.com/auth/";

    private static FrozenDictionary<string, string>? _aliases;

    /// <summary>What nodes get when a pool has no node_config block at all.</summary>
    internal static ListValue Default => ListValue.Of(
        new[] { "devstorage.read_only", "logging.write", "monitoring", "service.management.readonly", "servicecontrol", "trace.append" }
            .Select(name => new TextValue(Root + name)));

    private static FrozenDictionary<string, string> Aliases => _aliases ??= new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bigquery"] = "bigquery",
        ["cloud-platform"] = "cloud-platform",
        ["cloud-source-repos"] = "source.full_control",
        ["cloud-source-repos-ro"] = "source.read_only",
        ["compute-ro"] = "compute.readonly",
        ["compute-rw"] = "compute",
        ["datastore"] = "datastore",
        ["logging-write"] = "logging.write",
        ["monitoring"] = "monitoring",
        ["monitoring-read"] = "monitoring.read",
        ["monitoring-write"] = "monitoring.write",
        ["pubsub"] = "pubsub",
        ["service-control"] = "servicecontrol",
        ["service-management"] = "service.management.readonly",
        ["sql"] = "sqlservice",
        ["sql-admin"] = "sqlservice.admin",
        ["storage-full"] = "devstorage.full_control",
        ["storage-ro"] = "devstorage.read_only",
        ["storage-rw"] = "devstorage.read_write",
        ["taskqueue"] = "taskqueue",
        ["trace"] = "trace.append",
        ["useraccounts-ro"] = "cloud.useraccounts.readonly",
        ["useraccounts-rw"] = "cloud.useraccounts",
        ["userinfo-email"] = "userinfo.email",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// A written list in canonical form: aliases become addresses, unknown elements stay. Null for a list that is not written or empty, which the provider leaves out.
    /// </summary>
    internal static Value Canonical(Value written) => written switch
    {
        ListValue { Items: [], IsOpen: false } => NullValue.Instance,
        ListValue list => new ListValue([.. list.Items.Select(item => item with { Value = One(item.Value) })]) { OpenBecause = list.OpenBecause }.With(list.Trace),
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Canonical(each.Value) })),
        _ => written,
    };

    private static Value One(Value scope) =>
        scope is TextValue { Known: { } known } && Aliases.TryGetValue(known, out var name) ? new TextValue(Root + name).With(scope.Trace) : scope;
}
