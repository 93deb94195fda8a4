using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Evaluation;

/// <summary>
/// Computes expressions, three-valued: an undecided condition gives a choice under guards, an unknown in a text is a hole, and what was written knows its place. Errors are
/// values: an <see cref="UnknownValue"/> with <see cref="UnknownReason.Error"/>; nothing throws.
/// </summary>
/// <param name="scope">What names mean.</param>
/// <param name="budget">What it may cost; share one between the evaluators of a root. Null: a new one.</param>
public sealed partial class Evaluator(IScope scope, Budget? budget = null)
{
    private const string SplatName = "*";

    private readonly Budget _budget = budget ?? new Budget();

    /// <summary>What the evaluation may still cost.</summary>
    public Budget Budget => _budget;

    /// <summary>Evaluates an expression.</summary>
    public Value Evaluate(Expression expression) => Evaluate(expression, null);

    private Value Evaluate(Expression expression, Frame? frame)
    {
        if (!_budget.Enter())
        {
            return Limit(expression);
        }

        var value = expression.Kind switch
        {
            NodeKind.Number or NodeKind.True or NodeKind.False or NodeKind.Null or NodeKind.TemplateText => Literal(expression),
            NodeKind.Variable or NodeKind.GetAttribute or NodeKind.Index => Traversal(expression, frame),
            NodeKind.SplatItem => Frame.Find(frame, SplatName) ?? Error("a splat's element stands outside of a splat", expression.Place),
            NodeKind.Splat => Splat(expression, frame),
            NodeKind.Unary => Unary(expression, frame),
            NodeKind.Binary => Binary(expression, frame),
            NodeKind.Conditional => Conditional(expression, frame),
            NodeKind.Call => Call(expression, frame),
            NodeKind.Tuple => Tuple(expression, frame),
            NodeKind.Object => Object(expression, frame),
            NodeKind.ForTuple or NodeKind.ForObject => Comprehension(expression, frame),
            NodeKind.Parentheses or NodeKind.TemplateWrap => Evaluate(expression[0], frame),
            NodeKind.Template => Template(expression, frame),
            NodeKind.TemplateIf => TemplateIf(expression, frame),
            NodeKind.TemplateFor => TemplateFor(expression, frame),
            _ => Error("the expression is not valid", expression.Place),
        };
        _budget.Leave();
        return value;
    }

    private static Value Literal(Expression expression) => expression.Kind switch
    {
        NodeKind.True => BoolValue.True.WrittenAt(expression.Place),
        NodeKind.False => BoolValue.False.WrittenAt(expression.Place),
        NodeKind.Null => NullValue.Instance.WrittenAt(expression.Place),
        NodeKind.TemplateText => new TextValue(Composition.Of(expression.Name)) { Written = expression.Place },
        _ => Number.TryParse(expression.Name, out var number) ? new NumberValue(number) { Written = expression.Place } : Error("the number is too large", expression.Place),
    };

    // Apart from Evaluate, which would make the closure of every expression.
    private Value Splat(Expression expression, Frame? frame) => Access.Splat(Evaluate(expression[0], frame), item => Evaluate(expression[1], new Frame(SplatName, item, frame)));

    private Value Traversal(Expression expression, Frame? frame)
    {
        var steps = expression.Steps(out var root);
        var taken = 0;
        Value value;
        if (root.Kind != NodeKind.Variable)
        {
            value = Evaluate(root, frame);
        }
        else if (Frame.Find(frame, root.Name) is { } bound)
        {
            value = bound;
        }
        else
        {
            value = scope.Resolve(root, steps, out taken) ?? Error($"\"{root.Name}\" is not declared here", expression.Place);
        }

        for (; taken < steps.Length; taken++)
        {
            value = _budget.Step() ? Step(value, steps[taken], frame) : Limit(expression);
            if (taken == steps.Length - 1 || value is not (ListValue or MapValue))
            {
                scope.Seen(value);
            }
        }

        return value;
    }

    private Value Step(Value value, Expression step, Frame? frame)
    {
        var result = step.Kind == NodeKind.GetAttribute
            ? Access.Attribute(value, step.Name, step.Place)
            : Access.Index(value, Evaluate(step[1], frame), step.Place);
        if (value is FactValue || (value is ChoiceValue choice && choice.Alternatives.Any(each => each.Value is FactValue)))
        {
            scope.Seen(result);
        }

        return result;
    }

    private Value Unary(Expression expression, Frame? frame)
    {
        var operand = Evaluate(expression[0], frame);
        if (expression.Operator == HclOperator.Not)
        {
            operand = Predicates.Named(operand, expression[0], scope, frame);
        }

        return Computed(Operators.Unary(expression.Operator, operand), expression, operand, operand);
    }

