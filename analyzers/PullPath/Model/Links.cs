using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>
/// Links between facts are values: a <see cref="FactValue"/>, a null for "none", an unknown with its reasons, a list of facts that may be open. So a rule that follows a link nobody knows
/// is undecided by itself.
/// </summary>
public static class Links
{
    extension(Value link)
    {
        /// <summary>The fact the link leads to, or null for none, unknown or another type.</summary>
        public T? As<T>()
            where T : Fact => (link as FactValue)?.Fact as T;

        /// <summary>The facts of a list that are certainly in it or may be; whether there are more, tells the list.</summary>
        public IEnumerable<T> Each<T>()
            where T : Fact => link is ListValue list ? list.Values.OfType<FactValue>().Select(value => value.Fact).OfType<T>() : [];
    }

    /// <summary>What a written value means is none of the things declared here: of a text that is said of it; what is not known itself says why.</summary>
    public static UnknownValue Undeclared(Value written, string what)
    {
        var because = Cause.Of(written).Take(Cause.Limit - 1).ToList();
        if (written is TextValue || because.Count == 0)
        {
            because.Add(new Cause(UnknownReason.External, $"the {what} {(written is TextValue text ? $"\"{text}\" " : "")}is not declared here", written.Trace?.Place, null));
        }

        return new UnknownValue([.. because]);
    }

    /// <summary>A link to a fact.</summary>
    public static Value To(Fact? fact) => fact is null ? NullValue.Instance : new FactValue(fact);

    /// <summary>
    /// A list of facts: facts with a guard are guarded elements. Open, when causes are given.
    /// </summary>
    public static ListValue To(IEnumerable<Fact> facts, params IEnumerable<Cause> openBecause)
    {
        var causes = openBecause.Take(Cause.Limit).ToList();
        return new ListValue([.. facts.Select(fact => new Item(new FactValue(fact), fact.Guard))])
        {
            OpenBecause = causes.Count == 0 ? null : [.. causes],
        };
    }
}
