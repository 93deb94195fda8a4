using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Model;

/// <summary>One image of one workload on one node pool, link by link: what has to hold so that the pull succeeds.</summary>
public sealed record PullTrace
{
    /// <summary>The workload, as its own tools print it.</summary>
    public required string Workload { get; init; }

    /// <summary>The image as written.</summary>
    public required string Image { get; init; }

    /// <summary>The node pool; null when nothing says on which its pods land.</summary>
    public string? Pool { get; init; }

    /// <summary>The registry or repository.</summary>
    public required string Registry { get; init; }

    /// <summary>Where the image is written.</summary>
    public required Span Place { get; init; }

    /// <summary>The links, in the order in which a pull meets them.</summary>
    public required ImmutableArray<PullLink> Links { get; init; }

    /// <summary>Whether the pull succeeds: links that only delay it do not count.</summary>
    public Truth Succeeds => Links.Where(link => !link.IsDelay).Select(link => link.Holds).All();

    /// <summary>True where a link that only delays the pull certainly does not hold.</summary>
    public bool IsAtRisk => Links.Any(link => link.IsDelay && link.Holds == Truth.No);
}

/// <summary>One link of the way from a node to an image.</summary>
/// <param name="Name">scheduling, registry, identity, trust, permission, scopes, metadata, network or order.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Says">What was found, one phrase.</param>
public sealed record PullLink(string Name, Truth Holds, string Says)
{
    /// <summary>Between which things it stands: its ends in a picture.</summary>
    public (PullEnd From, PullEnd To) Ends { get; init; }

    /// <summary>The places that decide, the one to edit first.</summary>
    public IReadOnlyList<(Span Place, string What)> Places { get; init; } = [];

    /// <summary>Where it is not decided: what would decide it.</summary>
    public IReadOnlyList<Cause> Because { get; init; } = [];

    /// <summary>The command that tells on a live cluster, with names in capitals where they are not known.</summary>
    public string Check { get; init; } = "";

    /// <summary>Whether the pull succeeds in the end though the link does not hold: it only comes later.</summary>
    public bool IsDelay { get; init; }
}

/// <summary>What a link joins.</summary>
public enum PullEnd : byte
{
    /// <summary>The workload with its image.</summary>
    Image,

    /// <summary>The nodes.</summary>
    Pool,

    /// <summary>Who the nodes are to the registry.</summary>
    Identity,

    /// <summary>Where the image lies.</summary>
    Registry,
}
