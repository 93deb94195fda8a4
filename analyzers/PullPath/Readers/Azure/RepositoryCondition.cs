using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// The condition of a role assignment that narrows pulls to some repositories: no pull, or a name that fits (learn.microsoft.com, "Microsoft Entra attribute-based access control for repository
/// permissions"). Only the shape that the portal writes is read; of any other nobody knows what it lets through.
/// </summary>
internal ref struct RepositoryCondition
{
    private const string Action = "!(ActionMatches{'";
    private const string ReadContent = "Microsoft.ContainerRegistry/registries/repositories/content/read";
    private const string Name = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

    private ReadOnlySpan<char> _rest;

    /// <summary>Whether the holder of the role may pull from a repository. Always, where no condition is written.</summary>
    internal static Truth Admits(Value condition, Value repository)
    {
        if (condition is NullValue or TextValue { Known: "" })
        {
            return Truth.Yes;
        }

        if ((condition, repository) is not (TextValue { Known: { } text }, TextValue { Known: { } name }))
        {
            return Truth.Unknown;
        }

        return new RepositoryCondition { _rest = string.Concat(text.Where(static unit => !char.IsWhiteSpace(unit))) }.Admits(name);
    }

    private Truth Admits(string repository)
    {
        Skip('(');
        if (!NarrowsPulls() || !Take("OR"))
        {
            return Truth.Unknown;
        }

        var answer = Truth.No;
        while (true)
        {
            Skip('(');
            if (!Take(Name) || Until("'") is not { } comparison || Until("'") is not { } wanted)
            {
                return Truth.Unknown;
            }

            answer = answer.Or(Fits(repository, comparison, wanted));
            Skip(')');
            if (_rest.IsEmpty)
            {
                return answer;
            }

            if (!Take("OR"))
            {
                return Truth.Unknown;
            }
        }
    }

    /// <summary>Reads the actions for which the condition lets everything else through; true where reading of images is one of them.</summary>
    private bool NarrowsPulls()
    {
        var narrows = false;
        do
        {
            if (!Take(Action) || Until("'})") is not { } action)
            {
                return false;
            }

            narrows |= string.Equals(action, ReadContent, StringComparison.OrdinalIgnoreCase);
        }
        while (Take("AND"));

        Skip(')');
        return narrows;
    }

    private static Truth Fits(string repository, string comparison, string wanted) => comparison switch
    {
        "StringEquals" => Kleene.Of(repository == wanted),
        "StringEqualsIgnoreCase" => Kleene.Of(string.Equals(repository, wanted, StringComparison.OrdinalIgnoreCase)),
        "StringStartsWith" => Kleene.Of(repository.StartsWith(wanted, StringComparison.Ordinal)),
        "StringStartsWithIgnoreCase" => Kleene.Of(repository.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)),
        _ => Truth.Unknown,
    };

    private void Skip(char unit) => _rest = _rest.TrimStart(unit);

    private bool Take(string text)
    {
        var has = _rest.StartsWith(text, StringComparison.Ordinal);
        _rest = has ? _rest[text.Length..] : _rest;
        return has;
    }

    /// <summary>What stands before a text, which is passed too; null where it does not follow.</summary>
    private string? Until(string text)
    {
        var at = _rest.IndexOf(text, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var before = _rest[..at].ToString();
        _rest = _rest[(at + text.Length)..];
        return before;
    }
}
