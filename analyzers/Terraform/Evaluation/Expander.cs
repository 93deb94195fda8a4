using System.Collections.Immutable;
using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Finds the instances of a block with <c>count</c> or <c>for_each</c>: exactly where possible, guarded or as a template where not.</summary>
/// <param name="scope">Where the meta-arguments are evaluated.</param>
/// <param name="block">Address of the block, without instance key.</param>
internal sealed class Expander(ModuleScope scope, Address block)
{
    /// <summary>Instances that are told apart; what is beyond is a template.</summary>
    internal const int Limit = 256;

    /// <summary>The instances of a declaration.</summary>
    internal Expansion Expand(Declaration declaration)
    {
        if (declaration.Find("count") is { } count)
        {
            return Count(Conversion.To(scope.Evaluate(count.Value), DataType.Number), count.Value.Place);
        }

        if (declaration.Find("for_each") is { } each)
        {
            return ForEach(scope.Evaluate(each.Value), each.Value.Place);
        }

        return declaration.Lifecycle("enabled") is { } enabled
            ? Enabled(Conversion.To(scope.Evaluate(enabled.Value), DataType.Bool))
            : Expansion.Single;
    }

    /// <summary>What an instance would be where there is none.</summary>
    internal InstanceKey Hypothetical(Repetition kind) => kind switch
    {
        Repetition.None => InstanceKey.Single,
        Repetition.Count => new InstanceKey("[0]") { Key = NumberValue.Of(0) },
        _ => TemplateKey(kind, [new Cause(UnknownReason.NoValue, $"there is no {block.Path}", null, null)], null, null),
    };

    private Expansion Enabled(Value value)
    {
        var (present, absent) = (new List<Guard>(), new List<Guard>());
        foreach (var (guard, each) in Cases(value))
        {
            if (each is not BoolValue { Value: false })
            {
                present.Add(guard);
            }

            if (each is not BoolValue { Value: true })
            {
                absent.Add(guard);
            }
        }

        return present.Count == 0
            ? new Expansion(Repetition.None, [])
            : new Expansion(Repetition.None, [InstanceKey.Single with { Guard = Presence(present, absent, "") }]);
    }

    private Expansion Count(Value value, Span place)
    {
        var counts = new List<(Guard Guard, int Count)>();
        var most = 0;
        foreach (var (guard, each) in Cases(value))
        {
            if (each is not NumberValue { Number.Whole: { } whole })
            {
                return Template(Repetition.Count, ImmutableArray.CreateBuilder<InstanceKey>(), value, place);
            }

            var count = (int)Math.Clamp(whole, 0, Limit + 1);
            most = Math.Max(most, count);
            counts.Add((guard, count));
        }

        var keys = ImmutableArray.CreateBuilder<InstanceKey>();
        for (var at = 0; at < Math.Min(most, Limit); at++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"[{at}]");
            keys.Add(new InstanceKey(suffix)
            {
                Key = NumberValue.Of(at).Through(StepKind.Element, "count.index", place),
                Guard = Presence(
                    [.. counts.Where(each => each.Count > at).Select(each => each.Guard)], [.. counts.Where(each => each.Count <= at).Select(each => each.Guard)], suffix),
            });
        }

        if (most <= Limit)
        {
            return new Expansion(Repetition.Count, keys.ToImmutable());
        }

