using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Evaluates one root: all resources of the root module and of the modules it calls, and what could not be seen.</summary>
internal sealed class RootLoader(RootContext root)
{
    private readonly List<Resource> _resources = [];
    private readonly List<Gap> _gaps = [];
    private readonly Dictionary<Address, Span> _calls = [];
    private readonly Dictionary<string, VersionRange> _requirements = new(StringComparer.Ordinal);
    private readonly List<Omission> _omissions = [];
    private readonly List<OmittedCall> _omittedCalls = [];

    /// <summary>The resources found, in the order of modules, files and blocks.</summary>
    internal IReadOnlyList<Resource> Resources => _resources;

    /// <summary>What could not be seen.</summary>
    internal IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>The root as a whole; null until it was loaded.</summary>
    internal Unit? Unit { get; private set; }

    /// <summary>Blocks that make nothing.</summary>
    internal IReadOnlyList<Omission> Omissions => _omissions;

    /// <summary>Calls that make nothing.</summary>
    internal IReadOnlyList<OmittedCall> OmittedCalls => _omittedCalls;

    /// <summary>Evaluates everything below a root module.</summary>
    internal void Load(Module module)
    {
        var instance = new ModuleInstance(root, module);
        Visit(instance);
        foreach (var (name, chosen) in LockFile.Read(root.Files, root.Scope))
        {
            Require(name, chosen);
        }

        Unit = new Unit
        {
            Scope = root.Scope,
            Language = Language.Terraform,
            Outputs = instance.Outputs(),
            Calls = _calls,
            Backend = instance.Backend,
            Requirements = _requirements,
        };
    }

    private void Visit(ModuleInstance module)
    {
        foreach (var (name, versions) in module.Module.Requirements)
        {
            Require(name, versions);
        }

        foreach (var problem in module.Module.Unreadable)
        {
            if (problem.Place is { } place)
            {
                _gaps.Add(new Gap
                {
                    Address = module.AddressOf(place.Outermost.File.Path),
                    Place = place,
                    Reason = problem.Code == ModuleTree.UnreadableFile ? "the file is not read" : "the file does not parse",
                    Guard = module.Guard,
                });
            }
        }

        foreach (var name in module.Module.Resources.Keys)
        {
            Add(module.ResourcesOf(name)!);
        }

        foreach (var name in module.Module.Calls.Keys)
        {
            Follow(module.CallOf(name)!);
        }
    }

    private void Require(string name, VersionRange versions) =>
        _requirements[name] = _requirements.GetValueOrDefault(name, VersionRange.Any).And(versions);

    private void Add(ResourceSet set)
    {
        var module = set.Module;
        var declaration = set.Declaration;
        var dependencies = module.Dependencies.Of(declaration);
        var isChosen = declaration.Find("provider") is { Value.Kind: NodeKind.Index };
        var provider = isChosen ? null : module.ProviderOf(declaration).Arguments;
        var meta = Meta(module, declaration);
        foreach (var key in set.Expansion.Keys)
        {
            if (module.Guard.And(key.Guard) is { } guard)
            {
                _resources.Add(Make(set[key], guard));
            }
        }

        if (set.Expansion.IsEmpty && !declaration.IsData)
        {
            var (because, read) = set.Module.Root.Deciders.Of(set);
            _omissions.Add(new Omission(Make(new ResourceInstance(set, set.Hypothetical), module.Guard), because) { Read = read });
        }

        Resource Make(ResourceInstance instance, Guard guard) => new()
        {
            Address = instance.Address,
            Block = set.Block,
            Type = declaration.Type,
            Name = declaration.Name,
            Language = Language.Terraform,
            IsData = declaration.IsData,
            Body = instance.Body,
            Place = declaration.Header,
            Whole = declaration.Block.Place,
            Guard = guard,
            Multiplicity = instance.Key.IsTemplate ? Multiplicity.Any : module.Multiplicity,
            Dependencies = dependencies,
            Provider = isChosen ? module.ProviderOf(declaration, instance.Scope).Arguments : provider,
            Module = module.Path,
            IgnoredChanges = IgnoredChanges(declaration),
            Meta = meta,
        };
    }

    private void Follow(CallSet call)
    {
        if (call.Expansion.IsEmpty)
        {
            _omittedCalls.Add(new OmittedCall(
                new Gap
                {
                    Address = call.Block,
                    Place = call.Declaration.Header,
                    Reason = "the call is switched off",
                    Declares = call.Declares(),
                    Inputs = call.Inputs(call.Hypothetical),
                    Source = call.Source,
                    Version = call.Version,
                },
                call.Module.Root.Deciders.Of(call).Because));
            return;
        }

        IReadOnlyList<Dependency>? dependencies = null;
        foreach (var key in call.Expansion.Keys)
        {
            if (call.Module.Guard.And(key.Guard) is not { } guard)
            {
                continue;
            }

            SummarizedCall? summary = null;
            IReadOnlySet<string>? complete = null;
            if (call[key] is { } instance)
            {
                _calls.TryAdd(call.Block, call.Declaration.Header);
                Visit(instance);
                summary = instance.Module.Summary;
                complete = summary?.Summary.CompleteOf(instance.Module.Folder);
                if (summary is null || call.Module.Module.Summary is not null)
                {
                    continue;
                }
            }

            _gaps.Add(new Gap
            {
                Address = call.Block with { Path = call.Block.Path + key.Suffix },
                Place = call.Declaration.Header,
                Reason = call.AbsentBecause ?? (summary is null ? "the module is not here" : "only a summary of it is known"),
                Providers = summary?.Summary.Providers,
                Complete = complete,
                Inputs = call.Inputs(key),
                Source = call.Source,
                Version = call.Version,
                Guard = guard,
                Dependencies = dependencies ??= call.Module.Dependencies.OfCall(call.Declaration),
            });
        }
    }

    private static IReadOnlyList<string> IgnoredChanges(Declaration declaration)
    {
        if (declaration.Lifecycle("ignore_changes") is not { } written)
        {
            return [];
        }

        return written.Value.Kind == NodeKind.Tuple
            ? [.. written.Value.Children.Select(each => StaticText.Name(each) ?? each.Place.Text)]
            : ["*"];
    }

    /// <summary>Provisioners are no attributes, yet they wait and run commands; what else replaces a resource is none either.</summary>
    private static MapValue? Meta(ModuleInstance module, Declaration declaration)
    {
        var (triggers, provisioners) = (declaration.Lifecycle("replace_triggered_by"), declaration.Blocks.Where(block => block.Type == "provisioner").ToList());
        if (triggers is null && provisioners.Count == 0)
        {
            return null;
        }

        var meta = new List<Entry>();
        if (triggers is { } written)
        {
            meta.Add(new Entry("replace_triggered_by", new TextValue(written.Value.Place.Text)));
        }

        if (provisioners.Count > 0)
        {
            var reader = new BlockReader(module.AddressOf(declaration.LocalName).Path);
            meta.Add(new Entry("provisioner", ListValue.Of(provisioners.Select(block =>
            {
                var body = reader.Map(block.Body, block, module.Scope);
                var type = block.Labels.FirstOrDefault()?.Text ?? "";
                return (Value)new MapValue([new Entry("type", new TextValue(type)), .. body.Entries]) { Place = body.Place };
            }))));
        }

        return new MapValue([.. meta]);
    }
}
