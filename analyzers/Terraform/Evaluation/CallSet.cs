using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// The instances of a <c>module</c> block: module instances where the module, or a summary of it, is there, and gaps where it is not.
/// </summary>
internal sealed class CallSet : InstanceSet
{
    private const int DepthLimit = 32;
    private readonly Dictionary<string, ModuleInstance?> _instances = new(StringComparer.Ordinal);
    private readonly Module? _target;

    internal CallSet(ModuleInstance module, Declaration declaration)
        : base(module, declaration, module.AddressOf("module." + declaration.Name))
    {
        Source = declaration.Find("source") is { } source ? Text(module.Scope.Evaluate(source.Value)) : null;
        Version = declaration.Find("version") is { } version ? Text(module.Scope.Evaluate(version.Value)) : null;
        _target = FindTarget();
    }

    /// <summary>The source as written; null if it is missing or unknown.</summary>
    internal string? Source { get; }

    /// <summary>The version constraint as written; null if there is none.</summary>
    internal string? Version { get; }

    /// <summary>Why the module could not be seen; null if it is there.</summary>
    internal string? AbsentBecause { get; private set; }

    /// <summary>Names of the calls from the root, joined by dots: the key of the manifest of installed modules.</summary>
    internal string ManifestKey => Module.Call is { } outer ? $"{outer.ManifestKey}.{Declaration.Name}" : Declaration.Name;

    /// <summary>True if a summary stands in for the module: it has more outputs and resources than are seen.</summary>
    internal bool IsSummary => _target?.Summary is not null;

    /// <summary>True if the module, or what is known of it, declares an output.</summary>
    internal bool HasOutput(string name) => _target?.Outputs.ContainsKey(name) == true;

    /// <summary>The module instance of a key; null if the module is not there, or if it can never exist.</summary>
    internal ModuleInstance? this[InstanceKey key]
    {
        get
        {
            if (!_instances.TryGetValue(key.Suffix, out var instance))
            {
                _instances.Add(key.Suffix, instance = Make(key));
            }

            return instance;
        }
    }

    /// <summary>The provider of the caller that the call passes under a name; null if it passes none.</summary>
    internal Expression? PassedProvider(string key)
    {
        if (Declaration.Find("providers") is { Value: { Kind: NodeKind.Object } providers })
        {
            foreach (var item in providers.Children)
            {
                if (StaticText.Name(item[0]) == key)
                {
                    return item[1];
                }
            }
        }

        return null;
    }

    /// <summary>The types of all that the module declares, in modules below it too; null where it may be any: it is not here, calls one that is not, or only a summary of it is known.</summary>
    internal IReadOnlySet<string>? Declares()
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Module>();
        return _target is not null && Gather(_target) ? types : null;

        bool Gather(Module module) => !seen.Add(module) || (module.Summary is null && AddOwn(module) && module.Calls.Values.All(call =>
            call.Find("source") is { } source && StaticText.Of(source.Value) is { } written && RootFinder.IsLocal(written)
            && Module.Root.Tree.Find(RootFinder.LocalFolder(module.Folder, written) ?? "") is { } inner && Gather(inner)));

