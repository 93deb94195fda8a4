using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Names;
using Analyzer.Languages.Recognition;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Analyzer.Languages.Yaml;

/// <summary>Makes the value of one document from the events of the parser.</summary>
internal sealed class YamlBuilder(IParser parser, DecodedText text, MendedText scanned, YamlOptions options, ProblemLog problems)
{
    private const int NestingLimit = 128;

    /// <summary>Values per document that are written, and again as many that aliases stand for: whatever walks the value as a tree stays within it.</summary>
    private const int NodeLimit = 200_000;

    private readonly Dictionary<AnchorName, (Value? Value, int Size)> _anchors = [];
    private readonly Stack<MapEntries> _idle = [];
    private readonly List<Item> _items = [];
    private int _nodes;
    private int _aliased;
    private int _end;

    /// <summary>How far the events have come that were read; at the end of a document behind the blanks that follow it.</summary>
    internal int Reached { get; private set; }

    /// <summary>Reads from the start of the document to its end.</summary>
    internal Value Document()
    {
        Next();
        var root = Node(0);
        Reached = Math.Max(Reached, Start);
        return root;
    }

    private int Start => scanned.Written(parser.Current!.Start.Index);

    private int End => scanned.Written(parser.Current!.End.Index);

    private void Next()
    {
        Reached = Math.Max(Reached, End);
        parser.MoveNext();
    }

    /// <summary>Reads one node, its current event first; afterwards <see cref="_end"/> is behind its last character.</summary>
    private Value Node(int depth)
    {
        if (parser.Current is AnchorAlias alias)
        {
            return Alias(alias);
        }

        if (depth > NestingLimit)
        {
            throw new YamlLimitException("nesting-limit", $"The document is nested deeper than {NestingLimit} levels.", Start);
        }

        Count();
        if (parser.Current is not NodeEvent node)
        {
            // Some malformed text makes the parser end a map between a key and its value.
            throw new YamlException(parser.Current!.Start, parser.Current.End, "did not find the value of a key");
        }

        var (tagStart, start) = (Start, Start);
        var tagLength = 0;
        if (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)
        {
            (tagStart, tagLength, start) = Properties(start);
        }

        var before = _nodes + _aliased;
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = default;
        }

        var shortForm = options.ShortForms && node.Tag is { IsEmpty: false, IsNonSpecific: false } && !node.Tag.IsGlobal && node.Tag.Value.Length > 1;
        if (!shortForm)
        {
            CheckTag(node, tagStart, tagLength);
        }

