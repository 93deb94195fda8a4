using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;
using HclAttribute = Analyzer.Languages.Hcl.Attribute;

namespace Analyzer.Terraform.Configuration;

/// <summary>
/// One declared thing: a block with what override files say about it. An overriding argument replaces the argument, overriding nested blocks replace all blocks of
/// their type, <c>lifecycle</c> is merged setting by setting.
/// </summary>
internal sealed class Declaration
{
    private HclAttribute[] _attributes;
    private Block[] _blocks;
    private Body[] _lifecycles;

    internal Declaration(Block block, Label[] labels)
    {
        var body = block.Body;
        Block = block;
        Labels = labels;
        _attributes = [.. body.Attributes];
        _blocks = [.. body.Blocks];
        _lifecycles = Lifecycles(_blocks);
    }

    /// <summary>The block as first written.</summary>
    internal Block Block { get; }

    /// <summary>Its labels.</summary>
    internal IReadOnlyList<Label> Labels { get; }

    /// <summary>The label before the last: the type of a resource.</summary>
    internal string Type => Labels.Count > 1 ? Labels[0].Text : "";

    /// <summary>The last label.</summary>
    internal string Name => Labels.Count > 0 ? Labels[^1].Text : "";

    /// <summary>True for <c>data</c> and <c>ephemeral</c> blocks.</summary>
    internal bool IsData => Block.Type is "data" or "ephemeral";

    /// <summary>What stands before type and name in references and addresses.</summary>
    internal string Prefix => IsData ? Block.Type + "." : "";

    /// <summary><c>aws_iam_role.node</c>, <c>data.aws_region.current</c>: the name in its module.</summary>
    internal string LocalName => field ??= Labels.Count > 1 ? $"{Prefix}{Type}.{Name}" : Name;

    /// <summary>From the type of the block to its last label.</summary>
    internal Span Header => Labels.Count > 0 ? Block.TypePlace.To(Labels[^1].Place) : Block.TypePlace;

    /// <summary>The arguments in written order.</summary>
    internal IReadOnlyList<HclAttribute> Attributes => _attributes;

    /// <summary>The nested blocks in written order.</summary>
    internal IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The argument of a name, or null.</summary>
    internal HclAttribute? Find(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The setting of <c>lifecycle</c>, or null.</summary>
    internal HclAttribute? Lifecycle(string setting)
    {
        for (var at = _lifecycles.Length - 1; at >= 0; at--)
        {
            if (_lifecycles[at].Find(setting) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Applies a block of an override file.</summary>
    internal void Override(Body body)
    {
        var attributes = _attributes.ToList();
        foreach (var attribute in body.Attributes)
        {
            var at = attributes.FindIndex(mine => mine.Name == attribute.Name);
            if (at >= 0)
            {
                attributes[at] = attribute;
            }
            else
            {
                attributes.Add(attribute);
            }
        }

        _attributes = [.. attributes];
        Block[] blocks = [.. body.Blocks];
        _lifecycles = [.. _lifecycles, .. Lifecycles(blocks)];
        blocks = Array.FindAll(blocks, block => !IsLifecycle(block));
        var replaced = blocks.Select(NestedType).ToHashSet(StringComparer.Ordinal);
        _blocks = [.. _blocks.Where(mine => !replaced.Contains(NestedType(mine))), .. blocks];
    }

    private static Body[] Lifecycles(Block[] blocks) => Array.Exists(blocks, IsLifecycle) ? [.. blocks.Where(IsLifecycle).Select(block => block.Body)] : [];

    private static bool IsLifecycle(Block block) => block.Type == "lifecycle";

    /// <summary>The type of block that a nested block yields: its own, or the label of a <c>dynamic</c>.</summary>
    internal static string NestedType(Block block)
    {
        if (block.Type == "dynamic")
        {
            foreach (var label in block.Labels)
            {
                return label.Text;
            }
        }

        return block.Type;
    }
}
