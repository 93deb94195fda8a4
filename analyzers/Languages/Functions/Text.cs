using System.Globalization;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of text; all of them keep the holes.</summary>
internal static class TextFunctions
{
    /// <summary>Longest text that is made; longer is unknown.</summary>
    internal const int LengthLimit = 1 << 20;

    private static readonly DataType Texts = new ListType(DataType.Text);

    internal static IEnumerable<Function> All =>
    [
        Of("upper", DataType.Text, "The text in upper case.", call => Holes.Each("upper", call.Text(0), text => text.ToUpperInvariant().Replace('\u0131', 'I')), Text("str")),
        Of("lower", DataType.Text, "The text in lower case.", call => Holes.Each("lower", call.Text(0), text => text.ToLowerInvariant().Replace('\u0130', 'i')), Text("str")),
        Of("title", DataType.Text, "The text with each word starting in upper case.", Title, Text("str")),
        Of("chomp", DataType.Text, "The text without line breaks at its end.", call => Trimmed("chomp", call.Text(0), "\r\n", start: false, end: true), Text("str")),
        Of("indent", DataType.Text, "The text with all lines but the first moved right.", Indent, Number("spaces"), Text("str")),
        Of("trim", DataType.Text, "The text without the given characters at both ends.", call => call.Text(1).Known is { } set
            ? Trimmed("trim", call.Text(0), set, start: true, end: true)
            : UnknownValue.From(DataType.Text, call.All), Text("str"), Text("cutset")),
        Of("trimspace", DataType.Text, "The text without white space at both ends.", call => Trimmed("trimspace", call.Text(0), null, start: true, end: true), Text("str")),
        Of("trimprefix", DataType.Text, "The text without a given start.", TrimPrefix, Text("str"), Text("prefix")),
        Of("trimsuffix", DataType.Text, "The text without a given end.", TrimSuffix, Text("str"), Text("suffix")),
        Of("replace", DataType.Text, "The text with each occurrence of another, or of a /pattern/, replaced.", Replace, Text("str"), Text("substr"), Text("replace")),
        Of("split", Texts, "The pieces of a text between separators.", Split, Text("separator"), Text("str")),
        Variadic("join", DataType.Text, "The elements of lists with a separator between them.", Join, Text("separator"), new Input("lists", Texts) { Expands = true }),
        Of("substr", DataType.Text, "A part of a text, counted in characters; a length of -1 goes to the end.", Substring, Text("str"), Number("offset"), Number("length")),
        OfKnown("strrev", DataType.Text, "The text backwards.", call => new TextValue(string.Concat(Characters(call.Known(0)).Reverse())), Text("str")),
        Of("startswith", DataType.Bool, "Whether a text starts with another.", call => Starts(call.Text(0), call.Text(1)), Text("str"), Text("prefix")),
        Of("endswith", DataType.Bool, "Whether a text ends with another.", call => Ends(call.Text(0), call.Text(1)), Text("str"), Text("suffix")),
        Of("strcontains", DataType.Bool, "Whether a text contains another.", Contains, Text("str"), Text("substr")),
        Variadic("format", DataType.Text, "Text made from a format and values.", call => Format(call.All), Text("format"), Any("args") with { TakesNull = true }),
        Variadic("formatlist", Texts, "A list of texts made from a format and lists of values.", FormatList, Text("format"), Any("args") with { TakesNull = true }),
    ];

    /// <summary>The characters as people see them.</summary>
    internal static IEnumerable<string> Characters(string text)
    {
        for (var at = StringInfo.GetTextElementEnumerator(text); at.MoveNext();)
        {
            yield return at.GetTextElement();
        }
    }

    private static Value Title(Arguments call)
    {
        if (call.Text(0).Known is not { } text)
        {
            return Holes.Derived("title", call[0], DataType.Text);
        }

        var letters = text.ToCharArray();
        for (var at = 0; at < letters.Length; at++)
        {
            if (at == 0 || !(char.IsLetterOrDigit(letters[at - 1]) || letters[at - 1] == '_'))
            {
                letters[at] = Capital(letters[at]);
            }
        }

        return new TextValue(new string(letters));
    }

