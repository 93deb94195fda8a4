namespace Analyzer.Rules;

/// <summary>What may be written as the value of a field of a rule file.</summary>
internal enum FieldForm : byte
{
    /// <summary>One line of text, or Markdown.</summary>
    Text,

    /// <summary><c>on</c> or <c>off</c>.</summary>
    Switch,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary><c>error</c>, <c>warning</c> or <c>note</c>.</summary>
    Level,

    /// <summary>A kind of fact.</summary>
    Kind,

    /// <summary>An expression that is true or false.</summary>
    Condition,

    /// <summary>An expression of any type.</summary>
    Value,

    /// <summary>Text with <c>${...}</c> in it.</summary>
    Template,

    /// <summary>A list of <see cref="RuleFields.Level"/>.</summary>
    Levels,

    /// <summary>A list of <see cref="RuleFields.Related"/>.</summary>
    Related,

    /// <summary>A list of <see cref="RuleFields.Example"/>.</summary>
    Examples,

    /// <summary>What an example expects: an outcome, or the places of the findings.</summary>
    Expectation,

    /// <summary>Paths and texts of an example's files.</summary>
    Files,
}

/// <summary>One field of a rule file: the reader and the schema are made of these.</summary>
internal sealed record RuleField(string Name, FieldForm Form, string Doc, bool IsRequired = false);

/// <summary>The fields of a rule file and of the objects in it.</summary>
internal static class RuleFields
{
    /// <summary>The file itself.</summary>
    internal static RuleField[] File { get; } =
    [
        new("title", FieldForm.Text, "One line that names the offence.", IsRequired: true),
        new("level", FieldForm.Level, "error: proven to break; warning: proven risk; note: hardening.", IsRequired: true),
        new("levels", FieldForm.Levels, "Other levels under conditions; the first condition that is proven counts."),
        new("default", FieldForm.Switch, "off: the rule is judged only when it is asked for by name; on, if not written."),
        new("since", FieldForm.Text, "Version in which the rule came."),
        new("checklist", FieldForm.TextList, "Items of the hardening checklist that the rule answers."),
        new("for", FieldForm.Kind, "Kind of facts to judge; in expressions the fact is called by this name.", IsRequired: true),
        new("when", FieldForm.Condition, "When the rule applies; always, if not written."),
        new("require", FieldForm.Condition, "What must hold.", IsRequired: true),
        new("anchor", FieldForm.Value, "The value to edit: where the finding is shown. The fact's own place, if not written."),
        new("message", FieldForm.Template, "One sentence for the user.", IsRequired: true),
        new("related", FieldForm.Related, "Further places that belong to the evidence."),
        new("why", FieldForm.Text, "What happens at run time and what the user sees, Markdown."),
        new("fix", FieldForm.Text, "What to change, Markdown."),
        new("see", FieldForm.TextList, "Addresses of further reading."),
        new("examples", FieldForm.Examples, "Tests and documentation; the last field of the file."),
    ];

    /// <summary>An element of <c>levels</c>.</summary>
    internal static RuleField[] Level { get; } =
    [
        new("level", FieldForm.Level, "The level.", IsRequired: true),
        new("when", FieldForm.Condition, "When it counts.", IsRequired: true),
    ];

    /// <summary>An element of <c>related</c>.</summary>
    internal static RuleField[] Related { get; } =
    [
        new("value", FieldForm.Value, "A value; where it is written is the place.", IsRequired: true),
        new("message", FieldForm.Template, "What is to be seen there.", IsRequired: true),
    ];

    /// <summary>An element of <c>examples</c>.</summary>
    internal static RuleField[] Example { get; } =
    [
        new("name", FieldForm.Text, "What the example shows.", IsRequired: true),
        new("expect", FieldForm.Expectation, "fail, silent or undecided; not needed where the comment \"expect: fail\" stands on the lines of the findings."),
        new("also", FieldForm.TextList, "Other rules that may speak in this example."),
        new("files", FieldForm.Files, "Paths and texts.", IsRequired: true),
    ];
}
