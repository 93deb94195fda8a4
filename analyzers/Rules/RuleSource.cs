using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>A rule that has not been read yet: its id and the kind of facts it judges are known without that.</summary>
/// <param name="file">The rule file.</param>
public abstract class RuleSource(SourceFile file)
{
    /// <summary>The rule file; of a compiled rule only its path is left.</summary>
    public SourceFile File { get; } = file;

    /// <summary>The id: the file's name without ending.</summary>
    public string Id => IdOf(File);

    internal static string IdOf(SourceFile file) => Path.GetFileNameWithoutExtension(file.Path);

    /// <summary>The kind of facts it judges; null if the file does not say so in one plain line.</summary>
    public abstract string? Kind { get; }

    /// <summary>Reads the rule; null if it is wrong, which then is a problem.</summary>
    /// <param name="problems">For what is wrong.</param>
    /// <param name="withExamples">Whether to read the examples too, where there are any.</param>
    public abstract Rule? Read(ProblemLog problems, bool withExamples = false);
}

/// <summary>A rule in a file as people write it.</summary>
internal sealed class WrittenRule(SourceFile file) : RuleSource(file)
{
    public override string? Kind => RuleReader.KindOf(File);

    public override Rule? Read(ProblemLog problems, bool withExamples) => RuleReader.Read(File, problems, withExamples);
}
