using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Alerts;

public class AlertTests
{
    private const string Reason = "kube_pod_container_status_waiting_reason";

    private static Alert Read(string query) => Assert.Single(All(("r.yml", $"groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n      {query}\n")));

    private static List<Alert> All(params (string Path, string Text)[] files) => [.. Pipeline.Read(new MemoryFiles(files), new ProblemLog()).Model.Facts.All<Alert>(Alert.Fields)];

    private static Alerting Together(params (string Path, string Text)[] files) =>
        Assert.Single(Pipeline.Read(new MemoryFiles(files), new ProblemLog()).Model.Facts.All<Alerting>(Alerting.Fields));

    [Theory]
    [InlineData("{reason=\"ErrImagePull\"} > 0", "ErrImagePull")]
    [InlineData("{reason=~\"ImagePullBackOff|ErrImagePull\"} == 1", "ErrImagePull ImagePullBackOff")]
    [InlineData("{reason=~\".*Image.*\", namespace=\"a\"} >= 1", "ErrImagePull ImagePullBackOff InvalidImageName ErrImageNeverPull ImageInspectError")]
    [InlineData("{reason!=\"CrashLoopBackOff\"}", "ErrImagePull ImagePullBackOff InvalidImageName ErrImageNeverPull RegistryUnavailable ImageInspectError SignatureValidationFailed")]
    [InlineData("{reason=\"ErrImagePull\", reason!~\"Err.*\"} > 0", "")]
    [InlineData("{reason=\"ErrImagePull\"} == 0", "")]
    [InlineData("{reason=\"ErrImagePull\"} > 1", "")]
    [InlineData("{reason=\"ErrImagePull\"} < 1", "")]
    [InlineData("{reason=\"CrashLoopBackOff\"} > 0", "")]
    public void The_matchers_and_the_comparison_let_reasons_pass(string query, string reasons)
    {
        var alert = Read(Reason + query);
        Assert.Equal(reasons, string.Join(' ', ((ListValue)alert.Reasons).Values.Cast<TextValue>().Select(each => each.Known)));
        Assert.False(((ListValue)alert.Reasons).IsOpen);
        Assert.Same(BoolValue.True, alert.AsksReason);
    }

    [Theory]
    [InlineData("sum by (pod) (Q) > 0", true)]
    [InlineData("0 < max_over_time(Q[5m])", true)]
    [InlineData("1 > Q", false)]
    [InlineData("Q * on (pod) group_left (node) kube_pod_info{host_network=\"false\"} > 0", null)]
    [InlineData("Q > 0 and on (pod) kube_pod_labels{label_tier=\"web\"}", true)]
    [InlineData("up == 0 or Q > 0", true)]
    [InlineData("up unless on (pod) Q", false)]
    [InlineData("absent(Q)", false)]
    [InlineData("count(Q) > 5", null)]
    [InlineData("count(Q) < 5", true)]
    [InlineData("count(Q) == 0", false)]
    [InlineData("{__name__=~\"kube_pod_.*_waiting_reason\", reason=\"ErrImagePull\"}", true)]
    [InlineData("{reason=\"ErrImagePull\"} > 0", null)]
    [InlineData("{job=\"shop\"} > 0", false)]
    [InlineData("count by (__name__) ({__name__=~\".+\"}) > 10000", false)]
    [InlineData("rate(http_requests_total{code=~\"5..\"}[5m]) > 1", false)]
    [InlineData("kube_pod_container_status_waiting_reason | something else", null)]
    [InlineData("{namespace=\"shop\"} |= `ImagePullBackOff`", true)]
    public void The_query_around_it_decides_too(string query, bool? covers)
    {
        var alert = Read(query.Replace("Q", Reason + "{reason=\"ErrImagePull\"}", StringComparison.Ordinal));
        Assert.Equal(covers, alert.CoversImagePull is BoolValue known ? known.Value : null);
    }

