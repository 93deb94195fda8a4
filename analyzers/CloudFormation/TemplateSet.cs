using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.CloudFormation;

/// <summary>All templates of a repository, and what is told of them from outside.</summary>
internal sealed class TemplateSet
{
    private const int NestedLimit = 1_000;

    private readonly LoadOptions _options;
    private readonly Dictionary<string, Template> _byPath;
    private readonly IReadOnlyDictionary<string, StackFacts> _stacks;
    private readonly HashSet<string> _switched = new(StringComparer.Ordinal);
    private int _nested;

    internal TemplateSet(FileTree files, IReadOnlyList<Template> templates, IReadOnlyDictionary<string, StackFacts> stacks, LoadOptions options, ProblemLog problems)
    {
        Files = files;
        Problems = problems;
        _options = options;
        _stacks = stacks;
        _byPath = templates.ToDictionary(template => template.Path, StringComparer.Ordinal);
        Given = new GivenValues(files, templates, options.Variables, problems);
    }

    /// <summary>The files of the repository.</summary>
    internal FileTree Files { get; }

    /// <summary>Where problems go.</summary>
    internal ProblemLog Problems { get; }

    /// <summary>What is given to parameters.</summary>
    internal GivenValues Given { get; }

    /// <summary>What templates export to one another.</summary>
    internal Exports Exports { get; } = new();

    /// <summary>Paths of templates of which the default of a parameter was taken that conditions ask about.</summary>
    internal IReadOnlySet<string> Switched => _switched;

    /// <summary>True if the default of a parameter is not to be counted on.</summary>
    internal bool Doubts(Template template, string parameter)
    {
        var isSwitch = template.Switches.Contains(parameter);
        var doubts = _options.DoubtDefaults || (_options.DoubtSwitches && isSwitch);
        if (isSwitch && !doubts)
        {
            _switched.Add(template.Path);
        }

        return doubts;
    }

    /// <summary>The condition of a template that is taken for decided; null for none.</summary>
    internal AssumedCondition? AssumedIn(string path) => _options.Assumed.GetValueOrDefault(path);

    /// <summary>The template in a file; null if there is none.</summary>
    internal Template? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>What is told of the stack of a template; null if nothing is.</summary>
    internal StackFacts? StackOf(string path) => _stacks.GetValueOrDefault(path);

    /// <summary>Counts one more nested template; false when there are too many.</summary>
    internal bool MayNest() => ++_nested <= NestedLimit;

    /// <summary>The templates that are deployed by themselves: those that no other one nests or takes in as a part, and one of each circle.</summary>
    internal IEnumerable<Template> Roots()
    {
        var children = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var nested = new HashSet<string>(StringComparer.Ordinal);
        foreach (var template in _byPath.Values.Where(template => template.Nests || template.Parts.Any()))
        {
            var parts = template.Parts.Select(part => FileTree.Resolve(template.Source.Folder, part)).OfType<string>();
            children[template.Path] = [.. new TemplateScope(template, this).Nested.Paths().Concat(parts).Where(_byPath.ContainsKey)];
            nested.UnionWith(children[template.Path].Where(path => path != template.Path));
        }

        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var template in _byPath.Values.Where(template => !nested.Contains(template.Path)))
        {
            Reach(template.Path);
            yield return template;
        }

        foreach (var template in _byPath.Values.Where(template => nested.Contains(template.Path)))
        {
            if (!reached.Contains(template.Path))
            {
                Reach(template.Path);
                yield return template;
            }
        }

        void Reach(string start)
        {
            var pending = new Stack<string>([start]);
            while (pending.TryPop(out var path))
            {
                if (reached.Add(path) && children.TryGetValue(path, out var next))
                {
                    foreach (var each in next)
                    {
                        pending.Push(each);
                    }
                }
            }
        }
    }
}
