namespace Analyzer.Facts.Values;

/// <summary>Three-valued equality: compares what is known and never guesses.</summary>
internal static class ValueEquality
{
    private const int DepthLimit = 64;
    private const int SetLimit = 64;

    internal static Truth Compare(Value left, Value right, int depth = 0)
    {
        if (ReferenceEquals(left, right))
        {
            return left is UnknownValue { Reference: null } ? Truth.Unknown : Truth.Yes;
        }

        if (depth > DepthLimit)
        {
            return Truth.Unknown;
        }

        return (left, right) switch
        {
            (ChoiceValue a, ChoiceValue b) => Choices(a, b, depth),
            (ChoiceValue choice, _) => Across(choice, right, depth),
            (_, ChoiceValue choice) => Across(choice, left, depth),
            (UnknownValue unknown, _) => Unknown(unknown, right),
            (_, UnknownValue unknown) => Unknown(unknown, left),
            (NullValue, NullValue) => Truth.Yes,
            (BoolValue a, BoolValue b) => Kleene.Of(a.Value == b.Value),
            (NumberValue a, NumberValue b) => Kleene.Of(a.Number.Equals(b.Number)),
            (TextValue a, TextValue b) => Texts(a, b),
            (ListValue a, ListValue b) => Lists(a, b, depth),
            (MapValue a, MapValue b) => Maps(a, b, depth),
            (Model.FactValue a, Model.FactValue b) => Kleene.Of(ReferenceEquals(a.Fact, b.Fact)),
            _ => Truth.No,
        };
    }

    private static Truth Across(ChoiceValue choice, Value other, int depth)
    {
        Truth? same = null;
        foreach (var alternative in choice.Alternatives)
        {
            var answer = Compare(alternative.Value, other, depth + 1);
            same ??= answer;
            if (same != answer || answer == Truth.Unknown)
            {
                return Truth.Unknown;
            }
        }

        return same ?? Truth.Unknown;
    }

    /// <summary>Only what may be meant at once is compared: two choices by one condition are equal if they are in each of its cases.</summary>
    private static Truth Choices(ChoiceValue left, ChoiceValue right, int depth)
    {
        Truth? same = null;
        foreach (var mine in left.Alternatives)
        {
            foreach (var theirs in right.Alternatives)
            {
                if (mine.Guard.MeetsWith(theirs.Guard))
                {
                    var answer = Compare(mine.Value, theirs.Value, depth + 1);
                    same ??= answer;
                    if (same != answer || answer == Truth.Unknown)
                    {
                        return Truth.Unknown;
                    }
                }
            }
        }

        return same ?? Truth.Unknown;
    }

    private static Truth Unknown(UnknownValue unknown, Value other)
    {
        if (unknown.Reference is { } reference && other is UnknownValue { Reference: { } theirs } && reference == theirs)
        {
            return Truth.Yes;
        }

        if (other is NullValue && unknown.IsNotNull)
        {
            return Truth.No;
        }

        if (!MayBe(unknown.Type, other))
        {
            return Truth.No;
        }

        if (other is NumberValue { Number: var number } && unknown.Bounds?.MayBe(number) == false)
        {
            return Truth.No;
        }

        return other is TextValue text && unknown.Prefix.Length > 0 && !PrefixesAgree(unknown.Prefix, text) ? Truth.No : Truth.Unknown;
    }

    /// <summary>False if a value of the type is certainly of another kind.</summary>
    private static bool MayBe(DataType type, Value other) => (type, other) switch
    {
        (DynamicType, _) or (_, NullValue or UnknownValue or ChoiceValue) => true,
        (BoolType, _) => other is BoolValue,
        (NumberType, _) => other is NumberValue,
        (TextType, _) => other is TextValue,
        (MapType or ObjectType, _) => other is MapValue,
        _ => other is ListValue,
    };

    private static bool PrefixesAgree(string prefix, TextValue text)
    {
        var mine = text.Prefix;
        var shared = Math.Min(prefix.Length, mine.Length);
        return string.CompareOrdinal(prefix, 0, mine, 0, shared) == 0 && (text.Known is null || mine.Length >= prefix.Length);
    }