    /// <summary>The letter that begins a word: of two letters in one character the first alone is large.</summary>
    private static char Capital(char letter) => letter switch
    {
        >= '\u01C4' and <= '\u01C6' => '\u01C5',
        >= '\u01C7' and <= '\u01C9' => '\u01C8',
        >= '\u01CA' and <= '\u01CC' => '\u01CB',
        >= '\u01F1' and <= '\u01F3' => '\u01F2',
        _ => char.ToUpperInvariant(letter),
    };

    private static Value Indent(Arguments call)
    {
        if (call[0] is not NumberValue { Number.Whole: >= 0 and <= 1024 and var spaces })
        {
            return call[0] is NumberValue ? Conversion.Error("the indentation must be a whole number from 0 to 1024", DataType.Text) : UnknownValue.From(DataType.Text, call.All);
        }

        var indentation = "\n" + new string(' ', (int)spaces);
        return Limited(Holes.Each("indent", call.Text(1), text => text.Replace("\n", indentation, StringComparison.Ordinal)));
    }

    private static Value Trimmed(string name, TextValue text, string? set, bool start, bool end)
    {
        if (text.Known is { } known)
        {
            return new TextValue(Cut(known, start, end));
        }

        var parts = text.Parts.ToList();
        for (var left = true; start && left && parts.Count > 0;)
        {
            left = false;
            if (parts[0].Literal is { } literal)
            {
                var rest = Cut(literal, true, false);
                parts[0] = new TextPart(rest);
                if (rest.Length == 0)
                {
                    parts.RemoveAt(0);
                    left = true;
                }
            }
            else if (parts.Count > 1 && parts[1].Literal is { } behind && Cut(behind, true, false) is var rest && rest.Length < behind.Length)
            {
                // Where nothing is left of the hole, the start of what stands behind it goes too.
                parts[0] = new TextPart(UnknownValue.From(DataType.Text, parts[0].Hole!));
                parts[1] = new TextPart(rest);
                if (rest.Length == 0)
                {
                    return UnknownValue.From(DataType.Text, text);
                }
            }
            else
            {
                parts[0] = new TextPart(Holes.Derived(name, parts[0].Hole!, DataType.Text));
            }
        }

        for (var right = true; end && right && parts.Count > 0;)
        {
            right = false;
            if (parts[^1].Literal is { } literal)
            {
                var rest = Cut(literal, false, true);
                parts[^1] = new TextPart(rest);
                if (rest.Length == 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                    right = true;
                }
            }
            else if (parts.Count > 1 && parts[^2].Literal is { } before && Cut(before, false, true) is var rest && rest.Length < before.Length)
            {
                // Where nothing is left of the hole, the end of what stands before it goes too.
                parts[^1] = new TextPart(UnknownValue.From(DataType.Text, parts[^1].Hole!));
                parts[^2] = new TextPart(rest);
                if (rest.Length == 0)
                {
                    return UnknownValue.From(DataType.Text, text);
                }
            }
            else if (!(start && parts.Count == 1))
            {
                parts[^1] = new TextPart(Holes.Derived(name, parts[^1].Hole!, DataType.Text));
            }
        }

        return Holes.Join(parts);

        string Cut(string part, bool atStart, bool atEnd)
        {
            var from = 0;
            var to = part.Length;
            while (atStart && from < to && Goes(part[from]))
            {
                from++;
            }

            while (atEnd && to > from && Goes(part[to - 1]))
            {
                to--;
            }

            return part[from..to];
        }

        bool Goes(char unit) => set is null ? char.IsWhiteSpace(unit) : set.Contains(unit, StringComparison.Ordinal);
    }

