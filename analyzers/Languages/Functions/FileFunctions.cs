using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>
/// The functions of files and templates in one module. Paths are relative to the folder of the root module, as the command runs there, and to that of the module where nothing is
/// found so. Files are read inside the analysed tree only: what is outside, too large or not there is unknown, because a step before may produce it.
/// </summary>
/// <param name="tree">The files.</param>
/// <param name="moduleFolder">Folder of the module that calls.</param>
/// <param name="rootFolder">Folder of the root module.</param>
/// <param name="render">Evaluates the text of a template with variables.</param>
/// <param name="reads">How many files may still be read; one for all modules of a root.</param>
public sealed class FileFunctions(FileTree tree, string moduleFolder, string rootFolder, Func<SourceFile, MapValue, Value> render, FileReads reads)
{
    private static readonly string[] Hashes = ["md5", "sha1", "sha256", "sha512", "base64sha256", "base64sha512"];
    private static readonly DataType SetOfText = new SetType(DataType.Text);
    private const string TooLarge = "is larger than 1 MiB";

    private static readonly KeptPatterns<Regex?> Globs = new(Pattern);

    /// <summary>The names of all, once a module has made its own.</summary>
    private static volatile HashSet<string>? _names;

    private Dictionary<string, Function>? _table;

    /// <summary>The file function of a name, also as <c>core::NAME</c>; null for a name that is none.</summary>
    public Function? Find(string name)
    {
        var plain = name.StartsWith("core::", StringComparison.Ordinal) ? name["core::".Length..] : name;

        // Nearly all names are those of other functions, and few modules call one of these.
        var names = _names ??= [.. Table.Keys];
        return names.Contains(plain) ? Table[plain] : null;
    }

    private Dictionary<string, Function> Table => _table ??= ((IEnumerable<Function>)
    [
        OfKnown("file", DataType.Text, "The text of a file.", call => Read(call.Known(0)), Text("path")),
        OfKnown("filebase64", DataType.Text, "The bytes of a file in base64.", call => Bytes(call.Known(0), bytes => Convert.ToBase64String(bytes)), Text("path")),
        OfKnown("fileexists", DataType.Bool, "Whether a file is there.", Exists, Text("path")),
        OfKnown("fileset", SetOfText, "The files in a folder that fit a pattern.", Glob, Text("path"), Text("pattern")),
        Of("templatefile", DataType.Text, "The text of a file, evaluated as a template.", TemplateFile, Text("path"), Any("vars") with { TakesChoice = true }),
        Of("templatestring", DataType.Text, "A text, evaluated as a template.", TemplateString, Text("template"), Any("vars") with { TakesChoice = true }),
        OfKnown("abspath", DataType.Text, "The path as an absolute one; the working folder is unknown.", call => Absolute(call.Known(0)), Text("path")),
        OfKnown("dirname", DataType.Text, "The path without its last part.", call => new TextValue(Folder(call.Known(0))), Text("path")),
        OfKnown("basename", DataType.Text, "The last part of the path.", call => new TextValue(Last(call.Known(0))), Text("path")),
        OfKnown("pathexpand", DataType.Text, "The path with ~ replaced by the home folder, which is unknown.", call => call.Known(0).StartsWith('~')
            ? new UnknownValue(UnknownReason.External, "the home folder is not known", type: DataType.Text)
            : call[0], Text("path")),
        .. Hashes.Select(hash => OfKnown($"file{hash}", DataType.Text, $"The {hash} hash of a file.", call => Bytes(call.Known(0), bytes => HashFunctions.Hashed(hash, bytes)), Text("path"))),
    ]).ToDictionary(function => function.Name, StringComparer.Ordinal);

    private SourceFile? Find(string path, out UnknownValue? missing)
    {
        missing = null;
        var resolved = FileTree.Resolve(rootFolder, path);
        if (!reads.Take(path))
        {
            missing = new UnknownValue(UnknownReason.Limit, FileReads.Phrase, type: DataType.Text);
            return null;
        }

        var file = (resolved is null ? null : tree.Read(resolved))
            ?? (FileTree.Resolve(moduleFolder, path) is { } beside && beside != resolved ? tree.Read(beside) : null);
        if (file is null)
        {
            missing = resolved is null
                ? new UnknownValue(UnknownReason.External, $"\"{Conversion.Shortened(path)}\" is outside of the analysed folder", type: DataType.Text)
                : tree.In(resolved).Count > 0 ? Conversion.Error($"\"{Conversion.Shortened(path)}\" is a folder", DataType.Text)
                : new UnknownValue(UnknownReason.Missing, $"the file \"{Conversion.Shortened(path)}\" is not there", type: DataType.Text);
        }
        else if (file.Bytes.Length > TextFunctions.LengthLimit)
        {
            missing = new UnknownValue(UnknownReason.Limit, $"the file \"{Conversion.Shortened(path)}\" {TooLarge}", type: DataType.Text);
        }

        return missing is null ? file : null;
    }

    private Value Read(string path)
    {
        if (Find(path, out var missing) is not { } file)
        {
            return missing!;
        }

        return Utf8.IsValid(file.Bytes.Span)
            ? new TextValue(Encoding.UTF8.GetString(file.Bytes.Span)).With(new Trace(StepKind.Literal, $"file(\"{path}\")", file.Whole))
            : Conversion.Error($"the file \"{Conversion.Shortened(path)}\" is not UTF-8 text", DataType.Text);
    }

    private Value Bytes(string path, Func<byte[], string> make) => Find(path, out var missing) is { } file ? new TextValue(make(file.Bytes.ToArray())) : missing!;

