using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;

namespace Analyzer.Tests.Kubernetes;

public class GitOpsTests
{
    private const string Argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {source: {path: shop}, destination: {namespace: shop}}\n";

    [Fact]
    public void Argo_and_Flux_give_their_namespace_to_objects_without_one()
    {
        var manifests = new Manifests(
            ("clusters/argo.yaml", Argo),
            ("clusters/flux.yaml", Flux("apps", "targetNamespace: apps")),
            ("shop/a.yaml", Object("ConfigMap", "a") + "---\n" + Object("Namespace", "space") + "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: own}}\n"),
            ("shop/pool.yaml", "{apiVersion: karpenter.sh/v1, kind: NodePool, metadata: {name: p}}\n"),
            ("apps/kustomization.yaml", "resources: [a.yaml]\n"),
            ("apps/a.yaml", Object("ServiceAccount", "a")));
        Assert.Equal(
            ["Application/shop", "ConfigMap/own/b", "ConfigMap/shop/a", "Kustomization/flux-system/apps", "Namespace/space", "NodePool/p", "ServiceAccount/apps/a"],
            manifests.Paths.Order(StringComparer.Ordinal));
        Assert.Equal("clusters/argo.yaml:4:55", Manifests.At(manifests["ConfigMap/shop/a"], "metadata.namespace")!.Trace!.Source.Place.ToString());
    }

    [Fact]
    public void A_folder_that_goes_to_two_namespaces_is_in_neither()
    {
        var manifests = new Manifests(("clusters/1.yaml", Flux("shop", "targetNamespace: a")), ("clusters/2.yaml", Argo), ("shop/a.yaml", Object("ConfigMap", "a")));
        Assert.NotNull(manifests["ConfigMap/a"]);
    }

    [Theory]
    [InlineData("shop", "kind: OCIRepository, name: flux-system")]
    [InlineData("", "kind: GitRepository, name: other")]
    [InlineData("", "kind: ExternalArtifact, name: flux-system")]
    public void A_source_that_need_not_be_this_repository_gives_no_namespace(string path, string source)
    {
        var delivery = Flux(path, "targetNamespace: a", source).Replace("name: ,", "name: any,", StringComparison.Ordinal);
        Assert.NotNull(new Manifests(("clusters/1.yaml", delivery), ("shop/a.yaml", Object("ConfigMap", "a")))["ConfigMap/a"]);
    }

    [Fact]
    public void A_namespace_of_the_source_goes_before_that_of_the_destination()
    {
        var argo = Argo.Replace("path: shop", "path: shop, kustomize: {namespace: own}", StringComparison.Ordinal);
        Assert.NotNull(new Manifests(("clusters/argo.yaml", argo), ("shop/kustomization.yaml", "resources: [a.yaml]\n"), ("shop/a.yaml", Object("ConfigMap", "a")))["ConfigMap/own/a"]);
    }

