using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <content>Templates: text with holes for what is not known.</content>
public sealed partial class Evaluator
{
    private const int PartLimit = 64;
    private const int CombinationLimit = 16;

    private Value Template(Expression expression, Frame? frame)
    {
        if (expression.Children.Count == 1 && expression[0] is { Kind: NodeKind.TemplateText } only)
        {
            // As nearly all texts are.
            var literal = new TextValue(Composition.Of(only.Name)) { Written = expression.Place };
            return _budget.Write(literal.LiteralLength) ? literal : Limit(expression);
        }

        var parts = new List<Value>();
        var isLiteral = true;
        foreach (var child in expression.Children)
        {
            if (child.Kind == NodeKind.TemplateText)
            {
                parts.Add(new TextValue(Composition.Of(child.Name)));
            }
            else
            {
                isLiteral = false;
                parts.Add(Evaluate(child, frame));
            }
        }

        var text = Joined(parts, expression);
        if (isLiteral)
        {
            return Written(text, expression);
        }

        var way = parts.Find(part => part.Trace is not null)?.Trace;
        return text is UnknownValue ? text : text.With(new Trace(StepKind.Computed, "", expression.Place, way));
    }

    private Value TemplateIf(Expression expression, Frame? frame)
    {
        var condition = Evaluate(expression[0], frame);
        var predicate = Predicates.Of(condition, expression[0], scope, frame);
        if (predicate.Error is { } error)
        {
            return error;
        }

        var chosen = predicate.Truth switch
        {
            Truth.Yes => Evaluate(expression[1], frame),
            Truth.No => Otherwise(),
            _ => ChoiceValue.Of([new Alternative(predicate.Holds, Evaluate(expression[1], frame)), new Alternative(predicate.Fails, Otherwise())]),
        };
        return condition.MayFail ? chosen.WithMayFail(true) : chosen;

        Value Otherwise() => expression.Has(NodeFlags.HasElse) ? Evaluate(expression[2], frame) : new TextValue("");
    }

    private Value TemplateFor(Expression expression, Frame? frame)
    {
        var loop = Loop.Of(expression);
        var collection = Evaluate(loop.Source, frame);
        var repeated = Repeated(collection);
        return collection.MayFail ? repeated.WithMayFail(true) : repeated;

        Value Repeated(Value source)
        {
            switch (source)
            {
                case ChoiceValue choice:
                    return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Repeated(each.Value) }));
                case UnknownValue unknown:
                    return UnknownValue.From(DataType.Text, unknown);
            }

            if (source is ListValue { IsUnordered: true } or ListValue { IsOpen: true } or MapValue { IsOpen: true })
            {
                // What was not seen may stand anywhere.
                return UnknownValue.From(DataType.Text, source);
            }

            if (Rounds(source, loop, out _) is not { } rounds)
            {
                return NotIterable(source, loop);
            }

            var parts = new List<Value>();
            foreach (var round in rounds)
            {
                if (!_budget.Produce())
                {
                    return Limit(expression);
                }

                var text = Evaluate(loop.Body, loop.Bind(round, frame));
                if (!round.Guard.IsAlways)
                {
                    var (holds, fails) = Guards.Split(round.Guard);
                    text = ChoiceValue.Of([new Alternative(holds, text), new Alternative(fails, new TextValue(""))]);
                }

                parts.Add(text);
            }

            return Joined(parts, expression);
        }
    }

    /// <summary>
    /// The parts in one text: for each combination of alternatives if there are few, else with holes where they stand. A part that has no text makes the whole an error that still
    /// knows how it begins.
    /// </summary>
    private Value Joined(List<Value> parts, Expression expression)
    {
        var texts = ImmutableArray.CreateBuilder<Value>(parts.Count);
        var combinations = 1;
        var sensitive = false;
        var mayFail = false;
        foreach (var part in parts)
        {
            var text = Placed(Conversion.ToText(part), expression.Place);
            sensitive |= part.IsSensitive;
            mayFail |= text.MayFail;
            combinations = text is ChoiceValue choice ? Math.Min(combinations * choice.Alternatives.Length, CombinationLimit + 1) : combinations;
            texts.Add(text);
        }

        var joined = combinations is > 1 and <= CombinationLimit ? Combined(texts.DrainToImmutable(), expression) : Concatenated(texts.DrainToImmutable(), expression);
        return joined.WithSensitive(sensitive || joined.IsSensitive).WithMayFail(mayFail || joined.MayFail);
    }

    private Value Combined(ImmutableArray<Value> texts, Expression expression) => Alternatives.Map(texts, _ => true, DataType.Text, each => Concatenated(each, expression));

    private Value Concatenated(ImmutableArray<Value> texts, Expression expression)
    {
        var length = 0L;
        var isError = false;
        foreach (var text in texts)
        {
            isError |= Conversion.IsError(text);
            length += text is TextValue written ? written.LiteralLength : 0;
        }

        if (!_budget.Write(length))
        {
            return Limit(expression);
        }

        var joined = texts is [TextValue single] ? single : TextValue.Of(texts.Select(text => new TextPart(text)));
        joined = joined.Known is { } whole && Composition.Of(whole) is var composed && !ReferenceEquals(composed, whole) ? new TextValue(composed) : joined;
        if (isError)
        {
            return new UnknownValue(UnknownValue.From(null, texts.Where(Conversion.IsError)).Causes, DataType.Text) { Prefix = joined.Prefix };
        }

        return joined.Known is not null || joined.Parts.Length <= PartLimit ? joined : Shortened(joined);
    }

    /// <summary>One hole for the middle of a text with very many.</summary>
    private static TextValue Shortened(TextValue text)
    {
        var middle = text.Parts[(PartLimit / 2)..^(PartLimit / 2)];
        var hole = UnknownValue.From(DataType.Text, middle.Where(part => part.Hole is not null).Select(part => part.Hole!));
        return TextValue.Of([.. text.Parts[..(PartLimit / 2)], new TextPart(hole), .. text.Parts[^(PartLimit / 2)..]]);
    }
}