    private Value Exists(Arguments call) => Find(call.Known(0), out var missing) is not null || missing!.Causes.Any(cause => cause.Detail.EndsWith(TooLarge, StringComparison.Ordinal)) ? BoolValue.True
        : missing.Causes.Any(cause => cause.Reason is UnknownReason.External or UnknownReason.Error or UnknownReason.Limit) ? UnknownValue.From(DataType.Bool, missing)
        : BoolValue.False;

    private Value Glob(Arguments call)
    {
        if (FileTree.Resolve(rootFolder, call.Known(0)) is not { } folder)
        {
            return new UnknownValue(UnknownReason.External, $"\"{Conversion.Shortened(call.Known(0))}\" is outside of the analysed folder", type: SetOfText);
        }

        if (Globs.Of(call.Known(1)) is not { } pattern)
        {
            return Conversion.Error($"\"{Conversion.Shortened(call.Known(1))}\" is not a pattern of paths", SetOfText);
        }

        if (tree.Below(folder) is not { } all)
        {
            return new UnknownValue(UnknownReason.Limit, $"\"{Conversion.Shortened(call.Known(0))}\" has too many files", type: SetOfText);
        }

        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        var found = all.Select(path => path[start..]).Where(path => pattern.IsMatch(path)).ToList();
        return found.Count > Sequences.ElementLimit
            ? new UnknownValue(UnknownReason.Limit, $"\"{Conversion.Shortened(call.Known(1))}\" finds too many files", type: SetOfText)
            : Conversion.Set([.. found.Select(path => new Item(new TextValue(path)))], DataType.Text);
    }

    /// <summary>A glob pattern as a regular expression: <c>**</c> crosses folders, <c>{a,b}</c> are alternatives.</summary>
    private static Regex? Pattern(string glob)
    {
        var pattern = new StringBuilder("\\A");
        var depth = 0;
        for (var at = 0; at < glob.Length; at++)
        {
            switch (glob[at])
            {
                case '*' when at + 1 < glob.Length && glob[at + 1] == '*':
                    var isFolder = at + 2 < glob.Length && glob[at + 2] == '/';
                    pattern.Append(isFolder ? "(?:[^/]+/)*" : ".*");
                    at += isFolder ? 2 : 1;
                    break;
                case '*':
                    pattern.Append("[^/]*");
                    break;
                case '?':
                    pattern.Append("[^/]");
                    break;
                case '{':
                    depth++;
                    pattern.Append("(?:");
                    break;
                case '}' when depth > 0:
                    depth--;
                    pattern.Append(')');
                    break;
                case ',' when depth > 0:
                    pattern.Append('|');
                    break;
                case '[':
                    var end = glob.IndexOf(']', Math.Min(at + 2, glob.Length));
                    if (end < 0)
                    {
                        return null;
                    }

                    var members = glob[(at + 1)..end];
                    var negated = members[0] is '^' or '!';
                    pattern.Append(negated ? "[^" : "[").Append(members[(negated ? 1 : 0)..].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)).Append(']');
                    at = end;
                    break;
                default:
                    pattern.Append(Regex.Escape(glob[at].ToString()));
                    break;
            }
        }

        try
        {
            // Without backtracking a path takes time in proportion to its length: a limit of time could only make answers depend on the machine.
            return depth > 0 ? null : new Regex(pattern.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private Value TemplateFile(Arguments call)
    {
        if (call.Text(0).Known is not { } path)
        {
            return UnknownValue.From(DataType.Text, call.All);
        }

        return Find(path, out var missing) is { } file ? Render(file, call[1]) : missing!;
    }

    private Value TemplateString(Arguments call)
    {
        if (call.Text(0).Known is not { } text)
        {
            return UnknownValue.From(DataType.Text, call.All);
        }

        var origin = call[0].Trace?.Source.Place ?? call.Place;
        return Render(origin is { } place ? new EmbeddedText(place, Encoding.UTF8.GetBytes(text), []) : SourceFile.FromText("templatestring", text), call[1]);
    }

    private Value Render(SourceFile template, Value variables) => Sequences.Open(variables) switch
    {
        MapValue map when map.Entries.FirstOrDefault(entry => entry.KeyText is null && !IsName(entry.Key)) is { Key: { } wrong } =>
            Conversion.Error($"\"{Conversion.Shortened(wrong)}\" is not the name of a variable", DataType.Text),
        MapValue map => TextFunctions.Limited(render(template, map)),
        UnknownValue { Type: DynamicType or MapType } or ChoiceValue => TextFunctions.Limited(render(template, new MapValue([]) { OpenBecause = Sequences.Causes(variables) })),
        _ => Conversion.Error("the variables of a template must be a map", DataType.Text),
    };

    private static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '-');

    private static Value Absolute(string path) => path.StartsWith('/')
        ? new TextValue(Clean(path))
        : TextValue.Of(
        [
            new TextPart(new UnknownValue(UnknownReason.External, "the working folder is not known", type: DataType.Text) { Prefix = "/", IsNotNull = true }),
            new TextPart(Clean(path) is "." ? "" : "/" + Clean(path)),
        ]);

    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or ".") && !(part == ".." && path.StartsWith('/')))
            {
                parts.Add(part);
            }
        }

        var joined = string.Join('/', parts);
        return path.StartsWith('/') ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var slash ? Clean(path[..(slash + 1)]) : ".";

    private static string Last(string path) => path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed[(trimmed.LastIndexOf('/') + 1)..] : path.Length == 0 ? "." : "/";
}
