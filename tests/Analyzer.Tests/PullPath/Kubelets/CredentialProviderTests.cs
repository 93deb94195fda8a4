using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Kubelets;

public class CredentialProviderTests
{
    private const string Right = "name: p, apiVersion: credentialprovider.kubelet.k8s.io/v1, matchImages: ['*.azurecr.io'], defaultCacheDuration: 10m";
    private const string Token = "serviceAccountTokenAudience: a, requireServiceAccount: true, cacheType: Token";

    private static List<CredentialProvider> Read(string providers) =>
        [.. Pipeline.Read(new MemoryFiles([("p.yaml", $"apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\nproviders: {providers}\n")]), new ProblemLog()).Model.Facts.All<CredentialProvider>(CredentialProvider.Fields)];

    private static IEnumerable<string?> Faults(CredentialProvider provider) => ((ListValue)provider.Faults).Values.Select(fault => ((TextValue)fault).Known);

    [Theory]
    [InlineData("[]", "it has no providers")]
    [InlineData("[{" + Right + "}]", "")]
    [InlineData("[{" + Right + "}, {" + Right + "}]", "p is configured twice")]
    [InlineData("[{apiVersion: credentialprovider.kubelet.k8s.io/v1alpha1, matchImages: [x], defaultCacheDuration: '0'}]", "it has no name")]
    [InlineData("[{name: a/b, apiVersion: credentialprovider.kubelet.k8s.io/v1beta1, matchImages: [x], defaultCacheDuration: 0s}]", "\"a/b\" is no name of a program in the folder of plug-ins")]
    [InlineData("[{name: p, apiVersion: v1, matchImages: [], defaultCacheDuration: -5m}]", "v1 is no version of the protocol; credentialprovider.kubelet.k8s.io/v1 is; it has no matchImages; its defaultCacheDuration is no duration")]
    [InlineData("[{name: p, matchImages: ['a b', ':1', 'x:y'], defaultCacheDuration: soon}]", "it has no apiVersion; \"a b\" is no pattern of images; \":1\" is no pattern of images; \"x:y\" is no pattern of images; its defaultCacheDuration is no duration")]
    [InlineData("[{" + Right + ", tokenAttributes: {" + Token + ", optionalServiceAccountAnnotationKeys: [a]}}]", "")]
    [InlineData("[{" + Right + ", tokenAttributes: {" + Token + ", requiredServiceAccountAnnotationKeys: [a], optionalServiceAccountAnnotationKeys: [a, b]}}]", "a is both required and optional")]
    [InlineData("[{" + Right + ", tokenAttributes: {serviceAccountTokenAudience: a, requireServiceAccount: false, cacheType: Pod, requiredServiceAccountAnnotationKeys: [a]}}]", "Pod is no cacheType; it requires annotations and no service account")]
    [InlineData("[{name: p, apiVersion: credentialprovider.kubelet.k8s.io/v1beta1, matchImages: [x], defaultCacheDuration: 1m, tokenAttributes: {}}]", "tokenAttributes need credentialprovider.kubelet.k8s.io/v1; its tokenAttributes have no serviceAccountTokenAudience; its tokenAttributes do not say requireServiceAccount; its tokenAttributes have no cacheType, which Kubernetes asks for since 1.34")]
    public void The_kubelet_refuses_what_is_wrong(string providers, string faults) => Assert.Equal(faults, string.Join("; ", Read(providers).SelectMany(Faults)));

