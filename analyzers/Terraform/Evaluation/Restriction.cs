using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Terraform.Evaluation;

/// <summary>What is left of a value where a guard is known to hold.</summary>
internal static class Restriction
{
    private const int DepthLimit = 16;

    /// <summary>
    /// A configured value without the alternatives that are errors: where Terraform fails nothing is deployed, so those cases need not be told apart.
    /// </summary>
    internal static Value WithoutErrors(Value value)
    {
        if (value is not ChoiceValue choice || !choice.Alternatives.Any(each => Conversion.IsError(each.Value)))
        {
            return value;
        }

        var left = choice.Alternatives.Where(each => !Conversion.IsError(each.Value)).ToList();
        return left.Count == 0 ? value : ChoiceValue.Of(left);
    }

    /// <summary>The value without the alternatives, elements and entries that the guard excludes.</summary>
    internal static Value Under(Guard guard, Value value, int depth = 0)
    {
        if (guard.IsAlways || depth > DepthLimit)
        {
            return value;
        }

        switch (value)
        {
            case ChoiceValue choice:
                var left = choice.Alternatives.Where(each => each.Guard.MeetsWith(guard)).ToList();
                return left.Count == choice.Alternatives.Length || left.Count == 0 ? value : Under(guard, ChoiceValue.Of(left), depth + 1);
            case ListValue list when !list.IsWhollyKnown:
                return new ListValue(
                    [.. list.Items.Where(item => item.Guard.MeetsWith(guard)).Select(item => new Item(Under(guard, item.Value, depth + 1), Left(item.Guard)))], list.Kind, list.ElementType)
                {
                    OpenBecause = list.OpenBecause,
                    IsUnordered = list.IsUnordered,
                }.With(list.Trace).WithSensitive(list.IsSensitive);
            case MapValue map when !map.IsWhollyKnown:
                return new MapValue(
                    [.. map.Entries.Where(entry => entry.Guard.MeetsWith(guard)).Select(entry => entry with { Value = Under(guard, entry.Value, depth + 1), Guard = Left(entry.Guard) })],
                    map.IsObject,
                    map.ElementType)
                {
                    OpenBecause = map.OpenBecause,
                    Place = map.Place,
                }.With(map.Trace).WithSensitive(map.IsSensitive);
            default:
                return value;
        }

        Guard Left(Guard own) => guard.Implies(own) ? Guard.Always : own;
    }
}
