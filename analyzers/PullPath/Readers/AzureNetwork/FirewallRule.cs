using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>A rule of a firewall that allows something: by the names of hosts, or by addresses.</summary>
/// <param name="Body">What is written of it.</param>
/// <param name="IsApplication">Whether it is one for names of hosts in requests.</param>
/// <param name="IsCertain">Whether it certainly is there and allows.</param>
internal sealed record FirewallRule(Value Body, bool IsApplication, bool IsCertain)
{
    /// <summary>Tags with hosts that AKS or Windows need for themselves, none of which is a registry of somebody.</summary>
    private static readonly HashSet<string> OtherTags = new(StringComparer.OrdinalIgnoreCase) { "AzureKubernetesService", "WindowsUpdate", "WindowsDiagnostics", "MicrosoftActiveProtectionService" };

    /// <summary>Whether it lets TLS connections from subnets to a host through.</summary>
    internal Truth Allows(HostName host, Flow flow, Value sources)
    {
        var allows = Any("source_addresses", each => FilterRule.IsFrom(each, sources)).Or(IfWritten("source_ip_groups"))
            .And(IsApplication ? ByName(host, flow) : ByAddress(host, flow));
        return IsCertain || allows == Truth.No ? allows : Truth.Unknown;
    }

    private Truth ByName(HostName host, Flow flow) =>
        Any("target_fqdns", host.IsMeantBy).Or(Any("destination_fqdns", host.IsMeantBy))
            .Or(Any("fqdn_tags", IsOther)).Or(Any("destination_fqdn_tags", IsOther))
            .Or(IfWritten("destination_urls")).Or(IfWritten("web_categories"))
            .And(Answer.Has(Written.Blocks(Body, "protocol"), each => IsTls(each, flow)).Or(Answer.Has(Written.Blocks(Body, "protocols"), each => IsTls(each, flow))));

    private Truth ByAddress(HostName host, Flow flow) =>
        Any("destination_addresses", flow.Meets).Or(Any("destination_fqdns", host.IsMeantBy)).Or(IfWritten("destination_ip_groups"))
            .And(Any("destination_ports", each => FilterRule.HasPort(each, flow.Port)))
            .And(Any("protocols", static each => each is TextValue { Known: { } known } ? Kleene.Of(known is "Any" or "TCP") : Truth.Unknown));

    private static Truth IsOther(Value tag) => tag is TextValue { Known: { } known } && OtherTags.Contains(known) ? Truth.No : Truth.Unknown;

    private static Truth IsTls(Value protocol, Flow flow) =>
        (Written.Find(protocol, "type") is TextValue { Known: { } known } ? Kleene.Of(known.Equals("Https", StringComparison.OrdinalIgnoreCase)) : Truth.Unknown)
            .And(FilterRule.HasPort(Written.Find(protocol, "port"), flow.Port));

    private Truth Any(string attribute, Func<Value, Truth> meets) => Answer.Any(Written.Find(Body, attribute), meets);

    private Truth IfWritten(string attribute) => Written.Find(Body, attribute) is NullValue or ListValue { Items: [], IsOpen: false } ? Truth.No : Truth.Unknown;
}