        var value = node switch
        {
            Scalar scalar => ScalarValue(scalar, start, shortForm),
            SequenceStart sequence => Sequence(sequence, start, depth),
            _ => Mapping((MappingStart)node, start, depth),
        };
        if (shortForm)
        {
            value = LongForm(node.Tag.Value[1..], value, tagStart, tagLength);
        }

        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (value, _nodes + _aliased - before + 1);
        }

        return value;
    }

    private void Count()
    {
        if (++_nodes > NodeLimit)
        {
            throw new YamlLimitException("node-limit", $"The document has more than {NodeLimit} values.", Start);
        }
    }

    private Value Alias(AnchorAlias alias)
    {
        var place = text.Place(Start, End);
        _end = End;
        Next();
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            return Wrong("unknown-alias", $"No anchor is named \"{alias.Value}\".", place, UnknownReason.Error);
        }

        if (target.Value is null)
        {
            return Wrong("recursive-alias", $"The alias \"{alias.Value}\" stands inside what it names.", place, UnknownReason.Cycle);
        }

        if (_aliased + target.Size > NodeLimit)
        {
            return Wrong("alias-limit", $"The aliases of the document stand for more than {NodeLimit} values.", place, UnknownReason.Limit);
        }

        _aliased += target.Size;
        return target.Value;
    }

    private UnknownValue Wrong(string code, string message, Span place, UnknownReason reason)
    {
        problems.Add(new Problem(code, message, place));
        return new UnknownValue(reason, message.TrimEnd('.'), place);
    }

    private Value ScalarValue(Scalar scalar, int start, bool shortForm)
    {
        Pass(scalar, start);
        var place = text.Place(start, _end);
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        var plain = scalar.Style == ScalarStyle.Plain && !shortForm
            && tag is "" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null";
        return plain ? YamlScalars.Resolve(scalar.Value, options.Scalars, place) : new TextValue(NameTable.Get(scalar.Value)) { Written = place };
    }

    private void Pass(Scalar scalar, int start)
    {
        _end = Math.Max(start, ContentEnd(scalar, start));
        Next();
    }

    private int ContentEnd(Scalar scalar, int start)
    {
        var end = Math.Min(End, text.Characters.Length);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            while (end > start && char.IsWhiteSpace(text.Characters[end - 1]))
            {
                end--;
            }
        }

        return end;
    }

    private Value Sequence(SequenceStart sequence, int start, int depth)
    {
        Next();
        _end = start;
        var first = _items.Count;
        while (parser.Current is not SequenceEnd)
        {
            _items.Add(new Item(Node(depth + 1)));
        }

        Close(sequence.Style == SequenceStyle.Flow, ']');
        var items = ImmutableArray.Create<Item>(CollectionsMarshal.AsSpan(_items)[first..]);
        _items.RemoveRange(first, items.Length);
        return new ListValue(items) { Written = text.Place(start, _end) };
    }

    private Value Mapping(MappingStart mapping, int start, int depth)
    {
        var placeholder = mapping.Style == MappingStyle.Flow && text.Characters.AsSpan(start).StartsWith("{{", StringComparison.Ordinal);
        var entries = _idle.TryPop(out var idle) ? idle : new MapEntries(problems);
        Next();
        _end = start;
        while (parser.Current is not MappingEnd)
        {
            var isMerge = parser.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain, Tag.IsEmpty: true };
            var keyStart = Start;
            var key = Key(depth);
            var keyPlace = text.Place(keyStart, _end);
            var value = Node(depth + 1);
            if (isMerge)
            {
                entries.Merge(value, keyPlace);
            }
            else if (key is { } name)
            {
                entries.Add(name, value, keyPlace);
            }
            else if (!placeholder)
            {
                problems.Add(new Problem("invalid-key", "A key must be a scalar; this entry is left out.", keyPlace));
            }
        }

        Close(mapping.Style == MappingStyle.Flow, '}');
        if (placeholder)
        {
            // "{{ .Values.x }}" happens to be YAML: a map whose only key is a map. Nobody means that.
            var place = text.Place(start, _end);
            return new UnknownValue(UnknownReason.Placeholder, $"\"{place.Text}\" is filled in by a template tool", place);
        }

        var map = entries.ToMap(text.Place(start, _end));
        _idle.Push(entries);
        return map;
    }

    /// <summary>Reads a key; null for one that cannot be.</summary>
    private string? Key(int depth)
    {
        var written = parser.Current as Scalar;
        if (written is not { Anchor.IsEmpty: true, Tag.IsEmpty: true } || (written.Style == ScalarStyle.Plain && !YamlScalars.IsText(written.Value, options.Scalars)))
        {
            return KeyText(written, Node(depth + 1));
        }

        // Most keys are words: nobody asks for them as values.
        Count();
        Pass(written, Start);
        return NameTable.Get(written.Value);
    }

    /// <summary>A key as the tools make one of a scalar: what it means, as text. Null for keys that cannot be.</summary>
    private static string? KeyText(Scalar? written, Value key) => key switch
    {
        TextValue name => name.Known,
        BoolValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        NullValue => written is null or { Value: "" } ? "null" : written.Value,
        _ => null,
    };

    /// <summary>Passes the end event of a collection: a flow collection ends with its bracket, a block with its last value.</summary>
    private void Close(bool isFlow, char bracket)
    {
        if (isFlow && Start < text.Characters.Length && text.Characters[Start] == bracket)
        {
            _end = Start + 1;
        }

        Next();
    }

    /// <summary>Finds tag, anchor and the node behind them.</summary>
    private (int TagStart, int TagLength, int Content) Properties(int at)
    {
        var all = text.Characters;
        var (tagStart, tagLength) = (at, 0);
        while (at < all.Length)
        {
            if (char.IsWhiteSpace(all[at]))
            {
                at++;
            }
            else if (all[at] is '#')
            {
                var lineEnd = all.AsSpan(at).IndexOf('\n');
                at = lineEnd < 0 ? all.Length : at + lineEnd;
            }
            else if (all[at] is '!' or '&')
            {
                var from = at;
                while (at < all.Length && !char.IsWhiteSpace(all[at]) && all[at] is not (',' or '[' or ']' or '{' or '}'))
                {
                    at++;
                }

                (tagStart, tagLength) = all[from] == '!' ? (from, at - from) : (tagStart, tagLength);
                if (at >= End && parser.Current is Scalar)
                {
                    break;
                }
            }
            else
            {
                break;
            }
        }

        return (tagStart, tagLength, at);
    }

    private void CheckTag(NodeEvent node, int tagStart, int tagLength)
    {
        if (options.Scalars == ScalarRules.Terraform && !node.Tag.IsEmpty && !node.Tag.IsNonSpecific
            && !node.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            problems.Add(new Problem("unknown-tag", $"Nobody knows the tag \"{node.Tag.Value}\".", text.Place(tagStart, tagStart + tagLength)));
        }
    }

    private Value LongForm(string name, Value argument, int tagStart, int tagLength)
    {
        if (name == "GetAtt" && argument is TextValue { Known: { } dotted } && dotted.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            argument = SplitAttribute(argument, dotted, dot);
        }

        // Tools with functions of their own give them names with colons, short and long the same.
        var key = name is "Ref" or "Condition" || name.Contains("::", StringComparison.Ordinal) ? name : "Fn::" + name;
        var entry = new Entry(key, argument, text.Place(tagStart, tagStart + tagLength));
        var place = text.Place(tagStart, _end);
        return new MapValue([entry]) { Place = place, Written = place };
    }

    /// <summary><c>a.b.c</c> is resource <c>a</c> and attribute <c>b.c</c>, each with its own place where it is written plainly.</summary>
    private static ListValue SplitAttribute(Value argument, string dotted, int dot)
    {
        var (first, second) = (argument.Trace!, argument.Trace!);
        var whole = first.Place;
        var quote = whole.Length == dotted.Length + 2 ? 1 : 0;
        if (whole.Length == dotted.Length + 2 * quote)
        {
            first = new Trace(StepKind.Literal, "", whole.File.At(whole.Start + quote, dot));
            second = new Trace(StepKind.Literal, "", whole.File.At(whole.Start + quote + dot + 1, dotted.Length - dot - 1));
        }

        return (ListValue)ListValue.Of([new TextValue(dotted[..dot]).With(first), new TextValue(dotted[(dot + 1)..]).With(second)]).With(argument.Trace);
    }
}

/// <summary>A limit of the reader: the document is given up at a place.</summary>
internal sealed class YamlLimitException(string code, string message, int at) : Exception(message)
{
    /// <summary>Code of the problem.</summary>
    internal string Code { get; } = code;

    /// <summary>Position in the characters of the file.</summary>
    internal int At { get; } = at;
}
