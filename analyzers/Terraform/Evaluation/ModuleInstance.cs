using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// A module evaluated in one place: the root, or one instance of one call with its arguments. Everything is computed on demand and once.
/// </summary>
internal sealed class ModuleInstance
{
    private readonly Memo _variables;
    private readonly Memo _locals;
    private readonly Memo _outputs;
    private readonly Dictionary<string, ResourceSet> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallSet?> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderConfiguration> _providers = new(StringComparer.Ordinal);
    private readonly FileFunctions _files;

    /// <summary>A root module.</summary>
    internal ModuleInstance(RootContext root, Module module)
        : this(root, module, null, InstanceKey.Single, "", Guard.Always)
    {
    }

    /// <summary>An instance of a called module.</summary>
    internal ModuleInstance(CallSet call, InstanceKey key, Module module, Guard guard)
        : this(call.Module.Root, module, call, key, call.Block.Path + key.Suffix, guard)
    {
    }

    private ModuleInstance(RootContext root, Module module, CallSet? call, InstanceKey key, string path, Guard guard)
    {
        Root = root;
        Module = module;
        Call = call;
        Key = key;
        Path = path;
        Guard = guard;
        PredicatePrefix = path.Length == 0 ? root.Scope : $"{root.Scope}|{path}";
        (_variables, _locals, _outputs) = (new Memo(root.Problems, "var"), new Memo(root.Problems, "local"), new Memo(root.Problems, "output"));
        _files = new FileFunctions(root.Files, module.Folder, root.Scope, (template, variables) => TemplateScope.Render(root.Tree, this, template, variables), root.Reads);
        Scope = new ModuleScope(this, InstanceKey.Single);
        CallScope = call is null ? Scope : ReferenceEquals(key, InstanceKey.Single) ? call.Module.Scope : new ModuleScope(call.Module, key);
        Dependencies = new DependencyReader(this);
    }

    internal RootContext Root { get; }

    /// <summary>What is written.</summary>
    internal Module Module { get; }

    /// <summary>The call; null for the root.</summary>
    internal CallSet? Call { get; }

    /// <summary>Which instance of the call.</summary>
    internal InstanceKey Key { get; }

    /// <summary>Empty for the root, else <c>module.eks["a"].module.node</c>.</summary>
    internal string Path { get; }

    /// <summary>When the instance exists, all calls around it included.</summary>
    internal Guard Guard { get; }

    /// <summary>Whether it stands for any number of instances.</summary>
    internal Multiplicity Multiplicity => Key.IsTemplate || Call?.Module.Multiplicity == Multiplicity.Any ? Multiplicity.Any : Multiplicity.One;

    /// <summary>How many calls it is away from the root.</summary>
    internal int Depth => Call is null ? 0 : Call.Module.Depth + 1;

    /// <summary>Where names of the module are evaluated, outside of any repeated block.</summary>
    internal ModuleScope Scope { get; }

    /// <summary>Where the arguments of the call are evaluated.</summary>
    internal ModuleScope CallScope { get; }

    /// <summary>Prefix of the identities of undecided predicates.</summary>
    internal string PredicatePrefix { get; }

    /// <summary>What its symbols depend on.</summary>
    internal DependencyReader Dependencies { get; }

    /// <summary>The address of something declared in the module.</summary>
    internal Address AddressOf(string localName) => new(Root.Scope, Path.Length == 0 ? localName : $"{Path}.{localName}");

    /// <summary>The value of a variable; null if it is not declared.</summary>
    internal Value? Variable(string name) => _variables.Known(name) ?? (Module.Variables.TryGetValue(name, out var declaration) ? Variable(name, declaration) : null);

    /// <summary>The value of a local value; null if it is not declared.</summary>
    internal Value? Local(string name) => _locals.Known(name) ?? (Module.Locals.TryGetValue(name, out var attribute) ? Local(name, attribute) : null);

    /// <summary>The value of an output; null if it is not declared.</summary>
    internal Value? Output(string name) => _outputs.Known(name)
        ?? (Module.Outputs.TryGetValue(name, out var declaration) && declaration.Find("value") is { } attribute ? Output(name, declaration, attribute) : null);

    /// <summary>Where the state is kept, for a root; null where nothing says so.</summary>
    internal Backend? Backend => Module.Backends is [.., var last] && (last.Labels.Count > 0 ? last.Name : last.Block.Type) is var type
        ? new Backend(type, new BlockReader(type).Map(last.Block.Body, last.Block, Scope), last.Header)
        : null;

    /// <summary>All outputs by name.</summary>
    internal MapValue Outputs() => new([.. Module.Outputs.Keys.Select(name => Output(name) is { } value ? new Entry(name, value) : null).OfType<Entry>()]);

    /// <summary>The instances of a resource or data source by its local name; null if it is not declared.</summary>
    internal ResourceSet? ResourcesOf(string localName)
    {
        if (!_resources.TryGetValue(localName, out var set) && Module.Resources.TryGetValue(localName, out var declaration))
        {
            _resources.Add(localName, set = new ResourceSet(this, declaration));
        }

        return set;
    }

