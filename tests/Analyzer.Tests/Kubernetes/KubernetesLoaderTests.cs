using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Kubernetes;

public class KubernetesLoaderTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: shop
        spec:
          template:
            spec:
              containers:
                - name: api
                  image: quay.io/shop/api:v1

        """;

    private const string Account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n";

    [Fact]
    public void An_object_is_a_resource_with_its_places()
    {
        var resource = new Manifests(("k8s/api.yaml", Deployment)).Only;
        Assert.Equal(new Address("k8s", "Deployment/shop/api"), resource.Address);
        Assert.Equal(("apps/Deployment", "api", Language.Kubernetes), (resource.Type, resource.Name, resource.Language));
        Assert.Equal("api", resource.Place.Text);
        Assert.Equal("k8s/api.yaml:4:9", resource.Place.ToString());
        Assert.Equal(0, resource.Whole.Start);
        Assert.Equal("quay.io/shop/api:v1", Manifests.Text(resource, "spec.template.spec.containers.0.image"));
        Assert.True(resource.IsCertain);
    }

    [Fact]
    public void Documents_lists_and_JSON_are_all_read_in_order()
    {
        var manifests = new Manifests(
            ("a.yaml", "---\n" + Account + "---\n\n---\n" + Deployment),
            ("b.yml", "apiVersion: v1\nkind: List\nitems:\n- " + Account.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n- apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: Pod, metadata: {name: p}}]\n"),
            ("c.json", """{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"generateName":"job-"}}"""));
        Assert.Equal(["ServiceAccount/api", "Deployment/shop/api", "ServiceAccount/api (b.yml#1)", "Pod/p", "CronJob/job-*"], manifests.Paths);
        Assert.Empty(manifests.Problems);
    }

    [Fact]
    public void What_is_no_manifest_is_no_resource()
    {
        var manifests = new Manifests(
            ("docker-compose.yml", "services:\n  web:\n    image: nginx\n"),
            ("template.yaml", "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties: {kind: x, apiVersion: y}\n"),
            ("broken.yaml", "a: [\n"),
            ("notes.txt", Deployment),
            ("crds.yaml", "# {{ not read }}\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: [\n"));
        Assert.Empty(manifests.Inventory.Resources);
        Assert.Empty(manifests.Problems);
        Assert.Empty(manifests.Inventory.Gaps);
    }

    [Theory]
    [InlineData("tests/google/00-assert.yaml", false)]
    [InlineData("tests/assert-pods.yml", false)]
    [InlineData("04-assert-gpu.yaml", false)]
    [InlineData("asserted.yaml", true)]
    [InlineData("0assert.yaml", true)]
    [InlineData("assert/app.yaml", true)]
    public void What_tests_expect_is_applied_by_nobody(string path, bool isRead) =>
        Assert.Equal(isRead, new Manifests((path, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api}\n")).Paths.Any());

    [Fact]
    public void A_chart_is_said_once_and_not_read()
    {
        var manifests = new Manifests(
            ("charts/app/Chart.yaml", "apiVersion: v2\nname: app\n"),
            ("charts/app/templates/deployment.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .x }}\n"),
            ("charts/app/charts/db/Chart.yaml", "apiVersion: v2\nname: db\n"),
            ("charts/app/charts/db/templates/sa.yaml", Account),
            ("charts/app/crds/x.yaml", Account),
            ("templates/sa.yaml", Account));
        Assert.Equal([("charts/app/crds", "ServiceAccount/api"), ("templates", "ServiceAccount/api")], manifests.Inventory.Resources.Select(each => (each.Address.Scope, each.Address.Path)));
        var problem = Assert.Single(manifests.Problems);
        Assert.Equal(("chart-not-rendered", ProblemSeverity.Information), (problem.Code, problem.Severity));
        var gap = Assert.Single(manifests.Inventory.Gaps);
        Assert.Equal("charts/app", gap.Scope);
        Assert.Null(gap.Inputs);
    }

    [Fact]
    public void A_chart_in_the_root_hides_its_templates_only()
    {
        var manifests = new Manifests(("Chart.yaml", "name: app\n"), ("templates/sa.yaml", Account), ("deploy/templates/sa.yaml", Account));
        Assert.Equal("deploy/templates", manifests.Only.Address.Scope);
    }

    [Fact]
    public void What_a_chart_is_rendered_to_has_the_places_of_its_templates()
    {
        const string printed = "---\n# Source: app/templates/sa.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n---\n# Source: app/templates/sa.yaml\n"
            + "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n---\n# Source: app/charts/db/templates/gone.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: db}\n";
        var manifests = new Manifests(
            new LoadOptions { RenderChart = folder => folder == "charts/app" ? new RenderedChart(printed, null) : new RenderedChart(null, "it is broken") },
            ("charts/app/Chart.yaml", "apiVersion: v2\nname: app\n"),
            ("charts/app/templates/sa.yaml", "{{ anything }}\n"),
            ("charts/bad/Chart.yaml", "apiVersion: v2\nname: bad\n"),
            ("charts/lib/Chart.yaml", "apiVersion: v2\nname: lib\ntype: library\n"));
        Assert.Equal(
            [("charts/app", "ServiceAccount/api", "charts/app/templates/sa.yaml:1:1"), ("charts/app", "Pod/p", "charts/app/templates/sa.yaml:1:1"), ("charts/app", "Pod/db", "charts/app/Chart.yaml:1:1")],
            manifests.Inventory.Resources.Select(each => (each.Address.Scope, each.Address.Path, each.Place.ToString())));
        var problem = Assert.Single(manifests.Problems);
        Assert.Equal(("chart-failed", ProblemSeverity.Incomplete), (problem.Code, problem.Severity));
        Assert.Equal("charts/bad", Assert.Single(manifests.Inventory.Gaps).Scope);
    }

    [Fact]
    public void A_template_is_one_problem_and_a_gap_and_its_good_documents_are_read()
    {
        var manifests = new Manifests(("k/app.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}-x\n---\n" + Account + "---\napiVersion: v1\nkind: Pod\n{{- if .x }}\nmetadata: {}\n"));
        Assert.Equal(["ServiceAccount/api"], manifests.Paths);
        Assert.Equal("templated-yaml", Assert.Single(manifests.Problems).Code);
        Assert.Equal("k", Assert.Single(manifests.Inventory.Gaps).Scope);
    }

    [Fact]
    public void A_file_that_breaks_off_keeps_what_was_before()
    {
        var manifests = new Manifests(("app.yaml", Account + "---\napiVersion: v1\nkind: Pod\nmetadata: [\n"));
        Assert.Equal(["ServiceAccount/api"], manifests.Paths);
        Assert.Equal("syntax-error", Assert.Single(manifests.Problems).Code);
        Assert.Single(manifests.Inventory.Gaps);
    }

    [Theory]
    [InlineData("${TAG}", "<?>", true)]
    [InlineData("$(params.image)", "<?>", true)]
    [InlineData("'{{ .Values.image }}'", "<?>", true)]
    [InlineData("{{ image }}", "<?>", true)]
    [InlineData("app:((path/to.tag))", "app:<?>", false)]
    [InlineData("app((a|b)+)", "app((a|b)+)", false)]
    [InlineData("((registry-image))", "<?>", true)]
    [InlineData("<your-image>", "<?>", true)]
    [InlineData("quay.io/app:${TAG:-v1}", "quay.io/app:<?>", false)]
    [InlineData("<ACCOUNT_ID>.dkr.ecr.us-east-1.amazonaws.com/{{app}}:$(tag)", "<?>.dkr.ecr.us-east-1.amazonaws.com/<?>:<?>", false)]
    [InlineData("a$b{c}(d)<1>", "a$b{c}(d)<1>", false)]
    [InlineData("$IMAGE", "<?>", true)]
    [InlineData("__IMAGE_1__", "<?>", true)]
    [InlineData("'#{Shop.Image}#'", "<?>", true)]
    [InlineData("us-docker.pkg.dev/$PROJECT_ID/#{app}:__TAG__", "us-docker.pkg.dev/<?>/<?>:<?>", false)]
    [InlineData("a$B/$Word/a__B__/__b__/__B/__/#{", "a$B/$Word/a__B__/__b__/__B/__/#{", false)]
    public void Placeholders_are_unknown_and_what_is_around_them_is_text(string written, string read, bool whole)
    {
        var resource = new Manifests(("a.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n    - image: {written}\n")).Only;
        var image = Manifests.At(resource, "spec.containers.0.image")!;
        if (whole)
        {
            Assert.Equal(UnknownReason.Placeholder, Assert.Single(Assert.IsType<UnknownValue>(image).Causes).Reason);
        }
        else
        {
            Assert.Equal(read, Assert.IsType<TextValue>(image).ToString());
        }

        Assert.Equal("a.yaml:6:14", image.Trace!.Source.Place.ToString());
    }

    [Fact]
    public void One_placeholder_is_one_unknown_in_a_set()
    {
        var manifests = new Manifests(
            ("k/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: '${NS}'}\n"),
            ("k/b.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: '${NS}'}\n"),
            ("l/c.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: '${NS}'}\n"));
        var spaces = manifests.Inventory.Resources.Select(each => Manifests.At(each, "metadata.namespace")!).ToList();
        Assert.Equal(Truth.Yes, spaces[0].EqualTo(spaces[1]));
        Assert.Equal(Truth.Unknown, spaces[0].EqualTo(spaces[2]));
    }

    [Fact]
    public void Shell_text_is_no_template()
    {
        var resource = new Manifests(("a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - args: ['$(POD_NAME)']\n")).Only;
        Assert.Equal("$(POD_NAME)", Manifests.Text(resource, "spec.containers.0.args.0"));
    }

    [Fact]
    public void An_alias_bomb_is_answered_and_the_rest_is_read()
    {
        var bomb = "apiVersion: v1\nkind: Pod\nmetadata: {name: bomb}\nx0: &x0 ['${A}', '${A}']\n"
            + string.Concat(Enumerable.Range(1, 40).Select(at => $"x{at}: &x{at} [*x{at - 1}, *x{at - 1}]\n"));
        var manifests = new Manifests(("a.yaml", bomb), ("b.yaml", Account));
        Assert.Contains("ServiceAccount/api", manifests.Paths);
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_number_of_threads()
    {
        var files = Enumerable.Range(0, 50).Select(at => ($"k{at % 7}/f{at}.yaml", Deployment + "---\n" + Account)).ToArray();
        var one = new Inventory();
        Analyzer.Kubernetes.KubernetesLoader.Load(new MemoryFiles(files), new LoadOptions { Parallelism = 1 }, one, new ProblemLog());
        Assert.Equal(one.Resources.Select(each => each.Address), new Manifests(files).Inventory.Resources.Select(each => each.Address));
        Assert.Equal(100, one.Resources.Select(each => each.Address).Distinct().Count());
    }
}
