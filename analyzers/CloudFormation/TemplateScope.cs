using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Everything that names mean while one template is evaluated in one place.</summary>
internal sealed class TemplateScope
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly Loops _loops;
    private MapValue? _conditions;
    private MapValue? _resources;
    private MapValue? _outputs;
    private Guard? _exists;

    /// <summary>The scope of a template that is deployed by itself.</summary>
    internal TemplateScope(Template template, TemplateSet set)
        : this(template, set, new Placement { Root = template.Path, Stack = set.StackOf(template.Path) })
    {
    }

    /// <summary>The scope of a template wherever it is deployed.</summary>
    internal TemplateScope(Template template, TemplateSet set, Placement placement)
    {
        Template = template;
        Set = set;
        Placement = placement;
        Parameters = new TemplateParameters(this);
        Formulas = new TemplateConditions(this);
        Rules = new TemplateRules(this);
        Evaluator = new TemplateEvaluator(this);
        Nested = new NestedStacks(this);
        _loops = new Loops(this);
    }

    internal Template Template { get; }

    /// <summary>All templates.</summary>
    internal TemplateSet Set { get; }

    /// <summary>Where it is deployed.</summary>
    internal Placement Placement { get; }

    /// <summary>The scope of the template that is deployed by itself and, through others, deploys this one.</summary>
    internal TemplateScope Outermost => Placement.Outer is { } outer ? outer.Outermost : this;

    internal TemplateParameters Parameters { get; }

    /// <summary>The conditions as formulas.</summary>
    internal TemplateConditions Formulas { get; }

    internal TemplateRules Rules { get; }

    internal TemplateEvaluator Evaluator { get; }

    internal NestedStacks Nested { get; }

    /// <summary>What stands before the names of everything in it: <c>Network.</c> in the nested stack of that name.</summary>
    internal string Prefix => Placement.Prefix;

    /// <summary>Identity of the scope, for predicates.</summary>
    internal string Id => Prefix.Length == 0 ? Placement.Root : $"{Placement.Root}|{Prefix}";

    /// <summary>The conditions as written, loops unrolled.</summary>
    internal MapValue Conditions => Unrolled(ref _conditions, Template.Conditions);

    /// <summary>The resources as written, loops unrolled.</summary>
    internal MapValue Resources => Unrolled(ref _resources, Template.Resources);

    /// <summary>The outputs as written, loops unrolled.</summary>
    internal MapValue Outputs => Unrolled(ref _outputs, Template.Outputs);

    /// <summary>A map in which loops stand, unrolled.</summary>
    internal MapValue Unroll(MapValue written) => _loops.Unroll(written);

    /// <summary>When everything in it exists at all: where it is deployed, under the condition that is taken for decided.</summary>
    internal Guard Exists
    {
        get
        {
            if (_exists is null)
            {
                _exists = Placement.Exists;
                if (Placement.Outer is null && Set.AssumedIn(Template.Path) is { } assumed && Conditions.Find(assumed.Name) is { KeyPlace: { } place }
                    && Formulas.Named(assumed.Name, place) is { Truth: Truth.Unknown } formula)
                {
                    _exists = assumed.Holds ? formula.WhenTrue : formula.WhenFalse;
                }
            }

            return _exists;
        }
    }

    private MapValue Unrolled(ref MapValue? section, MapValue written)
    {
        if (section is null)
        {
            // What a loop goes through may name things of its own section: it is asked as it is written.
            section = written;
            section = _loops.Unroll(written);
        }

        return section;
    }

    /// <summary>The address of something in this template.</summary>
    internal Address Address(string path) => new(Placement.Root, Prefix + path);

    /// <summary>Notes a problem.</summary>
    internal void Report(string code, string message, Span place, ProblemSeverity severity = ProblemSeverity.Incomplete) => Set.Problems.Add(new Problem(code, message, place, severity));

    /// <summary>Notes a problem; the unknown that stands for what is wrong.</summary>
    internal UnknownValue Wrong(string code, string message, Span place)
    {
        Report(code, message, place);
        return new UnknownValue(code.StartsWith("circular", StringComparison.Ordinal) ? UnknownReason.Cycle : UnknownReason.Error, message.TrimEnd('.'), place);
    }

    /// <summary>The unknown for what only the running account knows.</summary>
    internal UnknownValue Unseen(string detail, Span place) => new(UnknownReason.External, detail, place, new Reference(Address(Template.Path), detail));

    /// <summary>
    /// The unknown for a name that the template does not declare: a problem, unless a transform or a loop may make it.
    /// </summary>
    internal UnknownValue Undeclared(string what, string name, Span place) => Template.MakesNames || Resources.IsOpen || Conditions.IsOpen
        ? new UnknownValue(UnknownReason.Missing, $"{what} \"{name}\" is made by a transform", place, new Reference(Address(name), ""))
        : Wrong("reference-to-nothing", $"The template has no {what} \"{name}\".", place);

    /// <summary>What an output of the template is; null if it has none of that name.</summary>
    internal Value? Output(string name)
    {
        if (Outputs.Find(name) is not { Value: MapValue output } entry || output["Value"] is not { } written)
        {
            return null;
        }

        if (!_busy.Add(name))
        {
            return Wrong("circular-dependency", $"The output \"{name}\" depends on itself.", Evaluator.Place(written));
        }

        try
        {
            return Evaluator.EvaluateFor(Exists.And(entry.Guard) ?? entry.Guard, written).Value;
        }
        finally
        {
            _busy.Remove(name);
        }
    }

    /// <summary>When something with a condition exists, wherever the template does.</summary>
    internal Formula Existence(MapValue written)
    {
        var formula = written.Find("Condition") is not { } found ? Formula.Of(true)
            : Texts.Of(found.Value)?.Known is { } name ? Formulas.Named(name, Evaluator.Place(found.Value))
            : Formulas.Evaluate(found.Value);
        return formula.Truth == Truth.No ? formula : Exists.And(formula.WhenTrue) is { } guard ? formula with { WhenTrue = guard } : Formula.Of(false);
    }

    /// <summary>The texts that a parameter may have, whatever template it is of; null where it may have others, and for what is no parameter.</summary>
    internal IReadOnlyList<string>? DomainOf(Reference reference)
    {
        for (var scope = this; scope is not null; scope = scope.Placement.Outer)
        {
            if (reference.Attribute.Length == 0 && reference.Target.Scope == scope.Placement.Root && reference.Target.Path.StartsWith(scope.Prefix + TemplateParameters.Section, StringComparison.Ordinal))
            {
                return scope.Parameters.AllowedValues(reference.Target.Path[(scope.Prefix.Length + TemplateParameters.Section.Length)..]);
            }
        }

        return null;
    }
}

/// <summary>Where a template is deployed: by itself, or by a resource of another.</summary>
internal sealed record Placement
{
    /// <summary>The <see cref="Address.Scope"/> of everything in it.</summary>
    internal required string Root { get; init; }

    /// <summary>What stands before the names of everything in it.</summary>
    internal string Prefix { get; init; } = "";

    /// <summary>The template with the resource that deploys it; null for one that is deployed by itself.</summary>
    internal TemplateScope? Outer { get; init; }

    /// <summary>When it is deployed.</summary>
    internal Guard Exists { get; init; } = Guard.Always;

    /// <summary>True if it is deployed to accounts and regions that nobody tells, any number of them.</summary>
    internal bool IsSet { get; init; }

    /// <summary>What is told of the stack, if it is deployed by itself.</summary>
    internal StackFacts? Stack { get; init; }

    /// <summary>The parameters that the resource around it gives; null for a template that is deployed by itself.</summary>
    internal GivenParameters? Given { get; init; }
}

/// <summary>Parameters that a resource gives to the template that it deploys.</summary>
/// <param name="Written">The entries as written, by name.</param>
/// <param name="Open">Why there may be others; null for no others.</param>
internal sealed record GivenParameters(MapValue Written, UnknownValue? Open);
