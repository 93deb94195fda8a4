using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Yaml;

/// <summary>
/// Collects the entries of a map that is being read: of two equal keys the last wins and is a problem; merged maps (<c>&lt;&lt;</c>) give the keys that are not written,
/// the earlier merge before the later. When a map is done, the next one may be collected.
/// </summary>
internal sealed class MapEntries(ProblemLog problems)
{
    private const int IndexFrom = 16;

    private readonly ImmutableArray<Entry>.Builder _entries = ImmutableArray.CreateBuilder<Entry>();
    private Dictionary<string, int>? _index;
    private List<Value>? _merged;
    private List<Cause>? _open;

    /// <summary>Adds a written entry.</summary>
    internal void Add(string key, Value value, Span keyPlace)
    {
        var entry = new Entry(key, value, keyPlace);
        var at = Find(key);
        if (at < 0)
        {
            Append(entry);
            return;
        }

        problems.Add(new Problem("duplicate-key", $"The key \"{key}\" is written twice; the last one wins.", keyPlace, ProblemSeverity.Information));
        _entries[at] = entry;
    }

    /// <summary>Merges a map, or each map of a list.</summary>
    internal void Merge(Value value, Span keyPlace)
    {
        foreach (var each in value is ListValue list ? list.Values : [value])
        {
            if (each is MapValue or UnknownValue)
            {
                (_merged ??= []).Add(each);
            }
            else
            {
                problems.Add(new Problem("invalid-merge", "Only maps can be merged with \"<<\".", keyPlace));
            }
        }
    }

    /// <summary>The map of all entries; none are left.</summary>
    internal MapValue ToMap(Span place)
    {
        foreach (var merged in _merged ?? [])
        {
            if (merged is not MapValue other)
            {
                (_open ??= []).AddRange(Cause.Of(merged));
                continue;
            }

            foreach (var entry in other.Entries)
            {
                if (Find(entry.Key) < 0)
                {
                    Append(entry);
                }
            }

            if (other.OpenBecause is { } because)
            {
                (_open ??= []).AddRange(because);
            }
        }

        var map = new MapValue(_entries.ToImmutable()) { Place = place, OpenBecause = _open is null ? null : [.. _open.Take(Cause.Limit)], Written = place };
        _entries.Clear();
        (_index, _merged, _open) = (null, null, null);
        return map;
    }

    private void Append(Entry entry)
    {
        _index?.Add(entry.Key, _entries.Count);
        _entries.Add(entry);
        if (_index is null && _entries.Count == IndexFrom)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var at = 0; at < _entries.Count; at++)
            {
                _index.Add(_entries[at].Key, at);
            }
        }
    }

    private int Find(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var found) ? found : -1;
        }

        for (var at = 0; at < _entries.Count; at++)
        {
            if (_entries[at].Key == key)
            {
                return at;
            }
        }

        return -1;
    }
}
