using System.Runtime.CompilerServices;

namespace Analyzer.Languages.Evaluation;

/// <summary>
/// How much the evaluation of one root may still cost. Shared by all evaluators of the root; not for several threads at once. What goes beyond becomes an unknown with
/// <see cref="Facts.Values.UnknownReason.Limit"/>.
/// </summary>
/// <param name="steps">Evaluated nodes.</param>
/// <param name="elements">Elements produced by <c>for</c>.</param>
/// <param name="characters">Characters of text produced by templates.</param>
public sealed class Budget(long steps = 1_000_000, long elements = 100_000, long characters = 16 * 1024 * 1024)
{
    /// <summary>Expressions nested deeper than this are not computed; names that are followed count as nesting.</summary>
    public const int DepthLimit = 512;

    /// <summary>Longest text that one template may give, in characters.</summary>
    public const int TextLimit = 1024 * 1024;

    private long _steps = steps;
    private long _elements = elements;
    private long _characters = characters;
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

    internal bool Step() => Spend(ref _steps, 1, "the expressions take too many steps");

    internal bool Produce() => Spend(ref _elements, 1, "for expressions give too many elements");

    internal bool Write(int length)
    {
        if (length <= TextLimit)
        {
            return Spend(ref _characters, length, "templates give too much text");
        }

        Exceeded ??= "a template gives too much text";
        return false;
    }

    private bool Spend(ref long left, int amount, string phrase)
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