    /// <summary>Walks down the left side with a list of its own: a sum of two thousand terms is that deep.</summary>
    private Value Binary(Expression expression, Frame? frame)
    {
        List<Expression>? outer = null;
        for (; expression[0].Kind == NodeKind.Binary; expression = expression[0])
        {
            (outer ??= []).Add(expression);
        }

        var value = Combine(expression, Evaluate(expression[0], frame), frame);
        for (var at = outer?.Count - 1 ?? -1; at >= 0; at--)
        {
            value = _budget.Step() ? Combine(outer![at], value, frame) : Limit(expression);
        }

        return value;
    }

    private Value Combine(Expression expression, Value left, Frame? frame)
    {
        var op = expression.Operator;
        var isLogic = op is HclOperator.And or HclOperator.Or;
        if (isLogic && Conversion.To(left, DataType.Bool) is BoolValue decided && decided.Value == (op == HclOperator.Or))
        {
            return Computed(BoolValue.Of(decided.Value), expression, left, left);
        }

        var right = Evaluate(expression[1], frame);
        if (isLogic)
        {
            left = Predicates.Named(left, expression[0], scope, frame);
            right = Predicates.Named(right, expression[1], scope, frame);
        }

        if (!_budget.Visit(left) || !_budget.Visit(right))
        {
            return Limit(expression);
        }

        var result = Operators.Binary(op, left, right);
        return Computed(Predicates.Named(result, expression, left, right, scope, frame), expression, left, right);
    }

    private Value Conditional(Expression expression, Frame? frame)
    {
        var condition = Evaluate(expression[0], frame);
        var predicate = Predicates.Of(condition, expression[0], scope, frame);
        if (predicate.Error is { } error)
        {
            return error;
        }

        var result = Chosen(expression, predicate, frame);
        return condition.MayFail ? result.WithMayFail(true) : result;
    }

    private Value Chosen(Expression expression, Predicate predicate, Frame? frame)
    {
        if (predicate.Truth != Truth.Unknown)
        {
            var (taken, left) = predicate.Truth == Truth.Yes ? (expression[1], expression[2]) : (expression[2], expression[1]);
            var chosen = Evaluate(taken, frame);

            // Text and that of which no type is known do not change by what the other branch is, unless that is written as a collection.
            if (IsText(chosen))
            {
                return IsCollection(left) ? Error("the two results of the condition have different types", expression.Place) : chosen;
            }

            return chosen is UnknownValue { Type: DynamicType } or FactValue ? chosen : Unified(chosen, chosen, Evaluate(left, frame), expression.Place);
        }

        var (yes, no) = (Evaluate(expression[1], frame), Evaluate(expression[2], frame));
        return ChoiceValue.Of(
        [
            new Alternative(predicate.Holds, Unified(yes, yes, no, null)),
            new Alternative(predicate.Fails, Unified(no, yes, no, null)),
        ]);
    }

    private static bool IsText(Value value) =>
        value is TextValue or UnknownValue { Type: TextType, IsError: false } || (value is ChoiceValue choice && choice.Alternatives.All(each => IsText(each.Value)));

    private static bool IsCollection(Expression written) =>
        written.Kind is NodeKind.Tuple or NodeKind.Object or NodeKind.ForTuple or NodeKind.ForObject || (written.Kind is NodeKind.Parentheses && IsCollection(written[0]));

    /// <summary>
    /// A branch in the type that both branches have in common. Resources have no types without their schemas: what comes of them is left as it is.
    /// </summary>
    private static Value Unified(Value chosen, Value yes, Value no, Span? place)
    {
        if (Conversion.IsError(yes) || Conversion.IsError(no))
        {
            return chosen;
        }

        var isOfResource = IsOfResource(yes) || IsOfResource(no);
        if (!HasCertainType(yes) || !HasCertainType(no))
        {
            return isOfResource ? chosen : chosen.WithMayFail(true);
        }

        var types = TypesOf(yes).Concat(TypesOf(no)).ToList();
        if (Conversion.Unify(types) is { } type)
        {
            // A collection beside something of which no type is known may be wanted in any form, and where the other branch is an error it has no say.
            var mayStay = yes.MayFail || no.MayFail;
            if (types.Exists(each => each is DynamicType) && (mayStay || type is not (BoolType or NumberType or TextType)))
            {
                return isOfResource ? chosen : chosen.WithMayFail(true);
            }

            if (type is TupleType && chosen is ListValue { HasKnownLength: false })
            {
                return chosen;
            }

            var unified = mayStay ? Kept(chosen, type) : Conversion.To(chosen, type);
            return MayDiffer(yes) || MayDiffer(no) ? unified.WithMayFail(true) : unified;
        }

        return isOfResource ? chosen
            : place is not { } at || yes.Deep().Concat(no.Deep()).Any(MayHaveOtherType) ? chosen.WithMayFail(true)
            : Error("the two results of the condition have different types", at);
    }

