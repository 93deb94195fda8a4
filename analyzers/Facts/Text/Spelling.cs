namespace Analyzer.Facts.Text;

/// <summary>How near words are to each other: what was probably meant by one that nobody knows.</summary>
public static class Spelling
{
    /// <summary>How many letters must be put in, left out or changed to make one word of the other (Levenshtein); case counts.</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var at = 1; at <= left.Length; at++)
        {
            var diagonal = row[0];
            row[0] = at;
            for (var to = 1; to <= right.Length; to++)
            {
                var changed = diagonal + (left[at - 1] == right[to - 1] ? 0 : 1);
                diagonal = row[to];
                row[to] = Math.Min(changed, Math.Min(row[to], row[to - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
