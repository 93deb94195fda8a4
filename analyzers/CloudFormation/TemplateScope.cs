using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Everything that names mean while one template is evaluated.</summary>
internal sealed class TemplateScope
{
    private readonly ProblemLog _problems;

    internal TemplateScope(Template template, LoadOptions options, Exports exports, ProblemLog problems)
    {
        _problems = problems;
        Template = template;
        Exports = exports;
        Parameters = new TemplateParameters(this, options);
        Conditions = new TemplateConditions(this);
        Evaluator = new TemplateEvaluator(this);
    }

    internal Template Template { get; }

    internal Exports Exports { get; }

    internal TemplateParameters Parameters { get; }

    internal TemplateConditions Conditions { get; }

    internal TemplateEvaluator Evaluator { get; }

    /// <summary>The address of something in this template.</summary>
    internal Address Address(string path) => new(Template.Path, path);

    /// <summary>Notes a problem.</summary>
    internal void Report(string code, string message, Span place) => _problems.Add(new Problem(code, message, place));

    /// <summary>Notes a problem; the unknown that stands for what is wrong.</summary>
    internal UnknownValue Wrong(string code, string message, Span place)
    {
        Report(code, message, place);
        return new UnknownValue(code.StartsWith("circular", StringComparison.Ordinal) ? UnknownReason.Cycle : UnknownReason.Error, message.TrimEnd('.'), place);
    }

    /// <summary>
    /// The unknown for a name that the template does not declare: a problem, unless a transform or a loop may make it.
    /// </summary>
    internal UnknownValue Undeclared(string what, string name, Span place) => Template.MakesNames
        ? new UnknownValue(UnknownReason.Missing, $"{what} \"{name}\" is made by a transform", place, new Reference(Address(name), ""))
        : Wrong("reference-to-nothing", $"The template has no {what} \"{name}\".", place);

    /// <summary>
    /// A guard that says which of several texts a value is; each excludes the others.
    /// </summary>
    internal Guard Is(string subject, IReadOnlyList<string> all, int chosen, params System.Collections.Immutable.ImmutableArray<Cause> causes)
    {
        var guard = Guard.Always;
        for (var at = 0; at < all.Count; at++)
        {
            guard = guard.And(Is(subject, all[at], at == chosen, causes)) ?? guard;
        }

        return guard;
    }

    /// <summary>A guard that says that a value is a text, or is not.</summary>
    internal Guard Is(string subject, string literal, bool taken, params System.Collections.Immutable.ImmutableArray<Cause> causes) =>
        Guard.When($"{Template.Path}|{subject} == \"{literal}\"", taken, $"{subject} == \"{literal}\"", causes);
}
