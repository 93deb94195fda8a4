using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Kustomize;

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

    private static (string Path, string Text) Overlay(string folder, string changes, string takes = "../base") => ($"{folder}/kustomization.yaml", $"resources: [{takes}]\n{changes}");

    private static string Image(Resource deployment, int container = 0) => Spell(Manifests.At(deployment, $"spec.template.spec.containers.{container}.image"));

    private static string Image(Manifests manifests, int container = 0) => Image(manifests["Deployment/api"], container);

    private static string Spell(Value? value) => value switch
    {
        null => "-",
        TextValue text => text.ToString(),
        UnknownValue => "?",
        _ => value.GetType().Name,
    };

    private static string Code(Manifests manifests) => Assert.Single(manifests.Problems).Code;

    [Fact]
    public void A_kustomization_names_the_world_of_its_objects_and_is_no_object()
    {
        var manifests = new Manifests(("app/k/deploy.yaml", Objects), ("app/kustomization.yml", "resources:\n- k/deploy.yaml\n"));
        Assert.All(manifests.Inventory.Resources, each => Assert.Equal("app", each.Address.Scope));
        Assert.Equal(2, manifests.Inventory.Resources.Count);
        Assert.Null(Manifests.At(manifests["Deployment/api"], "metadata.namespace"));
    }

    [Fact]
    public void Each_overlay_is_a_world_of_its_own_and_its_base_is_none()
    {
        var manifests = Load("", Overlay("a", "namespace: a\n"), Overlay("b", "namespace: b\n"));
        Assert.Equal(
            ["a Deployment/a/api", "a ServiceAccount/a/api", "b Deployment/b/api", "b ServiceAccount/b/api"],
            manifests.Inventory.Resources.Select(each => $"{each.Address.Scope} {each.Address.Path}"));
        Assert.All(manifests.Inventory.Resources, each => Assert.Equal("base/app.yaml", each.Place.File.Path));
        Assert.Equal("a/kustomization.yaml:2:12", Manifests.At(manifests["Deployment/a/api"], "metadata.namespace")!.Trace!.Source.Place.ToString());
    }

    [Fact]
    public void What_a_kustomization_uses_is_no_manifest_of_its_own()
    {
        var manifests = Load("patches: [{path: p.yaml}]\nconfigMapGenerator: [{name: c, files: [data.yaml]}]\n",
            ("base/p.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 3}\n"),
            ("base/data.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: data}\n"),
            ("base/alone.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: alone}\n"));
        Assert.Equal(["Pod/alone", "Deployment/api", "ServiceAccount/api"], manifests.Paths.Where(path => !path.StartsWith("ConfigMap", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k}\nspec: {path: ./base}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: k}\nspec: {source: {path: base}}\n")]
    public void A_base_that_is_delivered_itself_is_a_world_too(string delivery)
    {
        var manifests = Load("", Overlay("a", ""), ("clusters/k.yaml", delivery));
        Assert.Equal(["a", "base"], manifests.Inventory.Resources.Where(each => each.Type == "apps/Deployment").Select(each => each.Address.Scope));
    }

    [Fact]
    public void A_component_that_nobody_uses_is_not_seen()
    {
        var manifests = new Manifests(("c/kustomization.yaml", "kind: Component\nresources: [app.yaml]\n"), ("c/app.yaml", Objects));
        Assert.Empty(manifests.Inventory.Resources);
        Assert.Empty(manifests.Problems);
    }

    [Fact]
    public void A_prefix_renames_objects_and_references_to_objects_of_the_build()
    {
        var manifests = Load("namePrefix: dev-\n");
        Assert.NotNull(manifests["ServiceAccount/dev-api"]);
        Assert.Equal("dev-api", Manifests.Text(manifests["Deployment/dev-api"], "spec.template.spec.serviceAccountName"));
        Assert.Equal("pull", Manifests.Text(manifests["Deployment/dev-api"], "spec.template.spec.imagePullSecrets.0.name"));
    }

    [Fact]
    public void A_replaced_image_stands_where_its_new_name_is_written_and_a_new_tag_does_not_move_it()
    {
        var manifests = Load("images:\n- {name: shop/api, newName: quay.io/shop/api, newTag: v2}\n- {name: envoy, digest: 'sha256:x'}\n- {name: nothing, newTag: x}\n");
        Assert.Equal(("quay.io/shop/api:v2", "envoy@sha256:x"), (Image(manifests), Image(manifests, 1)));
        var (first, second) = (Manifests.At(manifests["Deployment/api"], "spec.template.spec.containers.0.image")!.Trace!, Manifests.At(manifests["Deployment/api"], "spec.template.spec.containers.1.image")!.Trace!);
        Assert.Equal(("base/kustomization.yaml:3:29", "base/app.yaml:10:30"), (first.Source.Place.ToString(), first.Place.ToString()));
        Assert.Equal(("base/app.yaml:11:32", "base/kustomization.yaml:4:25"), (second.Source.Place.ToString(), second.Place.ToString()));
    }

    [Fact]
    public void A_patch_keeps_the_places_of_what_it_writes()
    {
        var manifests = Load("patches:\n- path: p.yaml\n", ("base/p.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api}
            spec:
              template:
                spec:
                  containers:
                    - {name: proxy, image: other}
            """));
        var image = Manifests.At(manifests["Deployment/api"], "spec.template.spec.containers.0.image")!;
        Assert.Equal(("other", "base/p.yaml:8:32"), (Spell(image), image.Trace!.Source.Place.ToString()));
        Assert.Equal("shop/api:v1", Image(manifests, 1));
    }

    [Theory]
    [InlineData("kind: Deployment", "x")]
    [InlineData("kind: StatefulSet", "envoy")]
    [InlineData("kind: Deployment|StatefulSet", "x")]
    [InlineData("kind: Deployment, name: other", "envoy")]
    [InlineData("name: a.*", "x")]
    [InlineData("labelSelector: a=b", "envoy")]
    [InlineData("labelSelector: '!a'", "x")]
    public void Operations_are_for_what_their_target_selects(string target, string image)
    {
        var manifests = Load($"patches:\n- target: {{group: apps, {target}}}\n  patch: |-\n    - op: replace\n      path: /spec/template/spec/containers/1/image\n      value: x\n");
        Assert.Equal(("shop/api:v1", image), (Image(manifests), Image(manifests, 1)));
    }

    [Fact]
    public void A_patch_that_nobody_can_read_may_change_anything()
    {
        var manifests = Load("patches: [{path: missing.yaml}]\n");
        Assert.IsType<UnknownValue>(Manifests.At(manifests["Deployment/api"], "spec"));
        Assert.Equal("base-not-seen", Code(manifests));
    }

    [Theory]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[{op: remove, path: /spec/template/spec/containers/0/ports}]'}]")]
    [InlineData("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {template: {spec: {hostNetwork: false}}}}'}]")]
    [InlineData("patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {template: {spec: {containers: [{name: api, tty: true}]}}}}'}, {target: {kind: Deployment}, patch: '[{op: remove, path: /spec/template/spec/containers/0/ports}]'}]")]
    [InlineData("replacements: [{source: {kind: ServiceAccount}, targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.hostname]}]}]")]
    [InlineData("labels: [{pairs: {team: shop}, includeTemplates: true}]")]
    public void What_nobody_knows_of_an_object_stays_unknown_whatever_else_changes_it(string changes)
    {
        var manifests = Load("patches: [{path: missing.yaml}]\n", Overlay("all", changes));
        Assert.Equal("base/kustomization.yaml", Assert.Single(manifests.Problems).Place?.File.Path);
        foreach (var path in new[] { "metadata.labels.azure", "spec.template.metadata.labels.azure", "spec.template.spec.containers.0.image" })
        {
            Assert.Equal("?", Spell(path.Split('.').Aggregate((Value?)manifests["Deployment/api"].Body, FieldPath.Step)));
        }
    }

    [Fact]
    public void Operations_find_annotations_because_kustomize_notes_former_names_there()
    {
        const string Patch = "{target: {kind: ServiceAccount}, patch: '[{op: add, path: /metadata/annotations/a.example~1b, value: c}]'}";
        var patched = Load($"patches: [{Patch}]");
        Assert.Empty(patched.Problems);
        Assert.Equal("c", Spell((Manifests.At(patched["ServiceAccount/api"], "metadata.annotations") as MapValue)?["a.example/b"]));
        Assert.Null(Manifests.At(patched["Deployment/api"], "metadata.annotations"));
        Assert.Empty(Load($"namePrefix: a-\npatchesJson6902: [{Patch}]").Problems);
        Assert.Equal("kustomization-invalid", Code(Load($"patchesJson6902: [{Patch}]")));
    }

    [Theory]
    [InlineData(".metadata.name", "api")]
    [InlineData("data.HOST", "?")]
    [InlineData("data.HOST.more", "?")]
    public void A_replacement_takes_what_a_path_leads_to_and_knows_what_it_does_not_see(string path, string host)
    {
        var manifests = Load($$$"""
            configMapGenerator: [{name: settings, envs: [settings.env]}]
            replacements:
            - source: {kind: {{{(path[0] == '.' ? "ServiceAccount" : "ConfigMap")}}}, fieldPath: {{{path}}}}
              targets: [{select: {kind: Deployment}, fieldPaths: [.spec.template.spec.hostname], options: {create: true}}]
            """);
        Assert.Empty(manifests.Problems);
        Assert.Equal(host, Spell(Manifests.At(manifests["Deployment/api"], "spec.template.spec.hostname")));
    }

    [Fact]
    public void A_part_that_is_not_seen_leaves_unknown_what_it_replaces()
    {
        var manifests = Load("""
            configMapGenerator: [{name: settings, envs: [settings.env]}]
            replacements:
            - source: {kind: ConfigMap, fieldPath: data.HOST}
              targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=api].image"], options: {delimiter: /}}]
            """);
        Assert.Empty(manifests.Problems);
        Assert.Equal("?", Image(manifests));
    }

    [Fact]
    public void The_source_of_a_replacement_may_be_in_a_base_that_is_not_seen()
    {
        const string Replacement = """
            replacements:
            - source: {kind: Certificate, name: serving}
              targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.hostname], options: {create: true}}]
            """;
        var manifests = Load("", Overlay("all", Replacement, "../base, github.com/example/certificates?ref=v1"));
        Assert.Equal("base-not-seen", Code(manifests));
        Assert.Equal("?", Spell(Manifests.At(manifests["Deployment/api"], "spec.template.spec.hostname")));
        Assert.Equal("kustomization-invalid", Code(Load("", Overlay("all", Replacement))));
    }

    [Fact]
    public void Transformers_of_others_may_change_anything()
    {
        var manifests = Load("transformers: [t.yaml]\n", ("base/t.yaml", "apiVersion: example.com/v1\nkind: Mutator\nmetadata: {name: t}\n"));
        Assert.IsType<UnknownValue>(Manifests.At(manifests["Deployment/api"], "spec"));
    }

    [Fact]
    public void A_patch_deletes_in_one_overlay_and_not_in_the_other()
    {
        var manifests = Load("", Overlay("a", "patches:\n- patch: |\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: api}\n    $patch: delete\n"), Overlay("b", ""));
        Assert.Equal(["a Deployment/api", "b Deployment/api", "b ServiceAccount/api"], manifests.Inventory.Resources.Select(each => $"{each.Address.Scope} {each.Address.Path}"));
    }

    [Fact]
    public void A_secret_whose_content_is_not_in_the_repository_has_an_unknown_name_that_all_share()
    {
        var manifests = Load("secretGenerator: [{name: pull, type: kubernetes.io/dockerconfigjson, files: [.dockerconfigjson=secret.json]}]\n");
        var name = Manifests.At(manifests.Inventory.Resources.Single(each => each.Type == "/Secret"), "metadata.name")!;
        Assert.Equal("pull-<?>", Spell(name));
        Assert.Equal(Truth.Yes, name.EqualTo(Manifests.At(manifests["Deployment/api"], "spec.template.spec.imagePullSecrets.0.name")!));
        Assert.Empty(manifests.Problems);
    }

    [Fact]
    public void What_a_secret_is_generated_from_is_sensitive()
    {
        var secret = Load("secretGenerator: [{name: s, literals: [key=word]}]\n").Inventory.Resources.Single(each => each.Type == "/Secret");
        Assert.True(Manifests.At(secret, "data.key")!.IsSensitive);
    }

    [Fact]
    public void Placeholders_are_text_for_kustomize_and_unknown_for_the_cluster()
    {
        var manifests = Load("namespace: ${NS}\nimages: [{name: shop/api, newTag: '${TAG}'}]\n", Overlay("a", "patches:\n- target: {kind: Deployment, namespace: '\\$.NS.'}\n  patch: '[{op: add, path: /spec/replicas, value: 3}]'\n"));
        var deployment = manifests["Deployment/${NS}/api"];
        Assert.IsType<UnknownValue>(Manifests.At(deployment, "metadata.namespace"));
        Assert.Equal("shop/api:<?>", Image(deployment));
        Assert.IsType<NumberValue>(Manifests.At(deployment, "spec.replicas"));
    }

    [Fact]
    public void Remote_bases_charts_and_missing_files_are_gaps_of_all_who_take_them_in()
    {
        var manifests = Load("", Overlay("m", "", "../base, 'https://example.com/x.yaml', gone.yaml, 'github.com/a/b//c?ref=v1'"), Overlay("a", "helmCharts: [{name: x}]\n", "../m"), Overlay("b", "", "../m"));
        Assert.Equal((4, 3), (manifests.Inventory.Gaps.Count(gap => gap.Scope == "a"), manifests.Inventory.Gaps.Count(gap => gap.Scope == "b")));
        Assert.Equal(4, manifests.Problems.Count(problem => problem.Code == "base-not-seen"));
    }

    [Theory]
    [InlineData("${APP}-postgres", 0)]
    [InlineData("postgres", 1)]
    public void A_patch_for_a_name_that_is_substituted_is_for_a_component_of_the_delivery(string name, int problems) =>
        Assert.Equal(problems, Load("patches: [{patch: '{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: \"" + name + "\"}, spec: {instances: 2}}'}]").Problems.Count);

    [Fact]
    public void A_patch_for_something_in_a_remote_base_is_no_mistake()
    {
        var patch = "patches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: far}\n";
        Assert.Equal("base-not-seen", Code(Load("", Overlay("a", patch, "../base, 'https://example.com/x.yaml'"))));
        Assert.Equal("kustomization-invalid", Code(Load("", Overlay("a", patch))));
    }

    [Fact]
    public void Circles_are_problems_and_what_is_beside_them_is_built()
    {
        var manifests = Load("", Overlay("a", "namespace: a\n", "../base, ../b"), Overlay("b", "", "../a"));
        Assert.Equal("kustomization-cycle", Code(manifests));
        Assert.NotNull(manifests["Deployment/a/api"]);
        Assert.Equal("kustomization-cycle", Code(Load("", Overlay("a", "", "../base, ."))));
    }

    [Theory]
    [InlineData("resources: [../../outside.yaml]", "base-not-seen")]
    [InlineData("resources: [/etc/passwd]", "base-not-seen")]
    [InlineData("resources: text", "kustomization-invalid")]
    [InlineData("resources: [{a: b}]", "kustomization-invalid")]
    [InlineData("namespace: [a]", "kustomization-invalid")]
    [InlineData("images: {name: x}", "kustomization-invalid")]
    [InlineData("images: [x]", "kustomization-invalid")]
    [InlineData("images: [{newTag: x}]", "kustomization-invalid")]
    [InlineData("commonLabels: [a]", "kustomization-invalid")]
    [InlineData("patches: [text]", "kustomization-invalid")]
    [InlineData("patches: [{target: {name: '('}, patch: '[]'}]", "kustomization-invalid")]
    [InlineData("patches: [{patch: 'a: [', target: {kind: Pod}}]", "kustomization-invalid")]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[{op: remove, path: /spec/nothing}]'}]", "kustomization-invalid")]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[{op: jump, path: /spec}]'}]", "kustomization-invalid")]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[3]'}]", "kustomization-invalid")]
    [InlineData("patchesStrategicMerge: [{a: b}]", "kustomization-invalid")]
    [InlineData("configMapGenerator: [{literals: [a=b]}]", "kustomization-invalid")]
    [InlineData("configMapGenerator: [{name: c, literals: [b]}]", "kustomization-invalid")]
    [InlineData("replacements: [{source: {kind: Pod}, targets: []}]", "kustomization-invalid")]
    [InlineData("replacements: [{path: gone.yaml}]", "base-not-seen")]
    [InlineData("replicas: [{name: gone, count: 3}]", "kustomization-invalid")]
    [InlineData("components: [../base]", "kustomization-invalid")]
    public void Bad_input_is_a_problem_with_its_place_and_costs_nothing_else(string line, string code)
    {
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var manifests = Load("", ("a/kustomization.yaml", key == "resources" ? line + "\n" : $"resources: [../base]\n{line}\n"), ("b/kustomization.yaml", "resources: [../base]\n"));
        var problem = manifests.Problems.First(problem => problem.Code == code);
        Assert.Equal("a/kustomization.yaml", problem.Place!.Value.Outermost.File.Path);
        Assert.Contains(manifests.Inventory.Resources, each => each.Address == new Address("b", "Deployment/api"));
    }

    [Fact]
    public void Builds_that_double_at_each_of_many_levels_end_at_a_limit()
    {
        var levels = Enumerable.Range(1, 25).SelectMany(at => new[]
        {
            Overlay($"l{at}", "", $"../x{at}, ../y{at}"),
            Overlay($"x{at}", "namePrefix: x-\n", $"../l{at - 1}"),
            Overlay($"y{at}", "namePrefix: y-\n", $"../l{at - 1}"),
        }).Prepend(Overlay("l0", "")).ToArray();
        Assert.Contains(Load("", levels).Problems, problem => problem.Code == "kustomization-limit");
    }

    [Fact]
    public void Of_builds_that_are_too_many_together_the_last_are_left_out()
    {
        // Eleven times 19,000: only the last passes 200,000.
        var many = string.Join("---\n", Enumerable.Range(0, 19_000).Select(at => $"apiVersion: v1\nkind: Secret\nmetadata: {{name: s{at}}}\n"));
        var manifests = Load("", [("base/kustomization.yaml", "resources: [many.yaml]\n"), ("base/many.yaml", many), .. Enumerable.Range(0, 11).Select(at => ($"o{at:00}/kustomization.yaml", "resources: [../base]\n"))]);
        Assert.Equal("o10/kustomization.yaml", Assert.Single(manifests.Problems, problem => problem.Code == "kustomization-limit").Place!.Value.File.Path);
        Assert.Equal(190_000, manifests.Inventory.Resources.Count(each => each.Address.Scope != "base"));
        Assert.Contains(manifests.Inventory.Gaps, gap => gap.Scope == "o10");
    }

    [Fact]
    public void A_chain_of_very_many_bases_ends_at_a_limit()
    {
        var chain = Enumerable.Range(1, 200).Select(at => Overlay($"l{at}", "", $"../l{at - 1}")).Prepend(Overlay("l0", "")).ToArray();
        Assert.Equal("kustomization-limit", Code(Load("", chain)));
    }
}
