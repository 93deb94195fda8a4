using System.Buffers;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>
/// What speaks of the name of an object that nobody declares: a controller that makes it, a script, a chart. Then it may be there. What only asks for the object (pods, bindings of roles)
/// does not count.
/// </summary>
internal sealed class Mentions
{
    /// <summary>Characters that stand between words of a script or an argument.</summary>
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \n=,/:");

    /// <summary>Names of at most so many characters stand in other words by chance.</summary>
    private const int ShortName = 2;

    /// <summary>Keys below which names only ask for an object.</summary>
    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
    {
        "imagePullSecrets", "image_pull_secrets", "image_pull_secret", "pullSecrets", "pull_secrets", "serviceAccountName", "service_account_name", "serviceAccount", "secretRef", "secretKeyRef", "secret_ref", "secret_key_ref",
        "subjects", "subject", "image", "labels", "matchLabels", "selector", "match_labels",
    };

    private readonly Dictionary<string, Resource> _whole = new(StringComparer.Ordinal);
    private readonly List<(string Text, Resource By)> _long = [];
    private readonly List<(string Name, Resource By)> _releases = [];
    private readonly Dictionary<string, Resource?> _answers = new(StringComparer.Ordinal);

    private Mentions(World world)
    {
        foreach (var resource in world.Inventory.Resources)
        {
            if (resource.Type is "/ServiceAccount" or "/Secret")
            {
                continue;
            }

            var isAsking = WorkloadKinds.Find(resource.Type) is not null
                || (resource.Type.StartsWith("kubernetes_", StringComparison.Ordinal) && resource.Type is not ("kubernetes_manifest" or "kubernetes_config_map" or "kubernetes_config_map_v1"));
            Collect(resource.Body, resource, isAsking);
            if (resource is { Meta: { } meta, Language: not Language.Kubernetes })
            {
                Collect(meta, resource, isAsking: false);
            }
        }

        foreach (var release in ChartRelease.Of(world))
        {
            var name = release.Resource.Language == Language.Terraform ? release.Resource.At("name") : Written.Find(release.Resource.Body, "metadata.name");
            _releases.Add(((name as TextValue)?.Known ?? "", release.Resource));
        }

        // What lies in the folder may be a chart, with charts in it that are archives.
        foreach (var application in world.Inventory.OfType(ArgoApplication.Type))
        {
            foreach (var source in ArgoApplication.Sources(application.Body))
            {
                if (Written.Find(source, "path") is TextValue { Known: { } path } && path.TrimEnd('/').Split('/')[^1] is { Length: > ShortName } folder)
                {
                    _releases.Add((folder, application));
                }
            }
        }
    }

    /// <summary>Those of a repository.</summary>
    internal static Mentions In(World world) => world.Shared(static world => new Mentions(world));

    /// <summary>Why an object of a name may be there though nothing declares it; null where nothing speaks of it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="withCharts">Whether charts that are installed bring such objects, named after the release or the chart.</param>
    internal Cause? Of(string name, bool withCharts)
    {
        var key = withCharts ? "+" + name : name;
        if (!_answers.TryGetValue(key, out var by))
        {
            _answers.Add(key, by = Find(name, withCharts));
        }

        return by is null ? null : new Cause(UnknownReason.OpenWorld, $"{by.Address.Path} may make {name}", by.Place, null);
    }

    private Resource? Find(string name, bool withCharts)
    {
        if (_whole.TryGetValue(name, out var whole))
        {
            return whole;
        }

        foreach (var (text, by) in name.Length > ShortName ? _long : [])
        {
            if (IsWordOf(text, name))
            {
                return by;
            }
        }

        return withCharts ? _releases.Find(each => each.Name.Length == 0 || name.Contains(each.Name, StringComparison.Ordinal) || each.Name.Contains(name, StringComparison.Ordinal)).By : null;
    }

    /// <summary>Whether a name stands in a text for itself, and not as a part of a longer one (<c>registry</c> in <c>registry.example.com</c>).</summary>
    private static bool IsWordOf(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsOfName(text[at - 1])) && (at + name.Length == text.Length || !IsOfName(text[at + name.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '.' or '_';

    /// <summary>Notes texts: words as they are unless the object only asks for others, long texts (scripts, values of charts) of all.</summary>
    private void Collect(Value root, Resource by, bool isAsking)
    {
        var pending = new Stack<Value>([root]);
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        while (pending.TryPop(out var value))
        {
            if (value is not TextValue { Known: not null } && !seen.Add(value))
            {
                continue;
            }

            switch (value)
            {
                case MapValue map:
                    foreach (var entry in map.Entries)
                    {
                        if (!Asking.Contains(entry.Key))
                        {
                            pending.Push(entry.Value);
                        }
                    }

                    break;
                case ListValue list:
                    foreach (var item in list.Items)
                    {
                        pending.Push(item.Value);
                    }

                    break;
                case ChoiceValue choice:
                    foreach (var alternative in choice.Alternatives)
                    {
                        pending.Push(alternative.Value);
                    }

                    break;
                case TextValue text:
                    if (text.Content is { } content)
                    {
                        pending.Push(content.Content);
                    }

                    var words = text.ToString();
                    if (words.AsSpan().ContainsAny(Separators))
                    {
                        _long.Add((words, by));
                    }
                    else if (!isAsking)
                    {
                        _whole.TryAdd(words, by);
                    }

                    break;
            }
        }
    }
}
