using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The values that decide how many instances a block has: the variables and local values that its <c>count</c>, <c>for_each</c> or <c>enabled</c> reads.</summary>
internal static class Deciders
{
    /// <summary>Those that say no; all of them where none does by itself.</summary>
    internal static IReadOnlyList<Value> Of(InstanceSet set)
    {
        var written = set.Declaration.Find("count") ?? set.Declaration.Find("for_each") ?? set.Declaration.Lifecycle("enabled");
        if (written is not { } attribute)
        {
            return [];
        }

        var read = new List<Value>();
        var open = new Stack<Expression>();
        open.Push(attribute.Value);
        while (open.TryPop(out var expression))
        {
            if (IsRead(expression))
            {
                read.Add(set.Module.Scope.Evaluate(expression));
                continue;
            }

            foreach (var child in expression.Children.Reverse())
            {
                open.Push(child);
            }
        }

        var refusing = read.FindAll(SaysNo);
        return refusing.Count > 0 ? refusing : read;
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
}