    /// <summary>Beside a branch that may be an error, and then has no say, the other is converted or stays as it is.</summary>
    private static Value Kept(Value chosen, DataType type)
    {
        if (chosen is ChoiceValue choice)
        {
            return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Kept(each.Value, type) })).WithMayFail(true);
        }

        var converted = Conversion.To(chosen, type);
        if (converted is NullValue || Unification.IsScalar(converted.Type))
        {
            return converted;
        }

        if (converted.Deep().Any(Conversion.IsError))
        {
            return chosen.WithMayFail(true);
        }

        if (converted.Type.Equals(chosen.Type))
        {
            return converted;
        }

        var (holds, fails) = Alternatives.Undecided("is converted", UnknownValue.From(null, chosen).Causes);
        return ChoiceValue.Of([new Alternative(holds, converted), new Alternative(fails, chosen)]).WithMayFail(true);
    }

    /// <summary>True for what comes of a resource and has the type that its schema says, which is not here.</summary>
    private static bool IsOfResource(Value value) => value.References.Any() && !(value is UnknownValue { Type: var type } && !Unification.HasDynamic(type));

    /// <summary>True where a part may be of another type, not there, or an error.</summary>
    private static bool MayHaveOtherType(Value part) => part.MayFail || part switch
    {
        ChoiceValue choice => choice.Type is DynamicType,
        ListValue list => !list.HasKnownLength,
        MapValue map => map.IsOpen || !map.Entries.All(entry => entry.Guard.IsAlways),
        _ => false,
    };

    /// <summary>True for a collection with a part whose type only the values tell: it may be one that the other branch has nothing in common with.</summary>
    private static bool MayDiffer(Value value) => value switch
    {
        ListValue list => list.Values.Any(HasOpenType),
        MapValue map => map.Entries.Any(entry => HasOpenType(entry.Value)),
        ChoiceValue choice => choice.Alternatives.Any(each => MayDiffer(each.Value)),
        _ => false,
    };

    private static bool HasOpenType(Value part) => part switch
    {
        UnknownValue unknown => unknown.Type is DynamicType && !unknown.References.Any(),
        ChoiceValue choice => TypesOf(choice).Distinct().Skip(1).Any() || choice.Alternatives.Any(each => HasOpenType(each.Value)),
        _ => MayDiffer(part),
    };

    private static IEnumerable<DataType> TypesOf(Value value) => value switch
    {
        NullValue { Type: DynamicType } or UnknownValue { IsError: true } => [],
        ChoiceValue choice => choice.Alternatives.SelectMany(each => TypesOf(each.Value)),
        _ => [value.Type],
    };

    /// <summary>False where the attributes of an object are not known: which there are decides whether two objects become a map.</summary>
    private static bool HasCertainType(Value value) => value switch
    {
        ListValue or MapValue or ChoiceValue => value.Deep().All(inner =>
            inner is not (MapValue { IsOpen: true } or FactValue) && (inner is not MapValue { IsObject: true } map || map.Entries.All(entry => entry.Guard.IsAlways))),
        _ => true,
    };

    private Value Call(Expression expression, Frame? frame)
    {
        var name = expression.Name;
        if (scope.FindFunction(name) is not { } function)
        {
            return new UnknownValue(UnknownReason.NotComputed, $"function \"{name}\" is not known", expression.NamePlace);
        }

        var arguments = ImmutableArray.CreateBuilder<Value>(expression.Children.Count);
        var asks = function.Name is "try" or "can";
        foreach (var argument in expression.Children)
        {
            arguments.Add(asks && argument.Kind == NodeKind.Call && scope.FindFunction(argument.Name) is null && !IsOfOthers(argument.Name)
                ? Error($"there is no function \"{argument.Name}\"", argument.NamePlace)
                : Evaluate(argument, frame));
        }

        if (!expression.Has(NodeFlags.Expand) || arguments.Count == 0)
        {
            return Called(function, arguments.DrainToImmutable(), expression);
        }

        var last = Alternatives.Expand(arguments[^1]);
        arguments.RemoveAt(arguments.Count - 1);
        return Expanded(function, arguments.DrainToImmutable(), last, expression);
    }

    private Value Expanded(Function function, ImmutableArray<Value> first, Value last, Expression expression) =>
        last is ChoiceValue choice
            ? ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = CalledWith(function, first, each.Value, expression) }))
            : CalledWith(function, first, last, expression);

    /// <summary>
    /// True for functions of providers, of OpenTofu and of versions to come that are known by name: whether they are there depends on who runs the configuration.
    /// </summary>
    private static bool IsOfOthers(string name) =>
        name.StartsWith("provider::", StringComparison.Ordinal) || name.StartsWith("assume", StringComparison.Ordinal) || name is "base64gunzip" or "cidrcontains" or "urldecode" or "convert";

    private Value CalledWith(Function function, ImmutableArray<Value> first, Value last, Expression expression)
    {
        switch (last)
        {
            case ListValue list:
                var all = first.AddRange(list.Values);

                // What was not seen stands as one more argument of which nothing is known; functions that take any number go on from there.
                return Called(function, list.OpenBecause is { } because ? all.Add(new UnknownValue(because)) : all, expression);
            case UnknownValue unknown when !Conversion.IsError(unknown):
                return Called(function, first.Add(Access.ElementOf(unknown)), expression);
            case UnknownValue error:
                return error;
            default:
                return Error("only a list can be expanded into arguments", expression.Place);
        }
    }

    private Value Called(Function function, ImmutableArray<Value> arguments, Expression expression)
    {
        var count = function.Parameters.Length;
        if (function.IsVariadic ? arguments.Length < count - 1 : arguments.Length != count)
        {
            var wanted = function.IsVariadic ? $"at least {count - 1}" : $"{count}";
            return Error($"{function.Name} takes {wanted} arguments, not {arguments.Length}", expression.Place);
        }

        foreach (var argument in arguments)
        {
            if (!_budget.Visit(argument))
            {
                return Limit(expression);
            }
        }

        var result = function.Body(new Call(arguments, expression.Place));
        return _budget.Take(result) ? Placed(result, expression.Place) : Limit(expression);
    }

    private Value Tuple(Expression expression, Frame? frame)
    {
        var items = ImmutableArray.CreateBuilder<Item>(expression.Children.Count);
        var mayFail = false;
        foreach (var element in expression.Children)
        {
            var value = Evaluate(element, frame);
            mayFail |= value.MayFail || Conversion.IsError(value);
            items.Add(new Item(value));
        }

        return new ListValue(items.DrainToImmutable()) { Written = expression.Place }.WithMayFail(mayFail);
    }

    private Value Object(Expression expression, Frame? frame)
    {
        var entries = new ObjectBuilder(DuplicateKeys.LastWins);
        var mayFail = false;
        foreach (var item in expression.Children)
        {
            if (item.Kind == NodeKind.ObjectItem)
            {
                var (key, value) = (Evaluate(item[0], frame), Evaluate(item[1], frame));
                mayFail |= key.MayFail || value.MayFail || Conversion.IsError(value);
                entries.Add(key, value, Guard.Always, item[0].Place);
            }
        }

        var built = Written(Placed(entries.Build(null, expression.Place), expression.Place), expression);
        return mayFail ? built.WithMayFail(true) : built;
    }

    private static Value Written(Value value, Expression expression) =>
        value is UnknownValue ? value : value.WrittenAt(expression.Place);

    /// <summary>What an operator gave: evidence of its operands, but none of the attributes that they are.</summary>
    private static Value Computed(Value result, Expression expression, Value left, Value right)
    {
        var way = left.Trace ?? right.Trace;
        result = result.WithMayFail(left.MayFail || right.MayFail || result.MayFail);
        return result is UnknownValue ? Placed(result, expression.Place) : result.With(new Trace(StepKind.Computed, Operators.Sign(expression.Operator), expression.Place, way));
    }

    /// <summary>Gives an error that was found without knowing the place its place.</summary>
    private static Value Placed(Value value, Span place) =>
        value is UnknownValue error && error.Causes.Any(static cause => cause is { Reason: UnknownReason.Error, Place: null }) ? Placed(error, place) : value;

    private static UnknownValue Placed(UnknownValue error, Span place) =>
        new([.. error.Causes.Select(cause => cause is { Reason: UnknownReason.Error, Place: null } ? cause with { Place = place } : cause)], error.Type) { Prefix = error.Prefix };

    private UnknownValue Limit(Expression expression) => new(UnknownReason.Limit, _budget.Exceeded ?? "a limit was hit", expression.Place);

    private static UnknownValue Error(string detail, Span place) => new(UnknownReason.Error, detail, place);
}