    [Theory]
    [InlineData("argocd.argoproj.io/sync-wave: '-1'", "argocd.argoproj.io/sync-wave: '2'", Truth.Yes, Truth.No)]
    [InlineData("argocd.argoproj.io/sync-wave: '-1'", "x: y", Truth.Yes, Truth.No)]
    [InlineData("argocd.argoproj.io/sync-wave: 'first'", "x: y", Truth.No, Truth.No)]
    [InlineData("argocd.argoproj.io/sync-wave: '5', argocd.argoproj.io/hook: PreSync", "argocd.argoproj.io/sync-wave: '1'", Truth.Yes, Truth.No)]
    [InlineData("argocd.argoproj.io/sync-wave: '9'", "argocd.argoproj.io/hook: PostSync", Truth.Yes, Truth.No)]
    [InlineData("argocd.argoproj.io/hook: 'PostSync,PreSync'", "x: y", Truth.Yes, Truth.No)]
    [InlineData("helm.sh/hook: pre-install, helm.sh/hook-weight: '3'", "helm.sh/hook: pre-upgrade, helm.sh/hook-weight: '4'", Truth.Yes, Truth.No)]
    [InlineData("helm.sh/hook: pre-install, argocd.argoproj.io/hook: PostSync", "x: y", Truth.No, Truth.Yes)]
    [InlineData("argocd.argoproj.io/hook: SyncFail", "x: y", Truth.No, Truth.No)]
    [InlineData("argocd.argoproj.io/sync-wave: '${WAVE}'", "argocd.argoproj.io/sync-wave: '1'", Truth.Unknown, Truth.Unknown)]
    [InlineData("argocd.argoproj.io/sync-wave: 1", "argocd.argoproj.io/sync-wave: '2'", Truth.Unknown, Truth.Unknown)]
    public void Argo_creates_phase_by_phase_and_wave_by_wave(string first, string second, Truth after, Truth before)
    {
        var manifests = new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", Object("ConfigMap", "a", first) + "---\n" + Object("ConfigMap", "b", second)));
        var order = new Order(manifests.Inventory);
        Assert.Equal(after, order.HappensAfter(manifests["ConfigMap/shop/b"], manifests["ConfigMap/shop/a"]));
        Assert.Equal(before, order.HappensAfter(manifests["ConfigMap/shop/a"], manifests["ConfigMap/shop/b"]));
    }

    [Fact]
    public void The_way_from_wave_to_wave_names_the_annotations()
    {
        var manifests = new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", string.Join("---\n", ((string[])["0", "1", "2"]).Select(wave => Object("ConfigMap", "w" + wave, $"argocd.argoproj.io/sync-wave: '{wave}'")))));
        var path = new Order(manifests.Inventory).Path(manifests["ConfigMap/shop/w2"], manifests["ConfigMap/shop/w0"])!;
        Assert.Equal(("shop/a.yaml:11", "shop/a.yaml:3"), (Line(path[0]), Line(path[^1])));
    }

    [Fact]
    public void Waves_that_no_Application_is_seen_to_deliver_are_no_proof()
    {
        var text = Object("ConfigMap", "a", "argocd.argoproj.io/sync-wave: '1'") + "---\n" + Object("ConfigMap", "b");
        Assert.Equal(Truth.Unknown, After(new Manifests(("shop/a.yaml", text)), "ConfigMap/a", "ConfigMap/b"));
        Assert.Equal(Truth.Unknown, After(new Manifests(("shop/a.yaml", text), ("c/a.yaml", Argo.Replace("path: shop", "path: shop, directory: {include: '*.yaml'}", StringComparison.Ordinal))), "ConfigMap/a", "ConfigMap/b"));
        Assert.Equal(Truth.No, After(new Manifests(("shop/a.yaml", text), ("c/a.yaml", Flux("shop"))), "ConfigMap/a", "ConfigMap/b"));
    }

    [Theory]
    [InlineData("wait: true", Truth.Yes, Truth.Yes)]
    [InlineData("healthChecks: [{apiVersion: iam.cnrm.cloud.google.com/v1beta1, kind: IAMPolicyMember, name: m}]", Truth.Yes, Truth.Yes)]
    [InlineData("prune: true", Truth.Yes, Truth.Unknown)]
    public void Flux_delivers_after_what_it_depends_on(string wait, Truth plain, Truth cloud)
    {
        var manifests = new Manifests(
            ("clusters/a.yaml", Flux("base", wait) + "---\n" + Flux("apps", "dependsOn: [{name: middle}]") + "---\n" + Flux("middle", "dependsOn: [{name: base}]") + "---\n" + Flux("other")),
            ("base/deep/a.yaml", Object("ConfigMap", "a") + "---\n" + Member),
            ("apps/a.yaml", Object("ConfigMap", "b")),
            ("other/a.yaml", Object("ConfigMap", "c")));
        Assert.Equal(plain, After(manifests, "ConfigMap/b", "ConfigMap/a"));
        Assert.Equal(cloud, After(manifests, "ConfigMap/b", "IAMPolicyMember/m"));
        Assert.Equal(Truth.Unknown, After(manifests, "ConfigMap/a", "ConfigMap/b"));
        Assert.Equal(Truth.Unknown, After(manifests, "ConfigMap/b", "ConfigMap/c"));
        Assert.Equal("clusters/a.yaml:9", Line(new Order(manifests.Inventory).Path(manifests["ConfigMap/b"], manifests["ConfigMap/a"])![0]));
    }

