using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.Kubernetes;

/// <summary>Manifests that nobody writes on purpose, or only one who does: a problem with its place, and an answer for all that stands around them.</summary>
public class HostileManifestTests
{
    private const string Good = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec: {containers: [{name: c, image: nginx}]}\n";

    public static TheoryData<string, string, string> Documents => new()
    {
        { "alias bomb", "x0: &x0 [a, a, a, a, a, a, a, a, a]\n" + string.Concat(Enumerable.Range(1, 30).Select(at => $"x{at}: &x{at} [{string.Join(", ", Enumerable.Repeat($"*x{at - 1}", 9))}]\n")), "alias-limit" },
        { "alias inside what it names", "spec: &spec\n  template: *spec\n", "recursive-alias" },
        { "two hundred levels", "spec: " + string.Concat(Enumerable.Repeat("{a: ", 200)) + "1" + new string('}', 200) + "\n", "nesting-limit" },
        { "two hundred lists", "spec: " + new string('[', 200) + new string(']', 200) + "\n", "nesting-limit" },
        { "two hundred levels of blocks", "spec:\n" + string.Concat(Enumerable.Range(1, 200).Select(at => new string(' ', at) + "a:\n")), "nesting-limit" },
        { "a key twice", "spec: {containers: []}\nspec: {containers: [{name: c, image: a}]}\n", "duplicate-key" },
        { "a key that is a list", "? [a, b]\n: 1\n", "invalid-key" },
        { "merging a text", "spec: {<<: text, containers: []}\n", "invalid-merge" },
        { "an alias of nothing", "spec: *gone\n", "unknown-alias" },
        { "a bracket that nothing closes", "spec: [\n", "syntax-error" },
        { "a quote that nothing closes", "spec: \"a\n", "syntax-error" },
        { "a tab", "spec:\n\tcontainers: []\n", "syntax-error" },
        { "marks of a merge", "<<<<<<< HEAD\nspec: 1\n=======\nspec: 2\n>>>>>>> x\n", "syntax-error" },
        { "a template", "{{- if .Values.x }}\nspec: 1\n{{- end }}\n", "templated-yaml" },
        { "bytes that are not UTF-8", "spec: \uFFFE\n", "invalid-utf8" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_costs_itself_and_has_its_problem(string name, string text, string code)
    {
        // The mark stands for bytes that no text has.
        var file = Latin($"{Pod("before")}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: bad}}\n{text}---\n{Pod("after")}");
        var problems = new ProblemLog();
        var (inventory, model) = Pipeline.Read(new MemoryFiles((SourceFile[])[new SourceFile("a/bad.yaml", file), SourceFile.FromText("b/good.yaml", Good)]), problems);

        var problem = Assert.Single(problems.Sorted().Select(each => each.Code).Distinct());
        Assert.Equal((name, code), (name, problem));
        Assert.All(problems.Sorted(), each => Assert.StartsWith("a/bad.yaml:", each.Place.ToString(), StringComparison.Ordinal));
        Assert.All(problems.Sorted(), each => Assert.InRange(each.Place!.Value.Start, Pod("before").Length, file.Length));
        var read = inventory.Resources.Select(each => each.Address.Path).ToList();
        Assert.Contains("Pod/before", read);
        Assert.Contains("Pod/after", read);
        Assert.Contains("Pod/good", read);
        Assert.Contains(model.Facts.All<Workload>(Workload.Fields), each => each.Address.Path == "Pod/after");
    }

    [Theory]
    [InlineData("spec: !python/object:os.system {containers: [{name: c, image: nginx}]}")]
    [InlineData("spec: {containers: !set [{name: !!binary c, image: !<tag:example.com,2026:x> nginx}]}")]
    public void Tags_that_nobody_knows_change_nothing(string spec)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles(("a.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\n{spec}\n")), problems);
        Assert.Equal("Pod/p", Assert.Single(model.Facts.All<Workload>(Workload.Fields)).Address.Path);
    }

    [Fact]
    public void Ten_thousand_documents_in_one_file_are_ten_thousand_objects()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(at => $"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{at}}}\nspec: {{serviceAccountName: a{at % 7}, imagePullSecrets: [{{name: s}}], containers: [{{name: c, image: nginx}}]}}\n"));
        var problems = new ProblemLog();
        var (inventory, model) = Pipeline.Read(new MemoryFiles(("kustomization.yaml", "resources: [all.yaml]\n"), ("all.yaml", text)), problems);
        Assert.Empty(problems.Sorted());
        Assert.Equal(10_000, inventory.Resources.Count);
        Assert.Equal(10_000, model.Facts.All<SecretReference>(SecretReference.Fields).Count());
    }

    [Fact]
    public void References_to_nothing_are_no_errors()
    {
        var problems = new ProblemLog();
        Pipeline.Read(
            new MemoryFiles(("a.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: gone}
                spec: {source: {path: not/there, repoURL: https://example.com/x.git}, destination: {namespace: x, server: y}}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: gone}
                spec: {path: ../../out, dependsOn: [{name: nobody}, {name: gone}], sourceRef: {kind: GitRepository, name: x}}
                ---
                apiVersion: eks.services.k8s.aws/v1alpha1
                kind: Nodegroup
                metadata: {name: gone}
                spec: {clusterRef: {from: {name: nobody}}, nodeRoleRef: {from: {name: nobody}}}
                ---
                apiVersion: karpenter.sh/v1
                kind: NodePool
                metadata: {name: gone}
                spec: {template: {spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: nobody}}}}
                ---
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: gone}
                spec: {dataFrom: [{sourceRef: {generatorRef: {kind: ClusterGenerator, name: nobody}}}]}
                """)),
            problems);
        Assert.Empty(problems.Sorted());
    }

    private static string Pod(string name) => $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{containers: [{{name: c, image: nginx}}]}}\n";

    private static byte[] Latin(string text) => [.. text.SelectMany(unit => unit == '\uFFFE' ? (byte[])[0xFF, 0xE2, 0x82] : Encoding.UTF8.GetBytes([unit]))];
}