    [Theory]
    [InlineData("version: v1alpha1\nmachine:\n  kubelet:\n    credentialProviderConfig:\n      apiVersion: kubelet.config.k8s.io/v1\n      kind: CredentialProviderConfig\n      providers: [{name: ecr-credential-provider}]\n")]
    [InlineData("apiVersion: bootstrap.cluster.x-k8s.io/v1beta2\nkind: NodeadmConfigTemplate\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      files:\n      - path: /etc/p.yaml\n        content: |\n          apiVersion: kubelet.config.k8s.io/v1\n          kind: CredentialProviderConfig\n          providers: [{name: ecr-credential-provider}]\n")]
    [InlineData("apiVersion: bootstrap.cluster.x-k8s.io/v1beta2\nkind: EKSConfig\nmetadata: {name: n}\nspec:\n  files:\n  - path: /etc/p.json\n    content: '{\"kind\": \"CredentialProviderConfig\", \"providers\": [{\"name\": \"ecr-credential-provider\"}]}'\n")]
    public void Configurations_stand_in_what_makes_machines_too(string text)
    {
        var read = Pipeline.Read(new MemoryFiles([("machines.yaml", text)]), new ProblemLog()).Model.Facts.All<CredentialProvider>(CredentialProvider.Fields);
        var provider = Assert.Single(read);
        Assert.Equal("ecr-credential-provider", ((TextValue)provider.Name).Known);
        Assert.Equal(["it has no apiVersion", "it has no matchImages", "it has no defaultCacheDuration"], Faults(provider));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("[1, [], null, {name: [x], matchImages: {a: b}, defaultCacheDuration: {}, tokenAttributes: 5}]")]
    public void Wrong_types_cost_nothing_else(string providers) => Assert.All(Read(providers), provider => Assert.NotNull(provider.Faults));

    [Theory]
    [InlineData("*.dkr.ecr.*.amazonaws.com", "1.dkr.ecr.eu-west-1.amazonaws.com", "a", true)]
    [InlineData("*.dkr.ecr.*.amazonaws.com", "1.dkr.ecr.cn-north-1.amazonaws.com.cn", "a", false)]
    [InlineData("*.azurecr.io", "shop.westeurope.geo.azurecr.io", "a", false)]
    [InlineData("*.gcr.io", "gcr.io", "a", false)]
    [InlineData("*-docker.pkg.dev", "europe-docker.pkg.dev", "a", true)]
    [InlineData("app*.k?s.io", "app-1.k8s.io", "a", true)]
    [InlineData("https://registry.io:8080/path", "registry.io:8080", "path/app", true)]
    [InlineData("registry.io:8080", "registry.io", "app", false)]
    [InlineData("registry.io", "registry.io:8080", "app", false)]
    [InlineData("registry.io/shop", "registry.io", "other/app", false)]
    [InlineData("*", "localhost", "a", true)]
    public void Patterns_fit_label_by_label(string pattern, string host, string path, bool fits) => Assert.Equal(Kleene.Of(fits), ImagePattern.Of(pattern)!.Matches(host, path));

    [Fact]
    public void Configurations_are_found_in_maps_and_in_files_of_nodes()
    {
        const string config = "{apiVersion: kubelet.config.k8s.io/v1, kind: CredentialProviderConfig, providers: [{" + Right + "}]}";
        var (_, model) = Pipeline.Read(new MemoryFiles(
            [("a.yaml", $$"""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: m}
                data:
                  config.yaml: |
                    {{config}}
                  script.sh: echo CredentialProviderConfig
                  template.yaml: |
                    {apiVersion: kubelet.config.k8s.io/v1, kind: CredentialProviderConfig, providers: [{name: "${NAME}"} ] }
                ---
                apiVersion: controlplane.cluster.x-k8s.io/v1beta1
                kind: KubeadmControlPlane
                metadata: {name: c}
                spec:
                  kubeadmConfigSpec:
                    files:
                      - path: /etc/providers.yaml
                        content: |
                          {{config}}
                    joinConfiguration: {nodeRegistration: {kubeletExtraArgs: {image-credential-provider-config: /etc/providers.yaml} } }
                """)]), new ProblemLog());
        var providers = model.Facts.All<CredentialProvider>(CredentialProvider.Fields).ToList();
        Assert.Equal(["a.yaml:6:95", "a.yaml:9:95", "a.yaml:19:101"], providers.Select(provider => provider.Place.ToString()));
        Assert.Equal([false, true, false], providers.Select(provider => ((ListValue)provider.Faults).IsOpen));
        var settings = Assert.Single(model.Facts.All<KubeletSettings>(KubeletSettings.Fields));
        Assert.Equal(("/etc/providers.yaml", NullValue.Instance), (((TextValue)settings.ProviderConfig).Known, settings.ProviderFolder));
    }
}