    [Fact]
    public void What_one_cluster_waits_for_and_another_does_not_is_no_order()
    {
        var (one, two) = (Flux("base") + "---\n" + Flux("apps", "dependsOn: [{name: base}]"), Flux("base") + "---\n" + Flux("apps"));
        (string, string)[] files = [("base/a.yaml", Object("ConfigMap", "a")), ("apps/a.yaml", Object("ConfigMap", "b")), ("clusters/one/a.yaml", one)];
        Assert.Equal(Truth.Yes, After(new Manifests([.. files, ("clusters/two/a.yaml", one)]), "ConfigMap/b", "ConfigMap/a"));
        Assert.Equal(Truth.Unknown, After(new Manifests([.. files, ("clusters/two/a.yaml", two)]), "ConfigMap/b", "ConfigMap/a"));
    }

    [Theory]
    [InlineData("helm.sh/hook: pre-install", "x: y", Truth.Yes)]
    [InlineData("x: y", "helm.sh/hook: 'post-install,post-upgrade'", Truth.Yes)]
    [InlineData("helm.sh/hook: pre-install, helm.sh/hook-weight: '-5'", "helm.sh/hook: pre-install", Truth.Yes)]
    [InlineData("helm.sh/hook: test", "x: y", Truth.No)]
    [InlineData("x: y, helm.sh/hook-weight: '-5'", "x: y", Truth.No)]
    [InlineData("helm.sh/hook: pre-install", "argocd.argoproj.io/sync-wave: '1'", Truth.Unknown)]
    public void Hooks_order_the_objects_of_a_rendered_chart(string first, string second, Truth after)
    {
        var rendered = "---\n# Source: c/templates/a.yaml\n" + Object("ConfigMap", "a", first) + "---\n# Source: c/templates/b.yaml\n" + Object("ConfigMap", "b", second);
        var manifests = new Manifests(new LoadOptions { RenderChart = _ => new RenderedChart(rendered, null) }, ("c/Chart.yaml", "apiVersion: v2\nname: c\n"));
        Assert.Equal(after, After(manifests, "ConfigMap/b", "ConfigMap/a"));
    }

