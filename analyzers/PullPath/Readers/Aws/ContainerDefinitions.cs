using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>The containers of an ECS task: JSON text in Terraform, a list in CloudFormation.</summary>
/// <param name="Images">Their images; open for containers nobody sees.</param>
/// <param name="NeedEcr">Whether one of them is pulled from a private ECR registry with the execution role: credentials of its own would be used instead.</param>
/// <param name="Causes">What would decide that.</param>
/// <param name="Environment">Their environment variables.</param>
/// <param name="SendLogs">Whether one of them certainly writes to CloudWatch: without a way there it does not start.</param>
internal sealed record ContainerDefinitions(ListValue Images, Truth NeedEcr, IReadOnlyList<Cause> Causes, ListValue Environment, bool SendLogs = false)
{
    /// <summary>Reads a written list of containers.</summary>
    internal static ContainerDefinitions Of(Value written)
    {
        if (PolicyText.Decode(written, "container definitions that are") is not ListValue containers)
        {
            List<Cause> because = [.. Cause.Of(written).Take(Cause.Limit).DefaultIfEmpty(new Cause(UnknownReason.Error, "the containers of the task are not to be read", written.Trace?.Place, null))];
            var none = new ListValue([]) { OpenBecause = [.. because] };
            return new ContainerDefinitions(none, Truth.Unknown, because, none);
        }

        var variables = new Variables();
        foreach (var item in containers.Items)
        {
            variables.Add(Blocks(item.Value, "environment", "Environment"), item.Guard, static each => Variables.Literal(Written.Either(each, "value", "Value")));
            variables.Add(Blocks(item.Value, "secrets", "Secrets"), item.Guard, static _ => "secret");
            variables.Open(Blocks(item.Value, "environmentFiles", "EnvironmentFiles"), "the variables of an environment file are not seen");
        }

        variables.Open(new ListValue([]) { OpenBecause = containers.OpenBecause }, "");
        var images = containers.Items.Select(item => new Container(Written.Either(item.Value, "image", "Image"), Written.Either(item.Value, "repositoryCredentials", "RepositoryCredentials"), item.Guard)).Where(each => each.Image is not NullValue).ToList();
        var needs = images.Any(each => IsEcr(each.Image).And(each.Credentials is NullValue ? Truth.Yes : each.Credentials is UnknownValue ? Truth.Unknown : Truth.No).And(Answer.Exists(each.Guard)))
            .Or(containers.IsOpen ? Truth.Unknown : Truth.No);
        return new ContainerDefinitions(
            new ListValue([.. images.Select(each => new Item(each.Image, each.Guard))]) { OpenBecause = containers.OpenBecause },
            needs,
            [.. images.SelectMany(each => Cause.Of(each.Image)).Concat(containers.OpenBecause ?? []).Distinct().Take(Cause.Limit)],
            variables.All,
            containers.Items.Any(item => item.Guard.IsAlways && LogDriver(item.Value) is TextValue { Known: "awslogs" }));
    }

    private static Value LogDriver(Value container) => Written.Either(Written.Either(container, "logConfiguration", "LogConfiguration"), "logDriver", "LogDriver");

    private static ListValue Blocks(Value container, string terraform, string cfn) => Written.Blocks(container, terraform) is { Items: [], IsOpen: false } ? Written.Blocks(container, cfn) : Written.Blocks(container, terraform);

    /// <summary>The image of a container and the secret it is pulled with.</summary>
    private sealed record Container(Value Image, Value Credentials, Guard Guard);

    private static Truth IsEcr(Value image) => ImageName.Of(image) switch
    {
        { IsValid: Truth.No } => Truth.No,
        { Registry: { } registry } => Kleene.Of(registry.Kind == "ecr"),
        _ => Truth.Unknown,
    };
}
