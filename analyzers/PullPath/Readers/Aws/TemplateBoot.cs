using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// How machines start that come from a launch template, a launch configuration or a node class of Karpenter: their metadata service, their image, their user data; and which pools they are for.
/// </summary>
internal sealed class TemplateBoot : IReader
{
    private const string Karpenter = "karpenter";

    private readonly List<(LaunchTemplate Template, KubernetesObject Class)> _classes = [];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world).Where(each => each.Type == KarpenterReader.NodeClass))
        {
            var template = world.Add(new LaunchTemplate
            {
                Kind = Karpenter,
                Address = each.Resource.Address,
                Place = each.Resource.Place,
                Resource = each.Resource,
                Guard = each.Resource.Guard,
                InstanceProfile = Written.Find(each.Body, "spec.instanceProfile"),
                DefaultMoves = BoolValue.True, // It has no versions.
            });
            _classes.Add((template, each));
        }
    }

    public void Join(World world)
    {
        foreach (var (template, each) in _classes)
        {
            Fill(template, NullValue.Instance, Written.Find(each.Body, "spec.userData"), Written.Find(each.Body, "spec.metadataOptions"), world);

            // Defaults of the object's own definition; that of the hop limit was 2 before version 1.
            template.ImdsTokens = template.ImdsTokens is NullValue ? new TextValue("required") : template.ImdsTokens;
            template.ImdsHopLimit = template.ImdsHopLimit is NullValue && each.Version == "v1" ? NumberValue.Of(1) : template.ImdsHopLimit;
        }

        var templates = world.Facts.All<LaunchTemplate>(LaunchTemplate.Fields).ToList();
        foreach (var template in templates.Where(each => each.Kind != Karpenter))
        {
            var resource = template.Resource!;
            var root = resource.Type == "AWS::EC2::LaunchTemplate" ? "LaunchTemplateData." : "";
            var plain = Filled(resource.Field("user_data", root + "UserData"));
            Fill(template, resource.Field("image_id", root + "ImageId"), plain is NullValue ? resource.Field("user_data_base64", root + "UserData") : plain, resource.Field("metadata_options", root + "MetadataOptions"), world);
            TakeDefaults(template, world);
        }

        var pools = world.Facts.All<NodePool>(NodePool.Fields).ToList();
        foreach (var pool in pools.Where(pool => pool.Kind == Karpenter))
        {
            pool.Template = Links.To(world.FactOf<LaunchTemplate>(pool.Resource!));
        }

        foreach (var template in templates)
        {
            template.NodePools = Links.To(pools.Where(pool => ReferenceEquals(pool.Template.As<LaunchTemplate>(), template)));
        }
    }

    private static void Fill(LaunchTemplate template, Value image, Value userData, Value options, World world)
    {
        template.Image = Filled(image);
        template.UserData = UserDataText.Of(userData, world);
        var data = UserData.Of(template.UserData);
        (template.Commands, template.KubeletFlags, template.Settings) = (data.Commands, data.KubeletFlags, data.Settings);
        template.ImdsEndpoint = Option("http_endpoint", "HttpEndpoint", "httpEndpoint");
        template.ImdsTokens = Option("http_tokens", "HttpTokens", "httpTokens");
        template.ImdsHopLimit = AwsResources.Number(Option("http_put_response_hop_limit", "HttpPutResponseHopLimit", "httpPutResponseHopLimit"));

        Value Option(string terraform, string cloudFormation, string kubernetes) => Written.Find(options, (template.Kind, template.Resource!.Language) switch
        {
            (Karpenter, _) => kubernetes,
            (_, Language.CloudFormation) => cloudFormation,
            _ => terraform,
        });
    }

    /// <summary>What a template does not say, the defaults of the account say, where the same run sets them.</summary>
    private static void TakeDefaults(LaunchTemplate template, World world)
    {
        var defaults = world.Managed("aws_ec2_instance_metadata_defaults").Where(each => each.Address.Scope == template.Address.Scope).Take(2).ToList();
        if (defaults is not [{ IsCertain: true } only])
        {
            return;
        }

        template.ImdsEndpoint = Or(template.ImdsEndpoint, only.At("http_endpoint"));
        template.ImdsTokens = Or(template.ImdsTokens, only.At("http_tokens"));
        template.ImdsHopLimit = Or(template.ImdsHopLimit, AwsResources.Number(only.At("http_put_response_hop_limit")));

        static Value Or(Value written, Value otherwise) => written is not NullValue ? written : otherwise is TextValue { Known: "no-preference" } or NumberValue { Number.Whole: -1 } ? written : otherwise;
    }

    /// <summary>An empty text counts as nothing.</summary>
    private static Value Filled(Value written) => written is TextValue { Known: "" } ? NullValue.Instance : written;
}
