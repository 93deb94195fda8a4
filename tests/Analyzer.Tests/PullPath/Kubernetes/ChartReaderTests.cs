using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Kubernetes;

/// <summary>What values of charts put together, of those that lie here and of those that are installed.</summary>
public sealed class ChartReaderTests
{
    private const string Cluster = """
        resource "aws_eks_cluster" "shop" {
          name     = "shop"
          role_arn = "arn:aws:iam::111122223333:role/cluster"
        }

        resource "aws_eks_node_group" "shop" {
          cluster_name  = aws_eks_cluster.shop.name
          node_role_arn = "arn:aws:iam::111122223333:role/node"
        }

        """;

    private static PullPathModel Read(params (string Path, string Text)[] files) => Pipeline.Read(new MemoryFiles(files), new ProblemLog()).Model;

    private static Workload Only(PullPathModel model) => Assert.Single(model.Facts.All<Workload>(Workload.Fields));

    private static string Images(Workload workload) => string.Join(' ', ((ListValue)workload.Images).Values);

    [Fact]
    public void Images_of_a_release_are_pulls_of_its_cluster_that_prove_nothing_of_its_nodes()
    {
        var model = Read(("main.tf", Cluster + """
            resource "helm_release" "api" {
              name   = "api"
              chart  = "api"
              values = [yamlencode({ image = { repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api", tag = "1" } })]

              set {
                name  = "image.tag"
                value = "2"
              }
            }
            """));
        var pull = Assert.Single(model.Facts.All<Pull>(Pull.Fields));
        Assert.True(pull is { IsDerived: true, IsGuessed: true });
        Assert.Equal("111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:2", pull.Image.ToString());
        Assert.Equal("aws_eks_node_group.shop", pull.NodePool.As<NodePool>()!.Address.Path);
        Assert.Empty(((ListValue)pull.NodePool.As<NodePool>()!.EcrPulls).Items);
        Assert.Empty(((ListValue)Assert.Single(model.Facts.All<Cluster>(Analyzer.PullPath.Model.Cluster.Fields)).Workloads).Items);
    }

    [Fact]
    public void A_value_that_is_sensitive_is_not_said() => Assert.Equal("r.example.com/api:<?>", Images(Only(Read(("main.tf", """
        resource "helm_release" "api" {
          name  = "api"
          chart = "api"

          set {
            name  = "image.repository"
            value = "r.example.com/api"
          }

          set_sensitive {
            name  = "image.tag"
            value = "secret"
          }
        }
        """)))));

    [Theory]
    [InlineData("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: api}\nspec: {chart: {spec: {chart: api}}, values: {image: {repository: r.example.com/api, tag: '1'}}}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: api}\nspec: {source: {chart: api, helm: {valuesObject: {image: {repository: r.example.com/api, tag: '0'}}, parameters: [{name: image.tag, value: '1'}]}}}\n")]
    [InlineData("apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: api}\nspec: {chart: api, valuesContent: 'image: r.example.com/api:1'}\n")]
    public void Objects_that_install_charts_have_values_too(string text)
    {
        var release = Only(Read(("app.yaml", text)));
        Assert.Equal("r.example.com/api:1", Images(release));
        Assert.True(((ListValue)release.PullSecrets).IsOpen);
    }

    [Fact]
    public void A_chart_that_nothing_installs_pulls_nothing()
    {
        var model = Read(("main.tf", Cluster), ("c/Chart.yaml", "apiVersion: v2\nname: api\n"), ("c/values.yaml", "image: r.example.com/api:1\n"));
        Assert.Equal("r.example.com/api:1", Images(Only(model)));
        Assert.Empty(model.Facts.All<Pull>(Pull.Fields));
    }

    [Fact]
    public void The_account_of_a_release_is_meant_by_no_other_pods()
    {
        var workload = Assert.Single(
            Read(
                ("c/Chart.yaml", "apiVersion: v2\nname: api\n"),
                ("c/values.yaml", "serviceAccount: {create: true, annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/api'}}\n"),
                ("app/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {serviceAccountName: web, containers: [{name: web, image: web}]}\n")).Facts.All<Workload>(Workload.Fields),
            each => each.Kind == "Pod");
        Assert.IsType<NullValue>(workload.ServiceAccount);
    }
}