    private static Truth Texts(TextValue a, TextValue b)
    {
        if (a.Known is { } left && b.Known is { } right)
        {
            return Kleene.Of(left == right);
        }

        if (SameParts(a, b))
        {
            return Truth.Yes;
        }

        var prefix = Math.Min(a.Prefix.Length, b.Prefix.Length);
        var suffix = Math.Min(a.Suffix.Length, b.Suffix.Length);
        if (string.CompareOrdinal(a.Prefix, 0, b.Prefix, 0, prefix) != 0
            || string.CompareOrdinal(a.Suffix, a.Suffix.Length - suffix, b.Suffix, b.Suffix.Length - suffix, suffix) != 0)
        {
            return Truth.No;
        }

        return (a.Known ?? b.Known) is { } known && known.Length < (a.Known is null ? a : b).LiteralLength ? Truth.No : Truth.Unknown;
    }

    private static bool SameParts(TextValue a, TextValue b)
    {
        if (a.Parts.Length != b.Parts.Length)
        {
            return false;
        }

        for (var at = 0; at < a.Parts.Length; at++)
        {
            var (left, right) = (a.Parts[at], b.Parts[at]);
            var same = left.Hole is { } hole && right.Hole is { } other ? Compare(hole, other) == Truth.Yes : left.Literal is not null && left.Literal == right.Literal;
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private static Truth Lists(ListValue a, ListValue b, int depth)
    {
        if ((a.Kind == SequenceKind.Set) != (b.Kind == SequenceKind.Set))
        {
            return Truth.No;
        }

        if (!a.HasKnownLength || !b.HasKnownLength || (a.Kind != SequenceKind.Set && (a.IsUnordered || b.IsUnordered)))
        {
            return Truth.Unknown;
        }

        if (a.Kind == SequenceKind.Set)
        {
            return Sets(a, b, depth);
        }

        if (a.Items.Length != b.Items.Length)
        {
            return Truth.No;
        }

        var elements = a.Values.Zip(b.Values, (left, right) => Compare(left, right, depth + 1)).All();
        return a.Kind == b.Kind ? elements : elements.And(OfOtherType(a, b));
    }

    private static Truth Sets(ListValue a, ListValue b, int depth)
    {
        // Elements that are not known may turn out equal, and those that cannot be sorted stand in any order.
        var isKnown = a.IsWhollyKnown && b.IsWhollyKnown;
        if (a.Items.Length != b.Items.Length)
        {
            return isKnown ? Truth.No : Truth.Unknown;
        }

        var inOrder = a.Values.Zip(b.Values, (left, right) => Compare(left, right, depth + 1)).All();
        return inOrder != Truth.No || (isKnown && a.Values.All(IsSortable) && b.Values.All(IsSortable)) ? inOrder
            : isKnown && a.Items.Length <= SetLimit ? a.Values.Select(left => b.Values.Select(right => Compare(left, right, depth + 1)).Any()).All()
            : Truth.Unknown;
    }

    private static bool IsSortable(Value value) => value is BoolValue or NumberValue or TextValue;

    /// <summary>
    /// Terraform compares types first: a list never equals a tuple, nor a map an object. What was read of a resource is converted by its schema, which is not here, so there nobody knows.
    /// </summary>
    private static Truth OfOtherType(Value a, Value b) => a.References.Any() || b.References.Any() ? Truth.Unknown : Truth.No;

    private static Truth Maps(MapValue a, MapValue b, int depth)
    {
        var guarded = a.IsOpen || b.IsOpen || a.Entries.Any(entry => !entry.Guard.IsAlways) || b.Entries.Any(entry => !entry.Guard.IsAlways);
        var result = guarded ? Truth.Unknown : a.IsObject == b.IsObject ? Truth.Yes : OfOtherType(a, b);
        foreach (var entry in a.Entries)
        {
            var other = b.Find(entry.Key);
            if (other is null)
            {
                result = result.And(b.IsOpen || !entry.Guard.IsAlways ? Truth.Unknown : Truth.No);
            }
            else if (entry.Guard.IsAlways && other.Guard.IsAlways)
            {
                result = result.And(Compare(entry.Value, other.Value, depth + 1));
            }
        }

        return b.Entries.Any(entry => a.Find(entry.Key) is null && entry.Guard.IsAlways && !a.IsOpen) ? Truth.No : result;
    }
}
