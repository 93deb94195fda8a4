using Analyzer.CloudFormation;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Loads templates and keeps what came of it.</summary>
internal sealed class Stacks
{
    private readonly ProblemLog _log = new();

    internal Stacks(string path, string text, bool doubt = false)
        : this(doubt, (path, text))
    {
    }

    internal Stacks(bool doubt, params (string Path, string Text)[] files)
        : this(new LoadOptions { DoubtDefaults = doubt }, files)
    {
    }

    internal Stacks(LoadOptions options, params (string Path, string Text)[] files)
    {
        Loaded = CloudFormationLoader.Read(new MemoryFiles(files), options, _log).Load(options);
        Loaded.AddTo(Inventory);
    }

    /// <summary>Each template by itself, and what they leave open.</summary>
    internal LoadedTemplates Loaded { get; }

    internal Inventory Inventory { get; } = new();

    internal IReadOnlyList<Problem> Problems => _log.Sorted();

    internal IEnumerable<string> Codes => Problems.Select(problem => problem.Code);

    internal Resource this[string path] => Inventory.Resources.Single(resource => resource.Address.Path == path);

    /// <summary>The paths of all resources, with their types where asked for.</summary>
    internal IEnumerable<string> Paths => Inventory.Resources.Select(resource => resource.Address.Path);

    internal Value Property(string resource, string name) => this[resource].Body[name]!;

    /// <summary>A value with everything that is known of it: <c>&lt;Role.Arn&gt;</c> is an attribute, <c>(a when x | b when not x)</c> a choice.</summary>
    internal static string Show(Value? value) => value switch
    {
        null => "nothing",
        NullValue => "null",
        BoolValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        TextValue { Content: { Format: not "json" } content, Known: null } => $"{content.Format}({Show(content.Content)})",
        TextValue text => $"'{string.Concat(text.Parts.Select(part => part.Literal ?? Show(part.Hole)))}'",
        ListValue list => $"[{string.Join(", ", list.Items.Select(item => Show(item.Value) + When(item.Guard)))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Show(entry.Value)}{When(entry.Guard)}"))}{(map.IsOpen ? ", ..." : "")}}}",
        ChoiceValue choice => $"({string.Join(" | ", choice.Alternatives.Select(each => Show(each.Value) + When(each.Guard)))})",
        UnknownValue { Reference: { } reference } => $"<{reference}>",
        UnknownValue unknown => $"<{unknown.Causes[0].Reason}>",
        _ => value.ToString()!,
    };

    private static string When(Guard guard) => guard.IsAlways ? "" : $" when {guard}";
}
