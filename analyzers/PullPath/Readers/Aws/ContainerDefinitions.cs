using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>The containers of an ECS task: JSON text in Terraform, a list in CloudFormation.</summary>
/// <param name="Images">Their images; open for containers nobody sees.</param>
/// <param name="NeedEcr">Whether one of them is pulled from a private ECR registry with the execution role: credentials of its own would be used instead.</param>
/// <param name="Causes">What would decide that.</param>
internal sealed record ContainerDefinitions(ListValue Images, Truth NeedEcr, IReadOnlyList<Cause> Causes)
{
    /// <summary>Reads a written list of containers.</summary>
    internal static ContainerDefinitions Of(Value written)
    {
        if (PolicyText.Decode(written, "container definitions that are") is not ListValue containers)
        {
            List<Cause> because = [.. Cause.Of(written).Take(Cause.Limit).DefaultIfEmpty(new Cause(UnknownReason.Error, "the containers of the task are not to be read", written.Trace?.Place, null))];
            return new ContainerDefinitions(new ListValue([]) { OpenBecause = [.. because] }, Truth.Unknown, because);
        }

        var images = containers.Items.Select(item => (Image: Written.Either(item.Value, "image", "Image"), Credentials: Written.Either(item.Value, "repositoryCredentials", "RepositoryCredentials"), item.Guard)).Where(each => each.Image is not NullValue).ToList();
        var needs = images.Select(each => IsEcr(each.Image).And(each.Credentials is NullValue ? Truth.Yes : each.Credentials is UnknownValue ? Truth.Unknown : Truth.No).And(Answer.Exists(each.Guard)))
            .Append(containers.IsOpen ? Truth.Unknown : Truth.No).Any();
        return new ContainerDefinitions(
            new ListValue([.. images.Select(each => new Item(each.Image, each.Guard))]) { OpenBecause = containers.OpenBecause },
            needs,
            [.. images.SelectMany(each => Cause.Of(each.Image)).Concat(containers.OpenBecause ?? []).Distinct().Take(Cause.Limit)]);
    }

    private static Truth IsEcr(Value image) => ImageName.Of(image) switch
    {
        { IsValid: Truth.No } => Truth.No,
        { Registry: { } registry } => Kleene.Of(registry.Kind == "ecr"),
        _ => Truth.Unknown,
    };
}
