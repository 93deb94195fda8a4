using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.CloudFormation;

/// <summary>
/// Computes what is written in a template: functions are replaced by their values, <c>AWS::NoValue</c> removes what it stands for, undecided conditions become guards
/// and choices. Errors are unknowns and problems.
/// </summary>
internal sealed class TemplateEvaluator
{
    /// <summary>What <c>AWS::NoValue</c> is: an entry or element with it is not there.</summary>
    internal static readonly NullValue Removed = new();

    private readonly TemplateScope _scope;
    private readonly TemplateReferences _references;
    private readonly TextFunctions _texts;
    private Guard _assumed = Guard.Always;

    internal TemplateEvaluator(TemplateScope scope)
    {
        _scope = scope;
        _references = new TemplateReferences(scope, this);
        _texts = new TextFunctions(scope, this);
    }

    /// <summary>The value of something written.</summary>
    internal Value Evaluate(Value written) => written switch
    {
        MapValue { Entries: [var only] } map when IsFunction(only.Key) => Call(only, map),
        MapValue map => Map(map),
        ListValue list => List(list),
        NumberValue => Texts.Textual(written),
        TextValue text => _references.Dynamic(text),
        _ => written,
    };

    /// <summary>Evaluates for a resource that exists under a guard; answers what the value depends on, too.</summary>
    internal (Value Value, IReadOnlyList<Dependency> Dependencies) EvaluateFor(Guard guard, Value written)
    {
        var (assumed, sink) = (_assumed, _references.Dependencies);
        try
        {
            (_assumed, _references.Dependencies) = (guard.And(_scope.Rules.Kept) ?? guard, []);
            var value = Evaluate(written);
            return (value, _references.Dependencies);
        }
        finally
        {
            (_assumed, _references.Dependencies) = (assumed, sink);
        }
    }

    /// <summary>Where something is written.</summary>
    internal Span Place(Value written) => written.Trace?.Place ?? _scope.Template.Source.At(0, 0);

    /// <summary>True for the key of a function, also of those that tools have which package templates.</summary>
    internal static bool IsFunction(string key) => key == "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal) || Packaging.IsDirective(key);

    private Value Map(MapValue map)
    {
        map = _scope.Unroll(map);
        var entries = ImmutableArray.CreateBuilder<Entry>(map.Entries.Length);
        List<Cause>? open = null;
        var changed = false;
        foreach (var entry in map.Entries)
        {
            if (Template.IsMaker(entry.Key))
            {
                (open ??= []).Add(new Cause(UnknownReason.Missing, $"{entry.Key} makes entries when the stack is deployed", entry.KeyPlace, null));
                continue;
            }

            var value = Evaluate(entry.Value);
            var (present, guard) = Presence(value);
            changed |= !ReferenceEquals(present, entry.Value) || !guard.IsAlways;
            if (present is not null)
            {
                entries.Add(new Entry(entry.Key, present, guard.And(entry.Guard) ?? guard, entry.KeyPlace));
            }
        }

        if (!changed && open is null)
        {
            return map;
        }

        var because = (map.OpenBecause ?? []).Concat(open ?? []).Take(Cause.Limit).ToImmutableArray();
        return new MapValue(entries.ToImmutable()) { Place = map.Place, OpenBecause = because.IsEmpty ? null : because }.With(map.Trace);
    }

    private Value List(ListValue list)
    {
        var items = ImmutableArray.CreateBuilder<Item>(list.Items.Length);
        var changed = false;
        foreach (var item in list.Items)
        {
            var value = Evaluate(item.Value);
            var (present, guard) = Presence(value);
            changed |= !ReferenceEquals(present, item.Value) || !guard.IsAlways;
            if (present is not null)
            {
                items.Add(new Item(present, guard.And(item.Guard) ?? guard));
            }
        }

        return changed ? new ListValue(items.ToImmutable()).With(list.Trace) : list;
    }

    /// <summary>Splits a value into what it is when it is there, and when that is.</summary>
    private static (Value? Value, Guard Guard) Presence(Value value)
    {
        if (ReferenceEquals(value, Removed))
        {
            return (null, Guard.Always);
        }

        if (value is not ChoiceValue choice || !choice.Alternatives.Any(each => ReferenceEquals(each.Value, Removed)))
        {
            return (value, Guard.Always);
        }

        var there = choice.Alternatives.Where(each => !ReferenceEquals(each.Value, Removed)).ToList();
        return (there is [var only] ? only.Value : ChoiceValue.Of(there), there.Select(each => each.Guard).Aggregate(Guards.Either));
    }

