using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// What names mean in one place of a module: the names of the module, <c>each</c> and <c>count</c> of one instance, and the iterators of enclosing <c>dynamic</c> blocks.
/// </summary>
internal sealed class ModuleScope : IScope
{
    private readonly InstanceKey _instance;
    private readonly Iterator? _iterators;
    private readonly Evaluator _evaluator;

    internal ModuleScope(ModuleInstance module, InstanceKey instance, Iterator? iterators = null)
    {
        Module = module;
        _instance = instance;
        _iterators = iterators;
        _evaluator = new Evaluator(this, module.Root.Budget);
    }

    /// <summary>The module instance.</summary>
    internal ModuleInstance Module { get; }

    /// <inheritdoc/>
    public string PredicatePrefix => Module.PredicatePrefix;

    /// <summary>Evaluates an expression here.</summary>
    internal Value Evaluate(Expression expression) => Certainty.Of(_evaluator.Evaluate(expression));

    /// <summary>The same place with one more iterator.</summary>
    internal ModuleScope With(string iterator, Value key, Value value) => new(Module, _instance, new Iterator(iterator, key, value, _iterators));

    /// <inheritdoc/>
    public Function? FindFunction(string name) => Module.FindFunction(name);

    /// <inheritdoc/>
    public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
    {
        taken = 1;
        for (var iterator = _iterators; iterator is not null; iterator = iterator.Outer)
        {
            if (iterator.Name == root.Name)
            {
                return NameOf(steps, 0) switch { "key" => iterator.Key, "value" => iterator.Value, _ => null };
            }
        }

        if (NameOf(steps, 0) is not { } name)
        {
            return null;
        }

        var place = root.Place.To(steps[0].Place);
        switch (root.Name)
        {
            case "var":
                return Module.Variable(name) ?? Undeclared($"variable \"{name}\" is not declared", place);
            case "local":
                return Module.Local(name) ?? Undeclared($"local value \"{name}\" is not declared", place);
            case "each" when _instance.Value is { } value:
                return name switch { "key" => _instance.Key, "value" => value, _ => null };
            case "count" when _instance is { Key: { } index, Value: null } && name == "index":
                return index;
            case "each" or "count" or "self":
                return null;
            case "path":
                return Module.PathValue(name);
            case "terraform" or "tofu":
                return Module.TerraformValue(name, place);
            case "module":
                return Module.CallOf(name)?.Resolve(this, root, steps, 1, out taken) ?? Undeclared($"module \"{name}\" is not declared", place);
            case "data" or "ephemeral" when NameOf(steps, 1) is { } label:
                return Resource($"{root.Name}.{name}.{label}", root, steps, 2, out taken);
            case "resource" when NameOf(steps, 1) is { } label:
                return Resource($"{name}.{label}", root, steps, 2, out taken);
            case "data" or "ephemeral" or "resource":
                return null;
            default:
                return Resource($"{root.Name}.{name}", root, steps, 1, out taken);
        }
    }

    /// <summary>The name of a step that is written with a dot, or null.</summary>
    internal static string? NameOf(ReadOnlySpan<Expression> steps, int at) =>
        at < steps.Length && steps[at].Kind == NodeKind.GetAttribute ? steps[at].Name : null;

    private Value? Resource(string name, Expression root, ReadOnlySpan<Expression> steps, int at, out int taken)
    {
        taken = at;
        return Module.ResourcesOf(name)?.Resolve(this, root, steps, at, out taken)
            ?? (name.Contains('_', StringComparison.Ordinal) ? Undeclared($"{name} is not declared", root.Place.To(steps[at - 1].Place)) : null);
    }

    private static UnknownValue Undeclared(string detail, Span place) => new(UnknownReason.Error, detail, place);

    /// <summary>An iterator of a <c>dynamic</c> block and those around it.</summary>
    internal sealed record Iterator(string Name, Value Key, Value Value, Iterator? Outer);
}
