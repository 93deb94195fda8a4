using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The instances of a <c>resource</c>, <c>data</c> or <c>ephemeral</c> block.</summary>
internal sealed class ResourceSet(ModuleInstance module, Declaration declaration)
    : InstanceSet(module, declaration, module.AddressOf(declaration.LocalName))
{
    private readonly Dictionary<string, ResourceInstance> _instances = new(StringComparer.Ordinal);

    /// <summary>The attributes that others see: those that are configured, and those that can be computed of them.</summary>
    internal ImmutableArray<string> Names => field.IsDefault ? field = AllNames() : field;

    /// <summary>The instance of a key.</summary>
    internal ResourceInstance this[InstanceKey key]
    {
        get
        {
            if (!_instances.TryGetValue(key.Suffix, out var instance))
            {
                _instances.Add(key.Suffix, instance = new ResourceInstance(this, key));
            }

            return instance;
        }
    }

    protected override Value Whole(InstanceKey key, Span place) => this[key].Whole(place);

    protected override Value Steps(InstanceKey key, ReadOnlySpan<Expression> steps, int at, Span place, out int taken)
    {
        var instance = this[key];
        if (at >= steps.Length || AttributeName(steps[at]) is not { } name)
        {
            taken = at;
            return instance.Whole(place);
        }

        taken = at + 1;
        if (instance.Read(name, place.To(steps[at].Place)) is { } configured)
        {
            return configured;
        }

        var path = PathOf(steps, at, out taken);
        return instance.Computed(path.TrimStart('.'), place.To(steps[taken - 1].Place));
    }

    private ImmutableArray<string> AllNames() =>
    [
        .. Declaration.Attributes.Select(attribute => attribute.Name).Concat(Declaration.Blocks.Select(Declaration.NestedType)).Where(name => !MetaArguments.Contains(name))
            .Concat(ComputedAttributes.NamesOf(Declaration)).Distinct(StringComparer.Ordinal),
    ];

    private static string? AttributeName(Expression step) =>
        step.Kind == NodeKind.GetAttribute ? step.Name : step.Kind == NodeKind.Index ? StaticText.Of(step[1]) : null;
}
