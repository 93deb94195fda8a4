using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Languages.Evaluation;

/// <summary>Reads <c>type = ...</c> of a variable: <c>string</c>, <c>list(any)</c>, <c>object({ a = optional(number, 7) })</c>. Never throws.</summary>
public static class TypeExpressions
{
    private const int DepthLimit = 64;

    /// <summary>Reads a type.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="problem">What is wrong with it, with its place; null if nothing is. The wrong part then counts as <c>any</c>.</param>
    public static TypeConstraint Read(Expression expression, out Problem? problem)
    {
        problem = null;
        return Read(expression, 0, ref problem);
    }

    private static TypeConstraint Read(Expression expression, int depth, ref Problem? problem)
    {
        if (depth > DepthLimit)
        {
            return Wrong("The type is nested too deeply.", expression.Place, ref problem);
        }

        switch (expression.Kind)
        {
            case NodeKind.Parentheses:
                return Read(expression[0], depth + 1, ref problem);
            case NodeKind.Variable:
                return Word(expression, ref problem);
            case NodeKind.Call:
                return Constructor(expression, depth, ref problem);
            case NodeKind.Template:
                return Wrong("A type is written without quotes.", expression.Place, ref problem);
            default:
                return Wrong("This is not a type.", expression.Place, ref problem);
        }
    }

    private static TypeConstraint Word(Expression expression, ref Problem? problem) => expression.Name switch
    {
        "any" => TypeConstraint.Any,
        "string" => TypeConstraint.Of(DataType.Text),
        "number" => TypeConstraint.Of(DataType.Number),
        "bool" => TypeConstraint.Of(DataType.Bool),
        "list" => TypeConstraint.Of(new ListType(DataType.Dynamic)),
        "set" => TypeConstraint.Of(new SetType(DataType.Dynamic)),
        "map" => TypeConstraint.Of(new MapType(DataType.Dynamic)),
        var name => Wrong($"\"{name}\" is not a type.", expression.Place, ref problem),
    };

    private static TypeConstraint Constructor(Expression expression, int depth, ref Problem? problem)
    {
        if (expression.Name is not ("list" or "set" or "map" or "object" or "tuple"))
        {
            return Wrong(
                expression.Name == "optional" ? "Only an attribute of an object can be optional." : $"\"{expression.Name}\" does not make a type.", expression.NamePlace, ref problem);
        }

        if (expression.Children.Count != 1)
        {
            return Wrong($"{expression.Name} takes one argument.", expression.Place, ref problem);
        }

        var argument = expression[0];
        switch (expression.Name)
        {
            case "list":
                return TypeConstraint.List(Read(argument, depth + 1, ref problem));
            case "set":
                return TypeConstraint.Set(Read(argument, depth + 1, ref problem));
            case "map":
                return TypeConstraint.Map(Read(argument, depth + 1, ref problem));
            case "object" when argument.Kind == NodeKind.Object:
                return Object(argument, depth, ref problem);
            case "tuple" when argument.Kind == NodeKind.Tuple:
                var elements = ImmutableArray.CreateBuilder<TypeConstraint>();
                foreach (var element in argument.Children)
                {
                    elements.Add(Read(element, depth + 1, ref problem));
                }

                return TypeConstraint.Tuple(elements.DrainToImmutable());
            default:
                return Wrong(expression.Name == "object" ? "object takes attributes in braces." : "tuple takes types in brackets.", argument.Place, ref problem);
        }
    }

    private static TypeConstraint Object(Expression attributes, int depth, ref Problem? problem)
    {
        var read = new Dictionary<string, TypeAttribute>(StringComparer.Ordinal);
        foreach (var item in attributes.Children)
        {
            if (item.Kind != NodeKind.ObjectItem)
            {
                continue;
            }

            var (key, value) = (item[0], item[1]);
            if (key.Kind != NodeKind.TemplateText || key.Has(NodeFlags.Marked))
            {
                Wrong("An attribute of an object type is a name.", key.Place, ref problem);
                continue;
            }

            var attribute = value is { Kind: NodeKind.Call, Name: "optional" } ? Optional(value, depth, ref problem) : new TypeAttribute(Read(value, depth + 1, ref problem), false, null);
            if (!read.TryAdd(key.Name, attribute))
            {
                Wrong($"The attribute \"{key.Name}\" is there twice.", key.Place, ref problem);
            }
        }

        return TypeConstraint.Object(read.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static TypeAttribute Optional(Expression call, int depth, ref Problem? problem)
    {
        var count = call.Children.Count;
        if (count is not (1 or 2))
        {
            return new TypeAttribute(Wrong("optional takes a type and, if there is one, a default.", call.Place, ref problem), true, null);
        }

        var type = Read(call[0], depth + 1, ref problem);
        return new TypeAttribute(type, true, count == 2 ? type.Convert(new Evaluator(NoScope.Instance).Evaluate(call[1])) : null);
    }

    private static TypeConstraint Wrong(string message, Span place, ref Problem? problem)
    {
        problem ??= new Problem("type-invalid", message, place);
        return TypeConstraint.Any;
    }

    /// <summary>Defaults are constants: nothing has a meaning in them.</summary>
    private sealed class NoScope : IScope
    {
        internal static readonly NoScope Instance = new();

        public string PredicatePrefix => "";

        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            taken = 0;
            return null;
        }

        public Function? FindFunction(string name) => null;
    }
}
