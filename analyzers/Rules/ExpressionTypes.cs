using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>Types of expressions over one kind of fact, and what is wrong in them.</summary>
internal sealed class ExpressionTypes
{
    private readonly Dictionary<string, Shape> _shapes;
    private readonly Func<string, Function?> _functions;
    private readonly List<(string Name, FieldType Type)> _names;
    private readonly Stack<FieldType> _splats = new();
    private readonly List<(string Message, Span Place)> _errors = [];

    internal ExpressionTypes(Dictionary<string, Shape> shapes, Func<string, Function?> functions, string kind)
    {
        _shapes = shapes;
        _functions = functions;
        _names = [(kind, FieldType.Of(kind))];
    }

    internal IReadOnlyList<(string Message, Span Place)> Errors => _errors;

    /// <summary>Notes an error if the expression is not of the type.</summary>
    internal void Expect(FieldType wanted, Expression expression, string what)
    {
        var type = Of(expression);
        if (!Fits(wanted, type))
        {
            Wrong($"{what} must be {wanted}, not {type}.", expression.Place);
        }
    }

    /// <summary>The type of an expression; any, where it is not known or wrong.</summary>
    internal FieldType Of(Expression expression) => expression.Kind switch
    {
        NodeKind.Number => FieldType.Number,
        NodeKind.True or NodeKind.False => FieldType.Bool,
        NodeKind.TemplateText => FieldType.Text,
        NodeKind.Variable => Variable(expression),
        NodeKind.GetAttribute => Attribute(expression),
        NodeKind.Index => Index(expression),
        NodeKind.Splat => Splat(expression),
        NodeKind.SplatItem => _splats.Count > 0 ? _splats.Peek() : FieldType.Any,
        NodeKind.Unary => Unary(expression),
        NodeKind.Binary => Binary(expression),
        NodeKind.Conditional => Conditional(expression),
        NodeKind.Call => Call(expression),
        NodeKind.Tuple => FieldType.List(Common(expression)),
        NodeKind.ForTuple => For(expression, FieldType.List),
        NodeKind.ForObject => For(expression, _ => FieldType.Any),
        NodeKind.Parentheses or NodeKind.TemplateWrap => Of(expression[0]),
        NodeKind.Template or NodeKind.TemplateIf => Parts(expression, FieldType.Text),
        NodeKind.TemplateFor => For(expression, _ => FieldType.Text),
        NodeKind.Object or NodeKind.ObjectItem => Parts(expression, FieldType.Any),
        _ => FieldType.Any,
    };

    private FieldType Variable(Expression expression)
    {
        for (var at = _names.Count - 1; at >= 0; at--)
        {
            if (_names[at].Name == expression.Name)
            {
                return _names[at].Type;
            }
        }

        return Wrong($"The name \"{expression.Name}\" is unknown; there is {string.Join(", ", _names.Select(each => each.Name))}.", expression.Place);
    }

    private FieldType Attribute(Expression expression)
    {
        var operand = Of(expression[0]);
        switch (operand)
        {
            case FactField { Kind: var kind } when _shapes.TryGetValue(kind, out var shape):
                return shape.Find(expression.Name)?.Type
                    ?? Wrong($"{kind} has no field \"{expression.Name}\"; it has {string.Join(", ", shape.Fields.Select(field => field.Name))}.", expression.NamePlace);
            case ListField or ScalarField when operand != FieldType.Any:
                return Wrong($"A {operand} has no field \"{expression.Name}\".", expression.NamePlace);
            default:
                return FieldType.Any;
        }
    }

    private FieldType Index(Expression expression)
    {
        var operand = Of(expression[0]);
        Of(expression[1]);
        return operand switch
        {
            ListField list => list.Element,
            FactField or ScalarField when operand != FieldType.Any => Wrong($"A {operand} has no elements.", expression.Place),
            _ => FieldType.Any,
        };
    }

    private FieldType Splat(Expression expression)
    {
        var source = Of(expression[0]);
        _splats.Push(source is ListField list ? list.Element : source);
        var element = Of(expression[1]);
        _splats.Pop();
        return FieldType.List(element);
    }

    private FieldType Unary(Expression expression)
    {
        var type = expression.Operator == HclOperator.Not ? FieldType.Bool : FieldType.Number;
        Expect(type, expression[0], "The operand");
        return type;
    }

    private FieldType Binary(Expression expression)
    {
        switch (expression.Operator)
        {
            case HclOperator.And or HclOperator.Or:
                Operands(expression, FieldType.Bool);
                return FieldType.Bool;
            case HclOperator.Equal or HclOperator.NotEqual:
                var (left, right) = (Of(expression[0]), Of(expression[1]));
                if (!Fits(left, right) && !Fits(right, left))
                {
                    Wrong($"A {left} never equals a {right}.", expression.Place);
                }

                return FieldType.Bool;
            case HclOperator.Less or HclOperator.LessOrEqual or HclOperator.Greater or HclOperator.GreaterOrEqual:
                Operands(expression, FieldType.Number);
                return FieldType.Bool;
            default:
                Operands(expression, FieldType.Number);
                return FieldType.Number;
        }
    }

