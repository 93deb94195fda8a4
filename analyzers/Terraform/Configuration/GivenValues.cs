using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// What is given to the variables of one root, in the order of Terraform: what runs it with values of its own, the environment, the files it loads by itself, then the command line in its order; later ones win.
/// </summary>
internal sealed class GivenValues
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Given> _values;
    private readonly IReadOnlyDictionary<string, Given>? _wrapped;

    private GivenValues(Dictionary<string, Given> values, IReadOnlyDictionary<string, Given>? wrapped) => (_values, _wrapped) = (values, wrapped);

    /// <summary>Whether the files give nothing but what was seen; one that cannot be read whole may set any variable.</summary>
    internal bool AreAll { get; private set; } = true;

    /// <summary>Reads what is given to the root in a folder.</summary>
    /// <param name="files">The files of the repository.</param>
    /// <param name="folder">Folder of the root.</param>
    /// <param name="inputs">What the caller of the analyzer gives.</param>
    /// <param name="isFor">Whether a file, by its path, is for this root.</param>
    /// <param name="wrapped">What those who run the module give; null where nobody does.</param>
    /// <param name="problems">For files that cannot be read.</param>
    internal static GivenValues Read(
        FileTree files, string folder, IReadOnlyList<VariableInput> inputs, Func<string, bool> isFor, IReadOnlyDictionary<string, Given>? wrapped, ProblemLog problems)
    {
        var (values, areAll) = VariableFiles.Read(files, folder, problems);
        var given = new GivenValues(values, wrapped) { AreAll = areAll };
        foreach (var input in inputs)
        {
            switch (input.Source)
            {
                case VariableSource.Environment:
                    given._environment[input.Name] = input.Text;
                    break;
                case VariableSource.CommandLine:
                    given._texts[input.Name] = input.Text;
                    break;
                default:
                    if (VariableFiles.MayBeOne(input.Text) && isFor(input.Text) && files.Read(input.Text) is { } source)
                    {
                        var named = new Dictionary<string, Given>(StringComparer.Ordinal);
                        given.AreAll &= VariableFiles.ReadFile(source, named, problems);
                        foreach (var (name, value) in named)
                        {
                            given._values[name] = value;
                            given._texts.Remove(name);
                        }
                    }

                    break;
            }
        }

        return given;
    }

    /// <summary>Exactly these values.</summary>
    internal static GivenValues Of(Dictionary<string, Given> values) => new(values, null);

    /// <summary>The value given to a variable; null if none is.</summary>
    internal Given? Of(Declaration variable, TypeConstraint type) =>
        _texts.TryGetValue(variable.Name, out var text) ? FromText(variable, type, text)
        : _values.TryGetValue(variable.Name, out var value) ? value
        : _environment.TryGetValue(variable.Name, out var weak) ? FromText(variable, type, weak)
        : _wrapped?.GetValueOrDefault(variable.Name);

    /// <summary>
    /// A text is taken literally where the variable wants text or says nothing, and is an expression for any other type. It stands in no file, so it is shown at the declaration.
    /// </summary>
    private static Given FromText(Declaration variable, TypeConstraint type, string text)
    {
        var place = variable.Header;
        if (variable.Find("type") is null || type.Type is TextType)
        {
            return new Given(new TextValue(text), place);
        }

        var file = HclParser.ParseExpression(new EmbeddedText(place, Encoding.UTF8.GetBytes(text), []));
        return new Given(
            file.Problems.Count > 0 ? new UnknownValue(UnknownReason.Error, $"the value given to var.{variable.Name} is no expression", place) : VariableFiles.Constant(file.Expression),
            place);
    }
}