    /// <summary>The instances of a module call; null if it is not declared.</summary>
    internal CallSet? CallOf(string name)
    {
        if (!_calls.TryGetValue(name, out var set) && Module.Calls.TryGetValue(name, out var declaration))
        {
            // Its source may be an expression: while it is evaluated there is no such module yet.
            _calls.Add(name, null);
            _calls[name] = set = new CallSet(this, declaration);
        }

        return set;
    }

    /// <summary>The function of a name.</summary>
    internal Function? FindFunction(string name) => _files.Find(name) ?? TerraformFunctions.Find(name);

    /// <summary><c>path.module</c> and its siblings; null for another name.</summary>
    internal Value? PathValue(string name) => name switch
    {
        "module" => new TextValue(Relative(Root.Scope, Module.Folder)),
        "root" => new TextValue("."),
        "cwd" => new UnknownValue(UnknownReason.External, "the working folder is not known", type: DataType.Text) { IsNotNull = true },
        _ => null,
    };

    /// <summary>The workspace, and whether a run applies what it planned: unknown, and the same everywhere in a root.</summary>
    internal Value? TerraformValue(string name, Span place) => name switch
    {
        "workspace" => OfRun(name, "the workspace is not known", DataType.Text, place),
        "applying" => OfRun(name, "whether a plan is applied is not known", DataType.Bool, place),
        _ => null,
    };

    private UnknownValue OfRun(string name, string message, DataType type, Span place) =>
        new(UnknownReason.NoValue, message, place, new Reference(new Address(Root.Scope, $"terraform.{name}"), ""), type) { IsNotNull = true };

    /// <summary>The provider configuration of a resource: by its <c>provider</c> argument, else the default one of its type.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="scope">Where its arguments are evaluated: one of several configurations may be chosen by <c>each.key</c>. Null where no instance is meant.</param>
    internal ProviderConfiguration ProviderOf(Declaration resource, ModuleScope? scope = null) => resource.Find("provider") is { } written
        ? Provider(written.Value, scope ?? Scope)
        : Provider(resource.Type.IndexOf('_', StringComparison.Ordinal) is > 0 and var end ? resource.Type[..end] : resource.Type);

    /// <summary>The configuration that is written: a name, or one of a configuration for each of several.</summary>
    private ProviderConfiguration Provider(Expression written, ModuleScope scope) =>
        StaticText.Name(written) is { } name ? Provider(name)
        : written.Kind == NodeKind.Index && StaticText.Name(written[0]) is { } several
            ? Provider(several).One(scope.Evaluate(written[1]) is TextValue { Known: { } key } ? InstanceKey.Quoted(key) : "[*]")
        : new ProviderConfiguration(null, null, written.Place.Text);

    /// <summary>
    /// The configuration that a provider name means here: the own block, the one passed by the call, or the default one of the caller.
    /// </summary>
    internal ProviderConfiguration Provider(string key)
    {
        if (_providers.TryGetValue(key, out var known))
        {
            return known;
        }

        ProviderConfiguration? found = null;
        if (Module.Providers.TryGetValue(key, out var block))
        {
            found = new ProviderConfiguration(this, block, key);
        }
        else if (Call is not null)
        {
            found = Call.PassedProvider(key) is { } passed ? Call.Module.Provider(passed, CallScope)
                : key.Contains('.', StringComparison.Ordinal) ? null
                : Call.Module.Provider(key);
        }

        return _providers[key] = found ?? new ProviderConfiguration(null, null, key);
    }

    private Value Variable(string name, Declaration declaration) => _variables.Get(name, declaration.Header, () => Variables.ValueOf(this, declaration));

    private Value Local(string name, Languages.Hcl.Attribute attribute) => _locals.Get(name, attribute.NamePlace, () =>
        Scope.Evaluate(attribute.Value).Through(StepKind.Local, $"local.{name}", attribute.Value.Place));

    private Value Output(string name, Declaration declaration, Languages.Hcl.Attribute attribute) => _outputs.Get(name, declaration.Header, () =>
    {
        var value = Scope.Evaluate(attribute.Value);
        value = Variables.IsSensitive(declaration) ? value.WithSensitive(true) : value;
        return value.Through(StepKind.Output, Call is null ? $"output.{name}" : $"module.{Call.Declaration.Name}{Key.Suffix}.{name}", attribute.Value.Place);
    });

    /// <summary>The path from one folder to another, as <c>path.module</c> has it.</summary>
    private static string Relative(string from, string to)
    {
        var (start, end) = (Parts(from), Parts(to));
        var shared = 0;
        while (shared < start.Length && shared < end.Length && start[shared] == end[shared])
        {
            shared++;
        }

        var path = string.Join('/', Enumerable.Repeat("..", start.Length - shared).Concat(end.Skip(shared)));
        return path.Length == 0 ? "." : path;

        static string[] Parts(string folder) => folder.Length == 0 ? [] : folder.Split('/');
    }
}
