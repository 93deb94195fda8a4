using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// What runs modules with values of its own: Terragrunt, and the components of Terraform Stacks. Of what they pass only that is read which is written out and which all who run a module
/// agree on; so the defaults of a local module that they run say little. A module that is not local may make anything.
/// </summary>
internal sealed class Wrappers
{
    private const string TerragruntFile = "terragrunt.hcl";

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Given>> _inputs = new(StringComparer.Ordinal);
    private readonly List<Gap> _gaps = [];

    /// <summary>What runs something that is not here.</summary>
    internal IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>Whether the module in a folder is run with values that are not known.</summary>
    internal bool Run(string folder) => _folders.Contains(folder);

    /// <summary>The values that all who run the module in a folder give its variables; null where nobody does.</summary>
    internal IReadOnlyDictionary<string, Given>? InputsOf(string folder) => _inputs.GetValueOrDefault(folder);

    /// <summary>Reads the configurations of a repository.</summary>
    internal static Wrappers Read(ModuleTree tree, ProblemLog problems)
    {
        var wrappers = new Wrappers();
        foreach (var path in tree.Files.Paths)
        {
            var isTerragrunt = path == TerragruntFile || path.EndsWith("/" + TerragruntFile, StringComparison.Ordinal);
            if ((isTerragrunt || IsStack(path)) && tree.Files.Read(path) is { } source)
            {
                var body = HclParser.ParseFile(source).Body;
                if (isTerragrunt)
                {
                    wrappers.Terragrunt(tree, source, body);
                }
                else
                {
                    wrappers.Stack(tree, source, body);
                }
            }
        }

        if (wrappers._gaps is [var first, ..])
        {
            problems.Add(new Problem(
                "wrapper-not-evaluated", $"{wrappers._gaps.Count} configuration{(wrappers._gaps.Count == 1 ? "" : "s")} of Terragrunt or Terraform Stacks run what is not here or not known; this is the first", first.Place));
        }

        return wrappers;
    }

    /// <summary>The component files of a stack; its deployments only give values.</summary>
    private static bool IsStack(string path) => path.EndsWith(".tfcomponent.hcl", StringComparison.Ordinal) || path.EndsWith(".tfstack.hcl", StringComparison.Ordinal);

    private void Terragrunt(ModuleTree tree, SourceFile file, Body body)
    {
        foreach (var block in body.BlocksOf("terraform"))
        {
            if (block.Body.Find("source") is { } source)
            {
                Wrap(tree, file.Folder, source.Value, new Address(file.Folder, TerragruntFile), "Terragrunt", () => GivenBy(body));
                return;
            }
        }

        if (tree.Find(file.Folder) is not null)
        {
            Run(file.Folder, GivenBy(body));
        }
        else
        {
            foreach (var include in body.BlocksOf("include").Take(1))
            {
                _gaps.Add(GapOf(new Address(file.Folder, TerragruntFile), include.TypePlace, "Terragrunt runs a module that an included file names"));
            }
        }
    }

    /// <summary>What a configuration of Terragrunt gives. What it includes may give more, and files of values that it names win.</summary>
    private static Dictionary<string, Given> GivenBy(Body body) =>
        body.BlocksOf("include").Any() || body.BlocksOf("terraform").Any(block => block.Body.BlocksOf("extra_arguments").Any())
            ? []
            : WrittenInputs.Read(body, new WrittenInputs.Scope("local", WrittenInputs.Locals(body)));

    private void Stack(ModuleTree tree, SourceFile file, Body body)
    {
        foreach (var component in body.BlocksOf("component"))
        {
            if (component.Body.Find("source") is { } source)
            {
                Wrap(
                    tree, file.Folder, source.Value, new Address(file.Folder, $"component.{string.Concat(component.Labels.Select(label => label.Text))}"), "a stack",
                    () => WrittenInputs.Read(component.Body, new WrittenInputs.Scope("var", Deployed(tree, file.Folder))));
            }
        }
    }

    /// <summary>The values that all deployments of a stack give its variables.</summary>
    private static Dictionary<string, Value> Deployed(ModuleTree tree, string folder)
    {
        Dictionary<string, Given>? agreed = null;
        foreach (var name in tree.Files.In(folder).Where(name => name.EndsWith(".tfdeploy.hcl", StringComparison.Ordinal)))
        {
            if (tree.Files.Read(folder.Length == 0 ? name : $"{folder}/{name}") is { } source)
            {
                var body = HclParser.ParseFile(source).Body;
                var scope = new WrittenInputs.Scope("local", WrittenInputs.Locals(body));
                foreach (var deployment in body.BlocksOf("deployment"))
                {
                    agreed = Agree(agreed, WrittenInputs.Read(deployment.Body, scope));
                }
            }
        }

        return (agreed ?? []).ToDictionary(each => each.Key, each => each.Value.Value, StringComparer.Ordinal);
    }

    private void Wrap(ModuleTree tree, string folder, Expression source, Address address, string who, Func<Dictionary<string, Given>> inputs)
    {
        if (FolderOf(folder, source) is { } local && tree.Find(local) is not null)
        {
            Run(local, inputs());
        }
        else
        {
            _gaps.Add(GapOf(address, source.Place, $"{who} runs a module that is not here: {StaticText.Of(source) ?? source.Place.Text}"));
        }
    }

    private void Run(string folder, Dictionary<string, Given> inputs)
    {
        _folders.Add(folder);
        _inputs[folder] = Agree(_inputs.GetValueOrDefault(folder), inputs);
    }

    /// <summary>What one more gives as the others do.</summary>
    private static Dictionary<string, Given> Agree(Dictionary<string, Given>? others, Dictionary<string, Given> one) => others is null
        ? one
        : others.Where(each => one.TryGetValue(each.Key, out var own) && own.Value.EqualTo(each.Value.Value) == Truth.Yes).ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);

    /// <summary>The folder that a source names: by a relative path, or from one of the two folders that have a function in Terragrunt; null for any other source.</summary>
    private static string? FolderOf(string folder, Expression source)
    {
        if (StaticText.Of(source) is { } text)
        {
            return RootFinder.IsLocal(text) ? FileTree.Resolve(folder, WithoutMark(text)) : null;
        }

        return source.Kind == NodeKind.Template && source.Children.Count == 2 && source[0].Kind == NodeKind.Call && StaticText.Of(source[1]) is { } path && path.StartsWith('/')
            ? source[0].Name switch
            {
                "get_terragrunt_dir" => FileTree.Resolve(folder, WithoutMark(path[1..])),
                "get_repo_root" => FileTree.Resolve("", WithoutMark(path[1..])),
                _ => null,
            }
            : null;
    }

    /// <summary>"//" only says which part of a source is fetched.</summary>
    private static string WithoutMark(string path) => path.Replace("//", "/", StringComparison.Ordinal);

    private static Gap GapOf(Address address, Span place, string reason) => new() { Address = address, Place = place, Reason = reason };
}
