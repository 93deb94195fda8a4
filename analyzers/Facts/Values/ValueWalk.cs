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
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
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
}