    private void Operands(Expression expression, FieldType type)
    {
        Expect(type, expression[0], "The left operand");
        Expect(type, expression[1], "The right operand");
    }

    private FieldType Conditional(Expression expression)
    {
        Expect(FieldType.Bool, expression[0], "The condition");
        var (yes, no) = (Of(expression[1]), Of(expression[2]));
        return yes == no ? yes : expression[1].Kind == NodeKind.Null ? no : expression[2].Kind == NodeKind.Null ? yes : FieldType.Any;
    }

    private FieldType Call(Expression expression)
    {
        var count = expression.Children.Count;
        var types = new List<FieldType>(count);
        foreach (var argument in expression.Children)
        {
            types.Add(Of(argument));
        }

        if (_functions(expression.Name) is not { } function)
        {
            return Wrong($"There is no function \"{expression.Name}\".", expression.NamePlace);
        }

        var parameters = function.Parameters;
        var needed = parameters.Length - (function.IsVariadic ? 1 : 0);
        var isExpanded = expression.Has(NodeFlags.Expand);
        if (isExpanded ? count - 1 > parameters.Length && !function.IsVariadic : count < needed || (count > parameters.Length && !function.IsVariadic))
        {
            var takes = function.IsVariadic ? $"at least {needed}" : $"{needed}";
            return Wrong($"{function.Name} takes {takes} arguments ({string.Join(", ", parameters.Select(parameter => parameter.Name))}), not {count}.", expression.Place);
        }

        for (var at = 0; at < count - (isExpanded ? 1 : 0); at++)
        {
            var parameter = parameters[Math.Min(at, parameters.Length - 1)];
            if (!Fits(parameter.Type, types[at]))
            {
                Wrong($"Argument \"{parameter.Name}\" of {function.Name} must be {parameter.Type}, not {types[at]}.", expression[at].Place);
            }
        }

        return function.Result;
    }

    /// <summary>A <c>for</c> of any form: its variables live in all parts behind the collection. The result is made of the element's type.</summary>
    private FieldType For(Expression expression, Func<FieldType, FieldType> result)
    {
        var hasKey = expression.Has(NodeFlags.HasKey);
        var collection = expression[hasKey ? 2 : 1];
        var type = Of(collection);
        if (type is FactField || (type is ScalarField && type != FieldType.Any))
        {
            Wrong($"A for needs a list, not {type}.", collection.Place);
        }

        _names.Add((expression[0].Name, type is ListField list ? list.Element : FieldType.Any));
        if (hasKey)
        {
            // With two names the first is the key: the children are in the order value, key.
            _names.Add((expression[1].Name, type is ListField ? FieldType.Number : FieldType.Any));
        }

        var position = 0;
        var first = hasKey ? 3 : 2;
        var last = expression.Children.Count - 1;
        var element = FieldType.Any;
        foreach (var part in expression.Children)
        {
            if (position == last && expression.Has(NodeFlags.HasCondition))
            {
                Expect(FieldType.Bool, part, "The condition of a for");
            }
            else if (position >= first)
            {
                element = Of(part);
            }

            position++;
        }

        _names.RemoveRange(_names.Count - (hasKey ? 2 : 1), hasKey ? 2 : 1);
        return result(element);
    }

    private FieldType Parts(Expression expression, FieldType result)
    {
        foreach (var part in expression.Children)
        {
            Of(part);
        }

        return result;
    }

    private FieldType Common(Expression expression)
    {
        FieldType? common = null;
        foreach (var part in expression.Children)
        {
            var type = Of(part);
            common = common is null || common == type ? type : FieldType.Any;
        }

        return common ?? FieldType.Any;
    }

    /// <summary>Whether a value of a type can stand where another is wanted. Numbers and booleans become text, text may hold a number.</summary>
    private static bool Fits(FieldType wanted, FieldType given)
    {
        if (wanted == given || wanted == FieldType.Any || given == FieldType.Any)
        {
            return true;
        }

        return (wanted, given) switch
        {
            (ListField left, ListField right) => Fits(left.Element, right.Element),
            (ScalarField left, ScalarField right) => (left == FieldType.Text && (right == FieldType.Number || right == FieldType.Bool)) || (left == FieldType.Number && right == FieldType.Text),
            _ => false,
        };
    }

    private FieldType Wrong(string message, Span place)
    {
        _errors.Add((message, place));
        return FieldType.Any;
    }
}
