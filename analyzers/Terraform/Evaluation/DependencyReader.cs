using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// Reads from expressions what must be there before: the resources that are named, directly or through locals, variables, outputs and provider configurations. Values play no part, so nothing is lost where
/// they are unknown.
/// </summary>
internal sealed class DependencyReader(ModuleInstance module)
{
    private readonly Dictionary<string, IReadOnlyList<Dependency>> _symbols = new(StringComparer.Ordinal);
    private IReadOnlyList<Dependency>? _inherited;

    /// <summary>What every resource of the module instance waits for: <c>depends_on</c>, <c>count</c> and <c>for_each</c> of the calls around it.</summary>
    internal IReadOnlyList<Dependency> Inherited => _inherited ??= ReadInherited();

    /// <summary>What all instances of a resource wait for.</summary>
    internal IReadOnlyList<Dependency> Of(Declaration resource)
    {
        var found = new DependencySet();
        Explicit(resource, found);
        foreach (var attribute in resource.Attributes)
        {
            if (attribute.Name is not ("depends_on" or "provider"))
            {
                Walk(attribute.Value, found);
            }
        }

        foreach (var block in resource.Blocks)
        {
            Walk(block.Body, found);
        }

        var provider = module.ProviderOf(resource);
        if (provider is { Owner: { } owner, Block: not null })
        {
            found.AddThrough($"provider.{provider.Key}", null, owner.Dependencies.OfProvider(provider));
        }

        found.AddRange(Inherited);
        return found.ToList();
    }

    /// <summary>What the arguments of a module call wait for.</summary>
    internal IReadOnlyList<Dependency> OfCall(Declaration call)
    {
        var found = new DependencySet();
        Explicit(call, found);
        foreach (var attribute in call.Attributes)
        {
            if (attribute.Name is not ("depends_on" or "providers"))
            {
                Walk(attribute.Value, found);
            }
        }

        found.AddRange(Inherited);
        return found.ToList();
    }

    private IReadOnlyList<Dependency> OfProvider(ProviderConfiguration provider) =>
        Symbol("provider." + provider.Key, found => Walk(provider.Block!.Block.Body, found));

    private IReadOnlyList<Dependency> OfOutput(string name) => module.Module.Outputs.TryGetValue(name, out var output)
        ? Symbol("output." + name, found =>
        {
            Explicit(output, found);
            if (output.Find("value") is { } value)
            {
                Walk(value.Value, found);
            }
        })
        : [];

    private IReadOnlyList<Dependency> OfVariable(string name) => module.Call is { } call && call.Declaration.Find(name) is { } argument
        ? Symbol("var." + name, found => found.AddRange(call.Module.Dependencies.Of(argument.Value)))
        : [];

    private IReadOnlyList<Dependency> OfLocal(string name) => module.Module.Locals.TryGetValue(name, out var local)
        ? Symbol("local." + name, found => Walk(local.Value, found))
        : [];

    private IReadOnlyList<Dependency> Of(Expression expression)
    {
        var found = new DependencySet();
        Walk(expression, found);
        return found.ToList();
    }

    private IReadOnlyList<Dependency> ReadInherited()
    {
        if (module.Call is not { } call)
        {
            return [];
        }

        var caller = call.Module.Dependencies;
        var own = new DependencySet();
        caller.Explicit(call.Declaration, own);
        foreach (var meta in (string[])["count", "for_each"])
        {
            if (call.Declaration.Find(meta) is { } attribute)
            {
                caller.Walk(attribute.Value, own);
            }
        }

        var found = new DependencySet();
        found.AddThrough($"module.{call.Declaration.Name}", null, own.ToList());
        found.AddRange(caller.Inherited);
        return found.ToList();
    }

    /// <summary>Reads a symbol once. While it is being read it waits for nothing: a cycle adds nothing to itself.</summary>
    private IReadOnlyList<Dependency> Symbol(string name, Action<DependencySet> read)
    {
        if (!_symbols.TryGetValue(name, out var known))
        {
            _symbols.Add(name, []);
            var found = new DependencySet();
            if (System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                read(found);
            }

            _symbols[name] = known = found.ToList();
        }

        return known;
    }

    private void Explicit(Declaration declaration, DependencySet found)
    {
        if (declaration.Find("depends_on") is not { Value: { Kind: NodeKind.Tuple } list })
        {
            return;
        }

        foreach (var each in list.Children)
        {
            if (NameOf(each) is not { } name)
            {
                continue;
            }

            if (name.Split('.') is ["var" or "local", ..])
            {
                // Nothing that is made: what it was computed from.
                Walk(each, found);
            }
            else
            {
                found.Add(new Dependency(module.AddressOf(Block(name.Split('.'))), each.Place, true, []));
            }
        }
    }

