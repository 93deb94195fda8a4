using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;
using HclAttribute = Analyzer.Languages.Hcl.Attribute;

namespace Analyzer.Terraform.Configuration;

/// <summary>Sorts the blocks of parsed files into a <see cref="Module"/>.</summary>
internal static class ModuleReader
{
    /// <summary>True for a file that belongs to the module of its folder.</summary>
    internal static bool IsModuleFile(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return BaseName(name) is { Length: > 0 } && name[0] is not ('.' or '#');
    }

    /// <summary>The files of a folder that make up its module. OpenTofu's files are read, and each replaces a file for Terraform of the same name.</summary>
    internal static IEnumerable<string> FilesOf(IReadOnlyList<string> names)
    {
        var forTofu = names.Where(name => name.EndsWith(".tofu", StringComparison.Ordinal) || name.EndsWith(".tofu.json", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return names.Where(name => IsModuleFile(name) && (forTofu.Contains(name) || !forTofu.Contains(BaseName(name) + ".tofu" + (name.EndsWith(".json", StringComparison.Ordinal) ? ".json" : ""))));
    }

    /// <summary>The name of a file without what makes it a file of a module; null for any other file.</summary>
    private static string? BaseName(ReadOnlySpan<char> name)
    {
        foreach (var ending in (ReadOnlySpan<string>)[".tf", ".tf.json", ".tofu", ".tofu.json"])
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return name[..^ending.Length].ToString();
            }
        }

        return null;
    }

    /// <summary>Reads a module. Files come in the order of their names; override files are applied last.</summary>
    internal static Module Read(string folder, IReadOnlyList<ParsedFile> files, SummarizedCall? summary = null)
    {
        var module = new Module(folder) { Summary = summary, FirstPlace = files.Count > 0 ? files[0].Body.Place : null };
        foreach (var file in files)
        {
            module.Problems.AddRange(file.Problems);
            if (file.Problems.FirstOrDefault(problem => problem.Severity != ProblemSeverity.Information) is { } first)
            {
                module.Unreadable.Add(first);
            }
        }

        foreach (var file in files.Where(file => !IsOverride(file.Path)))
        {
            foreach (var block in file.Body.Blocks)
            {
                Add(module, block, isOverride: false);
            }
        }

        foreach (var file in files.Where(file => IsOverride(file.Path)))
        {
            foreach (var block in file.Body.Blocks)
            {
                Add(module, block, isOverride: true);
            }
        }

        return module;
    }

    private static bool IsOverride(string path)
    {
        var name = BaseName(path.AsSpan(path.LastIndexOf('/') + 1));
        return name is "override" || name?.EndsWith("_override", StringComparison.Ordinal) == true;
    }

    private static void Add(Module module, Block block, bool isOverride)
    {
        switch (block.Type)
        {
            case "resource" or "data" or "ephemeral":
                Declare(module, module.Resources, block, 2, isOverride, declaration => declaration.LocalName);
                break;
            case "variable":
                Declare(module, module.Variables, block, 1, isOverride, declaration => declaration.Name);
                break;
            case "output":
                Declare(module, module.Outputs, block, 1, isOverride, declaration => declaration.Name);
                break;
            case "module":
                Declare(module, module.Calls, block, 1, isOverride, declaration => declaration.Name);
                break;
            case "provider":
                Declare(module, module.Providers, block, 1, isOverride, ProviderKey);
                Settings.ReadProvider(block, module);
                break;
            case "locals":
                foreach (var attribute in block.Body.Attributes)
                {
                    AddLocal(module, attribute, isOverride);
                }

                break;
            case "terraform":
                Settings.Read(block.Body, module, isOverride);
                break;
            case "required_providers":
                Settings.ReadProviders(block.Body, module);
                break;
            case "moved" or "import" or "removed" or "check" or "action" or "language":
                // They say how state is kept and what is checked; they give no value and no resource.
                break;
            default:
                module.Problems.Add(new Problem(
                    "unknown-block", $"There is no block type \"{block.Type}\" at the top level of a module", block.TypePlace, ProblemSeverity.Information));
                break;
        }
    }

    private static void AddLocal(Module module, HclAttribute attribute, bool isOverride)
    {
        if (isOverride)
        {
            module.Locals[attribute.Name] = attribute;
        }
        else if (!module.Locals.TryAdd(attribute.Name, attribute))
        {
            module.Problems.Add(new Problem("duplicate-declaration", $"local.{attribute.Name} is declared twice; the first one counts", attribute.NamePlace));
        }
    }

    private static void Declare(
        Module module, IDictionary<string, Declaration> among, Block block, int labels, bool isOverride, Func<Declaration, string> nameOf)
    {
        var declaration = new Declaration(block, [.. block.Labels]);
        if (declaration.Labels.Count != labels)
        {
            module.Problems.Add(new Problem(
                "invalid-block", $"A {block.Type} block has {labels} label{(labels == 1 ? "" : "s")}, not {declaration.Labels.Count}", declaration.Header));
            return;
        }

        var name = nameOf(declaration);
        if (!among.TryGetValue(name, out var first))
        {
            among.Add(name, declaration);
        }
        else if (isOverride)
        {
            first.Override(block.Body);
        }
        else
        {
            module.Problems.Add(new Problem("duplicate-declaration", $"{block.Type} {name} is declared twice; the first one counts", declaration.Header));
        }
    }

    private static string ProviderKey(Declaration provider) =>
        provider.Find("alias") is { } alias && StaticText.Of(alias.Value) is { } name ? $"{provider.Name}.{name}" : provider.Name;
}
