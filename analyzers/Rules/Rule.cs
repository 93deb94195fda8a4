using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>One rule, as its file says it. See <c>rules.schema.json</c> for the file's form.</summary>
public sealed record Rule
{
    /// <summary>The id: the file's name without ending.</summary>
    public required string Id { get; init; }

    /// <summary>One line, names the offence.</summary>
    public required string Title { get; init; }

    /// <summary>Level where none of <see cref="Levels"/> is proven.</summary>
    public required Level Level { get; init; }

    /// <summary>Levels under conditions; the first proven one counts.</summary>
    public ImmutableArray<LevelCase> Levels { get; init; } = [];

    /// <summary>Whether it is judged only when it is asked for by name.</summary>
    public bool IsOff { get; init; }

    /// <summary>Version in which it came.</summary>
    public string Since { get; init; } = "";

    /// <summary>Checklist items it answers.</summary>
    public ImmutableArray<string> Checklist { get; init; } = [];

    /// <summary>Kind of facts it judges.</summary>
    public required string For { get; init; }

    /// <summary>When it applies; null: always.</summary>
    public Expression? When { get; init; }

    /// <summary>What must hold.</summary>
    public required Expression Require { get; init; }

    /// <summary>The value to edit; null: the fact's own place.</summary>
    public Expression? Anchor { get; init; }

    /// <summary>Message template.</summary>
    public required Expression Message { get; init; }

    /// <summary>Further places: values and what is to be seen there.</summary>
    public ImmutableArray<RelatedValue> Related { get; init; } = [];

    /// <summary>What happens at run time, Markdown.</summary>
    public string Why { get; init; } = "";

    /// <summary>What to change, Markdown.</summary>
    public string Fix { get; init; } = "";

    /// <summary>Addresses of further reading.</summary>
    public ImmutableArray<string> See { get; init; } = [];

    /// <summary>Its examples; empty unless they were asked for.</summary>
    public ImmutableArray<RuleExample> Examples { get; init; } = [];

    /// <summary>Whether the build has already checked it against the model.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The rule file; of a compiled rule only its path is left.</summary>
    public required SourceFile File { get; init; }
}

/// <summary>A level that counts where its condition is proven.</summary>
public sealed record LevelCase(Level Level, Expression When);

/// <summary>A value whose place belongs to the evidence, and a template of what is to be seen there.</summary>
public sealed record RelatedValue(Expression Value, Expression Message);