    private static Value TrimPrefix(Arguments call)
    {
        var text = call.Text(0);
        if (call.Text(1).Known is not { } prefix)
        {
            return StartsWithParts(text, call.Text(1)) is { } rest ? rest : UnknownValue.From(DataType.Text, call.All);
        }

        return Starts(text, call.Text(1)) switch
        {
            _ when prefix.Length == 0 => Holes.Simple(text),
            BoolValue { Value: false } => Holes.Simple(text),
            BoolValue when text.Prefix.Length >= prefix.Length => Holes.Join([new TextPart(text.Prefix[prefix.Length..]), .. Behind(text, 1)]),
            _ when text.Parts is [{ Hole: { } start }, { Literal: { } behind }, ..] && OverlapAtStart(behind, prefix) is > 0 and var shared => Holes.Join(
                [new TextPart(UnknownValue.From(DataType.Text, start)), new TextPart(behind[shared..]), .. text.Parts.Skip(2)]),
            _ => text.Parts is [{ Hole: { } first }, ..] ? Holes.Join([new TextPart(Holes.Derived("trimprefix", first, DataType.Text, prefix)), .. text.Parts.Skip(1)])
                : UnknownValue.From(DataType.Text, text),
        };
    }

    /// <summary>The rest of a text behind another one with the same holes; null if it does not start so.</summary>
    private static Value? StartsWithParts(TextValue text, TextValue prefix)
    {
        for (var at = 0; at < prefix.Parts.Length; at++)
        {
            if (at >= text.Parts.Length)
            {
                return null;
            }

            var (mine, theirs) = (text.Parts[at], prefix.Parts[at]);
            if (theirs.Hole is { } hole ? mine.Hole?.EqualTo(hole) != Truth.Yes : at == prefix.Parts.Length - 1
                ? mine.Literal?.StartsWith(theirs.Literal!, StringComparison.Ordinal) != true
                : mine.Literal != theirs.Literal)
            {
                return null;
            }
        }

        var last = prefix.Parts[^1].Literal;
        return Holes.Join([.. last is null ? [] : new[] { new TextPart(text.Parts[prefix.Parts.Length - 1].Literal![last.Length..]) }, .. Behind(text, prefix.Parts.Length)]);
    }

    private static IEnumerable<TextPart> Behind(TextValue text, int parts) => text.Parts.Skip(parts);

    private static Value TrimSuffix(Arguments call)
    {
        var text = call.Text(0);
        if (call.Text(1).Known is not { } suffix)
        {
            return UnknownValue.From(DataType.Text, call.All);
        }

        return Ends(text, call.Text(1)) switch
        {
            _ when suffix.Length == 0 => Holes.Simple(text),
            BoolValue { Value: false } => Holes.Simple(text),
            BoolValue when text.Suffix.Length >= suffix.Length => Holes.Join([.. text.Parts.Take(text.Parts.Length - 1), new TextPart(text.Suffix[..^suffix.Length])]),
            BoolValue => Holes.Simple(text),
            _ when text.Parts is [.., { Literal: { } before }, { Hole: { } end }] && Overlap(before, suffix) is > 0 and var shared => Holes.Join(
                [.. text.Parts.Take(text.Parts.Length - 2), new TextPart(before[..^shared]), new TextPart(UnknownValue.From(DataType.Text, end))]),
            _ => text.Parts is [.., { Hole: { } last }]
                ? Holes.Join([.. text.Parts.Take(text.Parts.Length - 1), new TextPart(Holes.Derived("trimsuffix", last, DataType.Text, suffix))])
                : UnknownValue.From(DataType.Text, text),
        };
    }

    /// <summary>How many characters at the end of a text are a start of another one.</summary>
    private static int Overlap(string text, string start)
    {
        var length = Math.Min(text.Length, start.Length);
        while (length > 0 && !text.EndsWith(start[..length], StringComparison.Ordinal))
        {
            length--;
        }

        return length;
    }

