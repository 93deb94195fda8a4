using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Rules;

/// <summary>Collects the places of one finding: the place to edit, then the way its value came, outwards.</summary>
internal sealed class Evidence
{
    private readonly Rule _rule;
    private readonly List<RelatedPlace> _related = [];
    private readonly HashSet<Span> _seen = [];

    internal Evidence(Rule rule, Fact fact, Value? anchor)
    {
        _rule = rule;
        var way = anchor is null ? null : WayOf(anchor);
        Primary = ((way?.Place.File is StandIn ? ReadingPlace(anchor) : null) ?? way?.Place ?? ReadingPlace(anchor) ?? (anchor as FactValue)?.Fact.Place ?? fact.Place).Outermost;
        _seen.Add(Primary);
        for (var step = way?.Previous; step is not null; step = step.Previous)
        {
            if (step.Place.File is not StandIn)
            {
                AddPlace(step.Place, Seen(step));
            }
        }

        if (fact.Resource is not { } resource || !Contains(resource.Whole.Outermost, Primary))
        {
            AddPlace(fact.Place, $"{fact.Address} is declared here");
        }
    }

    /// <summary>Where an attribute that is only known after apply is read: it came by no way, but somebody wrote its name.</summary>
    private static Span? ReadingPlace(Value? anchor) =>
        anchor is UnknownValue { Reference: not null, Causes: [{ Reason: UnknownReason.Computed, Place: { } place }, ..] } ? place : null;

    /// <summary>The place to edit, in a file that a user can open.</summary>
    internal Span Primary { get; }

    /// <summary>The other places, each once.</summary>
    internal IReadOnlyList<RelatedPlace> Related => _related;

    /// <summary>Adds where a value is written. A value without a place adds nothing.</summary>
    internal void Add(Value value, string message)
    {
        switch (value)
        {
            case FactValue { Fact: var fact }:
                AddPlace(fact.Place, message);
                break;
            case { } when WayOf(value) is { } way:
                AddPlace(way.Place, message);
                break;
            case ListValue list:
                foreach (var item in list.Values.Take(Cause.Limit).Where(item => item is not ListValue))
                {
                    Add(item, message);
                }

                break;
        }
    }

    /// <summary>Adds the defaults on which the proof rests.</summary>
    internal void Add(IEnumerable<Trace> defaults)
    {
        foreach (var step in defaults)
        {
            AddPlace(step.Place, Seen(step));
        }
    }

    /// <summary>
    /// The defaults of root variables and parameters by which the given values came. A fact is not entered: what else it holds was not read. Of a collection its own way counts
    /// and that of the scalars directly in it, because a condition over it reads them; what is nested deeper counts only when it was read itself.
    /// </summary>
    internal static IReadOnlyList<Trace> Defaults(IEnumerable<Value> values)
    {
        var found = new Dictionary<(string Name, Span Place), Trace>();
        foreach (var value in values)
        {
            Note(value);
            switch (value)
            {
                case ListValue list:
                    foreach (var item in list.Values)
                    {
                        NoteScalar(item);
                    }

                    break;
                case MapValue map:
                    foreach (var entry in map.Entries)
                    {
                        NoteScalar(entry.Value);
                    }

                    break;
                case ChoiceValue choice:
                    foreach (var alternative in choice.Alternatives)
                    {
                        NoteScalar(alternative.Value);
                    }

                    break;
            }
        }

        return [.. found.Values.OrderBy(step => step.Name, StringComparer.Ordinal).ThenBy(step => step.Place.Outermost.File.Path, StringComparer.Ordinal).ThenBy(step => step.Place.Outermost.Start)];

        void NoteScalar(Value value)
        {
            if (value is not (ListValue or MapValue))
            {
                Note(value);
            }
        }

        void Note(Value value)
        {
            for (var step = value.Trace; step is not null; step = step.Previous)
            {
                if (step.Kind == StepKind.RootDefault)
                {
                    found.TryAdd((step.Name, step.Place), step);
                }
            }

            if (value is TextValue text)
            {
                foreach (var part in text.Parts)
                {
                    if (part.Hole is { } hole)
                    {
                        Note(hole);
                    }
                }
            }
        }
    }

    /// <summary>Causes, each once, in an order that does not depend on how they were found; the first ones are enough.</summary>
    internal static IReadOnlyList<Cause> Sorted(IEnumerable<Cause> causes) =>
    [
        .. causes.Distinct()
            .OrderBy(cause => cause.Place?.Outermost.File.Path ?? "", StringComparer.Ordinal)
            .ThenBy(cause => cause.Place?.Outermost.Start ?? 0)
            .ThenBy(cause => cause.Detail, StringComparer.Ordinal)
            .Take(Cause.Limit),
    ];

    /// <summary>
    /// The newest written step of a value's way that a user can open: steps inside the rule file itself are not the user's, and those in the summary of a module count only
    /// when there is no other.
    /// </summary>
    private Trace? WayOf(Value value)
    {
        var step = value.Trace ?? (value as ChoiceValue)?.Alternatives.Select(each => each.Value.Trace).FirstOrDefault(trace => trace is not null);
        while (step is not null && (step.Place.File is null || step.Place.Outermost.File.Path == _rule.File.Path))
        {
            step = step.Previous;
        }

        var own = step;
        while (own?.Place.File is StandIn)
        {
            own = own.Previous;
        }

        return own ?? step;
    }

    private void AddPlace(Span place, string message)
    {
        if (place.File is null || place.Outermost is var outer && outer.File.Path == _rule.File.Path)
        {
            return;
        }

        if (_seen.Add(outer))
        {
            _related.Add(new RelatedPlace(outer, message));
        }
    }

    private static bool Contains(Span whole, Span part) => whole.File == part.File && whole.Start <= part.Start && part.End <= whole.End;

    private static string Seen(Trace step) => step.Kind switch
    {
        StepKind.Literal => "written here",
        StepKind.RootDefault or StepKind.Default => $"default of {step.Name}",
        StepKind.Given => $"{step.Name} is given here",
        StepKind.Argument => $"passed as {step.Name}",
        StepKind.Attribute => $"attribute {step.Reference?.ToString() ?? step.Name}",
        StepKind.Element => $"element {step.Name}",
        StepKind.Computed => $"computed by {step.Name}",
        StepKind.Overlay => $"changed by {step.Name}",
        _ => $"through {step.Name}",
    };
}
