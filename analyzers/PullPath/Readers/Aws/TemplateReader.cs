using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Launch templates and launch configurations, and which of them the nodes of a pool are started from.</summary>
internal sealed class TemplateReader : IReader
{
    /// <summary>The version that a template says it is by default.</summary>
    private const string Default = "$Default";

    private static readonly string[] Configurations = ["aws_launch_configuration", "AWS::AutoScaling::LaunchConfiguration"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed("aws_launch_template", "AWS::EC2::LaunchTemplate"))
        {
            var profile = resource.Field("iam_instance_profile.name", "LaunchTemplateData.IamInstanceProfile.Name");
            world.Add(new LaunchTemplate
            {
                Kind = "launch-template",
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                InstanceProfile = profile is NullValue ? resource.Field("iam_instance_profile.arn", "LaunchTemplateData.IamInstanceProfile.Arn") : profile,
                Subnet = resource.Field("network_interfaces.subnet_id", "LaunchTemplateData.NetworkInterfaces.SubnetId"),
                DefaultMoves = DefaultMoves(resource),
            });
        }

        foreach (var resource in world.Managed(Configurations))
        {
            world.Add(new LaunchTemplate
            {
                Kind = "launch-configuration",
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                InstanceProfile = resource.Field("iam_instance_profile", "IamInstanceProfile"),
                DefaultMoves = BoolValue.True, // Every change makes a new one.
            });
        }
    }

    public void Join(World world)
    {
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind is "eks-managed" or "eks-self-managed" or "eks-capi" or "capi-aws" or EcsInstances.Kind))
        {
            if (pool.Kind == "eks-managed")
            {
                var written = pool.Resource!.Field("launch_template", "LaunchTemplate");
                (pool.TemplateValue, pool.TemplateVersion) = NamedBy(written, pool.Resource!.Language);
            }

            pool.Template = TemplateOf(pool.TemplateValue, world);
            pool.TemplateVersion = pool.Template.As<LaunchTemplate>()?.Resource is { } resource && Configurations.Contains(resource.Type)
                ? NullValue.Instance : Canonical(pool.TemplateVersion, pool.Resource!.Language);
        }
    }

    /// <summary>The template a specification names, and its version.</summary>
    internal static (Value Template, Value Version) NamedBy(Value specification, Language language)
    {
        var isCfn = language == Language.CloudFormation;
        foreach (var name in (string[])(isCfn ? ["LaunchTemplateId", "Id", "LaunchTemplateName", "Name"] : ["id", "launch_template_id", "name", "launch_template_name"]))
        {
            if (Written.Find(specification, name) is not NullValue and var template)
            {
                return (template, Written.Find(specification, isCfn ? "Version" : "version"));
            }
        }

        return (NullValue.Instance, NullValue.Instance);
    }

    private static Value TemplateOf(Value written, World world) => written switch
    {
        NullValue => written,
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = TemplateOf(each.Value, world) })),
        _ => world.FactsOf<LaunchTemplate>(written).Take(2).ToList() is [var only] ? Links.To(only)
            : Links.Undeclared(written, "launch template"),
    };

    /// <summary><c>$Latest</c>, <c>$Default</c> or a number, whichever way it is written.</summary>
    private static Value Canonical(Value version, Language language) => version switch
    {
        NullValue when language == Language.Terraform => new TextValue(Default),
        NullValue => new UnknownValue(UnknownReason.NoValue, "no version is written", type: DataType.Text),
        TextValue { Known: Default } when language == Language.CloudFormation => new UnknownValue(UnknownReason.External, "what the default version of a template in a stack is", version.Trace?.Place, type: DataType.Text),
        TextValue { Known: not null } => version,
        NumberValue number => new TextValue(number.Number.ToString()).With(version.Trace),
        _ => version.References.Select(reference => reference.Attribute switch
        {
            "latest_version" or "LatestVersionNumber" => new TextValue("$Latest").With(version.Trace),
            "default_version" => new TextValue(Default).With(version.Trace),
            _ => null,
        }).OfType<Value>().FirstOrDefault() ?? UnknownValue.From(DataType.Text, version),
    };

    private static Value DefaultMoves(Resource resource)
    {
        if (resource.Language == Language.CloudFormation)
        {
            return new UnknownValue(UnknownReason.External, "what the default version of a template in a stack is", resource.Place, type: DataType.Bool);
        }

        var moves = resource.At("update_default_version");
        return resource.At("default_version") is not NullValue ? BoolValue.True
            : moves is NullValue ? BoolValue.False
            : Answer.Of(Answer.TruthOf(moves), Cause.Of(moves));
    }
}
