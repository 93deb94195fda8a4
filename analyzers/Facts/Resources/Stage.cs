using Analyzer.Facts.Values;

namespace Analyzer.Facts.Resources;

/// <summary>
/// A point on the way of a run at which many things are there: a sync wave is over, a Kustomization is ready. It makes nothing; whatever comes after all of these things depends on
/// it alone, so that the edges are as many as the things.
/// </summary>
/// <param name="Address">What dependencies name it by; no resource has it.</param>
/// <param name="Before">What is there when it is reached: things, and earlier stages.</param>
/// <param name="IsCertain">False where these things may come before as well as not: their order is not known.</param>
/// <param name="IsAwaited">Yes if nobody goes on before these things work; No where they are only written first, so that what follows need not find them working.</param>
public sealed record Stage(Address Address, IReadOnlyList<Dependency> Before, bool IsCertain = true, Truth IsAwaited = Truth.Yes);
