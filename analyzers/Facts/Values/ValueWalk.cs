namespace Analyzer.Facts.Values;

internal static class ValueWalk
{
    /// <summary>Depth-first, with an own stack and each shared value once: aliases in YAML make graphs, not trees.</summary>
    internal static IEnumerable<Value> Deep(Value root)
    {
        if (root is NullValue or BoolValue or NumberValue or TextValue { Known: not null, Content: null })
        {
            yield return root;
            yield break;
        }

        var stack = new Stack<Value>();
        var seen = new Seen();
        stack.Push(root);
        while (stack.TryPop(out var value))
        {
            if (!seen.Add(value))
            {
                continue;
            }

            yield return value;
            switch (value)
            {
                case ListValue list:
                    for (var at = list.Items.Length - 1; at >= 0; at--)
                    {
                        stack.Push(list.Items[at].Value);
                    }

                    break;
                case MapValue map:
                    for (var at = map.Entries.Length - 1; at >= 0; at--)
                    {
                        stack.Push(map.Entries[at].Value);
                    }

                    break;
                case ChoiceValue choice:
                    for (var at = choice.Alternatives.Length - 1; at >= 0; at--)
                    {
                        stack.Push(choice.Alternatives[at].Value);
                    }

                    break;
                case TextValue text:
                    if (text.Content is { } content)
                    {
                        stack.Push(content.Content);
                    }

                    foreach (var part in text.Known is null ? text.Parts : [])
                    {
                        if (part.Hole is { } hole)
                        {
                            stack.Push(hole);
                        }
                    }

                    break;
                case UnknownValue { Element: { } element }:
                    stack.Push(element);
                    break;
            }
        }
    }

    /// <summary>Values by identity. Most walks see a handful, for which looking at each is cheaper than a table of them.</summary>
    private sealed class Seen
    {
        private readonly Value[] _first = new Value[8];
        private int _count;
        private HashSet<Value>? _all;

        /// <summary>False for one that was added before.</summary>
        internal bool Add(Value value)
        {
            if (_all is not null)
            {
                return _all.Add(value);
            }

            for (var at = 0; at < _count; at++)
            {
                if (ReferenceEquals(_first[at], value))
                {
                    return false;
                }
            }

            if (_count < _first.Length)
            {
                _first[_count++] = value;
                return true;
            }

            _all = new HashSet<Value>(_first, ReferenceEqualityComparer.Instance);
            return _all.Add(value);
        }
    }
}
