using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Secrets;

public class PullSecretTests
{
    private const string Ecr = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static List<PullSecret> All(params (string Path, string Text)[] files) => [.. Pipeline.Read(new MemoryFiles(files), new ProblemLog()).Model.Facts.All<PullSecret>(PullSecret.Fields)];

    private static PullSecret Read(string rest) => Assert.Single(All(("s.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: shop}}\n{rest}\n")));

    private static string Shown(PullSecret secret) => string.Join(' ', secret.Credentials.Values.Cast<MapValue>().Select(each => $"{each["host"]}={(each["kind"] as TextValue)?.Known ?? "?"}"));

    [Theory]
    [InlineData(Ecr, "AWS", "aws-token")]
    [InlineData("https://" + Ecr + "/v2/", "AWS", "aws-token")]
    [InlineData(Ecr, "robot", "other")]
    [InlineData("eu.gcr.io", "oauth2accesstoken", "google-token")]
    [InlineData("europe-docker.pkg.dev", "_json_key", "google-key")]
    [InlineData("shop.azurecr.io", "00000000-0000-0000-0000-000000000000", "acr-token")]
    [InlineData("shop.azurecr.io", "shop", "acr-admin")]
    [InlineData("shop.azurecr.io", "6c0f1a2b-0000-4000-8000-000000000001", "acr-principal")]
    [InlineData("shop.azurecr.io", "reader", "acr-scoped")]
    [InlineData("registry.example.com", "AWS", "other")]
    public void The_user_tells_of_what_kind_a_credential_is(string host, string user, string kind)
    {
        var auths = $$$"""{"{{{host}}}":{"auth":"{{{Base64(user + ":secret")}}}"}}""";
        var config = $$"""{"auths":{{auths}}}""";
        var named = $$$$"""{"auths":{"{{{{host}}}}":{"username":"{{{{user}}}}","password":"secret"}}}""";
        var bare = host.Replace("https://", "", StringComparison.Ordinal).Split('/')[0];
        Assert.Equal($"{bare}={kind}", Shown(Read($"type: kubernetes.io/dockerconfigjson\ndata: {{.dockerconfigjson: {Base64(config)}}}")));
        Assert.Equal($"{bare}={kind}", Shown(Read($"type: kubernetes.io/dockerconfigjson\nstringData: {{.dockerconfigjson: '{named}'}}")));
        Assert.Equal($"{bare}={kind}", Shown(Read($"type: kubernetes.io/dockercfg\ndata: {{.dockercfg: {Base64(auths)}}}")));
    }

    [Theory]
    [InlineData("data: {other: eA==}", "it has no .dockerconfigjson")]
    [InlineData("data: {.dockerconfigjson: '!'}", "its .dockerconfigjson is no JSON")]
    [InlineData("stringData: {.dockerconfigjson: 'no'}", "its .dockerconfigjson is no JSON")]
    [InlineData("stringData: {.dockerconfigjson: '{}'}", "its .dockerconfigjson has no registries")]
    [InlineData("stringData: {.dockerconfigjson: '{\"auths\": {}}'}", "its .dockerconfigjson has no registries")]
    [InlineData("stringData: {.dockerconfigjson: '{\"auths\": []}'}", "its .dockerconfigjson has no registries")]
    public void What_the_kubelet_cannot_use_is_a_fault(string rest, string fault)
    {
        var secret = Read("type: kubernetes.io/dockerconfigjson\n" + rest);
        Assert.Equal(fault, (secret.Fault as TextValue)?.Known);
        Assert.False(secret.Credentials.IsOpen);
    }

    [Theory]
    [InlineData("data: {.dockerconfigjson: '${CONFIG}'}")]
    [InlineData("data: ${DATA}")]
    [InlineData("stringData: {.dockerconfigjson: '${CONFIG}'}")]
    public void What_is_not_seen_is_open(string rest)
    {
        var secret = Read("type: kubernetes.io/dockerconfigjson\n" + rest);
        Assert.True(secret.Credentials.IsOpen);
        Assert.IsType<NullValue>(secret.Fault);
    }

    [Theory]
    [InlineData(Ecr, "?")]
    [InlineData("ghcr.io", "other")]
    public void An_unknown_user_matters_for_registries_of_clouds_only(string host, string kind) =>
        Assert.Equal($"{host}={kind}", Shown(Assert.Single(All(("main.tf", $$$"""
            variable "user" {
              type = string
            }

            resource "kubernetes_secret" "pull" {
              metadata {
                name = "pull"
              }
              type = "kubernetes.io/dockerconfigjson"
              data = {
                ".dockerconfigjson" = jsonencode({ auths = { "https://{{{host}}}" = { auth = base64encode("${var.user}:x") } } })
              }
            }
            """)))));

    [Fact]
    public void Only_secrets_for_pulling_are_read() => Assert.Empty(All(("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {.dockerconfigjson: '{}'}\n")));

    [Fact]
    public void A_generator_of_kustomize_and_Terraform_make_them_too()
    {
        var secrets = All(
            ("k/kustomization.yaml", "namespace: shop\nsecretGenerator:\n- name: pull\n  type: kubernetes.io/dockerconfigjson\n  files: [.dockerconfigjson=config.json]\n"),
            ("k/config.json", $$$"""{"auths": {"{{{Ecr}}}": {"username": "AWS", "password": "x"} } }"""),
            ("main.tf", $$"""
                data "aws_ecr_authorization_token" "this" {}

                resource "kubernetes_secret_v1" "pull" {
                  metadata {
                    name      = "pull"
                    namespace = "web"
                  }
                  type = "kubernetes.io/dockerconfigjson"
                  data = {
                    ".dockerconfigjson" = jsonencode({ auths = { "{{Ecr}}" = { username = data.aws_ecr_authorization_token.this.user_name, password = data.aws_ecr_authorization_token.this.password } } })
                  }
                }
                """));
        Assert.Equal([$"{Ecr}=aws-token", $"{Ecr}=aws-token"], secrets.Select(Shown));
    }

    [Fact]
    public void Workloads_use_a_secret_of_their_namespace()
    {
        const string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME, namespace: SPACE}\nspec: {containers: [{name: a, image: x}], imagePullSecrets: [{name: s}]}\n---\n";
        var secret = Assert.Single(All(("s.yaml",
            pod.Replace("NAME", "a", StringComparison.Ordinal).Replace("SPACE", "shop", StringComparison.Ordinal) + pod.Replace("NAME", "b", StringComparison.Ordinal).Replace("SPACE", "web", StringComparison.Ordinal)
            + "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\ntype: kubernetes.io/dockercfg\n")));
        Assert.Equal("Pod/shop/a", Assert.Single(secret.Workloads.Each<Workload>()).Address.Path);
        Assert.Same(BoolValue.False, secret.IsRefreshed);
    }
}
