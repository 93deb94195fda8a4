using Analyzer.Facts.Values;

namespace Analyzer.Languages.Evaluation;

/// <summary>A name that an expression itself binds, the variable of a <c>for</c> or the element of a splat, inside those around it.</summary>
internal sealed record Frame(string Name, Value Value, Frame? Outer)
{
    internal static Value? Find(Frame? frame, string name)
    {
        for (; frame is not null; frame = frame.Outer)
        {
            if (frame.Name == name)
            {
                return frame.Value;
            }
        }

        return null;
    }
}
