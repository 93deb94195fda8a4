using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Secrets;

public class SecretReferenceTests
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          imagePullSecrets: [{name: pull}]
          containers: [{name: api, image: "registry.example.com/api:1"}]
        """;

    private static SecretReference Read(string rest, string kustomization = "resources: [app.yaml]\n") =>
        Assert.Single(Pipeline.Read(new MemoryFiles([("k/kustomization.yaml", kustomization), ("k/app.yaml", Pod + "\n---\n" + rest)]), new ProblemLog()).Model.Facts.All<SecretReference>(SecretReference.Fields));

    private static string Spell(Value value) => value switch
    {
        BoolValue known => known.Value ? "yes" : "no",
        ListValue list => string.Join(' ', list.Values.Cast<TextValue>().Select(text => text.ToString())),
        NullValue => "-",
        TextValue text => text.ToString(),
        _ => "?",
    };

    [Theory]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "pull", "{}")]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "other", "{target: {name: pull}}")]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "other", "{template: {metadata: {name: pull}}}")]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "pull", "{encryptedData: {}}")]
    [InlineData("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "other", "{secretObjects: [{secretName: pull, type: kubernetes.io/dockerconfigjson}]}")]
    [InlineData("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", "other", "{destination: {name: pull, create: true}}")]
    [InlineData("secrets.infisical.com/v1alpha1", "InfisicalSecret", "other", "{managedSecretReference: {secretName: pull}}")]
    [InlineData("onepassword.com/v1", "OnePasswordItem", "pull", "{itemPath: x}")]
    public void What_operators_make_is_declared(string version, string kind, string name, string spec) =>
        Assert.Equal("yes", Spell(Read($"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}").IsDeclared));

    [Fact]
    public void A_generator_declares_it_under_the_name_it_has_in_the_end()
    {
        var reference = Read("", "namespace: shop\nresources: [app.yaml]\nsecretGenerator: [{name: pull, type: kubernetes.io/dockerconfigjson, literals: ['.dockerconfigjson={\"auths\": {}}']}]\n");
        Assert.StartsWith("pull-", Spell(reference.Name), StringComparison.Ordinal);
        Assert.Equal("yes", Spell(reference.IsDeclared));
        Assert.Equal("its .dockerconfigjson has no registries", Spell(reference.Fault));
    }

    [Theory]
    [InlineData("apiVersion: x.io/v1\nkind: Copier\nmetadata: {name: c, namespace: shop}\nspec: {secret: pull}", "?")]
    [InlineData("apiVersion: batch/v1\nkind: Job\nmetadata: {name: c, namespace: shop}\nspec: {template: {spec: {containers: [{name: c, image: 'a:1', args: ['create secret docker-registry pull']}]}}}", "?")]
    [InlineData("apiVersion: batch/v1\nkind: Job\nmetadata: {name: c, namespace: shop}\nspec: {template: {spec: {containers: [{name: c, image: 'a:1', args: ['create secret docker-registry pull-other']}]}}}", "no")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: other}", "no")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: other, annotations: {reflector.v1.k8s.emberstack.com/reflection-auto-enabled: 'true'}}", "?")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: '${NAME}', namespace: shop}", "?")]
    public void Absence_is_only_what_nothing_speaks_of(string rest, string declared) => Assert.Equal(declared, Spell(Read(rest).IsDeclared));

    [Fact]
    public void A_remote_base_and_a_loose_folder_leave_it_open()
    {
        Assert.Equal("?", Spell(Read("", "resources: [app.yaml, 'https://example.com/base.yaml']\n").IsDeclared));
        var loose = Pipeline.Read(new MemoryFiles(("a/app.yaml", Pod)), new ProblemLog()).Model.Facts.All<SecretReference>(SecretReference.Fields);
        Assert.Equal("?", Spell(Assert.Single(loose).IsDeclared));
    }

    [Fact]
    public void A_secret_of_another_namespace_is_named_with_it()
    {
        var reference = Read("apiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: other}");
        Assert.Equal("other", Spell(reference.Elsewhere));
        Assert.Equal("", Spell(reference.Neighbours));
    }

    [Fact]
    public void Images_of_registries_that_a_secret_is_made_for_need_it()
    {
        var secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: typo, namespace: shop}\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: '{\"auths\": {\"registry.example.com\": {\"username\": \"r\", \"password\": \"x\"}}}'}";
        var reference = Read(secret);
        Assert.Equal(("no", "typo", "registry.example.com/api:1"), (Spell(reference.IsDeclared), Spell(reference.Neighbours), Spell(reference.SoleImages)));
    }
}
