using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Controllers that call AWS, and whether they have credentials of their own. It joins when service accounts have their identities and associations their clusters.
/// </summary>
internal sealed class ControllerReader : IReader
{
    /// <summary>Variables by which the SDKs of AWS are given credentials or told where they are.</summary>
    private static readonly HashSet<string> Credentials = new(StringComparer.Ordinal)
    {
        "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE", "AWS_CONFIG_FILE",
    };

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var found in world.Each(KnownControllers.All, known => Find(known, world).ToList()).SelectMany(static found => found))
        {
            world.Add(found);
        }
    }

    private static IEnumerable<Controller> Find(KnownController known, World world)
    {
        foreach (var workload in world.Facts.All<Workload>(Workload.Fields).Where(each => each.Kind == known.Kind))
        {
            if ((workload.Images as ListValue)?.Values.FirstOrDefault(known.IsOf) is { } image && (known.Argument is null || Says(workload.Resource!, known.Argument)))
            {
                yield return Make(known, workload.Resource!, image, workload.Cluster, IdentityOf(workload), workload.HostNetwork);
            }
        }

        foreach (var release in world.Facts.All<Deployment>(Deployment.Fields).Where(each => each.Kind == "helm_release"))
        {
            if (OfRelease(known, release, world) is { } found)
            {
                yield return found;
            }
        }

        foreach (var addOn in world.Facts.All<AddOn>(AddOn.Fields).Where(each => known.IsAddOn && each.Name is TextValue { Known: { } name } && name == known.Name))
        {
            yield return Make(known, addOn.Resource!, addOn.Name, addOn.Cluster, IdentityOf(addOn, known), BoolValue.False);
        }
    }

    private static Controller Make(KnownController known, Resource resource, Value place, Value cluster, Value identity, Value hostNetwork) => new()
    {
        Name = known.Name,
        Cluster = cluster,
        HasIdentity = identity,
        HostNetwork = hostNetwork,
        Address = resource.Address,
        Place = place.Trace?.Place is { File: not null } written ? written : resource.Place,
        Resource = resource,
        Guard = resource.Guard,
    };

    private static bool Says(Resource resource, string argument) => resource.Body.Deep().Any(value => value is TextValue { Known: { } text } && text == argument);

    private static Value IdentityOf(Workload workload)
    {
        // Agents that hand out roles to pods ask for an annotation of theirs.
        var byAgent = workload.Resource!.Body.Deep().OfType<MapValue>().Any(map => map["iam.amazonaws.com/role"] is not null);
        var variables = workload.Env as ListValue ?? ListValue.Empty;
        var given = variables.Values.Any(each => Written.Find(each, "name") is TextValue { Known: { } name } && Credentials.Contains(name)) ? Truth.Yes : variables.IsOpen ? Truth.Unknown : Truth.No;
        var (bound, causes) = workload.ServiceAccount switch
        {
            FactValue { Fact: ServiceAccount account } => (Has(account), Cause.Of(account.IdentityValue).Concat(Cause.Of(account.Associations))),
            NullValue => (Truth.Unknown, [new Cause(UnknownReason.External, "the service account of its pods is not declared here", workload.Place, null)]),
            var other => (Truth.Unknown, Cause.Of(other)),
        };
        return Answer.Of(bound.Or(given).Or(byAgent ? Truth.Unknown : Truth.No), causes.Concat(Cause.Of(workload.Env)));
    }

    /// <summary>Whether a declared service account has a role: by its annotation or by an association.</summary>
    private static Truth Has(ServiceAccount account) => IsWritten(account.IdentityValue).Or(AtLeastOne(account.Associations));

    private static Truth IsWritten(Value value) => value switch
    {
        NullValue => Truth.No,
        UnknownValue { IsNotNull: false } or ChoiceValue => Truth.Unknown,
        _ => Truth.Yes,
    };

    private static Truth AtLeastOne(Value list) => list is ListValue known ? Answer.Has(known, _ => Truth.Yes) : Truth.Unknown;

    private static Value IdentityOf(AddOn addOn, KnownController known)
    {
        var resource = addOn.Resource!;
        var role = resource.Field("service_account_role_arn", "ServiceAccountRoleArn");
        var inside = resource.FieldBlocks(resource.Type.StartsWith("awscc", StringComparison.Ordinal) ? "pod_identity_associations" : "pod_identity_association", "PodIdentityAssociations");
        var outside = Associated(addOn.Cluster, new TextValue(known.Account));
        return Answer.Of(IsWritten(role).Or(AtLeastOne(inside)).Or(outside), Cause.Of(role).Concat(Cause.Of(inside)).Concat(Cause.Of((addOn.Cluster.As<Cluster>()?.Associations ?? addOn.Cluster))));
    }

    /// <summary>Whether a cluster has an association for a service account of a name, in whatever namespace.</summary>
    private static Truth Associated(Value cluster, Value account) => cluster.As<Cluster>()?.Associations is ListValue associations
        ? associations.Each<Association>().Any(each => each.ServiceAccountName.EqualTo(account).And(Answer.Exists(each.Guard))).Or(associations.IsOpen ? Truth.Unknown : Truth.No)
        : Truth.Unknown;

    private static Controller? OfRelease(KnownController known, Deployment release, World world)
    {
        var resource = release.Resource!;
        if (resource.At("chart") is not TextValue { Known: { } chart } written || chart[(chart.LastIndexOf('/') + 1)..] != known.Name)
        {
            return null;
        }

        var values = Charts.Values(resource).ToList();
        var isOpen = Charts.HidesValues(resource) ? Truth.Unknown : Truth.No;
        if (known.CloudValue is { } cloud && (isOpen == Truth.Unknown || values.Exists(each => IsNamed(each.Name, cloud) && each.Value is not TextValue { Known: "aws" })))
        {
            return null;
        }

        var account = values.Find(each => IsNamed(each.Name, "serviceAccount.name")).Value is TextValue { Known: { Length: > 0 } } name ? (Value)name : new TextValue(known.Account);
        var isMade = values.Find(each => IsNamed(each.Name, "serviceAccount.create")).Value is BoolValue { Value: false } or TextValue { Known: "false" } ? Truth.Unknown : Truth.No;
        var given = values.Exists(each => each.Name.Contains("role-arn", StringComparison.Ordinal) || each.Name.Contains("credentials", StringComparison.OrdinalIgnoreCase) || each.Name.Contains("AWS_", StringComparison.Ordinal))
            ? Truth.Yes : Truth.No;
        var declared = world.Facts.All<ServiceAccount>(ServiceAccount.Fields).Where(each => each.Name.EqualTo(account) != Truth.No).Any(each => Has(each));
        var because = new Cause(UnknownReason.Missing, $"the pods of {resource.Address.Path} are not seen", resource.Place, null);
        return Make(
            known,
            resource,
            written,
            release.Cluster,
            Answer.Of(given.Or(isOpen).Or(isMade).Or(declared.And(Truth.Unknown)).Or(Associated(release.Cluster, account)), Cause.Of(release.Cluster).Append(because)),
            values.Exists(each => each.Name.EndsWith("hostNetwork", StringComparison.Ordinal)) ? Answer.Of(Truth.Unknown, because) : Answer.Of(isOpen, because));
    }

    /// <summary>Whether a value of a chart has a name, also inside the values of a chart that wraps it.</summary>
    private static bool IsNamed(string name, string wanted) => name == wanted || name.EndsWith("." + wanted, StringComparison.Ordinal);
}
