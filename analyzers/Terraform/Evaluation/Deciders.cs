using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The values that decide how many instances a block has: the variables and local values that its <c>count</c>, <c>for_each</c> or <c>enabled</c> reads.</summary>
internal sealed class Deciders
{
    /// <summary>Expressions that are looked into behind those that the block reads itself.</summary>
    private const int Limit = 64;

    /// <summary>What local values and arguments read: many blocks that make nothing are decided by the same ones.</summary>
    private readonly Dictionary<Expression, List<Name>> _names = [];

    /// <summary>Those that say no, all of them where none does by itself; and, where they were computed, the empty defaults of root variables behind them. Beside them, all that was read.</summary>
    internal (IReadOnlyList<Value> Because, IReadOnlyList<Value> Read) Of(InstanceSet set)
    {
        var written = set.Declaration.Find("count") ?? set.Declaration.Find("for_each") ?? set.Declaration.Lifecycle("enabled");
        if (written is not { } attribute)
        {
            return ([], []);
        }

        var read = ReadsOf(attribute.Value).ConvertAll(set.Module.Scope.Evaluate);
        var refusing = read.FindAll(SaysNo);
        var deciding = refusing.Count > 0 ? refusing : read;
        return (deciding.Exists(static value => value.Trace is { IsByDefault: true }) ? deciding : [.. deciding, .. DefaultsBehind(set.Module, attribute.Value)], read);
    }

    private static List<Expression> ReadsOf(Expression whole)
    {
        var reads = new List<Expression>();
        var open = new Stack<Expression>();
        open.Push(whole);
        while (open.TryPop(out var expression))
        {
            if (IsRead(expression))
            {
                reads.Add(expression);
                continue;
            }

            foreach (var child in expression.Children.Reverse())
            {
                open.Push(child);
            }
        }

        return reads;
    }

    /// <summary>What a computed value lost on its way: through local values and arguments of calls, back to variables of the root that are empty because nobody gives them a value.</summary>
    private List<Value> DefaultsBehind(ModuleInstance module, Expression expression)
    {
        var found = new List<Value>();
        var seen = new HashSet<(ModuleInstance, Name)>();
        var open = new Queue<(ModuleInstance Module, Expression Expression)>([(module, expression)]);
        for (var looked = 0; looked < Limit && open.TryDequeue(out var next); looked++)
        {
            foreach (var name in NamesIn(next.Expression))
            {
                if (!seen.Add((next.Module, name)))
                {
                    continue;
                }

                if (!name.IsVariable)
                {
                    if (next.Module.Module.Locals.TryGetValue(name.Text, out var local))
                    {
                        open.Enqueue((next.Module, local.Value));
                    }
                }
                else if (next.Module.Call is { } call)
                {
                    if (call.Declaration.Find(name.Text) is { } argument)
                    {
                        open.Enqueue((call.Module, argument.Value));
                    }
                }
                else if (next.Module.Variable(name.Text) is { Trace.IsByDefault: true } value && SaysNo(value))
                {
                    found.Add(value);
                }
            }
        }

        return found;
    }

    private List<Name> NamesIn(Expression expression)
    {
        if (!_names.TryGetValue(expression, out var names))
        {
            _names.Add(expression, names = [.. ReadsOf(expression).Select(NameOf).Distinct()]);
        }

        return names;
    }

    /// <summary>The variable or local value that is read.</summary>
    private static Name NameOf(Expression read)
    {
        var step = read;
        while (step[0].Kind == NodeKind.GetAttribute)
        {
            step = step[0];
        }

        return new Name(step.Name, step[0].Name == "var");
    }

    /// <summary><c>var.x</c>, <c>local.x</c>, and attributes of them.</summary>
    private static bool IsRead(Expression expression)
    {
        var inner = expression;
        while (inner.Kind == NodeKind.GetAttribute)
        {
            inner = inner[0];
        }

        return expression.Kind == NodeKind.GetAttribute && inner is { Kind: NodeKind.Variable, Name: "var" or "local" };
    }

    private static bool SaysNo(Value value) => value switch
    {
        NullValue or BoolValue { Value: false } or TextValue { Known: "" or "false" } or ListValue { Items: [], IsOpen: false } or MapValue { Entries: [], IsOpen: false } => true,
        NumberValue number => number.Number.Whole == 0,
        _ => false,
    };

    /// <summary>A variable or a local value.</summary>
    private readonly record struct Name(string Text, bool IsVariable);
}