        TooMany(place);
        return Template(Repetition.Count, keys, new UnknownValue(UnknownReason.Limit, "too many instances", place), place);
    }

    private Expansion ForEach(Value value, Span place)
    {
        var found = new OrderedDictionary<string, Candidates>(StringComparer.Ordinal);
        Value? unknown = null;
        var cases = Cases(value);
        for (var number = 0; number < cases.Count; number++)
        {
            switch (cases[number].Value)
            {
                case MapValue map:
                    foreach (var entry in map.Entries)
                    {
                        Add(number, entry.Key, entry.Value, new TextValue(entry.Key), entry.Guard);
                    }

                    unknown = map.IsOpen ? map : unknown;
                    break;
                case ListValue list:
                    foreach (var item in list.Items)
                    {
                        if (Conversion.To(item.Value, DataType.Text) is TextValue { Known: { } key } text)
                        {
                            Add(number, key, item.Value, text, item.Guard);
                        }
                        else
                        {
                            unknown = item.Value;
                        }
                    }

                    unknown = list.IsOpen ? list : unknown;
                    break;
                case var other:
                    unknown = other;
                    break;
            }
        }

        var keys = ImmutableArray.CreateBuilder<InstanceKey>();
        foreach (var (key, candidates) in found)
        {
            if (keys.Count == Limit)
            {
                break;
            }

            keys.Add(candidates.ToKey(this, key, cases, place));
        }

        if (found.Count > Limit)
        {
            TooMany(place);
            unknown ??= new UnknownValue(UnknownReason.Limit, "too many instances", place);
        }

        return unknown is null ? new Expansion(Repetition.ForEach, keys.ToImmutable()) : Template(Repetition.ForEach, keys, unknown, place);

        void Add(int number, string key, Value element, TextValue keyValue, Guard own)
        {
            if (cases[number].Guard.And(own) is { } both)
            {
                if (!found.TryGetValue(key, out var candidates))
                {
                    found.Add(key, candidates = new Candidates(keyValue));
                }

                candidates.Add(number, new Alternative(both, element), isMaybe: !own.IsAlways);
            }
        }
    }

    /// <summary>The instances that were told apart, and a template for those that were not.</summary>
    private Expansion Template(Repetition kind, ImmutableArray<InstanceKey>.Builder keys, Value because, Span place)
    {
        var causes = UnknownValue.From(null, because).Causes;
        keys.Add(TemplateKey(kind, causes, because is UnknownValue { Element: { } known } ? known : null, place));
        return new Expansion(kind, keys.ToImmutable(), causes);
    }

    /// <summary>A key nobody knows, of an instance that stands for any number.</summary>
    private InstanceKey TemplateKey(Repetition kind, ImmutableArray<Cause> causes, Value? element, Span? place)
    {
        // Neither is an attribute of the thing: who follows the references of a name that is a key must not come back to where it stands.
        var (word, key) = kind == Repetition.Count ? ("count", "index") : ("each", "key");
        var reference = new Reference(block with { Path = $"{block.Path}[*].{word}" }, key);
        return new InstanceKey("[*]")
        {
            Key = At(new UnknownValue(causes, kind == Repetition.Count ? DataType.Number : DataType.Text) { IsNotNull = true, Reference = reference }, $"{word}.{key}"),
            Value = kind == Repetition.Count ? null : At(Named(element ?? new UnknownValue(causes), reference with { Attribute = "value" }), "each.value"),
            Multiplicity = Multiplicity.Any,
        };

        Value At(Value value, string name) => place is { } known ? value.Through(StepKind.Element, name, known) : value;
    }

    /// <summary>An element of which nothing is known has a name all the same, so that two looks at it see the same.</summary>
    private static Value Named(Value element, Reference reference) => element is UnknownValue { Reference: null } unknown ? unknown.As(reference) : element;

    /// <summary>
    /// When something exists, given the cases in which it does and those in which it does not. Guards of cases are necessary, not always sufficient: where a case without
    /// the thing may meet one with it, a predicate of its own says that it is not certain.
    /// </summary>
    private Guard Presence(List<Guard> present, List<Guard> absent, string suffix)
    {
        var guard = present.Aggregate((left, right) => left.Or(right));
        if (absent.TrueForAll(other => !other.MeetsWith(guard)))
        {
            return guard;
        }

        var name = block.Path + suffix;
        return guard.And(Guard.When($"{scope.PredicatePrefix}|exists|{name}", true, $"{name} exists")) ?? guard;
    }

    private void TooMany(Span place) => scope.Module.Root.Problems.Add(new Problem(
        "instance-limit", $"{block.Path} has more than {Limit} instances; those beyond are seen as one that stands for any number", place));

    private static IReadOnlyList<Alternative> Cases(Value value) =>
        value is ChoiceValue choice ? choice.Alternatives : [new Alternative(Guard.Always, value)];

    /// <summary>What the cases of a <c>for_each</c> give for one key.</summary>
    private sealed class Candidates(TextValue key)
    {
        private readonly List<Alternative> _values = [];
        private uint _certain; // A bit for each case: a choice has no more than ChoiceValue.Limit.
        private bool _isMaybe;

        internal void Add(int number, Alternative value, bool isMaybe)
        {
            _values.Add(value);
            _isMaybe |= isMaybe;
            if (!isMaybe)
            {
                _certain |= 1u << number;
            }
        }

        internal InstanceKey ToKey(Expander expander, string text, IReadOnlyList<Alternative> cases, Span place)
        {
            var suffix = InstanceKey.Quoted(text);

            // An element under a guard of its own is absent exactly where that guard does not hold; one of the only case, exactly where that does not.
            var guard = _values is [var only] && (_isMaybe || cases.Count == 1) ? only.Guard : expander.Presence(
                [.. _values.Select(each => each.Guard)], [.. cases.Where((_, number) => (_certain & (1u << number)) == 0).Select(each => each.Guard)], suffix);
            return new InstanceKey(suffix)
            {
                Key = key.Through(StepKind.Element, "each.key", place),
                Value = (_values is [var single] ? single.Value : ChoiceValue.Of(_values)).Through(StepKind.Element, "each.value", place),
                Guard = guard,
            };
        }
    }
}