        bool AddOwn(Module module)
        {
            types.UnionWith(module.Resources.Values.Where(static each => !each.IsData).Select(static each => each.Type));
            return module.Unreadable.Count == 0;
        }
    }

    /// <summary>The evaluated arguments of one instance.</summary>
    internal MapValue Inputs(InstanceKey key)
    {
        var scope = ReferenceEquals(key, InstanceKey.Single) ? Module.Scope : new ModuleScope(Module, key);
        var entries = ImmutableArray.CreateBuilder<Entry>();
        foreach (var attribute in Declaration.Attributes)
        {
            if (!IsMeta(attribute.Name))
            {
                var value = Restriction.Under(key.Guard, scope.Evaluate(attribute.Value));
                entries.Add(new Entry(attribute.Name, value.Through(StepKind.Argument, $"module.{Declaration.Name}.{attribute.Name}", attribute.Value.Place), attribute.NamePlace));
            }
        }

        return new MapValue(entries.ToImmutable()) { Place = Declaration.Block.Body.Place };
    }

    /// <summary>True for arguments that Terraform reads itself.</summary>
    internal static bool IsMeta(string name) => name is "source" or "version" or "count" or "for_each" or "providers" or "depends_on";

    protected override Value Whole(InstanceKey key, Span place) => this[key] is not { } instance ? Missing(key, "", place)
        : IsSummary ? new MapValue(instance.Outputs().Entries) { OpenBecause = Missing(key, "", place).Causes }
        : instance.Outputs();

    protected override Value Steps(InstanceKey key, ReadOnlySpan<Expression> steps, int at, Span place, out int taken)
    {
        taken = at;
        if (this[key] is not { } instance)
        {
            var path = PathOf(steps, at, out taken);
            return Missing(key, path, taken > at ? place.To(steps[taken - 1].Place) : place);
        }

        if (ModuleScope.NameOf(steps, at) is not { } name)
        {
            return Whole(key, place);
        }

        taken = at + 1;
        if (instance.Output(name) is { } output)
        {
            // Nobody can open a summary: what a user sees of its output is where it is read.
            return IsSummary ? output.Through(StepKind.Output, $"module.{Declaration.Name}{key.Suffix}.{name}", place.To(steps[at].Place)) : output;
        }

        if (IsSummary)
        {
            return Missing(key, PathOf(steps, at, out taken), place.To(steps[taken - 1].Place));
        }

        return new UnknownValue(UnknownReason.Error, $"module \"{Declaration.Name}\" has no output \"{name}\"", place.To(steps[at].Place));
    }

    private UnknownValue Missing(InstanceKey key, string path, Span place)
    {
        var address = Block with { Path = Block.Path + key.Suffix };
        var name = path.Length == 0 ? address.Path : $"{address.Path}.{path}";
        return new UnknownValue(UnknownReason.Missing, $"{name} is an output of a module that is not here", place, new Reference(address, path));
    }

    private Module? FindTarget()
    {
        var place = Declaration.Find("source")?.Value.Place ?? Declaration.Header;
        if (Source is null)
        {
            return Absent("its source is not known", place, "module-missing");
        }

        var summary = Module.Module.Summary;
        var folder = RootFinder.IsLocal(Source)
            ? RootFinder.LocalFolder(Module.Module.Folder, Source)
            : Module.Root.Manifest.Find(ManifestKey, Source);
        if (folder is null && ModuleSummary.Find(Source, Version) is var (found, inside))
        {
            // A summary may call the summary of another module; a user sees the outermost call.
            (folder, summary) = (inside, new SummarizedCall(found, summary?.Call ?? Declaration.Header));
        }

        if (folder is null)
        {
            return RootFinder.IsLocal(Source)
                ? Absent($"\"{Source}\" is outside of the analysed folder", place, "module-missing")
                : Absent($"\"{Source}\" is not installed{(ModuleSummary.WhyNone(Source, Version) is { } why ? ", and " + why : "")}", place, null);
        }

        for (var outer = Module; outer is not null; outer = outer.Call?.Module)
        {
            if (outer.Module.Folder == folder)
            {
                return Absent($"\"{Source}\" calls itself, directly or through others", place, "module-cycle");
            }
        }

        if (Module.Depth >= DepthLimit)
        {
            return Absent($"modules are nested deeper than {DepthLimit} levels", place, "module-depth");
        }

        if (summary is not null)
        {
            return Module.Root.Tree.Find(folder, summary) ?? Absent($"\"{Source}\" is not installed", place, null);
        }

        return Module.Root.Tree.Find(folder) ?? Absent($"there are no Terraform files in \"{Source}\"", place, "module-missing");
    }

    private Module? Absent(string reason, Span place, string? problem)
    {
        AbsentBecause = reason;
        if (problem is not null)
        {
            Module.Root.Report(problem, $"module \"{Declaration.Name}\" is not read: {reason}", place);
        }

        return null;
    }

    private ModuleInstance? Make(InstanceKey key)
    {
        if (_target is null || Module.Guard.And(key.Guard) is not { } guard)
        {
            return null;
        }

        if (Module.Root.Instances >= RootContext.InstanceLimit)
        {
            AbsentBecause = $"there are more than {RootContext.InstanceLimit} module instances";
            Module.Root.Report("module-limit", $"module \"{Declaration.Name}\" is not read: {AbsentBecause}", Declaration.Header);
            return null;
        }

        Module.Root.Instances++;
        return new ModuleInstance(this, key, _target, guard);
    }

    private static string? Text(Value value) => value is TextValue { Known: { } text } ? text : null;
}
