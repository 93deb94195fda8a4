using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Kubernetes;

public class ResourceSetTests
{
    private const string Cluster = "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: shop, namespace: fleet, labels: {cni: calico, size: large}}\nspec: {}\n";
    private const string Texts = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cni, namespace: fleet}\ndata:\n  a.yaml: |\n    apiVersion: apps/v1\n    kind: DaemonSet\n    metadata:\n      name: cni\n      namespace: kube-system\n  b.yaml: |\n"
        + "    apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: cni, namespace: kube-system}\n";

    private const string Placed = "fleet#Cluster/fleet/shop";
    private const string Unplaced = "fleet#ClusterResourceSet/fleet/cni";

    private static string Set(string selector = "{matchLabels: {cni: calico}}", string resources = "[{kind: ConfigMap, name: cni}]", string strategy = "ApplyOnce") =>
        $"apiVersion: addons.cluster.x-k8s.io/v1beta1\nkind: ClusterResourceSet\nmetadata: {{name: cni, namespace: fleet}}\nspec:\n  strategy: {strategy}\n  clusterSelector: {selector}\n  resources: {resources}\n";

    private static Manifests Fleet(params string[] objects) => new(("fleet/all.yaml", string.Join("---\n", objects)));

    private static string[] AppliedBy(Manifests manifests) =>
        [.. manifests.Inventory.Resources.Where(each => each.Address.Scope.Contains('#', StringComparison.Ordinal)).Select(each => $"{each.Address.Scope} {each.Address.Path}")];

    [Theory]
    [InlineData("ApplyOnce")]
    [InlineData("Reconcile")]
    public void Objects_in_the_texts_of_a_ConfigMap_are_in_the_cluster_that_the_set_chooses_at_their_own_lines(string strategy)
    {
        var manifests = Fleet(Texts, Set(strategy: strategy), Cluster);
        Assert.Equal([$"{Placed} DaemonSet/kube-system/cni", $"{Placed} ServiceAccount/kube-system/cni"], AppliedBy(manifests));
        Assert.Empty(manifests.Inventory.Gaps);
        Assert.Empty(manifests.Problems);
        var applied = manifests["DaemonSet/kube-system/cni"];
        Assert.Equal("fleet/all.yaml:9:13", applied.Place.ToString());
        Assert.Equal("fleet/all.yaml:14:22", manifests["ServiceAccount/kube-system/cni"].Place.ToString());
        Assert.Equal("Cluster/fleet/shop", Assert.Single(applied.Meta!["cluster"]!.References).Target.Path);
        Assert.False(applied.IsOfWholeSet);
    }

    [Theory]
    [InlineData("{matchLabels: {cni: calico, size: large}}", Placed)]
    [InlineData("{matchLabels: {cni: calico, size: small}}", Unplaced)]
    [InlineData("{matchLabels: {cni: cilium}}", Unplaced)]
    [InlineData("{matchLabels: {other: calico}}", Unplaced)]
    [InlineData("{matchLabels: {cni: '${CNI}'}}", Unplaced)]
    [InlineData("{matchExpressions: [{key: cni, operator: In, values: [cilium, calico]}]}", Placed)]
    [InlineData("{matchExpressions: [{key: cni, operator: In, values: [cilium]}]}", Unplaced)]
    [InlineData("{matchExpressions: [{key: cni, operator: NotIn, values: [cilium]}, {key: size, operator: Exists}, {key: other, operator: DoesNotExist}]}", Placed)]
    [InlineData("{matchExpressions: [{key: other, operator: NotIn, values: [cilium]}]}", Placed)]
    [InlineData("{matchExpressions: [{key: cni, operator: DoesNotExist}]}", Unplaced)]
    [InlineData("{matchExpressions: [{key: cni, operator: Nonsense}]}", Unplaced)]
    [InlineData("{}", null)]
    [InlineData("{matchLabels: {}}", null)]
    [InlineData("", null)]
    public void A_selector_chooses_by_labels_and_an_empty_one_chooses_nothing(string selector, string? scope)
    {
        var manifests = Fleet(Texts, Set(selector), Cluster);
        Assert.Equal(scope is null ? [] : [$"{scope} DaemonSet/kube-system/cni", $"{scope} ServiceAccount/kube-system/cni"], AppliedBy(manifests));
        Assert.All(manifests.Inventory.Resources.Where(each => each.Address.Scope == Unplaced), each => Assert.IsType<UnknownValue>(each.Meta!["cluster"]));
    }

    [Fact]
    public void Every_chosen_cluster_has_objects_of_its_own_and_one_that_may_be_chosen_leaves_a_doubt()
    {
        var other = Cluster.Replace("name: shop", "name: other", StringComparison.Ordinal);
        Assert.Equal(
            ["fleet#Cluster/fleet/other DaemonSet/kube-system/cni", "fleet#Cluster/fleet/other ServiceAccount/kube-system/cni", $"{Placed} DaemonSet/kube-system/cni", $"{Placed} ServiceAccount/kube-system/cni"],
            AppliedBy(Fleet(Texts, Set(), Cluster, other)).Order(StringComparer.Ordinal));
        Assert.Contains($"{Unplaced} DaemonSet/kube-system/cni", AppliedBy(Fleet(Texts, Set(), Cluster, other.Replace("cni: calico", "cni: '${CNI}'", StringComparison.Ordinal))));

        // A set chooses in its own namespace alone.
        Assert.DoesNotContain(AppliedBy(Fleet(Texts, Set(), Cluster.Replace("namespace: fleet", "namespace: elsewhere", StringComparison.Ordinal))), each => each.Contains("#Cluster/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("type: addons.cluster.x-k8s.io/resource-set\nstringData:\n  a.yaml: |\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: cni}\n", "fleet/all.yaml:9:22")]
    [InlineData("type: addons.cluster.x-k8s.io/resource-set\ndata:\n  a.yaml: BASE64\n", "fleet/all.yaml:3:18")]
    [InlineData("type: addons.cluster.x-k8s.io/resource-set\ndata: {a.yaml: bm90aGluZw==}\nstringData: {a.yaml: '{apiVersion: v1, kind: ServiceAccount, metadata: {name: cni}}'}\n", "fleet/all.yaml:6:79")]
    public void A_Secret_holds_texts_plain_or_encoded(string content, string place)
    {
        var encoded = content.Replace("BASE64", Convert.ToBase64String(Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: cni}\n")), StringComparison.Ordinal);
        var manifests = Fleet("apiVersion: v1\nkind: Secret\nmetadata: {name: cni, namespace: fleet}\n" + encoded, Set(resources: "[{kind: Secret, name: cni}]"), Cluster);
        Assert.Equal([$"{Placed} ServiceAccount/cni"], AppliedBy(manifests));
        Assert.Equal(place, manifests["ServiceAccount/cni"].Place.ToString());
    }

    [Fact]
    public void A_Secret_of_another_type_keeps_the_whole_set_from_being_applied()
    {
        var manifests = Fleet(Texts, "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: fleet}\nstringData: {a: b}\n", Set(resources: "[{kind: ConfigMap, name: cni}, {kind: Secret, name: key}]"), Cluster);
        Assert.Empty(AppliedBy(manifests));
        var problem = Assert.Single(manifests.Problems);
        Assert.Equal(("resource-set-invalid", "fleet/all.yaml:27:66"), (problem.Code, problem.Place.ToString()));
    }

    [Theory]
    [InlineData("data: {a.yaml: 'a: [b'}", "it does not parse", "fleet/all.yaml:4:")]
    [InlineData("data: '${CNI_RESOURCES}'", "its text is not known", "fleet/all.yaml:4:")]
    [InlineData("data: {a.yaml: {b: c}}", "its text is not known", "fleet/all.yaml:4:")]
    [InlineData("data: {a.yaml: '{{ toYaml .Values.cni }}'}", "it is no object", "fleet/all.yaml:4:")]
    [InlineData("data: {a.yaml: '${CNI}'}", "it is no object", "fleet/all.yaml:4:")]
    public void What_cannot_be_read_stays_open_with_its_place(string data, string reason, string place)
    {
        var manifests = Fleet($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: cni, namespace: fleet}}\n{data}\n", Set(), Cluster);
        var gap = Assert.Single(manifests.Inventory.Gaps);
        Assert.Equal((Placed, reason), (gap.Scope, gap.Reason));
        Assert.StartsWith(place, gap.Place.ToString(), StringComparison.Ordinal);
        Assert.Empty(AppliedBy(manifests));
    }

    [Theory]
    [InlineData("[{kind: ConfigMap, name: other}]", "no ConfigMap of that name is declared beside ClusterResourceSet/fleet/cni")]
    [InlineData("[{kind: Secret, name: cni}]", "no Secret of that name is declared beside ClusterResourceSet/fleet/cni")]
    [InlineData("[{kind: ConfigMap, name: '${NAME}'}]", "no ConfigMap of that name is declared beside ClusterResourceSet/fleet/cni")]
    [InlineData("[{}]", "no object of that name is declared beside ClusterResourceSet/fleet/cni")]
    [InlineData("'${LIST}'", "what it applies is not known")]
    public void What_is_not_declared_beside_the_set_stays_open(string resources, string reason)
    {
        var manifests = Fleet(Texts, Set(resources: resources), Cluster);
        var gap = Assert.Single(manifests.Inventory.Gaps);
        Assert.Equal((Placed, reason), (gap.Scope, gap.Reason));
        Assert.Equal(resources == "[{}]" ? 18 : 22, gap.Place.StartPosition.Line);
        Assert.Empty(AppliedBy(manifests));
    }

    [Fact]
    public void A_placeholder_names_the_same_thing_in_all_objects_of_a_set()
    {
        const string Name = "cni-${CLUSTER}-0";
        var manifests = Fleet(
            Texts.Replace("{name: cni, namespace: fleet}", $"{{name: '{Name}', namespace: fleet}}", StringComparison.Ordinal).Replace("    metadata: {name: cni, namespace: kube-system}", "    metadata: {name: 'cni-$(X)', namespace: kube-system}", StringComparison.Ordinal),
            Set($"{{matchLabels: {{cni: '{Name}'}}}}", $"[{{kind: ConfigMap, name: '{Name}'}}]"),
            Cluster.Replace("cni: calico", $"cni: '{Name}'", StringComparison.Ordinal));
        Assert.Equal([$"{Placed} DaemonSet/kube-system/cni", $"{Placed} ServiceAccount/kube-system/cni-$(X)"], AppliedBy(manifests));
    }

    [Fact]
    public void What_a_kustomization_puts_into_a_ConfigMap_has_places_in_the_file_it_is_from()
    {
        var manifests = new Manifests(
            ("fleet/kustomization.yaml", "namespace: fleet\nresources: [set.yaml]\nconfigMapGenerator: [{name: cni, files: [data/cni.yaml]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n"),
            ("fleet/set.yaml", Set() + "---\n" + Cluster),
            ("fleet/data/cni.yaml", "# Network\n[{apiVersion: v1, kind: ServiceAccount, metadata: {name: cni}}]\n"));
        Assert.Equal([$"{Placed} ServiceAccount/cni"], AppliedBy(manifests));
        Assert.Equal("fleet/data/cni.yaml:2:58", manifests["ServiceAccount/cni"].Place.ToString());
    }

    [Fact]
    public void What_a_delivery_brings_to_the_cluster_of_the_set_is_not_delivered_to_the_chosen_one()
    {
        var manifests = new Manifests(
            ("flux.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: fleet, namespace: flux-system}\nspec: {path: ./fleet, targetNamespace: other, sourceRef: {kind: GitRepository, name: flux-system}}\n"),
            ("fleet/all.yaml", string.Join("---\n", Texts.Replace("{name: cni, namespace: kube-system}", "{name: cni}", StringComparison.Ordinal), Set(), Cluster)));
        Assert.Equal([$"{Placed} DaemonSet/kube-system/cni", $"{Placed} ServiceAccount/cni"], AppliedBy(manifests));
        Assert.False(manifests["ServiceAccount/cni"].IsOfWholeSet);
    }
}