    /// <summary>How many characters at the start of a text are an end of another one.</summary>
    private static int OverlapAtStart(string text, string end)
    {
        var length = Math.Min(text.Length, end.Length);
        while (length > 0 && !text.StartsWith(end[^length..], StringComparison.Ordinal))
        {
            length--;
        }

        return length;
    }

    private static Value Starts(TextValue text, TextValue prefix)
    {
        if (prefix.Known is not { } start)
        {
            return StartsWithParts(text, prefix) is not null ? BoolValue.True : UnknownValue.From(DataType.Bool, text, prefix);
        }

        var known = Holes.Prefix(text);
        return text.Known is { } whole ? BoolValue.Of(whole.StartsWith(start, StringComparison.Ordinal))
            : known.StartsWith(start, StringComparison.Ordinal) ? BoolValue.True
            : start.StartsWith(known, StringComparison.Ordinal) ? UnknownValue.From(DataType.Bool, text)
            : BoolValue.False;
    }

    private static Value Ends(TextValue text, TextValue suffix)
    {
        if (suffix.Known is not { } end)
        {
            return UnknownValue.From(DataType.Bool, text, suffix);
        }

        return text.Known is { } whole ? BoolValue.Of(whole.EndsWith(end, StringComparison.Ordinal))
            : text.Suffix.EndsWith(end, StringComparison.Ordinal) ? BoolValue.True
            : end.EndsWith(text.Suffix, StringComparison.Ordinal) ? UnknownValue.From(DataType.Bool, text)
            : BoolValue.False;
    }

    private static Value Contains(Arguments call)
    {
        if (call.Text(1).Known is not { } part)
        {
            return UnknownValue.From(DataType.Bool, call.All);
        }

        var text = call.Text(0);
        return text.Parts.Any(each => each.Literal?.Contains(part, StringComparison.Ordinal) == true) || part.Length == 0 ? BoolValue.True
            : text.Known is not null ? BoolValue.False
            : UnknownValue.From(DataType.Bool, text);
    }

    private static Value Replace(Arguments call)
    {
        if (call.Text(1).Known is not { } find)
        {
            return UnknownValue.From(DataType.Text, call.All);
        }

        var (text, by) = (call.Text(0), call.Text(2));
        if (find.Length > 1 && find[0] == '/' && find[^1] == '/')
        {
            return text.Known is { } whole && by.Known is { } template
                ? Limited(PatternFunctions.Replace(whole, find[1..^1], template))
                : text.Parts is [{ Hole: { } only }] ? Holes.Derived("replace", only, DataType.Text, find, by.ToString()) : UnknownValue.From(DataType.Text, call.All);
        }

        if (find.Length == 0)
        {
            return text.Known is { } letters && by.Known is { } between
                ? Limited(new TextValue(between + string.Concat(letters.EnumerateRunes().Select(rune => rune + between))))
                : UnknownValue.From(DataType.Text, call.All);
        }

        var parts = new List<TextPart>();
        for (var at = 0; at < text.Parts.Length; at++)
        {
            if (text.Parts[at].Literal is not { } literal)
            {
                parts.Add(new TextPart(Replaced(text.Parts[at].Hole!, find, by)));
                continue;
            }

            var pieces = literal.Split(find);
            if ((at + 1 < text.Parts.Length && MayGoOn(pieces[^1], find)) || (at > 0 && MayGoOn(find, pieces[0])))
            {
                // An occurrence may lie half in the literal and half in the hole.
                return UnknownValue.From(DataType.Text, call.All);
            }

            for (var piece = 0; piece < pieces.Length; piece++)
            {
                parts.AddRange(piece > 0 ? by.Parts : []);
                parts.Add(new TextPart(pieces[piece]));
            }
        }

        return Limited(Holes.Join(parts));
    }