    private Value Call(Entry call, MapValue written)
    {
        var place = Place(written);
        switch (call.Key)
        {
            case "Ref":
                return Texts.Of(Evaluate(call.Value))?.Known is { } name ? _references.Ref(name, place) : Invalid();
            case "Fn::GetAtt":
                return _references.GetAtt(call.Value, place);
            case "Fn::Sub":
                return _texts.Sub(call.Value, place, _references);
            case "Fn::If":
                return If(call.Value, place);
            case "Fn::FindInMap":
                return _references.FindInMap(call.Value, place);
            case "Fn::ImportValue":
                return _references.Import(call.Value, place);
            case "Fn::Join" or "Fn::Split" or "Fn::Select" or "Fn::Base64" or "Fn::Length" or "Fn::ToJsonString" or "Fn::GetAZs" or "Fn::Cidr":
                return _texts.Compute(call.Key, call.Value, place);
            case "Fn::And" or "Fn::Or" or "Fn::Not" or "Fn::Equals":
                var formula = _scope.Formulas.Evaluate(written);
                return formula.Truth == Truth.Unknown
                    ? new UnknownValue([.. formula.WhenTrue.Causes.Take(Cause.Limit)], DataType.Bool)
                    : BoolValue.Of(formula.Truth == Truth.Yes).With(written.Trace);
            case var maker when Template.IsMaker(maker):
                return new UnknownValue(UnknownReason.Missing, $"{maker} makes this when the stack is deployed", place);
            case var directive when Packaging.IsDirective(directive):
                return new UnknownValue(UnknownReason.Missing, $"{directive} is put in when the template is packaged", place);
            default:
                return _scope.Wrong("unknown-function", $"\"{call.Key}\" is not a function.", place);
        }

        UnknownValue Invalid() => _scope.Wrong("invalid-function", $"The argument of \"{call.Key}\" is not a name.", place);
    }

    private Value If(Value arguments, Span place)
    {
        if (arguments is not ListValue { Items: [var condition, var yes, var no] })
        {
            return _scope.Wrong("invalid-function", "\"Fn::If\" takes a condition and two values.", place);
        }

        var formula = Texts.Of(condition.Value)?.Known is { } name
            ? _scope.Formulas.Named(name, Place(condition.Value))
            : _scope.Formulas.Evaluate(condition.Value);
        if (formula.Truth != Truth.Unknown)
        {
            return Evaluate(formula.Truth == Truth.Yes ? yes.Value : no.Value);
        }

        return (_assumed.And(formula.WhenTrue), _assumed.And(formula.WhenFalse)) switch
        {
            (null, _) => Evaluate(no.Value),
            (_, null) => Evaluate(yes.Value),
            var (whenYes, whenNo) => ChoiceValue.Of([new Alternative(formula.WhenTrue, Under(whenYes, yes.Value)), new Alternative(formula.WhenFalse, Under(whenNo, no.Value))]),
        };
    }

    /// <summary>What an undecided value is where something is assumed: the alternatives that may be, the text that it then is.</summary>
    internal Value Assumed(Value value)
    {
        switch (value)
        {
            case ChoiceValue choice when !_assumed.IsAlways:
                var left = choice.Alternatives.Where(each => _assumed.MeetsWith(each.Guard)).ToList();
                return left.Count == 0 || left.Count == choice.Alternatives.Length ? choice : left is [var only] ? only.Value : ChoiceValue.Of(left).With(choice.Trace);
            case UnknownValue { Reference: { } reference } unknown when _assumed.TextOf($"{reference.Target.Scope}|{reference}") is { } text:
                var trace = unknown.Trace ?? (unknown.Causes[0].Place is { } place ? new Trace(StepKind.Literal, "", place) : null);
                return new TextValue(text).With(trace);
            default:
                return value;
        }
    }

    private Value Under(Guard assumed, Value written)
    {
        var before = _assumed;
        _assumed = assumed;
        var value = Evaluate(written);
        _assumed = before;
        return value;
    }
}
