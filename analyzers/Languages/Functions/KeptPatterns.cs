using System.Collections.Concurrent;

namespace Analyzer.Languages.Functions;

/// <summary>
/// What was made of patterns: an automaton takes a millisecond to make, and rules, modules and loops ask the same few thousands of times. Of a loop that asks ever new ones no more are kept.
/// </summary>
/// <typeparam name="T">What is made of one.</typeparam>
/// <param name="make">Makes it.</param>
internal sealed class KeptPatterns<T>(Func<string, T> make)
{
    /// <summary>How many are kept.</summary>
    private const int Kept = 256;

    private readonly ConcurrentDictionary<string, T> _made = new(StringComparer.Ordinal);

    /// <summary>What a pattern makes.</summary>
    internal T Of(string pattern)
    {
        if (_made.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (_made.Count >= Kept)
        {
            _made.Clear();
        }

        return _made.GetOrAdd(pattern, make(pattern));
    }
}
