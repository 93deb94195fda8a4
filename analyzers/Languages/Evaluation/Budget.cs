using System.Diagnostics;
using System.Runtime.CompilerServices;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Evaluation;

/// <summary>
/// How much the evaluation of one root may still cost. Shared by all evaluators of the root; not for several threads at once. What goes beyond becomes an unknown with
/// <see cref="Facts.Values.UnknownReason.Limit"/>.
/// </summary>
/// <param name="steps">Evaluated nodes.</param>
/// <param name="elements">Elements produced by <c>for</c>.</param>
/// <param name="characters">Characters of text produced by templates and functions.</param>
/// <param name="collected">Elements of the collections that functions give.</param>
/// <param name="visits">Elements, and pieces of text, that functions and comparisons are given to look at.</param>
/// <param name="time">Time of work from the first step on; ten seconds if null. So much processor time of the process must have gone as well.</param>
/// <remarks>
/// All work is counted, so that the same input is cut off at the same place on every machine, whatever else it has to do. The clock is for what escapes the counts: it
/// does not run while the process waits.
/// </remarks>
public sealed class Budget(
    long steps = 1_000_000, long elements = 100_000, long characters = 16 * 1024 * 1024, long collected = 4_000_000, long visits = 200_000_000, TimeSpan? time = null)
{
    /// <summary>Expressions nested deeper than this are not computed; names that are followed count as nesting.</summary>
    public const int DepthLimit = 512;

    /// <summary>Longest text that one template may give, in characters.</summary>
    public const int TextLimit = 1024 * 1024;

    private const string TooMuchToVisit = "functions are given too much to look at";

    private const int CharactersPerVisit = 16;

    /// <summary>A twentieth of a second: a single call on a very long list may take that long.</summary>
    private static readonly long LongestTurn = Stopwatch.Frequency / 20;

    private readonly TimeSpan _time = time ?? TimeSpan.FromSeconds(10);
    private long _steps = steps;
    private long _elements = elements;
    private long _characters = characters;
    private long _collected = collected;
    private long _visits = visits;
    private long _left;
    private long _asked;
    private TimeSpan _processor;
    private int _depth;

    /// <summary>Why something was not computed, a phrase for the user; null as long as everything was.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Begins a nested expression; false if there is no budget for it, and then it must not be left.</summary>
    internal bool Enter()
    {
        if (_depth >= DepthLimit || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Exceeded ??= "expressions are nested too deeply";
            return false;
        }

        if (!Step())
        {
            return false;
        }

        _depth++;
        return true;
    }

    internal void Leave() => _depth--;

    internal bool Step()
    {
        if ((_steps & 0xFF) == 0 && IsLate())
        {
            Exceeded ??= "the evaluation takes too long";
            _steps = 0;
        }

        return Spend(ref _steps, 1, "the expressions take too many steps");
    }

    internal bool Produce() => Spend(ref _elements, 1, "for expressions give too many elements");

    internal bool Write(long length)
    {
        if (length <= TextLimit)
        {
            return Spend(ref _characters, length, "templates give too much text");
        }

        Exceeded ??= "a template gives too much text";
        return false;
    }

    /// <summary>Takes what a function gave: elements and characters count where they are made, so that no chain of calls makes more than a root may have.</summary>
    internal bool Take(Value result) => result switch
    {
        ListValue list => Spend(ref _collected, list.Items.Length, "functions give too many elements"),
        MapValue map => Spend(ref _collected, map.Entries.Length, "functions give too many elements"),
        TextValue { Known: { Length: > 0 } only } => Spend(ref _characters, only.Length, "functions give too much text"),
        _ => true,
    };

    /// <summary>Pays for looking at a value: a function or a comparison may go through all of it.</summary>
    internal bool Visit(Value value) => value switch
    {
        ListValue list => Spend(ref _visits, list.Items.Length, TooMuchToVisit),
        MapValue map => Spend(ref _visits, map.Entries.Length, TooMuchToVisit),
        TextValue { Known: { Length: > 0 } only } => Spend(ref _visits, only.Length / CharactersPerVisit, TooMuchToVisit),
        _ => true,
    };

    /// <summary>
    /// The clock is asked now and then only: it costs more than a step. Between two questions there is less than a millisecond of work; where more time went by, the process was stopped or
    /// others had its turn. A machine that is asked too much gives turns that are too short to be seen, so the processor's own clock has the last word.
    /// </summary>
    private bool IsLate()
    {
        var now = Stopwatch.GetTimestamp();
        if (_asked == 0)
        {
            (_left, _asked, _processor) = ((long)(_time.TotalSeconds * Stopwatch.Frequency), now, Environment.CpuUsage.TotalTime);
            return false;
        }

        _left -= Math.Min(now - _asked, LongestTurn);
        _asked = now;
        return _left < 0 && Environment.CpuUsage.TotalTime - _processor >= _time;
    }

    private bool Spend(ref long left, long amount, string phrase)
    {
        if (left < amount)
        {
            left = 0;
            Exceeded ??= phrase;
            return false;
        }

        left -= amount;
        return true;
    }
}
