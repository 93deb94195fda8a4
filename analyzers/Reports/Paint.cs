using Analyzer.Rules;

namespace Analyzer.Reports;

/// <summary>Colours for terminals that take them; plain text elsewhere.</summary>
internal readonly struct Paint(bool isOn)
{
    internal string Bold(string text) => Code("1", text);

    internal string Faint(string text) => Code("2", text);

    internal string Blue(string text) => Code("34", text);

    internal string Of(Level level, string text) => Code(level switch { Level.Error => "1;31", Level.Warning => "1;33", _ => "36" }, text);

    private string Code(string code, string text) => isOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
