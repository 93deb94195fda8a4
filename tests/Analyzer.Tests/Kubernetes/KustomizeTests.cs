using Analyzer.Facts.Values;

namespace Analyzer.Tests.Kubernetes;

public class KustomizeTests
{
    private const string Objects = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          template:
            spec:
              serviceAccountName: api
              imagePullSecrets: [{name: pull}]
              containers:
                - {name: api, image: "shop/api:v1"}
                - {name: proxy, image: envoy}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: api}
        """;

    private static Manifests Load(string @base, params (string Path, string Text)[] overlays) =>
        new([("base/app.yaml", Objects), ("base/kustomization.yaml", "resources: [app.yaml]\n" + @base), .. overlays]);

    private static string Image(Manifests manifests, int container = 0) => Spell(Manifests.At(manifests["Deployment/api"], $"spec.template.spec.containers.{container}.image"));

    private static string Namespace(Manifests manifests) => Spell(Manifests.At(manifests["Deployment/api"], "metadata.namespace"));

    private static string Spell(Value? value) => value switch
    {
        null => "-",
        TextValue text => text.ToString(),
        UnknownValue => "?",
        _ => value.GetType().Name,
    };

    [Fact]
    public void A_kustomization_names_the_set_and_is_no_object()
    {
        var manifests = new Manifests(("app/k/deploy.yaml", Objects), ("app/kustomization.yml", "resources:\n- k/deploy.yaml\n"));
        Assert.All(manifests.Inventory.Resources, each => Assert.Equal("app", each.Address.Scope));
        Assert.Equal(2, manifests.Inventory.Resources.Count);
        Assert.Equal("-", Namespace(manifests));
    }

    [Fact]
    public void A_namespace_on_which_all_ways_agree_is_known()
    {
        Assert.Equal("shop", Namespace(Load("namespace: shop\n")));
        Assert.Equal("prod", Namespace(Load("namespace: shop\n", ("prod/kustomization.yaml", "resources: [../base]\nnamespace: prod\n"))));
        Assert.Equal("shop", Namespace(Load("namespace: shop\n", ("a/kustomization.yaml", "resources: [../base]\n"), ("b/kustomization.yaml", "bases: [../base]\n"))));
    }

    [Fact]
    public void Overlays_that_differ_make_a_namespace_unknown_but_the_same_for_all_of_the_set()
    {
        var manifests = Load("", ("a/kustomization.yaml", "resources: [../base]\nnamespace: a\n"), ("b/kustomization.yaml", "resources: [../base]\nnamespace: b\n"));
        Assert.Equal("?", Namespace(manifests));
        Assert.Equal(Truth.Yes, Manifests.At(manifests["Deployment/api"], "metadata.namespace")!.EqualTo(Manifests.At(manifests["ServiceAccount/api"], "metadata.namespace")!));
    }

    [Fact]
    public void A_prefix_renames_objects_and_references_to_objects_of_the_build()
    {
        var manifests = Load("namePrefix: dev-\n");
        Assert.Equal("dev-api", Manifests.Text(manifests["ServiceAccount/api"], "metadata.name"));
        Assert.Equal("dev-api", Manifests.Text(manifests["Deployment/api"], "spec.template.spec.serviceAccountName"));
        Assert.Equal("pull", Manifests.Text(manifests["Deployment/api"], "spec.template.spec.imagePullSecrets.0.name"));
    }

    [Fact]
    public void Images_are_replaced_by_name()
    {
        var manifests = Load("images:\n- {name: shop/api, newName: quay.io/shop/api, newTag: v2}\n- {name: envoy, digest: 'sha256:x'}\n- {name: nothing, newTag: x}\n");
        Assert.Equal(("quay.io/shop/api:v2", "envoy@sha256:x"), (Image(manifests), Image(manifests, 1)));
        Assert.Equal("base/app.yaml:10:30", Manifests.At(manifests["Deployment/api"], "spec.template.spec.containers.0.image")!.Trace!.Source.Place.ToString());
    }

    [Fact]
    public void Overlays_that_differ_in_the_tag_leave_the_repository_known()
    {
        var manifests = Load("", ("a/kustomization.yaml", "resources: [../base]\nimages: [{name: shop/api, newTag: v2}]\n"), ("b/kustomization.yaml", "resources: [../base]\n"));
        Assert.Equal(("shop/api:<?>", "envoy"), (Image(manifests), Image(manifests, 1)));
    }

    [Fact]
    public void Overlays_that_differ_in_the_registry_leave_the_image_unknown()
    {
        var manifests = Load("", ("a/kustomization.yaml", "resources: [../base]\nimages: [{name: shop/api, newName: a.io/api}]\n"), ("b/kustomization.yaml", "resources: [../base]\nimages: [{name: shop/api, newName: b.io/api}]\n"));
        Assert.Equal("?", Image(manifests));
    }

    [Fact]
    public void A_strategic_patch_makes_unknown_what_it_writes()
    {
        var manifests = Load("patches:\n- path: p.yaml\n", ("base/p.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api}
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                    - {name: api, image: other}
            """));
        Assert.Equal(("?", "envoy"), (Image(manifests), Image(manifests, 1)));
        Assert.Equal("api", Manifests.Text(manifests["Deployment/api"], "spec.template.spec.serviceAccountName"));
    }

    [Theory]
    [InlineData("kind: Deployment", "?")]
    [InlineData("kind: StatefulSet", "envoy")]
    [InlineData("kind: Deployment|StatefulSet", "?")]
    [InlineData("kind: Deployment, name: other", "envoy")]
    [InlineData("labelSelector: a=b", "?")]
    public void An_operation_reaches_only_what_its_target_may_mean(string target, string image)
    {
        var manifests = Load($"patches:\n- target: {{{target}}}\n  patch: |-\n    - op: replace\n      path: /spec/template/spec/containers/1/image\n      value: x\n");
        Assert.Equal(("shop/api:v1", image), (Image(manifests), Image(manifests, 1)));
    }

    [Fact]
    public void A_patch_that_nobody_can_read_may_change_anything()
    {
        var manifests = Load("patches: [{path: missing.yaml}]\n");
        Assert.IsType<UnknownValue>(Manifests.At(manifests["Deployment/api"], "spec"));
        Assert.Equal("api", manifests["Deployment/api"].Name);
    }

    [Fact]
    public void A_deleting_patch_makes_the_object_uncertain()
    {
        var manifests = Load("patches:\n- patch: |\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: api}\n    $patch: delete\n");
        Assert.False(manifests["ServiceAccount/api"].IsCertain);
        Assert.True(manifests["Deployment/api"].IsCertain);
    }

    [Fact]
    public void Labels_and_annotations_are_added()
    {
        var manifests = Load("commonLabels: {team: a}\nlabels: [{pairs: {tier: web}}]\ncommonAnnotations: {note: x}\n");
        var deployment = manifests["Deployment/api"];
        Assert.Equal(("a", "web", "x"), (Manifests.Text(deployment, "metadata.labels.team"), Manifests.Text(deployment, "metadata.labels.tier"), Manifests.Text(deployment, "metadata.annotations.note")));
        Assert.Equal(("a", null), (Manifests.Text(deployment, "spec.template.metadata.labels.team"), Manifests.Text(deployment, "spec.template.metadata.labels.tier")));
    }

    [Fact]
    public void A_component_changes_what_its_users_took_in()
    {
        var manifests = Load("", ("c/kustomization.yaml", "kind: Component\nnamespace: from-component\n"), ("a/kustomization.yaml", "resources: [../base]\ncomponents: [../c]\n"));
        Assert.Equal("from-component", Namespace(manifests));
    }

    [Fact]
    public void Remote_bases_charts_and_missing_files_are_gaps()
    {
        var manifests = Load("", ("a/kustomization.yaml", "resources: [../base, 'https://example.com/x.yaml', gone.yaml]\nhelmCharts: [{name: x}]\n"));
        Assert.Equal(3, manifests.Inventory.Gaps.Count(gap => gap.Scope == "a"));
        Assert.Equal(3, manifests.Problems.Count(problem => problem.Code == "base-not-seen"));
    }

    [Fact]
    public void A_circle_of_kustomizations_ends()
    {
        var manifests = Load("", ("a/kustomization.yaml", "resources: [../base, ../b]\nnamespace: a\n"), ("b/kustomization.yaml", "resources: [../a]\n"));
        Assert.Equal("a", Namespace(manifests));
    }

    [Fact]
    public void Very_many_overlays_leave_what_they_change_unknown()
    {
        var manifests = Load("", [.. Enumerable.Range(0, 40).Select(at => ($"o{at}/kustomization.yaml", $"resources: [../base]\nnamespace: n\nimages: [{{name: shop/api, newTag: v{at}}}]\n"))]);
        Assert.Equal(("?", "?"), (Namespace(manifests), Image(manifests)));
    }
}
