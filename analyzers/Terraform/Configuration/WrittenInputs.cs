using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>The <c>inputs</c> of a body, as far as they are written out: what a function or another configuration decides is left out.</summary>
internal static class WrittenInputs
{
    /// <summary>The inputs that are known as a whole, by name. Null is no input: the default counts.</summary>
    internal static Dictionary<string, Given> Read(Body body, Scope scope)
    {
        var given = new Dictionary<string, Given>(StringComparer.Ordinal);
        if (body.Find("inputs") is { Value: { Kind: NodeKind.Object } inputs })
        {
            foreach (var item in inputs.Children)
            {
                if (StaticText.Name(item[0]) is { } name && new Evaluator(scope).Evaluate(item[1]) is { IsWhollyKnown: true } and not NullValue and var value)
                {
                    given[name] = new Given(value, item[1].Place);
                }
            }
        }

        return given;
    }

    /// <summary>The locals of a body that are constants.</summary>
    internal static Dictionary<string, Value> Locals(Body body)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var attribute in body.BlocksOf("locals").SelectMany(block => block.Body.Attributes))
        {
            if (VariableFiles.Constant(attribute.Value) is { IsWhollyKnown: true } value)
            {
                values[attribute.Name] = value;
            }
        }

        return values;
    }

    /// <summary>What expressions may refer to: values of one kind.</summary>
    /// <param name="kind">How references to them begin: <c>local</c>, <c>var</c>.</param>
    /// <param name="values">The values by name.</param>
    internal sealed class Scope(string kind, Dictionary<string, Value> values) : IScope
    {
        /// <inheritdoc/>
        public string PredicatePrefix => "";

        /// <inheritdoc/>
        public Function? FindFunction(string name) => null;

        /// <inheritdoc/>
        public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
        {
            taken = 0;
            if (root.Name != kind || steps.IsEmpty || steps[0].Kind != NodeKind.GetAttribute || !values.TryGetValue(steps[0].Name, out var value))
            {
                return null;
            }

            taken = 1;
            return value;
        }
    }
}
