using Analyzer.Facts.Resources;
using Analyzer.Languages.Hcl;

namespace Analyzer.Terraform.Configuration;

/// <summary>Reads what a module says of Terraform itself: where the state is kept, which versions of the tool and of providers it needs.</summary>
internal static class Settings
{
    /// <summary>The key of constraints on the tool.</summary>
    private const string Tool = "terraform";

    /// <summary>Reads a <c>terraform</c> block. A backend of an override file replaces the one written before.</summary>
    internal static void Read(Body body, Module module, bool isOverride)
    {
        if (body.Find("required_version") is { } version)
        {
            Require(module, Tool, version.Value);
        }

        foreach (var block in body.Blocks)
        {
            switch (block.Type)
            {
                case "backend" or "cloud":
                    if (isOverride)
                    {
                        module.Backends.Clear();
                    }

                    module.Backends.Add(new Declaration(block, [.. block.Labels]));
                    break;
                case "required_providers":
                    ReadProviders(block.Body, module);
                    break;
            }
        }
    }

    /// <summary>Reads <c>required_providers</c>: names with an object each, or with a constraint as in old code.</summary>
    internal static void ReadProviders(Body body, Module module)
    {
        foreach (var provider in body.Attributes)
        {
            if (provider.Value.Kind != NodeKind.Object)
            {
                Require(module, provider.Name, provider.Value);
                continue;
            }

            var source = Item(provider.Value, "source") is { } written ? StaticText.Of(written) : null;
            if (Item(provider.Value, "version") is { } version)
            {
                Require(module, source is null ? provider.Name : TypeOf(source), version);
            }
        }
    }

    /// <summary>Reads the constraint that a <c>provider</c> block may have in old code.</summary>
    internal static void ReadProvider(Block provider, Module module)
    {
        foreach (var label in provider.Labels)
        {
            if (provider.Body.Find("version") is { } version)
            {
                Require(module, label.Text, version.Value);
            }
        }
    }

    /// <summary>The type in the address of a provider: <c>azurerm</c> in <c>registry.terraform.io/hashicorp/azurerm</c>.</summary>
    internal static string TypeOf(string source) => source[(source.LastIndexOf('/') + 1)..];

    private static void Require(Module module, string name, Expression constraint)
    {
        if (StaticText.Of(constraint) is { } text)
        {
            module.Requirements.Add((name, VersionRange.Parse(text)));
        }
    }

    private static Expression? Item(Expression fields, string name)
    {
        foreach (var item in fields.Children)
        {
            if (item.Kind == NodeKind.ObjectItem && StaticText.Name(item[0]) == name)
            {
                return item[1];
            }
        }

        return null;
    }
}