    [Theory]
    [InlineData("kube_pod_status_phase{phase=~\"Pending|Unknown\"} > 0", true, true)]
    [InlineData("kube_pod_status_phase{phase=\"Failed\"} > 0", false, true)]
    [InlineData("kube_deployment_spec_replicas != kube_deployment_status_replicas_available", true, true)]
    [InlineData("kube_pod_status_phase{phase=\"Pending\", namespace=\"shop\"} > 0", true, false)]
    [InlineData("kube_pod_status_phase{phase=\"Pending\", namespace=~\"(openshift-.*|kube-.*)\"} > 0", true, false)]
    [InlineData("kube_pod_status_phase{phase=\"Pending\", namespace!=\"kube-system\"} > 0", true, true)]
    [InlineData("up == 0", false, false)]
    public void General_alerts_and_those_of_one_namespace_are_told(string query, bool isGeneral, bool watches)
    {
        var alert = Read(query);
        Assert.Equal((BoolValue.Of(isGeneral), BoolValue.Of(watches)), ((BoolValue)alert.IsGeneral, (BoolValue)alert.WatchesPods));
    }

    [Theory]
    [InlineData("ImagePullBackoff", true)]
    [InlineData("ErrImgPull", true)]
    [InlineData("ImagePullBackOff", false)]
    [InlineData("ErrImageNeverPull", false)]
    [InlineData("CrashLoopBackOff", false)]
    public void Words_that_are_nearly_reasons_are_misspelled(string word, bool isMisspelled) =>
        Assert.Equal(isMisspelled ? 1 : 0, ((ListValue)Read($"{Reason}{{reason=~\"{word}|CreateContainerError\"}} > 0").MisspelledReasons).Items.Length);

    [Fact]
    public void A_recorded_query_is_followed_once()
    {
        const string text = """
            groups:
              - name: g
                rules:
                  - {record: a, expr: "kube_pod_container_status_waiting_reason"}
                  - {record: b, expr: "a"}
                  - {record: loop, expr: "loop"}
                  - {alert: One, expr: 'a{reason="ErrImagePull"} > 0', for: 1d}
                  - {alert: Two, expr: "b > 0"}
                  - {alert: Loop, expr: "loop > 0"}
            """;
        var alerts = All(("rules.yaml", text));
        Assert.Equal([BoolValue.True, BoolValue.False, BoolValue.False], alerts.Select(alert => alert.CoversImagePull));
        Assert.Equal(86_400, ((NumberValue)alerts[0].ForSeconds).Number.Whole);
        Assert.Same(BoolValue.True, alerts[0].NamesImagePull);
    }

    [Fact]
    public void Alerts_are_found_wherever_they_are_written()
    {
        const string rules = "groups: [{name: g, rules: [{alert: NAME, expr: 'kube_pod_container_status_waiting_reason{reason=\"ErrImagePull\"} > 0'}]}]";
        string Rules(string name) => rules.Replace("NAME", name, StringComparison.Ordinal);
        var alerts = All(
            ("a/file.yaml", Rules("File")),
            ("a/json.json", """{"groups": [{"rules": [{"alert": "Json", "expr": "up"}]}]}"""),
            ("a/objects.yaml", $"apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {{name: a}}\nspec: {{{Rules("Object")}}}\n---\napiVersion: operator.victoriametrics.com/v1beta1\nkind: VMRule\nmetadata: {{name: a}}\nspec: {{{Rules("Victoria")}}}\n"),
            ("a/google.yaml", $"apiVersion: monitoring.googleapis.com/v1\nkind: Rules\nmetadata: {{name: a, namespace: shop}}\nspec: {{{Rules("Google")}}}\n"),
            ("a/map.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  rules.yml: |\n    {Rules("Map")}\n  other.yml: 'a: b'\n"),
            ("main.tf", $$"""
                resource "aws_prometheus_rule_group_namespace" "a" {
                  name         = "a"
                  workspace_id = "w"
                  data         = <<-EOT
                    {{Rules("Amazon")}}
                  EOT
                }

                resource "kubernetes_manifest" "a" {
                  manifest = yamldecode(<<-EOT
                    apiVersion: monitoring.coreos.com/v1
                    kind: PrometheusRule
                    metadata: {name: b}
                    spec: {{{Rules("Terraform")}}}
                  EOT
                  )
                }
                """));
        Assert.Equal(["Amazon", "File", "Google", "Json", "Map", "Object", "Terraform", "Victoria"], alerts.Select(alert => ((TextValue)alert.Name).Known).Order(StringComparer.Ordinal));
        Assert.All(alerts.Where(alert => ((TextValue)alert.Name).Known != "Json"), alert => Assert.Same(BoolValue.True, alert.CoversImagePull));
        Assert.Same(BoolValue.False, alerts.Single(alert => ((TextValue)alert.Name).Known == "Google").WatchesPods);
        Assert.Equal("a/map.yaml:6:40", alerts.Single(alert => ((TextValue)alert.Name).Known == "Map").Place.ToString());
    }

