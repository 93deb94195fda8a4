using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws;

/// <summary>AWS resources of both languages under one name per attribute.</summary>
internal static class AwsResources
{
    extension(Resource resource)
    {
        /// <summary>The attribute with its Terraform path or its CloudFormation path.</summary>
        internal Value Field(string terraform, string cfn) => resource.At(resource.Language == Language.CloudFormation ? cfn : terraform);

        /// <summary>The block or object at the Terraform or CloudFormation path, of those that may stand once.</summary>
        internal Value FieldBlock(string terraform, string cfn) => resource.Block(resource.Language == Language.CloudFormation ? cfn : terraform);

        /// <summary>The blocks or objects at the Terraform or CloudFormation name below a value.</summary>
        internal ListValue FieldBlocks(string terraform, string cfn) =>
            Written.Blocks(resource.Body, resource.Language == Language.CloudFormation ? cfn : terraform);

        /// <summary>
        /// When one of it exists: a template instance may stand for none, so it is guarded by a predicate of its own.
        /// </summary>
        internal Guard Existence => resource.Multiplicity == Multiplicity.One
            ? resource.Guard
            : resource.Guard.And(Guard.When(
                $"{resource.Address.Scope}|{resource.Address.Path} exists", true, $"any {resource.Address.Path}",
                new Cause(UnknownReason.NoValue, $"how many {resource.Address.Path} there are is not known", resource.Place, null))) ?? resource.Guard;
    }

    /// <summary>The region a resource is in: its own attribute, else that of its provider; unknown where neither is written.</summary>
    internal static Value RegionOf(Resource resource) =>
        resource.Language == Language.Terraform && resource.At("region") is var own and not NullValue ? own
        : resource.Provider?["region"] is { } region and not NullValue ? region
        : new UnknownValue(UnknownReason.NoValue, $"the region of {resource.Address.Path} is not written", resource.Place, type: DataType.Text);

    /// <summary>A whole number, also one that is written as text.</summary>
    internal static Value Number(Value written) => written is TextValue { Known: { } text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? NumberValue.Of(number).With(written.Trace)
        : written;

    /// <summary>The last part of an ARN or path; for text with holes, of its literal end; null when that is a hole.</summary>
    internal static string? LastPart(TextValue text) =>
        text.Suffix.LastIndexOfAny(['/', ':']) is >= 0 and var at && at + 1 < text.Suffix.Length ? text.Suffix[(at + 1)..] : text.Known;

    /// <summary>
    /// Why something unseen may touch a resource with resources of some types: what is told of it, and that of which nobody knows what it is told. A name of three letters stands in
    /// too many texts to tell anything.
    /// </summary>
    internal static IEnumerable<Cause> Unseen(World world, Resource resource, Value name, IEnumerable<string> types) =>
        world.Unseen(resource, name is TextValue { Known: { Length: > 3 } known } ? known : null, types);
}
