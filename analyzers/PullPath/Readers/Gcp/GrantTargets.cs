using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>What Google grants are about: whether two are about the same, and whether one reaches a repository.</summary>
internal static class GrantTargets
{
    private const string OnRepository = "google_artifact_registry_repository_iam_";
    private const string OnProject = "google_project_iam_";

    /// <summary>True for two grants of one root on the same project, or on the same repository.</summary>
    internal static bool IsSame(Resource one, Resource other, World world)
    {
        if (one.Address.Scope != other.Address.Scope || GoogleAccounts.InOneProject(GoogleAccounts.ProjectOf(one), GoogleAccounts.ProjectOf(other), true) != Truth.Yes)
        {
            return false;
        }

        return Is(one, OnProject) ? Is(other, OnProject) : Is(one, OnRepository) && Is(other, OnRepository) && IsSameRepository(one, other, world);
    }

    /// <summary>Whether a grant reaches the images of a repository: it is on the repository or on its project.</summary>
    internal static Value Covers(Resource grant, Registry registry, World world)
    {
        var project = GoogleAccounts.ProjectOf(grant);
        var inProject = GoogleAccounts.InOneProject(project, registry.Account, grant.Address.Scope == registry.Address.Scope);
        if (!Is(grant, OnRepository))
        {
            return Answer.Of(Is(grant, OnProject) ? inProject : Truth.No, Cause.Of(project).Concat(Cause.Of(registry.Account)));
        }

        var repository = grant.At("repository");
        if (world.FactOf<Registry>(repository) is { } named)
        {
            return BoolValue.Of(named == registry);
        }

        var covers = inProject.And(NameOf(repository).EqualTo(registry.Name)).And(LocationOf(grant).EqualTo(registry.Region));
        return Answer.Of(covers, Cause.Of(project).Concat(Cause.Of(repository)).Concat(Cause.Of(registry.Name)));
    }

    private static bool Is(Resource grant, string kind) => grant.Type.StartsWith(kind, StringComparison.Ordinal);

    private static bool IsSameRepository(Resource one, Resource other, World world) =>
        (world.FactOf<Registry>(one.At("repository")), world.FactOf<Registry>(other.At("repository"))) switch
        {
            ({ } first, { } second) => first == second,
            (null, null) => NameOf(one.At("repository")).EqualTo(NameOf(other.At("repository"))) == Truth.Yes && LocationOf(one).EqualTo(LocationOf(other)) == Truth.Yes,
            _ => false,
        };

    /// <summary>The id of a repository, of which the resource name is taken as well.</summary>
    private static Value NameOf(Value repository) => repository is TextValue { Known: { } text } ? new TextValue(text[(text.LastIndexOf('/') + 1)..]) : repository;

    private static Value LocationOf(Resource grant) => grant.At("location") is var written and not NullValue ? written
        : grant.Provider is { } provider ? Written.Find(provider, "region")
        : NullValue.Instance;
}
