using Analyzer.Facts.Text;

namespace Analyzer.Facts.Values;

/// <summary>How a value travelled by one step.</summary>
public enum StepKind : byte
{
    /// <summary>Written here.</summary>
    Literal,

    /// <summary>The default of a variable of a root module, or of a template's parameter: a caller may override it.</summary>
    RootDefault,

    /// <summary>The default of a child module's variable, final because the call is seen.</summary>
    Default,

    /// <summary>Given by a variable file, a parameter file or the command line.</summary>
    Given,

    /// <summary>Passed as an argument of a module, nested stack or chart.</summary>
    Argument,

    /// <summary>Through a local, mapping or anchor.</summary>
    Local,

    /// <summary>Through an output.</summary>
    Output,

    /// <summary>An element of <c>for_each</c>, <c>dynamic</c> or a <c>for</c> expression.</summary>
    Element,

    /// <summary>An attribute of a resource was read; <see cref="Trace.Reference"/> says which.</summary>
    Attribute,

    /// <summary>Computed by a function or operator from what follows.</summary>
    Computed,

    /// <summary>A kustomization, patch or overlay changed it.</summary>
    Overlay,
}

/// <summary>
/// The way a value came: newest step first. A trace is evidence (places to show) and identity (attributes the value is).
/// </summary>
public sealed class Trace
{
    /// <summary>Makes a step in front of an older way.</summary>
    public Trace(StepKind kind, string name, Span place, Trace? previous = null, Reference? reference = null)
    {
        Kind = kind;
        Name = name;
        Place = place;
        Previous = previous;
        Reference = reference;
    }

    /// <summary>What happened in this step.</summary>
    public StepKind Kind { get; }

    /// <summary>What it went through, as the user wrote it: <c>var.role_name</c>, <c>local.policies</c>, <c>module.iam.role_arn</c>.</summary>
    public string Name { get; }

    /// <summary>Where the step is written.</summary>
    public Span Place { get; }

    /// <summary>The step before, null for the first.</summary>
    public Trace? Previous { get; }

    /// <summary>The attribute the value is since this step, if it is one.</summary>
    public Reference? Reference { get; }

    /// <summary>All steps, newest first.</summary>
    public IEnumerable<Trace> Steps
    {
        get
        {
            for (var step = this; step is not null; step = step.Previous)
            {
                yield return step;
            }
        }
    }

    /// <summary>The step in which the value was written down: the oldest.</summary>
    public Trace Source
    {
        get
        {
            var step = this;
            while (step.Previous is not null)
            {
                step = step.Previous;
            }

            return step;
        }
    }

    /// <summary>The step in which it became what it is: the newest that wrote it down or computed it. Older ones led to parts of it.</summary>
    public Trace Made => Steps.FirstOrDefault(static step => step.Kind is StepKind.Literal or StepKind.Computed) ?? Source;

    /// <summary>True if the value came by the default of a variable of a root module or of a parameter: a caller may give another.</summary>
    public bool IsByDefault => Steps.Any(static step => step.Kind == StepKind.RootDefault);

    /// <summary>The same steps in front of an older way; just these where they lead to it already.</summary>
    public Trace Over(Trace? older) => older is null || Steps.Contains(older) ? this : new Trace(Kind, Name, Place, Previous?.Over(older) ?? older, Reference);
}
