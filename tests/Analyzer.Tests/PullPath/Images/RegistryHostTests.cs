using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;

namespace Analyzer.Tests.PullPath.Images;

public class RegistryHostTests
{
    private static string? Known(Value value) => (value as TextValue)?.Known;

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("123456789012.dkr-ecr.us-east-1.on.aws", "us-east-1")]
    [InlineData("123456789012.dkr-ecr-fips.us-east-1.on.aws", "us-east-1")]
    [InlineData("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", "cn-north-1")]
    [InlineData("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    [InlineData("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    public void Hosts_of_ECR_tell_account_and_region(string host, string region)
    {
        var registry = RegistryHosts.Recognise(host)!;
        Assert.Equal(("ecr", "123456789012", region), (registry.Kind, Known(registry.Account), Known(registry.Region)));
        Assert.Same(BoolValue.False, registry.IsPublic);
    }

    [Theory]
    [InlineData("1234.dkr.ecr.us-east-1.amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.org")]
    [InlineData("123456789012.dkr.ecr.us.east.1.amazonaws.com")]
    [InlineData("us-maven.pkg.dev")]
    [InlineData("us1-docker.pkg.dev")]
    [InlineData("-docker.pkg.dev")]
    [InlineData("my-reg-abc.azurecr.io")]
    [InlineData("myreg.eastus.data.azurecr.io")]
    [InlineData("azurecr.io")]
    [InlineData("xgcr.io")]
    [InlineData("quay.io")]
    public void What_only_resembles_a_cloud_registry_is_another_one(string host) => Assert.Equal("other", RegistryHosts.Recognise(host)!.Kind);

    [Theory]
    [InlineData("us-docker.pkg.dev", "us")]
    [InlineData("europe-west12-docker.pkg.dev", "europe-west12")]
    [InlineData("africa-south1-docker.pkg.dev", "africa-south1")]
    public void Hosts_of_Artifact_Registry_tell_the_location(string host, string location)
    {
        var registry = RegistryHosts.Recognise(host, "shop/images/api")!;
        Assert.Equal(("gar", location, "shop"), (registry.Kind, Known(registry.Region), Known(registry.Account)));
    }

    [Theory]
    [InlineData("gcr.io", "us")]
    [InlineData("us.gcr.io", "us")]
    [InlineData("eu.gcr.io", "eu")]
    [InlineData("asia.gcr.io", "asia")]
    public void Hosts_of_Container_Registry_tell_the_location(string host, string location)
    {
        var registry = RegistryHosts.Recognise(host, "example.com/proj/img")!;
        Assert.Equal(("gcr", location, "example.com:proj"), (registry.Kind, Known(registry.Region), Known(registry.Account)));
    }

    [Theory]
    [InlineData("gcr.io", "google-samples/hello-app", true)]
    [InlineData("us-docker.pkg.dev", "deeplearning-platform-release/gcr.io/huggingface-text-generation-inference", true)]
    [InlineData("gcr.io", "google.com/cloudsdktool/google-cloud-cli", true)]
    [InlineData("gcr.io", "k8s-staging-sig-storage/nfs-provisioner", true)]
    [InlineData("us-docker.pkg.dev", "cloudrun/container/hello", true)]
    [InlineData("gcr.io", "shop-prod/google-samples", false)]
    [InlineData("europe-docker.pkg.dev", "shop-prod/apps/api", false)]
    public void Projects_of_Google_that_everybody_reads_are_public(string host, string path, bool isPublic) =>
        Assert.Equal(isPublic, RegistryHosts.Recognise(host, path)!.IsPublic is BoolValue { Value: true });

    [Theory]
    [InlineData("myreg.azurecr.io", null)]
    [InlineData("myreg-abc123.azurecr.io", null)]
    [InlineData("a.azurecr.us", null)]
    [InlineData("myreg.azurecr.cn", null)]
    [InlineData("myreg.eastus.geo.azurecr.io", "eastus")]
    public void Hosts_of_ACR_are_global_or_regional(string host, string? region)
    {
        var registry = RegistryHosts.Recognise(host)!;
        Assert.Equal(("acr", region), (registry.Kind, Known(registry.Region)));
        Assert.IsType<UnknownValue>(registry.IsPublic);
    }

    [Theory]
    [InlineData("public.ecr.aws", "ecr-public")]
    [InlineData("ecr-public.aws.com", "ecr-public")]
    [InlineData("mcr.microsoft.com", "other")]
    [InlineData("registry.k8s.io", "other")]
    [InlineData("k8s.gcr.io", "other")]
    [InlineData("gke.gcr.io", "other")]
    public void Some_registries_are_public_by_nature(string host, string kind)
    {
        var registry = RegistryHosts.Recognise(host)!;
        Assert.Equal(kind, registry.Kind);
        Assert.Same(BoolValue.True, registry.IsPublic);
    }

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("127.0.0.1:32000")]
    [InlineData("registry.kube-system.svc:5000")]
    [InlineData("registry.kube-system.svc.cluster.local")]
    [InlineData("registry.local")]
    public void Local_registries_are_local(string host) => Assert.True(RegistryHosts.Recognise(host)!.IsLocal);
}
