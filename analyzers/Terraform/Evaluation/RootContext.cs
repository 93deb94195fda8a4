using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Functions;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>What all module instances of one root share.</summary>
internal sealed class RootContext
{
    /// <summary>Module instances per root.</summary>
    internal const int InstanceLimit = 2000;

    private VariableTypes? _types;

    /// <summary>Folder of the root module: the scope of all addresses.</summary>
    internal required string Scope { get; init; }

    internal required ModuleTree Tree { get; init; }

    internal required ProblemLog Problems { get; init; }

    internal required ModuleManifest Manifest { get; init; }

    /// <summary>Values that files and the command line give to the variables of the root.</summary>
    internal required GivenValues Given { get; init; }

    /// <summary>The other roots, for what this one reads of their states.</summary>
    internal required RootSet Others { get; init; }

    /// <summary>Folders of roots whose evaluation reads outputs of this one.</summary>
    internal IReadOnlyList<string> ReadBy { get; init; } = [];

    /// <summary>Whether defaults of the root's variables count as unknown.</summary>
    internal required bool DoubtDefaults { get; init; }

    /// <summary>Module instances made so far.</summary>
    internal int Instances { get; set; }

    /// <summary>What the evaluation of the root may cost.</summary>
    internal Budget Budget { get; } = new();

    /// <summary>How many files its functions may read.</summary>
    internal FileReads Reads { get; } = new();

    /// <summary>What decides whether blocks make anything.</summary>
    internal Deciders Deciders { get; } = new();

    internal VariableTypes Types => _types ??= new VariableTypes(this);

    /// <summary>Functions that nobody knows, with the first place where each is called.</summary>
    internal Dictionary<string, Span> UnknownFunctions { get; } = new(StringComparer.Ordinal);

    internal FileTree Files => Tree.Files;

    internal void Report(string code, string message, Span place, ProblemSeverity severity = ProblemSeverity.Incomplete) =>
        Problems.Add(new Problem(code, message, place, severity));
}
