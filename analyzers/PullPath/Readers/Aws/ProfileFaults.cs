using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>What is wrong with the way the instances of a pool get their role, from the pool over its template to the instance profile.</summary>
internal sealed class ProfileFaults : IReader
{
    private static readonly string[] Roles = ["aws_iam_role", "AWS::IAM::Role"];
    private static readonly string[] Profiles = ["aws_iam_instance_profile", "AWS::IAM::InstanceProfile"];
    private static readonly string[] Selectors = ["subnetSelectorTerms", "securityGroupSelectorTerms"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            pool.ProfileFault = pool.Kind switch
            {
                "eks-self-managed" => OfSelfManaged(pool, world),
                "eks-capi" or "capi-aws" => OfClusterApi(pool, world),
                "eks-managed" => OfManaged(pool),
                "karpenter" => OfClass(pool),
                _ => NullValue.Instance,
            };
        }
    }

    /// <summary>EKS makes the instance profile of a managed group itself, and chooses its subnets.</summary>
    private static Value OfManaged(NodePool pool)
    {
        if (pool.Template.As<LaunchTemplate>() is not { } template)
        {
            return pool.Template is NullValue ? pool.Template : UnknownValue.From(DataType.Text, pool.Template);
        }

        return template.InstanceProfile is TextValue or UnknownValue { IsNotNull: true } or UnknownValue { Reference: not null }
            ? Fault($"{template.Address.Path} names an instance profile, which a managed node group does not take", template.InstanceProfile, template.Place)
            : template.Subnet is TextValue or UnknownValue { Reference: not null }
                ? Fault($"{template.Address.Path} names a subnet, which a managed node group does not take", template.Subnet, template.Place)
                : template.InstanceProfile is NullValue && template.Subnet is NullValue ? NullValue.Instance
                : UnknownValue.From(DataType.Text, template.InstanceProfile, template.Subnet);
    }

    private static Value OfSelfManaged(NodePool pool, World world)
    {
        if (pool.Template.As<LaunchTemplate>() is not { } template)
        {
            return UnknownValue.From(DataType.Text, pool.Template);
        }

        var written = template.InstanceProfile;
        if (written is NullValue)
        {
            return Fault($"{template.Address.Path} names no instance profile", written, template.Place);
        }

        foreach (var target in world.Inventory.Referents(written))
        {
            if (Roles.Contains(target.Type) && !target.IsData)
            {
                return OfRole(written, target, template, world);
            }

            if (Profiles.Contains(target.Type) && !target.IsData)
            {
                return OfProfile(target);
            }
        }

        return written is TextValue { Known: not null } ? NullValue.Instance : UnknownValue.From(DataType.Text, written);
    }

    /// <summary>
    /// A node class of Karpenter names a role or an instance profile; its definition refuses both, and none. What may be patched, or is a patch itself, may still get one.
    /// </summary>
    private static Value OfClass(NodePool pool)
    {
        var spec = Written.Find(KubernetesObject.Of(pool.Resource!)!.Body, "spec");
        var (role, profile) = (Written.Find(spec, "role"), Written.Find(spec, "instanceProfile"));
        return (role, profile) switch
        {
            (NullValue, NullValue) => pool.Resource is { Language: Language.Terraform } or { IsOfWholeSet: true } && Array.TrueForAll(Selectors, name => Written.Find(spec, name) is ListValue)
                ? Fault("it names neither a role nor an instance profile", role, pool.Place)
                : new UnknownValue(UnknownReason.OpenWorld, $"something may give {pool.Address.Path} a role where it is applied", pool.Place, type: DataType.Text),
            (NullValue, _) or (_, NullValue) => NullValue.Instance,
            _ when HasLetters(role) && HasLetters(profile) => Fault("it names a role and an instance profile, of which it may name one", profile, pool.Place),
            _ => UnknownValue.From(DataType.Text, role, profile),
        };

        static bool HasLetters(Value value) => value is TextValue text && text.Prefix.Length + text.Suffix.Length > 0;
    }

    /// <summary>
    /// Machines of Cluster API name their profile by text. One that is called like a role that is declared here, and like no profile, is taken for the role.
    /// </summary>
    private static Value OfClusterApi(NodePool pool, World world)
    {
        if (pool.Template.As<LaunchTemplate>() is not { InstanceProfile: TextValue { Known: { } name } written } template)
        {
            return UnknownValue.From(DataType.Text, pool.Template.As<LaunchTemplate>()?.InstanceProfile ?? pool.Template);
        }

        if (world.Managed(Profiles).Where(profile => profile.Field("name", "InstanceProfileName").EqualTo(written) == Truth.Yes).Take(2).ToList() is [var declared])
        {
            return OfProfile(declared);
        }

        if (world.Managed(Roles).FirstOrDefault(role => role.Field("name", "RoleName").EqualTo(written) == Truth.Yes && role.IsCertain) is not { } role)
        {
            return NullValue.Instance;
        }

        // Profiles whose names nobody knows, and what is not seen, may be called like it.
        var doubts = world.Managed(Profiles).Where(profile => profile.Field("name", "InstanceProfileName") is var other && other is not NullValue && other.EqualTo(written) != Truth.No)
            .Select(profile => new Cause(UnknownReason.Ambiguous, $"{profile.Address.Path} may be called {name}", profile.Place, null))
            .Concat(AwsResources.Unseen(world, role, written, Profiles)).Take(Cause.Limit).ToList();
        return doubts.Count > 0 ? new UnknownValue([.. doubts]) : Fault($"{written} is the role {role.Address.Path}, and no instance profile has that name", written, template.Place);
    }

    /// <summary>The ARN of a role names no instance profile; the name of a role only one that is called like it.</summary>
    private static Value OfRole(Value written, Resource role, LaunchTemplate template, World world)
    {
        var isArn = written.References.Any(reference => reference.Target.Block == role.Block && reference.Attribute is "arn" or "Arn");
        var isNamesake = world.Managed(Profiles).Any(profile => profile.Field("name", "InstanceProfileName") is var name && (name is NullValue ? false : name.EqualTo(written) != Truth.No));
        return isArn || !isNamesake
            ? Fault($"{template.Address.Path} names the role {role.Address.Path} where an instance profile belongs", written, template.Place)
            : NullValue.Instance;
    }

    private static Value OfProfile(Resource profile)
    {
        var role = profile.Field("role", "Roles") is ListValue { Items: [var only], IsOpen: false } ? only.Value : profile.Field("role", "Roles");
        return role switch
        {
            NullValue when profile.Language == Language.Terraform && profile.At("roles") is NullValue => Fault($"{profile.Address.Path} has no role", role, profile.Place),
            TextValue text when text.Prefix.StartsWith("arn:", StringComparison.Ordinal) => ByArn(),
            UnknownValue { Reference: { Attribute: "arn" or "Arn" } } => ByArn(),
            UnknownValue { Reference: null } => UnknownValue.From(DataType.Text, role),
            _ => NullValue.Instance,
        };

        Value ByArn() => Fault($"{profile.Address.Path} gives the ARN of the role where its name belongs", role, profile.Place);
    }

    /// <summary>A phrase, with the place to edit.</summary>
    private static Value Fault(string phrase, Value written, Span otherwise) =>
        new TextValue(phrase).With(written.Trace ?? new Trace(StepKind.Literal, phrase, written is UnknownValue { Causes: [{ Place: { } place }, ..] } ? place : otherwise));
}
