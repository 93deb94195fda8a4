using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Helm;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Languages.Helm;

/// <summary>What values of charts say by convention.</summary>
public sealed class ChartValuesTests
{
    private static MapValue Values(string yaml) => (MapValue)YamlReader.Read(SourceFile.FromText("values.yaml", yaml), YamlOptions.Kubernetes, new ProblemLog())[0].Root;

    private static ChartValues Read(string yaml, string? appVersion = null, params string[] others) =>
        ChartValues.Of(Values(yaml), appVersion is null ? NullValue.Instance : new TextValue(appVersion), others.ToHashSet(StringComparer.Ordinal));

    private static string Images(string yaml, string? appVersion = null, params string[] others) => string.Join(' ', Read(yaml, appVersion, others).Images.Select(image => image.Image));

    [Theory]
    [InlineData("image: {repository: shop/api, tag: '1'}", "shop/api:1")]
    [InlineData("image: {registry: quay.io, repository: shop/api, tag: '1'}", "quay.io/shop/api:1")]
    [InlineData("image: {registry: quay.io/, repository: shop/api, tag: '1'}", "quay.io/shop/api:1")]
    [InlineData("image: {registry: '', repository: shop/api, tag: 1.5}", "shop/api:1.5")]
    [InlineData("image: {repository: shop/api, digest: 'sha256:ab'}", "shop/api@sha256:ab")]
    [InlineData("image: {repository: shop/api, tag: '1', digest: 'sha256:ab'}", "shop/api:1@sha256:ab")]
    [InlineData("image: {repository: shop/api, digest: ab}", "shop/api@<?>")]
    [InlineData("image: {repository: shop/api:1}", "shop/api:1")]
    [InlineData("web: {server: {image: {repository: shop/web, tag: '1'}}}", "shop/web:1")]
    [InlineData("image: shop/api:1", "shop/api:1")]
    [InlineData("image: shop/api\nimageTag: 2", "shop/api:2")]
    [InlineData("image: shop/api", "shop/api:<?>")]
    [InlineData("sidecars: [{name: x, image: shop/x:1}]", "shop/x:1")]
    public void Images_are_put_together(string yaml, string expected) => Assert.Equal(expected, Images(yaml));

    [Theory]
    [InlineData("image: {repository: ''}")]
    [InlineData("image: {registry: quay.io, tag: '1'}")]
    [InlineData("image: ''")]
    [InlineData("logo: {image: 'https://shop.example.com/logo.png'}")]
    [InlineData("logo: {image: /logo.png}")]
    [InlineData("registry: quay.io\nimage: shop/api:1")]
    [InlineData("web: {enabled: false, image: {repository: shop/web}}")]
    [InlineData("web: {image: {enabled: false, repository: shop/web}}")]
    [InlineData("webImage: {repository: shop/web}")]
    public void What_is_no_image_or_switched_off_is_none(string yaml) => Assert.Equal("", Images(yaml));

    [Theory]
    [InlineData("image: {repository: shop/api}", "1.2.3", "shop/api:1.2.3")]
    [InlineData("image: {repository: shop/api, tag: ''}", "1.2.3", "shop/api:1.2.3")]
    [InlineData("image: {repository: shop/api, tag: ''}", null, "shop/api:<?>")]
    [InlineData("image: {repository: shop/api, tag: ''}", "latest", "shop/api:<?>")]
    [InlineData("image: {repository: shop/api, tag: ':1'}", "1.2.3", "shop/api:<?>")]
    public void The_version_of_the_application_is_the_tag_where_none_is_written(string yaml, string? appVersion, string expected) => Assert.Equal(expected, Images(yaml, appVersion));

    [Theory]
    [InlineData("global: {imageRegistry: r.io}\nimage: {registry: quay.io, repository: shop/api, tag: '1'}", "r.io/shop/api:1")]
    [InlineData("global: {image: {registry: r.io}}\nimage: {registry: quay.io, repository: shop/api, tag: '1'}", "r.io/shop/api:1")]
    [InlineData("global: {imageRegistry: ''}\nimage: {registry: quay.io, repository: shop/api, tag: '1'}", "quay.io/shop/api:1")]
    [InlineData("global: {imageRegistry: r.io}\nimage: {repository: quay.io/shop/api, tag: '1'}", "<?>/quay.io/shop/api:1")]
    [InlineData("image: {registry: docker.io, repository: quay.io/shop/api, tag: '1'}", "<?>/quay.io/shop/api:1")]
    public void A_registry_for_all_stands_where_a_registry_stands(string yaml, string expected) => Assert.Equal(expected, Images(yaml));

    [Fact]
    public void Values_of_other_charts_are_left_to_these() => Assert.Equal("shop/api:1", Images("image: {repository: shop/api, tag: '1'}\nredis: {image: {repository: redis}}", "1", "redis"));

    [Theory]
    [InlineData("image: {repository: a, pullPolicy: Always}", "Always")]
    [InlineData("image: {repository: a}\nimagePullPolicy: Never", "Never")]
    [InlineData("image: a\npullPolicy: IfNotPresent", "IfNotPresent")]
    [InlineData("image: {repository: a, pullPolicy: ''}", null)]
    [InlineData("image: {repository: a}", null)]
    public void Policies_stand_with_images(string yaml, string? expected) => Assert.Equal(expected, (Assert.Single(Read(yaml).Images).Policy as TextValue)?.Known);

    [Fact]
    public void Places_are_those_of_the_repository() =>
        Assert.Equal("values.yaml:3:15", Read("image:\n  registry: r.io\n  repository: shop/api\n").Images[0].Image.Trace!.Source.Place.ToString());

    [Theory]
    [InlineData("imagePullSecrets: [{name: a}, b]", "a b")]
    [InlineData("global: {imagePullSecrets: [a]}\nimage: {repository: x, pullSecrets: [b]}", "a b")]
    [InlineData("imagePullSecrets: []", "")]
    public void Pull_secrets_have_names(string yaml, string expected) => Assert.Equal(expected, string.Join(' ', Read(yaml).PullSecrets));

    [Theory]
    [InlineData("serviceAccount: {create: true, name: api}", "api")]
    [InlineData("serviceAccount: {create: true, name: ''}", "?")]
    [InlineData("fullnameOverride: shop\nserviceAccount: {create: true}", "shop")]
    [InlineData("web: {serviceAccount: {annotations: {a: b}, name: web}}", "web")]
    [InlineData("serviceAccount: {create: false, name: api, annotations: {a: b}}", "")]
    [InlineData("serviceAccount: {name: api}", "")]
    [InlineData("serviceAccount: api", "")]
    public void Accounts_have_the_name_of_the_release_unless_another_is_given(string yaml, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(yaml).Accounts.Select(account => (account.Name as TextValue)?.Known ?? "?")));

    [Fact]
    public void Annotations_of_an_account_may_be_more() => Assert.True(Assert.Single(Read("serviceAccount: {create: true, annotations: {a: b}}").Accounts).Annotations.IsOpen);

    [Fact]
    public void Values_laid_over_others_are_merged_as_Helm_does() => Assert.Equal(
        "r.io/shop/api:2",
        string.Join(' ', ChartValues.Of(ChartValues.Overlay(Values("image: {registry: r.io, repository: shop/api, tag: '1'}\nweb: {image: shop/web:1}"), Values("image: {tag: '2'}\nweb: null")), NullValue.Instance, new HashSet<string>()).Images.Select(image => image.Image)));
}
