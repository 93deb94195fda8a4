using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>A provider as a module sees it.</summary>
/// <param name="Owner">The module instance in whose files it is configured; null if nowhere.</param>
/// <param name="Block">The provider block; null if there is none.</param>
/// <param name="Key"><c>aws</c>, or <c>aws.west</c> with an alias.</param>
internal sealed record ProviderConfiguration(ModuleInstance? Owner, Declaration? Block, string Key)
{
    private readonly Dictionary<string, ProviderConfiguration> _each = new(StringComparer.Ordinal);

    private MapValue? _arguments;
    private bool _isReading;

    /// <summary>What tells it from the default configuration of the root: empty for that one.</summary>
    internal string Identity => Owner is null or { Path.Length: 0 } ? (Key.Contains('.', StringComparison.Ordinal) ? Key : "") : $"{Owner.Path}.{Key}";

    /// <summary>Which one it is of a block with <c>for_each</c>; null for one that nobody can tell.</summary>
    internal InstanceKey? Instance { get; private init; } = InstanceKey.Single;

    /// <summary>One of a block with <c>for_each</c>, by the suffix of its key.</summary>
    internal ProviderConfiguration One(string suffix)
    {
        if (!_each.TryGetValue(suffix, out var known))
        {
            var instance = Block is null || Owner is null ? null : new Expander(Owner.Scope, Owner.AddressOf($"provider.{Key}")).Expand(Block).Find(suffix);
            _each[suffix] = known = new ProviderConfiguration(Owner, Block, Key + suffix) { Instance = instance };
        }

        return known;
    }

    /// <summary>The evaluated arguments; null if there is no provider block, and while they are being evaluated.</summary>
    internal MapValue? Arguments
    {
        get
        {
            if (_arguments is null && Block is not null && Owner is not null && Instance is not null && !_isReading)
            {
                _isReading = true;
                _arguments = new BlockReader($"provider.{Key}").Map(Block.Block.Body, Block.Block, ReferenceEquals(Instance, InstanceKey.Single) ? Owner.Scope : new ModuleScope(Owner, Instance));
                _isReading = false;
            }

            return _arguments;
        }
    }
}
