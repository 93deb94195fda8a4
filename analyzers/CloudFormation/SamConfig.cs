using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Toml;
using Analyzer.Languages.Yaml;

namespace Analyzer.CloudFormation;

/// <summary>
/// What <c>sam deploy</c> is told by the <c>samconfig</c> file beside a template: per environment, the template and the values of its parameters. Options of the command line come before them, so they are
/// what is preferred, as defaults are.
/// </summary>
internal sealed class SamConfig
{
    private const string DefaultEnvironment = "default";

    private static readonly string[] Names = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

    /// <summary>What SAM deploys where nothing is named.</summary>
    private static readonly string[] DefaultTemplates = ["template.yaml", "template.yml", "template.json"];

    private readonly string _folder;
    private readonly MapValue _root;

    private SamConfig(string folder, MapValue root) => (_folder, _root) = (folder, root);

    /// <summary>Whether a path is that of such a file.</summary>
    internal static bool Is(string path) => Array.IndexOf(Names, path[(path.LastIndexOf('/') + 1)..]) >= 0;

    /// <summary>The file in a folder: the first of its names; null for none.</summary>
    internal static SamConfig? In(string folder, FileTree files, ProblemLog problems) =>
        Array.Find(Names, files.In(folder).Contains) is { } name ? Read(folder.Length == 0 ? name : $"{folder}/{name}", files, problems) : null;

    /// <summary>Reads a file; null for none.</summary>
    internal static SamConfig? Read(string path, FileTree files, ProblemLog problems)
    {
        if (files.Read(path) is not { } source)
        {
            return null;
        }

        var root = path.EndsWith(".toml", StringComparison.Ordinal) ? TomlReader.Read(source, problems)
            : YamlReader.Read(source, YamlOptions.CloudFormation, problems) is [var document, ..] ? document.Root as MapValue : null;
        return root is null ? null : new SamConfig(source.Folder, root);
    }

    /// <summary>The value that an environment gives to a parameter of a template; null for none.</summary>
    internal Value? Find(Template template, string name) => IsFor(template.Path, DefaultEnvironment) ? Values(DefaultEnvironment)[name] : null;

    /// <summary>The values of an environment, or of the default one where that is empty.</summary>
    internal MapValue Values(string environment)
    {
        var given = Option(environment, "parameter_overrides");
        var entries = new OrderedDictionary<string, Entry>(StringComparer.Ordinal);
        switch (given)
        {
            case MapValue map:
                return map;
            case TextValue or ListValue:
                foreach (var text in given is ListValue list ? list.Values.OfType<TextValue>() : [(TextValue)given])
                {
                    foreach (var word in Words(text.Known ?? ""))
                    {
                        if (Pair(word) is var (key, value))
                        {
                            entries[key] = new Entry(key, new TextValue(value).With(text.Trace), text.Trace?.Place);
                        }
                    }
                }

                break;
        }

        return new MapValue([.. entries.Values]);
    }

    /// <summary>Whether an environment deploys a template. What SAM has built of one stands for it.</summary>
    internal bool IsFor(string path, string environment) =>
        (Option(environment, "template_file") ?? Option(environment, "template")) is TextValue { Known: { } written } && !written.StartsWith(".aws-sam", StringComparison.Ordinal)
            ? FileTree.Resolve(_folder, written) == path
            : DefaultTemplates.Any(name => path == (_folder.Length == 0 ? name : $"{_folder}/{name}"));

    /// <summary>An option of <c>sam deploy</c>, else one of all commands.</summary>
    private Value? Option(string environment, string name)
    {
        foreach (var command in (string[])["deploy", "global"])
        {
            if (((_root[environment.Length == 0 ? DefaultEnvironment : environment] as MapValue)?[command] as MapValue)?["parameters"] is MapValue options && options[name] is { } found and not NullValue)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary><c>Key=Value</c>, or <c>ParameterKey=Key,ParameterValue=Value</c>; null for a file, and for anything else.</summary>
    private static (string Key, string Value)? Pair(string word)
    {
        const string Long = "ParameterKey=";
        const string Then = ",ParameterValue=";
        if (word.StartsWith(Long, StringComparison.Ordinal) && word.IndexOf(Then, StringComparison.Ordinal) is > 0 and var comma)
        {
            return (word[Long.Length..comma], word[(comma + Then.Length)..]);
        }

        return word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && !word.StartsWith("file://", StringComparison.Ordinal) ? (word[..equals], word[(equals + 1)..]) : null;
    }

    /// <summary>Words between spaces; quotes keep spaces inside and are no part of the word, a backslash keeps what follows.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isOpen) = ('\0', false);
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            if (unit == '\\' && quote != '\'' && at + 1 < text.Length)
            {
                word.Append(text[++at]);
                isOpen = true;
            }
            else if (quote != '\0' ? unit == quote : unit is '"' or '\'')
            {
                quote = quote == '\0' ? unit : '\0';
                isOpen = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(unit))
            {
                End();
            }
            else
            {
                word.Append(unit);
                isOpen = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
                word.Clear();
                isOpen = false;
            }
        }
    }
}
