using Analyzer.Facts.Values;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>A provider as a module sees it.</summary>
/// <param name="Owner">The module instance in whose files it is configured; null if nowhere.</param>
/// <param name="Block">The provider block; null if there is none.</param>
/// <param name="Key"><c>aws</c>, or <c>aws.west</c> with an alias.</param>
internal sealed record ProviderConfiguration(ModuleInstance? Owner, Declaration? Block, string Key)
{
    private MapValue? _arguments;
    private bool _isReading;

    /// <summary>What tells it from the default configuration of the root: empty for that one.</summary>
    internal string Identity => Owner is null or { Path.Length: 0 } ? (Key.Contains('.', StringComparison.Ordinal) ? Key : "") : $"{Owner.Path}.{Key}";

    /// <summary>The evaluated arguments; null if there is no provider block, and while they are being evaluated.</summary>
    internal MapValue? Arguments
    {
        get
        {
            if (_arguments is null && Block is not null && Owner is not null && !_isReading)
            {
                _isReading = true;
                _arguments = new BlockReader($"provider.{Key}").Map(Block.Block.Body, Block.Block, Owner.Scope);
                _isReading = false;
            }

            return _arguments;
        }
    }
}