    [Theory]
    [InlineData("v1", "ServiceAccount", "apps/v1", "Deployment", Truth.Yes)]
    [InlineData("v1", "Secret", "batch/v1", "Job", Truth.Yes)]
    [InlineData("apps/v1", "Deployment", "external-secrets.io/v1", "ExternalSecret", Truth.Yes)]
    [InlineData("apps/v1", "Deployment", "scheduling.k8s.io/v1", "PriorityClass", Truth.Yes)]
    [InlineData("serving.knative.dev/v1", "Service", "apps/v1", "Deployment", Truth.Yes)]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "external-secrets.io/v1", "ExternalSecret", Truth.No)]
    [InlineData("apps/v1", "Deployment", "v1", "ServiceAccount", Truth.No)]
    [InlineData("iam.services.k8s.aws/v1alpha1", "Role", "apps/v1", "Deployment", Truth.Unknown)]
    public void Kinds_of_a_wave_follow_each_other_and_wait_for_nothing(string firstVersion, string first, string secondVersion, string second, Truth after)
    {
        var text = Object(first, "a", version: firstVersion) + "---\n" + Object(second, "b", version: secondVersion);
        Assert.Equal((after, after == Truth.Yes ? Truth.No : after), Waits(new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", text)), second, first));
        Assert.Equal((Truth.No, Truth.No), Waits(new Manifests(("shop/a.yaml", text)), second, first));
    }

    [Theory]
    [InlineData("v1", "ConfigMap", "", Truth.Yes)]
    [InlineData("apps/v1", "Deployment", "", Truth.Yes)]
    [InlineData("apps/v1", "Deployment", "spec: {replicas: 0}\n", Truth.No)]
    [InlineData("apps/v1", "Deployment", "spec: {replicas: '${REPLICAS}'}\n", Truth.Unknown)]
    [InlineData("batch/v1", "Job", "spec: {suspend: true}\n", Truth.Unknown)]
    [InlineData("batch/v1", "CronJob", "", Truth.No)]
    [InlineData("example.com/v1", "Widget", "", Truth.Unknown)]
    public void A_wave_waits_until_that_before_it_is_healthy(string version, string kind, string spec, Truth waits)
    {
        var text = Object(kind, "a", version: version) + spec + "---\n" + Object("Secret", "b", "argocd.argoproj.io/sync-wave: '1'");
        Assert.Equal((Truth.Yes, waits), Waits(new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", text)), "Secret", kind));
    }

    [Fact]
    public void Kinds_count_within_a_wave_alone()
    {
        var text = Object("ServiceAccount", "a", "argocd.argoproj.io/sync-wave: '1'") + "---\n" + Object("Deployment", "b", version: "apps/v1") + "---\n" + Object("Secret", "c", "argocd.argoproj.io/sync-wave: '1'") + "---\n" + Object("Role", "d", version: "rbac.authorization.k8s.io/v1");
        var manifests = new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", text));
        Assert.Equal((Truth.Yes, Truth.Yes), Waits(manifests, "ServiceAccount", "Deployment"));
        Assert.Equal((Truth.Yes, Truth.No), Waits(manifests, "Secret", "ServiceAccount"));
        Assert.Equal((Truth.Yes, Truth.Yes), Waits(manifests, "Secret", "Role"));
        Assert.Equal((Truth.Yes, Truth.No), Waits(manifests, "Deployment", "Role"));
        Assert.Equal((Truth.No, Truth.No), Waits(manifests, "Deployment", "ServiceAccount"));
    }

    [Theory]
    [InlineData("", "", Truth.Yes, Truth.No)]
    [InlineData("helm.sh/hook: pre-install", "", Truth.Yes, Truth.Yes)]
    [InlineData("", "helm.sh/hook: post-install", Truth.Yes, Truth.Unknown)]
    [InlineData("helm.sh/hook: pre-install", "helm.sh/hook: pre-install", Truth.No, Truth.No)]
    public void Helm_waits_for_hooks_and_not_for_kinds(string first, string second, Truth after, Truth waits)
    {
        var rendered = "---\n# Source: c/templates/a.yaml\n" + Object("Secret", "a", first) + "---\n# Source: c/templates/b.yaml\n" + Object("Job", "b", second, "batch/v1");
        var manifests = new Manifests(new LoadOptions { RenderChart = _ => new RenderedChart(rendered, null) }, ("c/Chart.yaml", "apiVersion: v2\nname: c\n"));
        Assert.Equal((after, waits), Waits(manifests, "Job", "Secret"));
    }

    [Fact]
    public void Ten_thousand_objects_need_ten_thousand_edges()
    {
        var text = string.Join("---\n", Enumerable.Range(0, 10_000).Select(at => Object("ConfigMap", "o" + at, $"argocd.argoproj.io/sync-wave: '{at % 100}'")));
        var manifests = new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", text));
        Assert.InRange(manifests.Inventory.Stages.Sum(stage => stage.Before.Count) + manifests.Inventory.Resources.Sum(each => each.Dependencies.Count), 19_000, 20_200);
        var order = new Order(manifests.Inventory);
        var first = manifests["ConfigMap/shop/o0"];
        Assert.Equal(9_900, manifests.Inventory.Resources.Count(each => each != first && each.Type == "/ConfigMap" && order.HappensAfter(each, first) == Truth.Yes));
    }

    [Fact]
    public void Kinds_add_one_edge_for_each_object()
    {
        string[] kinds = ["ServiceAccount", "Secret", "ConfigMap", "Service", "Pod"];
        var text = string.Join("---\n", Enumerable.Range(0, 10_000).Select(at => Object(kinds[at % 5], "o" + at, $"argocd.argoproj.io/sync-wave: '{at / 100}'")));
        var manifests = new Manifests(("clusters/argo.yaml", Argo), ("shop/a.yaml", text));
        Assert.InRange(manifests.Inventory.Stages.Sum(stage => stage.Before.Count) + manifests.Inventory.Resources.Sum(each => each.Dependencies.Count), 28_000, 30_000);
        Assert.Equal(Truth.Yes, new Order(manifests.Inventory).WaitsFor(manifests["Pod/shop/o9999"], manifests["Pod/shop/o4"]));
    }

    private const string Member = "apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPolicyMember\nmetadata: {name: m}\nspec: {member: 'serviceAccount:a@b', role: roles/artifactregistry.reader}\n";

    private static Truth After(Manifests manifests, string later, string earlier) => new Order(manifests.Inventory).HappensAfter(manifests[later], manifests[earlier]);

    /// <summary>Whether the object of one kind comes after that of another, and whether it waits for it.</summary>
    private static (Truth After, Truth Waits) Waits(Manifests manifests, string later, string earlier)
    {
        var order = new Order(manifests.Inventory);
        Resource Of(string kind) => manifests.Inventory.Resources.Single(each => each.Type.EndsWith("/" + kind, StringComparison.Ordinal));
        return (order.HappensAfter(Of(later), Of(earlier)), order.WaitsFor(Of(later), Of(earlier)));
    }

    private static string Line(Dependency dependency) => $"{dependency.Place.File.Path}:{dependency.Place.StartPosition.Line}";

    private static string Object(string kind, string name, string annotations = "", string version = "v1") => $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, annotations: {{{annotations}}}}}\n";

    private static string Flux(string name, string spec = "prune: true", string source = "kind: GitRepository, name: flux-system") =>
        $"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: {name}, namespace: flux-system}}\nspec: {{path: ./{name}, sourceRef: {{{source}}}, {spec}}}\n";

    [Fact]
    public void A_release_of_Flux_comes_after_those_it_depends_on()
    {
        (string Name, string Spec)[] releases = [("db", "{}"), ("api", "{dependsOn: [{name: db}, {name: gone}]}"), ("web", "{dependsOn: [{name: api, namespace: shop}]}"), ("self", "{dependsOn: [{name: self}]}")];
        var manifests = new Manifests(("apps/a.yaml", string.Join("---\n", releases.Select(each => $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: {each.Name}, namespace: shop}}\nspec: {each.Spec}\n"))));
        Assert.Equal(Truth.Yes, After(manifests, "HelmRelease/shop/web", "HelmRelease/shop/db"));
        Assert.Equal(Truth.No, After(manifests, "HelmRelease/shop/db", "HelmRelease/shop/web"));
        Assert.Equal(Truth.No, After(manifests, "HelmRelease/shop/self", "HelmRelease/shop/db"));
    }

    private const string Changed = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {template: {spec: {serviceAccountName: api, containers: [{name: api, image: 'shop/api:1'}]}}}\n";

    [Theory]
    [InlineData("patches: [{patch: '[{op: replace, path: /spec/template/spec/containers/0/image, value: other/api:2}]', target: {kind: Deployment}}]", "other/api:2")]
    [InlineData("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: api, namespace: shop}, spec: {template: {spec: {containers: [{name: api, image: other/api}]}}}}'}]", "other/api")]
    [InlineData("patches: [{patch: '[{op: remove, path: /spec}]', target: {kind: Deployment, name: other}}]", "shop/api:1")]
    [InlineData("images: [{name: shop/api, newName: mirror/api, newTag: v3}]", "mirror/api:v3")]
    [InlineData("timeout: 5m", "shop/api:1")]
    public void What_a_Flux_Kustomization_changes_is_changed(string change, string image)
    {
        var manifests = new Manifests(
            ("apps/a.yaml", Changed),
            ("clusters/flux.yaml", $"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: apps, namespace: flux-system}}\nspec:\n  path: ./apps\n  sourceRef: {{kind: GitRepository, name: flux-system}}\n  {change}\n"));
        Assert.Equal(image, Manifests.Text(manifests["Deployment/shop/api"], "spec.template.spec.containers.0.image"));
        Assert.Empty(manifests.Problems);
    }

    [Theory]
    [InlineData("images: [{name: shop/api, newName: mirror/api}]", "mirror/api:1", 0)]
    [InlineData("patches: [{patch: '[{op: replace, path: /spec/template/spec/containers/0/image, value: other/api:2}]', target: {kind: Deployment}}]", "other/api:2", 0)]
    [InlineData("resources: [more.yaml]", "shop/api:1", 1)]
    public void Components_of_a_Flux_Kustomization_change_what_it_brings(string component, string image, int gaps)
    {
        var manifests = new Manifests(
            ("apps/base/a.yaml", Changed),
            ("apps/parts/kustomization.yaml", $"apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n{component}\n"),
            ("clusters/flux.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec:\n  path: ./apps/base\n  sourceRef: {kind: GitRepository, name: flux-system}\n  components: [../parts]\n"));
        Assert.Equal(image, Manifests.Text(manifests["Deployment/shop/api"], "spec.template.spec.containers.0.image"));
        Assert.Equal(gaps, manifests.Inventory.Gaps.Count(gap => gap.Scope == "apps/base"));
    }

    [Fact]
    public void A_component_of_a_Flux_Kustomization_that_is_not_there_leaves_it_open()
    {
        var manifests = new Manifests(
            ("apps/a.yaml", Changed),
            ("clusters/flux.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec:\n  path: ./apps\n  sourceRef: {kind: GitRepository, name: flux-system}\n  components: [../../gone, 5]\n"));
        Assert.Equal("clusters/flux.yaml:7:16", Assert.Single(manifests.Inventory.Gaps).Place.ToString());
    }

    [Theory]
    [InlineData("images: ['shop/api=mirror/api:v3']", "mirror/api:v3")]
    [InlineData("images: ['shop/api:v2']", "shop/api:v2")]
    [InlineData("images: ['shop/api=mirror:5000/api@sha256:aa']", "mirror:5000/api@sha256:aa")]
    [InlineData("namePrefix: ''", "shop/api:1")]
    public void What_an_Application_changes_is_changed(string change, string image)
    {
        var manifests = new Manifests(
            ("apps/kustomization.yaml", "resources: [a.yaml]\n"),
            ("apps/a.yaml", Changed),
            ("argo/app.yaml", $"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: apps}}\nspec:\n  source: {{path: apps, repoURL: x, kustomize: {{{change}}}}}\n  destination: {{namespace: shop, server: y}}\n"));
        Assert.Equal(image, Manifests.Text(manifests["Deployment/shop/api"], "spec.template.spec.containers.0.image"));
    }

    [Theory]
    [InlineData("images: [{name: shop/api, newTag: NAME}]", "?")]
    [InlineData("images: [{name: shop/api, newTag: v9}]", "shop/api:v9")]
    [InlineData("images: [{name: shop/web, newTag: NAME}]", "shop/api:1")]
    [InlineData("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: api, namespace: shop}, $patch: delete}', target: {name: NAME}}]", "shop/api:1")]
    public void What_deliveries_change_in_different_ways_is_not_known(string change, string image)
    {
        var one = $"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: NAME, namespace: flux-system}}\nspec:\n  path: ./apps\n  sourceRef: {{kind: GitRepository, name: flux-system}}\n  {change}\n";
        var manifests = new Manifests(
            ("apps/a.yaml", Changed),
            ("clusters/a/flux.yaml", one.Replace("NAME", "a", StringComparison.Ordinal)),
            ("clusters/b/flux.yaml", one.Replace("NAME", "b", StringComparison.Ordinal)));
        var deployment = manifests["Deployment/shop/api"];
        Assert.Equal(image, Manifests.At(deployment, "spec") is UnknownValue ? "?" : Manifests.Text(deployment, "spec.template.spec.containers.0.image"));
        Assert.Empty(manifests.Inventory.Gaps);
    }
}
