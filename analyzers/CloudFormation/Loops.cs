using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.CloudFormation;

/// <summary>
/// Unrolls <c>Fn::ForEach</c>: the body is written once for each element, its name replaced in keys and texts. Where nobody knows the elements, one symbolic round stands for any number
/// of them: its keys have <c>[*]</c> in place of the name.
/// </summary>
internal sealed class Loops(TemplateScope scope)
{
    private const string Function = "Fn::ForEach";

    /// <summary>What stands in keys for an element that nobody knows.</summary>
    internal const string Any = "[*]";

    /// <summary>Values written by all loops of a template.</summary>
    private const int Limit = 500_000;

    private int _written;

    /// <summary>True for the key of a loop.</summary>
    internal static bool IsLoop(string key) => key.StartsWith(Function, StringComparison.Ordinal);

    /// <summary>The map with each loop in it unrolled; the same map if there is none.</summary>
    internal MapValue Unroll(MapValue written)
    {
        if (!written.Entries.Any(entry => IsLoop(entry.Key)))
        {
            return written;
        }

        var entries = new OrderedDictionary<string, Entry>(StringComparer.Ordinal);
        List<Cause> open = [.. written.OpenBecause ?? []];
        foreach (var entry in written.Entries)
        {
            if (IsLoop(entry.Key))
            {
                Unroll(entry, Guard.Always, entries, open);
            }
            else
            {
                entries[entry.Key] = entry;
            }
        }

        return (MapValue)new MapValue([.. entries.Values]) { Place = written.Place, OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] }.With(written.Trace);
    }

    private void Unroll(Entry loop, Guard guard, OrderedDictionary<string, Entry> entries, List<Cause> open)
    {
        var place = loop.KeyPlace ?? scope.Evaluator.Place(loop.Value);
        if (loop.Value is not ListValue { Items: [var identifier, var collection, { Value: MapValue body }] } || Texts.Of(identifier.Value)?.Known is not { Length: > 0 } name)
        {
            open.AddRange(scope.Wrong("invalid-function", $"\"{Function}\" takes a name, a list and a map.", place).Causes);
            return;
        }

        foreach (var (item, key, when) in Rounds(scope.Evaluator.EvaluateFor(Guard.Always, collection.Value).Value, place))
        {
            if (guard.And(when) is not { } both)
            {
                continue;
            }

            foreach (var entry in body.Entries)
            {
                if (_written > Limit)
                {
                    open.AddRange(new UnknownValue(UnknownReason.Limit, "the loops of the template write too much", place).Causes);
                    scope.Report("loop-limit", "The loops of the template write too much; the rest is left out.", place);
                    return;
                }

                var round = new Round(name, item, key, place);
                var written = new Entry(Replace(entry.Key, round), Replace(entry.Value, round), both, entry.KeyPlace);
                if (IsLoop(written.Key))
                {
                    Unroll(written, both, entries, open);
                }
                else if (!entries.TryGetValue(written.Key, out var other))
                {
                    entries.Add(written.Key, written);
                }
                else
                {
                    // The same element in several choices of the list, or two that are spelled alike.
                    if (other.Guard.MeetsWith(both) && !written.Key.Contains('[', StringComparison.Ordinal))
                    {
                        scope.Report("duplicate-key", $"The loop writes \"{written.Key}\" twice.", place);
                    }

                    entries[written.Key] = other with { Guard = Guards.Either(other.Guard, both) };
                }
            }
        }
    }

    private IEnumerable<(Value Item, string Key, Guard Guard)> Rounds(Value collection, Span place)
    {
        switch (collection)
        {
            case ListValue list:
                for (var at = 0; at < list.Items.Length; at++)
                {
                    var item = Texts.Textual(list.Items[at].Value);
                    yield return (item, Texts.Of(item)?.Known ?? string.Create(CultureInfo.InvariantCulture, $"[{at}]"), list.Items[at].Guard);
                }

                if (list.OpenBecause is { } because)
                {
                    yield return (new UnknownValue(because, DataType.Text), Any, Guard.Always);
                }

                break;
            case ChoiceValue choice:
                foreach (var alternative in choice.Alternatives)
                {
                    foreach (var (item, key, guard) in Rounds(alternative.Value, place))
                    {
                        if (alternative.Guard.And(guard) is { } both)
                        {
                            yield return (item, key, both);
                        }
                    }
                }

                break;
            case UnknownValue unknown:
                yield return (new UnknownValue(unknown.Causes, DataType.Text) { IsNotNull = true }, Any, Guard.Always);
                break;
            default:
                scope.Report("invalid-function", $"\"{Function}\" goes through a list.", place);
                break;
        }
    }

    private Value Replace(Value written, Round round)
    {
        _written++;
        switch (written)
        {
            case MapValue { Entries: [{ Key: "Ref", Value: var name }] } when Texts.Of(name)?.Known == round.Name:
                return round.Item.Through(StepKind.Element, round.Name, scope.Evaluator.Place(written));
            case MapValue map:
                return map.WithEach(entry => Replace(entry, round));
            case ListValue list:
                return list.WithItems(item => Replace(item, round));
            case TextValue { Known: { } text } when Mentions(text, round):
                var place = scope.Evaluator.Place(written);
                var result = Texts.Of(round.Item)?.Known is not null ? new TextValue(Replace(text, round)) : WithHoles(text, round);
                return result.With(new Trace(StepKind.Element, round.Name, place, written.Trace));
            default:
                return written;
        }
    }

    private Entry Replace(Entry entry, Round round)
    {
        var (key, value) = (Replace(entry.Key, round), Replace(entry.Value, round));
        return ReferenceEquals(key, entry.Key) && ReferenceEquals(value, entry.Value) ? entry : entry with { Key = key, Value = value };
    }

    private static TextValue WithHoles(string text, Round round)
    {
        var parts = new List<TextPart>();
        var pieces = text.Replace(round.Plain, round.Braced, StringComparison.Ordinal).Split(round.Braced);
        for (var at = 0; at < pieces.Length; at++)
        {
            parts.AddRange(at > 0 ? [new TextPart(round.Item), new TextPart(pieces[at])] : [new TextPart(pieces[at])]);
        }

        return TextValue.Of(parts);
    }

    private static bool Mentions(string text, Round round) => text.Contains(round.Braced, StringComparison.Ordinal) || text.Contains(round.Plain, StringComparison.Ordinal);

    private static string Replace(string text, Round round) => !Mentions(text, round) ? text : text
        .Replace(round.Braced, round.Key, StringComparison.Ordinal)
        .Replace(round.Plain, round.Key.StartsWith('[') ? round.Key : string.Concat(round.Key.Where(char.IsAsciiLetterOrDigit)), StringComparison.Ordinal);

    /// <summary>One round of a loop.</summary>
    private sealed record Round(string Name, Value Item, string Key, Span Place)
    {
        /// <summary>The name in texts.</summary>
        internal string Braced { get; } = $"${{{Name}}}";

        /// <summary>The name in texts, where only letters and digits of the element are wanted.</summary>
        internal string Plain { get; } = $"&{{{Name}}}";
    }
}
