using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Resources;

/// <summary>
/// What is evaluated and deployed together, and what it says of itself: a Terraform root module with all modules it calls, a CloudFormation template.
/// </summary>
public sealed class Unit
{
    /// <summary>Its name: the <see cref="Address.Scope"/> of everything in it.</summary>
    public required string Scope { get; init; }

    /// <summary>The language it is written in.</summary>
    public required Language Language { get; init; }

    /// <summary>What it gives to whoever asks from outside, by name: outputs of a root module or template.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>
    /// Headers of the calls of its modules that were read, by address: what stands in a module is declared elsewhere, but what all of it waits for is written there.
    /// </summary>
    public IReadOnlyDictionary<Address, Span> Calls { get; init; } = new Dictionary<Address, Span>();

    /// <summary>Where its state is kept; null where nothing says so.</summary>
    public Backend? Backend { get; init; }

    /// <summary>
    /// Which versions of a provider (<c>azurerm</c>) or of the tool itself (<c>terraform</c>) it may be deployed with: the constraints of all its modules together, exactly one where a lock
    /// file says so.
    /// </summary>
    public VersionRange Versions(string name) => Requirements.GetValueOrDefault(name, VersionRange.Any);

    /// <summary>The constraints behind <see cref="Versions"/>.</summary>
    public IReadOnlyDictionary<string, VersionRange> Requirements { get; init; } = new Dictionary<string, VersionRange>();
}

/// <summary>Where the state of a unit is kept.</summary>
/// <param name="Type"><c>s3</c>, <c>azurerm</c>, <c>gcs</c>; <c>cloud</c> for HCP Terraform.</param>
/// <param name="Arguments">What the configuration says; more may be given when it is initialised.</param>
/// <param name="Place">Where it is written.</param>
public sealed record Backend(string Type, MapValue Arguments, Span Place);