    /// <summary>The dotted name of what is waited for. Instance keys are allowed anywhere and mean the whole block; old code quotes the name.</summary>
    private static string? NameOf(Expression target) => target.Kind switch
    {
        NodeKind.Index => NameOf(target[0]),
        NodeKind.GetAttribute => NameOf(target[0]) is { } inner ? $"{inner}.{target.Name}" : null,
        _ => StaticText.Name(target),
    };

    /// <summary>The block in a dotted name: what follows it is an attribute.</summary>
    private static string Block(string[] parts) => parts[0] switch
    {
        "data" or "ephemeral" => string.Join('.', parts.Take(3)),
        "resource" => string.Join('.', parts.Skip(1).Take(2)),
        _ => string.Join('.', parts.Take(2)),
    };

    private void Walk(Body body, DependencySet found)
    {
        foreach (var attribute in body.Attributes)
        {
            Walk(attribute.Value, found);
        }

        foreach (var block in body.Blocks)
        {
            if (block.Type != "lifecycle")
            {
                Walk(block.Body, found);
            }
        }
    }

    private void Walk(Expression expression, DependencySet found)
    {
        switch (expression.Kind)
        {
            case NodeKind.Variable:
                Refer(expression, [], found);
                break;
            case NodeKind.GetAttribute or NodeKind.Index:
                var steps = expression.Steps(out var root);
                for (var at = steps.Length - 1; at >= 0; at--)
                {
                    if (steps[at].Kind == NodeKind.Index)
                    {
                        Walk(steps[at][1], found);
                    }
                }

                if (root.Kind == NodeKind.Variable)
                {
                    Refer(root, steps, found);
                }
                else
                {
                    Walk(root, found);
                }

                break;
            case NodeKind.ForTuple or NodeKind.ForObject or NodeKind.TemplateFor:
                found.Bound.Push(expression[0].Name);
                found.Bound.Push(expression.Has(NodeFlags.HasKey) ? expression[1].Name : "");
                foreach (var child in expression.Children)
                {
                    Walk(child, found);
                }

                found.Bound.Pop();
                found.Bound.Pop();
                break;
            case NodeKind.Call:
                if (module.FindFunction(expression.Name) is null)
                {
                    module.Root.UnknownFunctions.TryAdd(expression.Name, expression.NamePlace);
                }

                goto default;
            default:
                foreach (var child in expression.Children)
                {
                    Walk(child, found);
                }

                break;
        }
    }

    private void Refer(Expression root, IReadOnlyList<Expression> steps, DependencySet found)
    {
        var place = steps.Count > 0 ? root.Place.To(steps[^1].Place) : root.Place;
        if (found.Bound.Contains(root.Name) || NameAt(0) is not { } name)
        {
            return;
        }

        switch (root.Name)
        {
            case "local":
                found.AddThrough("local." + name, place, OfLocal(name));
                break;
            case "var":
                found.AddThrough("var." + name, place, OfVariable(name));
                break;
            case "module":
                Call(name, steps, place, found);
                break;
            case "each" or "count" or "path" or "terraform" or "self":
                break;
            case "data" or "ephemeral" when NameAt(1) is { } label:
                Resource($"{root.Name}.{name}.{label}");
                break;
            case "resource" when NameAt(1) is { } label:
                Resource($"{name}.{label}");
                break;
            default:
                Resource($"{root.Name}.{name}");
                break;
        }

        string? NameAt(int at) => at < steps.Count && steps[at].Kind == NodeKind.GetAttribute ? steps[at].Name : null;

        void Resource(string localName)
        {
            if (module.Module.Resources.ContainsKey(localName))
            {
                found.Add(new Dependency(module.AddressOf(localName), place, false, []));
            }
        }
    }

    private void Call(string name, IReadOnlyList<Expression> steps, Span place, DependencySet found)
    {
        if (module.CallOf(name) is not { } call)
        {
            return;
        }

        // Without a named output it is the whole module that is asked for.
        var output = steps.Skip(1).Where(static step => step.Kind == NodeKind.GetAttribute).Select(static step => step.Name).FirstOrDefault();
        if (output is null || call.AbsentBecause is not null || (call.IsSummary && !call.HasOutput(output)))
        {
            found.Add(new Dependency(call.Block, place, false, []));
            return;
        }

        foreach (var key in call.Expansion.Keys)
        {
            if (call[key] is { } instance)
            {
                found.AddThrough($"module.{name}.{output}", place, instance.Dependencies.OfOutput(output));
            }
            else if (call.AbsentBecause is not null)
            {
                found.Add(new Dependency(call.Block, place, false, []));
            }
        }
    }
}
