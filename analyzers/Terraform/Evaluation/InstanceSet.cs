using System.Globalization;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The instances of a declared block that others refer to: a resource, a data source, a module call.</summary>
internal abstract class InstanceSet(ModuleInstance module, Declaration declaration, Address block)
{
    private Expansion? _expansion;
    private bool _isExpanding;

    /// <summary>The module instance in which the block stands.</summary>
    internal ModuleInstance Module => module;

    internal Declaration Declaration => declaration;

    /// <summary>Address without instance key.</summary>
    internal Address Block => block;

    /// <summary>The instances.</summary>
    internal Expansion Expansion => _expansion ?? Expand();

    /// <summary>The instance that would be the first, were there any.</summary>
    internal InstanceKey Hypothetical => new Expander(module.Scope, block).Hypothetical(Expansion.Kind);

    /// <summary>
    /// The value of a reference to the block. Answers as many of the steps as it can, starting at <paramref name="at"/>: an instance key, an attribute, and what follows an attribute that
    /// nobody configured.
    /// </summary>
    internal Value Resolve(ModuleScope scope, Expression root, ReadOnlySpan<Expression> steps, int at, out int taken)
    {
        var place = root.Place.To(at > 0 ? steps[at - 1].Place : root.Place);
        if (Expansion.Kind == Repetition.None)
        {
            taken = at;
            return Expansion.Keys is [var only] ? Guarded(only, Steps(only, steps, at, place, out taken), place) : Absent("", place);
        }

        taken = at;
        if (at < steps.Length && steps[at].Kind == NodeKind.Index && SuffixOf(scope.Evaluate(steps[at][1]), Expansion.Kind) is { } suffix)
        {
            var instance = Expansion.Find(suffix.Text) ?? FromTemplate(suffix.Text, suffix.Key);
            if (instance is null)
            {
                taken = at + 1;
                return Absent(suffix.Text, place);
            }

            return Guarded(instance, Steps(instance, steps, at + 1, place, out taken), place);
        }

        return Collection(place);
    }

    /// <summary>The value of one instance with the steps that follow.</summary>
    protected abstract Value Steps(InstanceKey key, ReadOnlySpan<Expression> steps, int at, Span place, out int taken);

    /// <summary>The value of one whole instance.</summary>
    protected abstract Value Whole(InstanceKey key, Span place);

    /// <summary>
    /// The attribute path that some steps name, as far as they are literal: <c>kubelet_identity[0].object_id</c>.
    /// </summary>
    protected static string PathOf(ReadOnlySpan<Expression> steps, int at, out int taken)
    {
        var path = new StringBuilder();
        for (taken = at; taken < steps.Length; taken++)
        {
            var step = steps[taken];
            if (step.Kind == NodeKind.GetAttribute)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(step.Name);
            }
            else if (step.Kind == NodeKind.Index && step[1].Kind == NodeKind.Number)
            {
                path.Append('[').Append(step[1].Name).Append(']');
            }
            else if (step.Kind == NodeKind.Index && StaticText.Of(step[1]) is { } key)
            {
                // a["b"] is a.b: one attribute has one path.
                path.Append(IsName(key) ? (path.Length == 0 ? key : "." + key) : InstanceKey.Quoted(key));
            }
            else
            {
                break;
            }
        }

        return path.ToString();
    }

    private static bool IsName(string text)
    {
        foreach (var each in text)
        {
            if (!char.IsLetterOrDigit(each) && each is not ('_' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0 && !char.IsDigit(text[0]);
    }

    private Expansion Expand()
    {
        if (_isExpanding)
        {
            module.Root.Report("reference-cycle", $"The number of instances of {block.Path} depends on itself", declaration.Header);
            return new Expansion(Repetition.ForEach, [], [new Cause(UnknownReason.Cycle, $"{block.Path} refers to itself", declaration.Header, null)]);
        }

        _isExpanding = true;
        _expansion = new Expander(module.Scope, block).Expand(declaration);
        _isExpanding = false;
        return _expansion;
    }

    /// <summary>Reading something that may be absent is an error where it is: <c>try</c> goes on to its next argument there.</summary>
    private Value Guarded(InstanceKey key, Value value, Span place) =>
        key.Guard.Opposite is { } absent
            ? ChoiceValue.Of([new Alternative(key.Guard, value), new Alternative(absent, Absent(key.Suffix, place))])
            : value;

    private UnknownValue Absent(string suffix, Span place) => new(UnknownReason.Error, $"there is no {block.Path}{suffix}", place);

    /// <summary>The key as it stands in addresses. A text of digits is a number to a count, and a number a text to <c>for_each</c>.</summary>
    private static (string Text, Value Key)? SuffixOf(Value key, Repetition kind) => Conversion.To(key, kind == Repetition.Count ? DataType.Number : DataType.Text) switch
    {
        NumberValue { Number.Whole: { } whole } number => (string.Create(CultureInfo.InvariantCulture, $"[{whole}]"), number),
        TextValue { Known: { } text } known => (InstanceKey.Quoted(text), known),
        _ => null,
    };

    /// <summary>An instance that only a template stands for: the template, with a known key.</summary>
    private InstanceKey? FromTemplate(string suffix, Value key) =>
        Expansion.Template is { } template ? template with { Suffix = suffix, Key = key } : null;

    private Value Collection(Span place)
    {
        var expansion = Expansion;
        if (expansion.Keys is [{ IsTemplate: true } template] && expansion.OpenBecause is { } causes)
        {
            return new UnknownValue(causes) { Element = Whole(template, place), IsNotNull = true };
        }

        var known = expansion.Keys.Where(key => !key.IsTemplate);
        return expansion.Kind == Repetition.Count
            ? new ListValue([.. known.Select(key => new Item(Whole(key, place), key.Guard))]) { OpenBecause = expansion.OpenBecause }
            : new MapValue([.. known.Select(key => new Entry(((TextValue)key.Key!).Known!, Whole(key, place), key.Guard))]) { OpenBecause = expansion.OpenBecause };
    }
}