    /// <summary>What stands for a hole without a text: replacing it once more changes nothing.</summary>
    private static Value Replaced(Value hole, string find, TextValue by)
    {
        var derived = Holes.Derived("replace", hole, DataType.Text, find, by.ToString());
        return by.Known is { } known && !known.Contains(find, StringComparison.Ordinal) && hole is UnknownValue { Reference.Attribute: { } attribute }
            && attribute.StartsWith("replace(", StringComparison.Ordinal) && attribute.EndsWith($", \"{find}\", \"{known}\")", StringComparison.Ordinal)
            ? hole
            : derived;
    }

    /// <summary>True if a proper start of <paramref name="right"/> ends <paramref name="left"/>.</summary>
    private static bool MayGoOn(string left, string right)
    {
        for (var length = Math.Min(left.Length, right.Length); length > 0; length--)
        {
            if (string.CompareOrdinal(left, left.Length - length, right, 0, length) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False if a separator is seen in an element of a list, or is none.</summary>
    private static bool DividesOnly(ListValue list, TextValue separator) =>
        separator.Known is not { } known || (known.Length > 0 && !list.Values.OfType<TextValue>().Any(text => text.Parts.Any(part => part.Literal?.Contains(known, StringComparison.Ordinal) == true)));

    private static Value Split(Arguments call)
    {
        var text = call.Text(1);
        if (text.Content is { Format: "join", Content: MapValue joined } && joined["separator"] is { } glue && glue.EqualTo(call[0]) == Truth.Yes && joined["list"] is ListValue list && DividesOnly(list, call.Text(0)))
        {
            return list;
        }

        if (call.Text(0).Known is not { } separator)
        {
            return UnknownValue.From(Texts, call.All);
        }

        if (text.Known is { } known)
        {
            return ListValue.Of(
                separator.Length == 0 ? known.EnumerateRunes().Select(rune => new TextValue(rune.ToString())) : known.Split(separator).Select(piece => new TextValue(piece)),
                SequenceKind.List,
                DataType.Text);
        }

        if (text.Parts.Any(part => part.Hole is { } hole && !Holes.NeverHolds(hole, separator)))
        {
            var piece = Holes.Derived("split", text.Parts.First(part => part.Hole is not null).Hole!, DataType.Text, separator);
            return new UnknownValue(UnknownValue.From(Texts, text).Causes, Texts) { Element = UnknownValue.From(DataType.Text, piece), IsNotNull = true };
        }

        var pieces = new List<List<TextPart>> { new() };
        foreach (var part in text.Parts)
        {
            if (part.Literal is not { } literal)
            {
                pieces[^1].Add(part);
                continue;
            }

            var cut = literal.Split(separator);
            pieces[^1].Add(new TextPart(cut[0]));
            pieces.AddRange(cut.Skip(1).Select(piece => new List<TextPart> { new(piece) }));
        }

        return ListValue.Of(pieces.Select(Holes.Join), SequenceKind.List, DataType.Text);
    }

    private static Value Join(Arguments call)
    {
        var parts = new List<TextPart>();
        var count = 0;
        for (var at = 1; at < call.Count; at++)
        {
            if (call[at] is not ListValue { HasKnownLength: true } list)
            {
                return UnknownValue.From(DataType.Text, call.All);
            }

            foreach (var value in list.Values)
            {
                if (value is NullValue)
                {
                    return Conversion.Error($"element {count} is null; cannot concatenate null values", DataType.Text);
                }

                parts.AddRange(count++ > 0 ? call.Text(0).Parts : []);
                parts.AddRange(Holes.Of(value).Parts);
            }
        }

        var text = TextValue.Of(parts);
        return Limited(text.Known is not null || text.Parts.Length == 1 || call.Count > 2
            ? Holes.Simple(text)
            : text.Encoding(new Encoded("join", MapValue.Of(("separator", call[0]), ("list", call[1])))));
    }

    private static Value Substring(Arguments call)
    {
        if (call[1] is not NumberValue || call[2] is not NumberValue)
        {
            return UnknownValue.From(DataType.Text, call.All);
        }

        if (call.Number(1).Whole is not { } offset || call.Number(2).Whole is not { } length)
        {
            return Conversion.Error("offset and length of a part of a text must be whole numbers", DataType.Text);
        }

        var text = call.Text(0);
        if (text.Known is { } known)
        {
            var all = Characters(known).ToList();
            var start = offset < 0 ? Math.Max(0, offset + all.Count) : Math.Min(offset, all.Count);
            var end = length < 0 ? all.Count : Math.Min(all.Count, start + length);
            return new TextValue(string.Concat(all.Skip((int)start).Take((int)(end - start))));
        }

        // A combining character at the start of the hole would join the last character of the literal, so the last one is left to doubt.
        var prefix = Characters(text.Prefix).ToList();
        return offset >= 0 && length >= 0 && offset + length < prefix.Count ? new TextValue(string.Concat(prefix.Skip((int)offset).Take((int)length)))
            : offset >= 0 && length < 0 && offset < prefix.Count ? Holes.Join([new TextPart(string.Concat(prefix.Skip((int)offset))), .. Behind(text, 1)])
            : Holes.Derived("substr", call[0], DataType.Text, call.Number(1).ToString(), call.Number(2).ToString());
    }

    private static Value Format(IReadOnlyList<Value> arguments) => arguments[0] is TextValue { Known: { } format }
        ? Limited(Formatting.Format(format, arguments.Skip(1).ToList()))
        : UnknownValue.From(DataType.Text, arguments);

    private static Value FormatList(Arguments call)
    {
        var lists = Enumerable.Range(1, call.Count - 1).Where(at => call[at] is ListValue or UnknownValue { Type: DynamicType } || call[at].Type is ListType or SetType or TupleType).ToList();
        if (lists.Count == 0)
        {
            return ListValue.Of([Format(call.All)], SequenceKind.List, DataType.Text);
        }

        if (lists is [var only] && call[only] is ListValue single)
        {
            var seen = new ListValue([.. single.Items.Select(item => item with { Value = Of(item.Value) })], SequenceKind.List, DataType.Text) { OpenBecause = single.OpenBecause };

            // Elements that were not seen may be errors where others would be.
            return single.OpenBecause is { } because && Of(new UnknownValue(because, single.ElementType)) is var unseen && (unseen.MayFail || Conversion.IsError(unseen)) ? seen.WithMayFail(true) : seen;

            Value Of(Value element) => Line(at => at == only ? element : call[at]);
        }

        if (lists.Exists(at => call[at] is not ListValue { HasKnownLength: true, IsUnordered: false }))
        {
            return UnknownValue.From(Texts, call.All);
        }

        var length = ((ListValue)call[lists[0]]).Items.Length;
        if (lists.Exists(at => ((ListValue)call[at]).Items.Length != length))
        {
            return Conversion.Error("the lists to format have different lengths", Texts);
        }

        var lines = Enumerable.Range(0, length).Select(index => Line(at => call[at] is ListValue list && lists.Contains(at) ? list.Items[index].Value : call[at])).ToList();
        return lines.Find(Conversion.IsError) ?? ListValue.Of(lines, SequenceKind.List, DataType.Text);

        Value Line(Func<int, Value> argument) => Alternatives.Map(
            [.. Enumerable.Range(0, call.Count).Select(at => at == 0 ? call[0] : argument(at))], _ => true, DataType.Text, each => Format(each) switch
            {
                NullValue => Conversion.Error("null has no text to format", DataType.Text),
                var line => line,
            });
    }

    /// <summary>A text that is not too long; otherwise unknown.</summary>
    internal static Value Limited(Value value) => value is TextValue text && text.Parts.Sum(part => part.Literal?.Length ?? 1) > LengthLimit
        ? new UnknownValue(UnknownReason.Limit, "the text is longer than 1 MiB", type: DataType.Text)
        : value;
}