    [Fact]
    public void Samples_have_alerts_of_their_own_and_templates_leave_them_open()
    {
        const string pods = "groups: [{name: g, rules: [{alert: A, expr: 'kube_pod_status_phase{phase=\"Failed\"} > 0'}]}]";
        const string pulls = "groups: [{name: g, rules: [{alert: A, expr: 'kube_pod_container_status_waiting_reason > 0'}]}]";
        var (_, model) = Pipeline.Read(new MemoryFiles([("rules.yml", pods), ("examples/one/rules.yml", pulls)]), new ProblemLog());
        Assert.Equal([BoolValue.False, BoolValue.True], model.Facts.All<Alerting>(Alerting.Fields).OrderBy(each => each.Place.File.Path.Length).Select(each => each.CoversImagePull));
        Assert.IsType<UnknownValue>(Together(("rules.yml", pods), ("more.yml", "groups:\n- rules:\n  - alert: {{ name }}\n    expr: {{ query }}\n  {% if x %}\n")).CoversImagePull);
    }

    [Fact]
    public void Broken_rules_cost_only_themselves()
    {
        var alerts = All(("r.yml", "groups:\n- name: g\n  rules: [1, {alert: [x], expr: {a: b}}, {alert: A}, {expr: up}, {alert: B, expr: up, for: [1]}, null]\n- rules: text\n- 5\n"));
        Assert.Equal(3, alerts.Count);
        Assert.All(alerts.Take(2), alert => Assert.IsType<UnknownValue>(alert.CoversImagePull));
        Assert.IsType<UnknownValue>(alerts[2].ForSeconds);
    }

    [Theory]
    [InlineData("defaultRules: {create: false}", false, 0)]
    [InlineData("defaultRules: {rules: {kubernetesApps: false}}", false, 0)]
    [InlineData("kubeStateMetrics: {enabled: false}", false, 0)]
    [InlineData("defaultRules: {disabled: {KubeContainerWaiting: true}}", true, 1)]
    [InlineData("grafana: {enabled: false}", true, 2)]
    public void A_stack_brings_the_alerts_of_the_mixin_unless_told_not_to(string values, bool hasRules, int general)
    {
        var alerting = Together(("r.yaml", $"apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {{name: m}}\nspec:\n  chart: kube-prometheus-stack\n  valuesContent: |\n    {values}\n"));
        Assert.Equal((BoolValue.Of(hasRules), general, false), (alerting.DefaultRules, ((ListValue)alerting.GeneralAlerts).Items.Length, ((ListValue)alerting.GeneralAlerts).IsOpen));
    }

    [Fact]
    public void Values_that_are_comments_alone_are_none()
    {
        var alerting = Together(("main.tf", "resource \"helm_release\" \"m\" {\n  chart  = \"kube-prometheus-stack\"\n  values = [\"# as it comes\\n\"]\n}\n"));

        Assert.Equal(2, ((ListValue)alerting.GeneralAlerts).Items.Length);
        Assert.False(((ListValue)alerting.GeneralAlerts).IsOpen);
    }

    [Fact]
    public void Values_that_are_not_seen_leave_it_open()
    {
        var alerting = Together(("r.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: m}\nspec:\n  chart: {spec: {chart: kube-prometheus-stack}}\n  valuesFrom: [{kind: ConfigMap, name: x}]\n"));
        Assert.IsType<UnknownValue>(alerting.DefaultRules);
        Assert.True(((ListValue)alerting.GeneralAlerts).IsOpen);
    }
}
