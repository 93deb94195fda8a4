using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Resources;

/// <summary>The input languages.</summary>
public enum Language : byte
{
    /// <summary>Terraform and OpenTofu, native and JSON syntax, plans.</summary>
    Terraform,

    /// <summary>CloudFormation templates, YAML and JSON.</summary>
    CloudFormation,

    /// <summary>Kubernetes manifests.</summary>
    Kubernetes,
}

/// <summary>Words for languages.</summary>
public static class LanguageWords
{
    extension(Language language)
    {
        /// <summary><c>terraform</c>, <c>cloudformation</c> or <c>kubernetes</c>, as rules and reports write it.</summary>
        public string Word => language switch
        {
            Language.Terraform => "terraform",
            Language.CloudFormation => "cloudformation",
            _ => "kubernetes",
        };
    }
}

/// <summary>How many of a declared thing there are.</summary>
public enum Multiplicity : byte
{
    /// <summary>Exactly one, if its guard holds.</summary>
    One,

    /// <summary>A template instance: any number, also none, because the keys or the count are unknown.</summary>
    Any,
}

/// <summary>
/// One evaluated resource, data source, template resource or Kubernetes object, whatever its language. Attributes keep the language's own spelling.
/// </summary>
public sealed class Resource
{
    /// <summary>Unique name.</summary>
    public required Address Address
    {
        get;
        init
        {
            field = value;

            // Everything looks it up, the index of all resources first, on one thread: this one is of many.
            _ = value.GetHashCode();
        }
    }

    /// <summary>The block it is an instance of, one object for all of them; its own address where it is the only one.</summary>
    public Address Block
    {
        get => field ??= Address.Block;
        init;
    }

    /// <summary>
    /// Type in the language's own spelling: <c>aws_iam_role</c>, <c>AWS::IAM::Role</c>; for Kubernetes <c>group/Kind</c> without the version
    /// (<c>apps/Deployment</c>, <c>/ServiceAccount</c>, <c>karpenter.sh/NodePool</c>).
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The name alone: the Terraform label, the logical id, <c>metadata.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The language it is written in.</summary>
    public required Language Language { get; init; }

    /// <summary>True for data sources: they read, they create nothing.</summary>
    public bool IsData { get; init; }

    /// <summary>
    /// The written attributes (Terraform: arguments, and nested blocks as lists of objects; CloudFormation: <c>Properties</c>; Kubernetes: the whole
    /// object). What is not here was not written, unless the map or list is open.
    /// </summary>
    public required MapValue Body { get; init; }

    /// <summary>Header of the declaration: <c>resource "aws_iam_role" "node"</c>, the logical id, the name of the object.</summary>
    public required Span Place { get; init; }

    /// <summary>The whole declaration.</summary>
    public required Span Whole { get; init; }

    /// <summary>When it exists.</summary>
    public Guard Guard { get; init; } = Guard.Always;

    /// <summary>Whether it stands for one or for any number.</summary>
    public Multiplicity Multiplicity { get; init; }

    /// <summary>True if it certainly exists exactly once.</summary>
    public bool IsCertain => Guard.IsAlways && Multiplicity == Multiplicity.One;

    /// <summary>Things that are created before this one, by reference or by <c>depends_on</c>.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; init; } = [];

    /// <summary>
    /// Configuration of the provider that manages it (region, account, project, subscription; for <c>kubernetes</c> providers the host): evaluated
    /// arguments of the provider block; null if there is none.
    /// </summary>
    public MapValue? Provider { get; init; }

    /// <summary>
    /// The module instance, template or manifest set it is declared in: <c>""</c> for a root module, <c>module.eks["a"]</c> for a child. Within <see cref="Address.Scope"/>.
    /// </summary>
    public string Module { get; init; } = "";

    /// <summary>Attributes whose changes are ignored after creation (<c>lifecycle.ignore_changes</c>); <c>*</c> for all.</summary>
    public IReadOnlyList<string> IgnoredChanges { get; init; } = [];

    /// <summary>True where changes of an attribute are ignored, because it or everything is: what is written for it need not be what is there.</summary>
    public bool Ignores(string attribute) => IgnoredChanges.Any(each => each is "*" or "all" || each == attribute);

    /// <summary>Things besides attributes that front ends know: <c>DeletionPolicy</c>, <c>sync-wave</c>, the overlay; null when there are none.</summary>
    public MapValue? Meta { get; init; }

    /// <summary>
    /// Kubernetes: true where all that is applied with it is among the resources and gaps of its scope, because a kustomization builds them, a chart is rendered to them or GitOps delivers
    /// their folder. Manifests of any other folder may be applied one by one, together with others.
    /// </summary>
    public bool IsOfWholeSet { get; init; }

    /// <summary>The same resource with other dependencies.</summary>
    public Resource With(IReadOnlyList<Dependency> dependencies) => new()
    {
        Address = Address,
        Block = Block,
        Type = Type,
        Name = Name,
        Language = Language,
        IsData = IsData,
        Body = Body,
        Place = Place,
        Whole = Whole,
        Guard = Guard,
        Multiplicity = Multiplicity,
        Dependencies = dependencies,
        Provider = Provider,
        Module = Module,
        IgnoredChanges = IgnoredChanges,
        Meta = Meta,
        IsOfWholeSet = IsOfWholeSet,
    };

    /// <summary>
    /// The attribute that a value is, for readers: the written value if there is one (explicit null counts as not written), else null. Whether absence is proven is
    /// told by <see cref="MapValue.IsOpen"/>.
    /// </summary>
    public Value? this[string attribute] => Body[attribute] is { } value and not NullValue ? value : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Address}";
}

/// <summary>An edge of the order in which things are created.</summary>
/// <param name="Target">
/// What must be there before. A whole block (without instance key) stands for all its instances; <c>module.x</c> for everything in the module.
/// </param>
/// <param name="Place">Where the reference is written.</param>
/// <param name="IsExplicit">True for <c>depends_on</c> and <c>DependsOn</c>.</param>
/// <param name="Through">Names passed on the way, in order: <c>local.role</c>, <c>module.iam.role_arn</c>, <c>provider.kubernetes</c>.</param>
public sealed record Dependency(Address Target, Span Place, bool IsExplicit, IReadOnlyList<string> Through);
