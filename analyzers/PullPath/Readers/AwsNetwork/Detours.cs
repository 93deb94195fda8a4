using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>What may lead nodes to registries another way than images and routes tell: a proxy, a mirror in front of a registry, a webhook that rewrites images.</summary>
internal sealed class Detours
{
    private static readonly string[] Templates =
        ["aws_launch_template", "aws_launch_configuration", "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration", "karpenter.k8s.aws/EC2NodeClass", "eks.amazonaws.com/NodeClass"];

    private static readonly string[] ProxyWords = ["HTTPS_PROXY", "https_proxy", "http-proxy.conf", "httpsProxy"];

    private static readonly string[] MirrorWords = ["hosts.toml", "registry.mirrors", "registry-mirrors", "container-registry", "certs.d"];

    private readonly List<Detour> _proxies = [];
    private readonly List<Detour> _mirrors = [];
    private readonly List<Cause> _rewriters = [];

    /// <summary>Looks through all node templates and webhooks once.</summary>
    internal Detours(World world)
    {
        foreach (var resource in world.Inventory.OfTypes(Templates))
        {
            foreach (var (words, found, what) in new[] { (ProxyWords, _proxies, "a proxy"), (MirrorWords, _mirrors, "a mirror of registries") })
            {
                if (resource.Body.Deep().Any(value => Tells(value, words)))
                {
                    found.Add(new Detour(resource.Address.Scope, new Cause(UnknownReason.External, $"{resource.Address.Path} tells of {what}", resource.Place, null)));
                }
            }
        }

        _rewriters.AddRange(ImageRewriters.Of(world));
    }

    /// <summary>What tells of a detour, and for the nodes of which scope.</summary>
    private sealed record Detour(string Scope, Cause Because);

    /// <summary>Proxies that the nodes of a pool may use.</summary>
    internal IEnumerable<Cause> ProxiesOf(NodePool pool) => _proxies.Where(each => each.Scope == pool.Address.Scope).Select(each => each.Because);

    /// <summary>All detours of a pool: a list that is open where there may be one.</summary>
    internal ListValue Of(NodePool pool)
    {
        var causes = ProxiesOf(pool).Concat(_mirrors.Where(each => each.Scope == pool.Address.Scope).Select(each => each.Because)).Concat(_rewriters).Take(Cause.Limit).ToList();
        return new ListValue([]) { OpenBecause = causes.Count == 0 ? null : [.. causes] };
    }

    private static bool Tells(Value value, string[] words) => value switch
    {
        TextValue text => Array.Exists(words, word => text.Parts.Any(part => part.Literal?.Contains(word, StringComparison.Ordinal) == true)),
        MapValue map => Array.Exists(words, word => map.Find(word) is not null),
        _ => false,
    };
}
