using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;

namespace Analyzer.Tests.PullPath.Images;

public class ImageNameTests
{
    private static readonly string Sha = "sha256:" + new string('a', 64);

    private static string Text(Value value) => value switch
    {
        TextValue text => text.ToString(),
        NullValue => "-",
        _ => "?",
    };

    private static Value Hole(string path, string attribute) =>
        new UnknownValue(UnknownReason.Computed, "known after apply", reference: new Reference(new Address("", path), attribute));

    private static Value Holes(params object[] parts) =>
        TextValue.Of(parts.Select(part => part is Value hole ? new TextPart(hole) : new TextPart((string)part)));

    private static readonly Value Something = new UnknownValue(UnknownReason.NoValue, "variable has no value");

    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("nginx:1.27", "docker.io", "library/nginx", "1.27")]
    [InlineData("a/b", "docker.io", "a/b", "latest")]
    [InlineData("index.docker.io/nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("localhost/a", "localhost", "a", "latest")]
    [InlineData("localhost:5000/a", "localhost:5000", "a", "latest")]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000")]
    [InlineData("Repo/app:1", "Repo", "app", "1")]
    [InlineData("gcr.io/example.com/proj/img:v1", "gcr.io", "example.com/proj/img", "v1")]
    [InlineData("[2001:db8::1]:5000/a/b:x", "[2001:db8::1]:5000", "a/b", "x")]
    [InlineData("quay.io/a/b__c-d---e.f:_x", "quay.io", "a/b__c-d---e.f", "_x")]
    public void A_name_is_normalised_as_runtimes_do(string image, string host, string repository, string tag)
    {
        var name = ImageName.Of(new TextValue(image));
        Assert.Equal((Truth.Yes, host, repository, tag, "-"), (name.IsValid, Text(name.Host), Text(name.Repository), Text(name.Tag), Text(name.Digest)));
    }

    [Fact]
    public void A_digest_wins_and_leaves_no_default_tag()
    {
        var bare = ImageName.Of(new TextValue("a/b@" + Sha));
        var both = ImageName.Of(new TextValue("a/b:v1@" + Sha));
        Assert.Equal(("-", Sha), (Text(bare.Tag), Text(bare.Digest)));
        Assert.Equal(("v1", Sha), (Text(both.Tag), Text(both.Digest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://x/y")]
    [InlineData("docker://nginx")]
    [InlineData("Repo/App:1")]
    [InlineData("App")]
    [InlineData("x/c-d..e")]
    [InlineData("a b")]
    [InlineData("nginx:")]
    [InlineData("quay.io/")]
    [InlineData("quay.io//a")]
    [InlineData("a/b:.x")]
    [InlineData("a/b@sha256:abc")]
    [InlineData("a___b")]
    [InlineData("-a/b")]
    [InlineData("under_score.io/x")]
    [InlineData("host:port/x")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_a_kubelet_refuses_is_invalid(string image)
    {
        var name = ImageName.Of(new TextValue(image));
        Assert.Equal(Truth.No, name.IsValid);
        Assert.NotNull(name.Fault);
        Assert.Null(name.Registry);
    }

    [Fact]
    public void A_list_is_no_image() => Assert.Equal(Truth.No, ImageName.Of(ListValue.Empty).IsValid);

    [Fact]
    public void Long_paths_and_tags_are_invalid()
    {
        Assert.Equal(Truth.No, ImageName.Of(new TextValue(new string('a', 256))).IsValid);
        Assert.Equal(Truth.No, ImageName.Of(new TextValue("a:" + new string('a', 129))).IsValid);
        Assert.Equal(Truth.Yes, ImageName.Of(new TextValue("a:" + new string('a', 128))).IsValid);
    }

    [Fact]
    public void The_url_of_an_ECR_repository_is_ECR_wherever_it_comes_from()
    {
        var name = ImageName.Of(Holes(Hole("""module.ecr["a"].aws_ecr_repository.app[0]""", "repository_url"), ":v1"));
        Assert.Equal(("ecr", "<?>.dkr.ecr.<?>.<?>", "?", "v1"), (name.Registry?.Kind, Text(name.Host), Text(name.Repository), Text(name.Tag)));
        Assert.Equal(Truth.Unknown, name.IsValid);
    }

    [Theory]
    [InlineData("data.aws_ecr_image.x", "image_uri", "ecr")]
    [InlineData("aws_ecrpublic_repository.x", "repository_uri", "ecr-public")]
    [InlineData("google_artifact_registry_repository.x", "registry_uri", "gar")]
    [InlineData("data.google_container_registry_image.x", "image_url", "gcr")]
    [InlineData("aws_ecr_repository_policy.x", "repository_url", null)]
    [InlineData("var.image", "", null)]
    public void A_whole_reference_tells_the_registry_only_where_its_type_does(string path, string attribute, string? kind) =>
        Assert.Equal(kind, ImageName.Of(Hole(path, attribute)).Registry?.Kind);

    [Fact]
    public void The_login_server_of_a_registry_is_ACR()
    {
        var name = ImageName.Of(Holes(Hole("azurerm_container_registry.acr", "login_server"), "/shop/api:", Something));
        Assert.Equal(("acr", "<?>.azurecr.<?>", "shop/api", "?"), (name.Registry?.Kind, Text(name.Host), Text(name.Repository), Text(name.Tag)));
    }

    [Fact]
    public void Literal_parts_tell_the_registry_around_holes()
    {
        var ecr = ImageName.Of(Holes(Something, ".dkr.ecr.", Something, ".amazonaws.com/app"));
        Assert.Equal(("ecr", "?", "?", "app", "latest"), (ecr.Registry?.Kind, Text(ecr.Registry!.Account), Text(ecr.Registry.Region), Text(ecr.Repository), Text(ecr.Tag)));

        var partition = ImageName.Of(Holes("123456789012.dkr.ecr.us-east-1.", Something, "/app:v1"));
        Assert.Equal(("ecr", "123456789012", "us-east-1"), (partition.Registry?.Kind, Text(partition.Registry!.Account), Text(partition.Registry.Region)));

        var gar = ImageName.Of(Holes(Something, "-docker.pkg.dev/", Something, "/repo/app"));
        Assert.Equal(("gar", "?", "?"), (gar.Registry?.Kind, Text(gar.Registry!.Region), Text(gar.Registry.Account)));

        Assert.Equal("acr", ImageName.Of(Holes("shop", Something, ".azurecr.io/app")).Registry?.Kind);
        Assert.Equal("docker-hub", ImageName.Of(Holes("shop/", Something, ":v1")).Registry?.Kind);
        Assert.Equal("docker-hub", ImageName.Of(Holes("nginx:", Something)).Registry?.Kind);
    }

    [Fact]
    public void A_hole_that_may_hide_the_host_leaves_all_unknown()
    {
        Assert.Null(ImageName.Of(Something).Registry);
        Assert.Null(ImageName.Of(Holes(Something, "/app:v1")).Registry);
        Assert.Null(ImageName.Of(Holes("shop-", Something)).Registry);
        Assert.Equal(Truth.Unknown, ImageName.Of(Holes(Something, "/app:v1")).IsValid);
    }

    [Fact]
    public void Two_images_of_one_repository_have_the_same_unknown_host()
    {
        var first = ImageName.Of(Holes(Hole("aws_ecr_repository.app", "repository_url"), ":v1"));
        var second = ImageName.Of(Holes(Hole("aws_ecr_repository.app", "repository_url"), ":v2"));
        var other = ImageName.Of(Holes(Hole("aws_ecr_repository.other", "repository_url"), ":v2"));
        Assert.Equal(Truth.Yes, first.Host.EqualTo(second.Host));
        Assert.Equal(Truth.Unknown, first.Host.EqualTo(other.Host));
    }
}
