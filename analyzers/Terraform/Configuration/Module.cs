using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using HclAttribute = Analyzer.Languages.Hcl.Attribute;

namespace Analyzer.Terraform.Configuration;

/// <summary>A module as it is written: everything declared in the files of one folder. Nothing is evaluated here.</summary>
internal sealed class Module(string folder)
{
    /// <summary>Some place in the module, for what concerns it as a whole; null for an empty one.</summary>
    internal Span? FirstPlace { get; set; }

    /// <summary>The folder, relative to the analysed root.</summary>
    internal string Folder { get; } = folder;

    /// <summary>For what stands in for a module that is not here: which summary, and for which call.</summary>
    internal SummarizedCall? Summary { get; init; }

    internal Dictionary<string, Declaration> Variables { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, HclAttribute> Locals { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, Declaration> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The <c>module</c> blocks by name, in written order.</summary>
    internal OrderedDictionary<string, Declaration> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Managed resources and data sources by <see cref="Declaration.LocalName"/>, in written order.</summary>
    internal OrderedDictionary<string, Declaration> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>Provider blocks by <c>name</c> or <c>name.alias</c>.</summary>
    internal OrderedDictionary<string, Declaration> Providers { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Version constraints, several for one name where several are written: of <c>terraform</c> itself, and of providers by their type (<c>azurerm</c>, whatever the module calls it).
    /// </summary>
    internal List<(string Name, VersionRange Versions)> Requirements { get; } = [];

    /// <summary>Backends of <c>terraform</c> blocks (<c>backend</c>, <c>cloud</c>).</summary>
    internal List<Declaration> Backends { get; } = [];

    /// <summary>Files of which some part could not be read, with the first error of each.</summary>
    internal List<Problem> Unreadable { get; } = [];

    /// <summary>All problems of reading the files.</summary>
    internal List<Problem> Problems { get; } = [];
}
