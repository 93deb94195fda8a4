using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Kubernetes;

/// <summary>What templates of charts say without Helm.</summary>
public sealed class UnrenderedChartTests
{
    private const string Account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {{ .Chart.Name }}-id\n  annotations:\n    azure.workload.identity/client-id: {{ .Values.identity.clientId }}\n";

    private static Manifests Chart(params (string Name, string Text)[] templates) =>
        new([("c/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"), ("c/values.yaml", "identity: {}\n"), .. templates.Select(each => ($"c/templates/{each.Name}", each.Text))]);

    private static string Deployment(string labels, string spec = "") =>
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Chart.Name }}-deploy\nspec:\n  replicas: {{ .Values.replicas | default 3 }}\n  template:\n    metadata:\n      labels:\n"
        + labels + "    spec:\n      serviceAccountName: \"{{ .Chart.Name }}-id\"\n      containers:\n      - name: api\n        image: {{ .Values.image }}\n" + spec;

    [Fact]
    public void Accounts_and_pods_that_are_written_out_are_read()
    {
        var manifests = Chart(("a.yaml", Account), ("d.yaml", Deployment("        app: {{ .Chart.Name }}\n", "        resources: {{ toYaml .Values.resources | nindent 10 }}\n")));
        Assert.Equal(["Deployment/shop-deploy", "ServiceAccount/shop-id"], manifests.Paths.Order(StringComparer.Ordinal));
        var deployment = manifests["Deployment/shop-deploy"];
        Assert.Equal("shop-id", Manifests.Text(deployment, "spec.template.spec.serviceAccountName"));
        Assert.IsType<UnknownValue>(Manifests.At(deployment, "spec.replicas"));
        Assert.IsType<UnknownValue>(Manifests.At(deployment, "spec.template.spec.containers.0.image"));
        Assert.IsType<UnknownValue>(Manifests.At(deployment, "spec.template.spec.containers.0.resources"));
        Assert.False(((MapValue)Manifests.At(deployment, "spec.template.metadata.labels")!).IsOpen);
        Assert.Equal("c/templates/d.yaml:10:14", Manifests.At(deployment, "spec.template.metadata.labels.app")!.Trace!.Source.Place.ToString());
        Assert.False(deployment.IsOfWholeSet);
        Assert.Equal("c", Assert.Single(manifests.Inventory.Gaps).Address.Scope);
    }

    [Fact]
    public void Places_end_where_what_is_written_ends()
    {
        var manifests = Chart(("a.yaml", Account.TrimEnd('\n')), ("d.yaml", Deployment("        app: x # why\n        tier: {{ .Values.a }}-{{ .Values.b }} # why\n")));
        Assert.Equal(("a.yaml:6:40", "a.yaml:6:71"), Ends(((MapValue)Manifests.At(manifests["ServiceAccount/shop-id"], "metadata.annotations")!)["azure.workload.identity/client-id"]));
        Assert.Equal(("d.yaml:11:15", "d.yaml:11:46"), Ends(Manifests.At(manifests["Deployment/shop-deploy"], "spec.template.metadata.labels.tier")));
        Assert.Equal(("d.yaml:13:27", "d.yaml:13:49"), Ends(Manifests.At(manifests["Deployment/shop-deploy"], "spec.template.spec.serviceAccountName")));

        static (string, string) Ends(Value? value)
        {
            var place = value!.Trace!.Source.Place;
            var path = place.Outermost.File.Path["c/templates/".Length..];
            return ($"{path}:{place.StartPosition.Line}:{place.StartPosition.Column}", $"{path}:{place.EndPosition.Line}:{place.EndPosition.Column}");
        }
    }

    [Theory]
    [InlineData("        {{- include \"c.labels\" . | nindent 8 }}\n", "?")]
    [InlineData("        {{- toYaml .Values.labels | nindent 8 }}\n        app: x\n", "app...")]
    [InlineData("        app: x\n        {{- if .Values.wi }}\n        azure.workload.identity/use: \"true\"\n        {{- end }}\n", "app...")]
    [InlineData("        app: x\n        {{- range $k, $v := .Values.labels }}\n        {{ $k }}: {{ $v }}\n        {{- end }}\n", "app...")]
    [InlineData("        app: x\n      {{- if .Values.notes }}\n      annotations:\n        a: b\n      {{- end }}\n", "app")]
    [InlineData("        app: x\n      {{- with .Values.notes }}\n      annotations:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n", "app")]
    [InlineData("        app: x{{ .Values.suffix }}\n        tier: '{{ .Values.tier }}'\n", "app tier")]
    [InlineData("        app: {{ if .Values.a }}a{{ else }}b{{ end }}\n", "app")]
    [InlineData("        {{- /* nothing */}}\n        app: x\n", "app")]
    public void What_may_be_there_leaves_it_open(string labels, string expected)
    {
        var read = Manifests.At(Chart(("a.yaml", Account), ("d.yaml", Deployment(labels)))["Deployment/shop-deploy"], "spec.template.metadata.labels");
        Assert.Equal(expected, read is MapValue map ? string.Join(' ', map.Entries.Select(entry => entry.Key)) + (map.IsOpen ? "..." : "") : "?");
    }

    [Theory]
    [InlineData("        app: {{ include \"c.name\" . }}\n")]
    [InlineData("        app: {{- .Values.app }}\n")]
    [InlineData("        app: {{ .Values.app -}}\n        tier: x\n")]
    [InlineData("        {{ .Values.key }}: x\n")]
    [InlineData("        {{ .Values.line }}\n")]
    [InlineData("        {{- include \"c.labels\" . }}\n")]
    [InlineData("        {{- if .Values.a }}\n        app: x\n      annotations: {}\n        {{- end }}\n")]
    [InlineData("        {{- if .Values.a -}}\n        app: x\n        {{- end -}}\n")]
    [InlineData("        {{- if .Values.a }}\n        app: x\n")]
    [InlineData("        app: x\n        {{- end }}\n")]
    [InlineData("        app: {{ .Values.a\n          }}\n")]
    [InlineData("        app: {{ if .Values.a }}\n          x\n        {{ end }}\n")]
    public void What_cannot_be_told_is_not_read(string labels) => Assert.DoesNotContain(Chart(("a.yaml", Account), ("d.yaml", Deployment(labels))).Paths, path => path.StartsWith("Deployment", StringComparison.Ordinal));

    [Fact]
    public void What_is_under_a_condition_or_for_others_is_not_read()
    {
        var manifests = Chart(
            ("a.yaml", "{{- if .Values.create }}\n" + Account + "{{- end }}\n"),
            ("_h.tpl", "{{- define \"x\" }}\n" + Account + "{{- end }}\n"),
            ("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"),
            ("h.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, annotations: {helm.sh/hook: pre-install}}\nspec: {template: {spec: {serviceAccountName: x, containers: [{name: a, image: a}]}}}\n"),
            ("t.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  serviceAccountName: x\n  containers: [{name: a, image: a}]\n"));
        Assert.Equal(["Pod/p"], manifests.Paths);
    }

    [Fact]
    public void A_chart_that_names_no_identity_is_not_read() => Assert.Empty(Chart(("d.yaml", Deployment("        app: x\n"))).Paths);

    [Theory]
    [InlineData("{{ .Chart.Name }}-x # why", "shop-x")]
    [InlineData("\"{{ .Chart.Name }}-x\" # why", "shop-x")]
    public void A_comment_is_no_part_of_a_value(string written, string expected) =>
        Assert.Equal(expected, Manifests.Text(Chart(("a.yaml", Account), ("d.yaml", Deployment($"        app: {written}\n")))["Deployment/shop-deploy"], "spec.template.metadata.labels.app"));

    [Fact]
    public void A_text_with_actions_is_unknown() => Assert.IsType<UnknownValue>(Manifests.At(
        Chart(("a.yaml", Account), ("d.yaml", Deployment("        app: x\n", "        command:\n        - sh\n        - |\n          {{- if .Values.a }}\n          pullpath\n          {{- end }}\n          echo {{ .Values.b }}\n        tty: true\n")))["Deployment/shop-deploy"],
        "spec.template.spec.containers.0.command"));

    [Fact]
    public void Values_say_what_its_pods_probably_are()
    {
        var manifests = new Manifests(
            ("c/Chart.yaml", "apiVersion: v2\nname: shop\nappVersion: '7'\ndependencies:\n- name: db\n  alias: data\n  condition: data.on\n- name: off\n  condition: off.on\n"),
            ("c/values.yaml", "image: {repository: r.io/api}\nserviceAccount: {create: true, name: api, annotations: {a: b}}\nimagePullSecrets: [{name: s}]\ndata: {on: true, image: {tag: '9'}}\noff: {on: false}\nglobal: {imageRegistry: g.io}\n"),
            ("c/values-prod.yaml", "image: {tag: '8'}\n"),
            ("c/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nappVersion: '5'\n"),
            ("c/charts/db/values.yaml", "image: {registry: q.io, repository: db}\n"),
            ("c/charts/off/Chart.yaml", "apiVersion: v2\nname: off\n"),
            ("c/charts/off/values.yaml", "image: {repository: off}\n"),
            ("c/templates/d.yaml", "spec:\n  volumes:\n  - name: a\n    hostPath:\n      # of the node\n      path: /var/run/docker.sock # why\n      type: Socket\n  - hostPath:\n      path: {{ .Values.docker }}\n"));
        var chart = manifests["Chart/shop"];
        Assert.Equal("helm/Chart", chart.Type);
        var images = (ListValue)Manifests.At(chart, "images")!;
        Assert.True(images.IsOpen);
        Assert.Equal(["<?>/r.io/api:7", "g.io/db:9", "<?>/r.io/api:8"], images.Values.Select(each => ((MapValue)each)["image"]!.ToString()));
        Assert.Equal("s", Manifests.Text(chart, "pull_secrets.0"));
        Assert.Equal("/var/run/docker.sock", Manifests.Text(chart, "host_paths.0"));
        Assert.Equal("c/templates/d.yaml:6:13", Manifests.At(chart, "host_paths.0")!.Trace!.Source.Place.ToString());
        var account = manifests["ServiceAccount/api"];
        Assert.True(((MapValue)Manifests.At(account, "metadata.annotations")!).IsOpen);
        Assert.False(account.IsOfWholeSet);
    }

    [Theory]
    [InlineData("      - name: a\n        image: r.io/a:1 # why\n        imagePullPolicy: Never\n      - name: b\n        image: r.io/b:1\n", "r.io/a:1")]
    [InlineData("      - imagePullPolicy: Never\n        env:\n        - name: x\n          value: y\n        image: r.io/a:1\n", "r.io/a:1")]
    [InlineData("      - image: r.io/b:1\n        name: b\n      - name: a\n        image: {{ .Values.image }}\n        imagePullPolicy: Never\n", "?")]
    [InlineData("      - image: r.io/b:1\n      - imagePullPolicy: Never\n      - image: r.io/c:1\n", "?")]
    public void A_container_that_never_pulls_has_the_image_beside_it(string containers, string expected)
    {
        var chart = Chart(("d.yaml", "spec:\n  template:\n    spec:\n      containers:\n" + containers))["Chart/shop"];
        var container = (MapValue)Assert.Single(((ListValue)Manifests.At(chart, "images")!).Values);
        Assert.Equal(("Never", expected), (container["policy"]!.ToString(), (container["image"] as TextValue)?.Known ?? "?"));
    }

    [Fact]
    public void A_path_below_a_condition_is_not_certain()
    {
        var chart = Chart(("d.yaml", "{{- if .Values.docker }}\nspec:\n  hostPath:\n    path: /run/docker.sock\n{{- end }}\n"))["Chart/shop"];
        Assert.Empty(((ListValue)Manifests.At(chart, "host_paths")!).Items);
    }

    [Theory]
    [InlineData("apiVersion: v2\nname: shop\ntype: library\n", "image: {repository: r.io/api}\n")]
    [InlineData("apiVersion: v2\nname: shop\n", "image: {{ not: yaml\n")]
    [InlineData("apiVersion: v2\nname: shop\n", "replicas: 1\n")]
    public void A_chart_that_says_nothing_of_pods_is_none(string about, string values) => Assert.Empty(new Manifests(("c/Chart.yaml", about), ("c/values.yaml", values)).Paths);

    [Fact]
    public void Rendered_charts_are_what_Helm_makes_of_them()
    {
        var manifests = new Manifests(new LoadOptions { RenderChart = _ => new RenderedChart(null, "no") }, ("c/Chart.yaml", "apiVersion: v2\nname: shop\n"), ("c/templates/a.yaml", Account));
        Assert.Empty(manifests.Paths);
    }
}
