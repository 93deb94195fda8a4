using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Makes resources and gaps of what a template declares.</summary>
internal sealed class ResourceReader(TemplateScope scope)
{
    private static readonly string[] MetaAttributes = ["DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy"];

    /// <summary>Adds all resources of the template and of those that it nests, and a gap for each thing that may declare others.</summary>
    internal void AddTo(Inventory inventory)
    {
        AddGaps(inventory);
        var resources = new List<Resource>();
        foreach (var entry in scope.Resources.Entries)
        {
            var place = entry.KeyPlace ?? scope.Template.Source.At(0, 0);
            if (Template.IsMaker(entry.Key))
            {
                inventory.Add(Gap(scope.Address(entry.Key), place, $"{entry.Key} makes resources when the stack is deployed"));
            }
            else if (Template.IsCall(entry.Value))
            {
                inventory.Add(Gap(scope.Address(entry.Key), place, $"a tool that packages the template puts resources in place of \"{entry.Key}\""));
            }
            else if (TypeOf(entry.Value) is not { } type)
            {
                scope.Report("invalid-template", $"The resource \"{entry.Key}\" has no type.", place);
                inventory.Add(Gap(scope.Address(entry.Key), place, "a resource without a type may be any"));
            }
            else if (Read(entry, type, (MapValue)entry.Value, place) is { } resource)
            {
                resources.Add(resource);
            }
        }

        foreach (var resource in resources)
        {
            AddWithNested(resource, inventory);
        }

        ReportCircles(resources);
        if (scope.Placement.Outer is null || scope.Prefix.Length == 0)
        {
            inventory.Add(new Unit
            {
                Scope = scope.Placement.Root,
                Language = Language.CloudFormation,
                Outputs = new MapValue([.. scope.Outputs.Entries.Select(output => output with { Value = scope.Evaluator.EvaluateFor(scope.Exists, output.Value).Value })]),
            });
        }
    }

    private void AddGaps(Inventory inventory)
    {
        foreach (var (name, place) in scope.Template.UnknownTransforms)
        {
            inventory.Add(Gap(scope.Address("Transform"), place, $"the transform \"{name}\" may change anything in the template"));
        }

        if (scope.Template.Modules is { KeyPlace: { } modules })
        {
            inventory.Add(Gap(scope.Address("Modules"), modules, "modules are put in when the template is packaged"));
        }

        if (scope.Placement.Stack?.Missing is { Place: { } missing } cause)
        {
            inventory.Add(Gap(scope.Address("Context"), missing, cause.Detail));
        }

        if (scope.Resources.OpenBecause is [var open, ..])
        {
            inventory.Add(Gap(scope.Address("Resources"), open.Place ?? scope.Template.Source.At(0, 0), open.Detail));
        }
    }

    /// <summary>
    /// Adds a resource, and what the template declares that it deploys: that is made when what the stack waits for is there, and the stack is done when all of it is.
    /// </summary>
    private void AddWithNested(Resource resource, Inventory inventory)
    {
        if (scope.Nested.Find(resource.Name) is not { Scope: { } child })
        {
            inventory.Add(resource);
            if (Gap(resource) is { } gap)
            {
                inventory.Add(gap);
            }

            return;
        }

        var inside = new Inventory();
        new ResourceReader(child).AddTo(inside);
        inventory.Add(resource.With([.. resource.Dependencies, .. inside.Resources.Select(each => new Dependency(each.Address, resource.Place, IsExplicit: true, [resource.Name]))]));
        var within = new Inventory();
        foreach (var each in inside.Resources)
        {
            within.Add(each.With([.. each.Dependencies, .. resource.Dependencies]));
        }

        foreach (var gap in inside.Gaps)
        {
            within.Add(gap);
        }

        foreach (var unit in inside.Units)
        {
            within.Add(unit);
        }

        inventory.Add(within);
    }

    private static string? TypeOf(Value written) => written is MapValue map && Texts.Of(map["Type"])?.Known is { Length: > 0 } type ? type : null;

    private Resource? Read(Entry entry, string type, MapValue written, Span place)
    {
        var name = entry.Key;
        var existence = scope.Existence(written);
        if (existence.Truth == Truth.No || existence.WhenTrue.And(entry.Guard) is not { } guard)
        {
            return null;
        }

        DependsOnPlaces.Check(scope, name, type, written);
        var (properties, dependencies) = scope.Evaluator.EvaluateFor(guard, written["Properties"] ?? MapValue.Empty);
        if (properties is not MapValue and not UnknownValue and not NullValue)
        {
            scope.Report("invalid-template", $"The properties of \"{name}\" are not a map.", scope.Evaluator.Place(properties));
        }

        // What metadata refers to is made first too.
        var noted = written["Metadata"] is MapValue metadata ? scope.Evaluator.EvaluateFor(guard, metadata).Dependencies : [];
        return new Resource
        {
            Address = scope.Address(name),
            Type = type,
            Name = name,
            Language = Language.CloudFormation,
            Body = Body(properties),
            Place = place,
            Whole = written.Place is { } whole ? place.To(whole) : place,
            Guard = guard,
            Multiplicity = scope.Placement.IsSet || name.Contains(Loops.Any, StringComparison.Ordinal) ? Multiplicity.Any : Multiplicity.One,
            Dependencies = [.. Explicit(written["DependsOn"]), .. dependencies.Concat(noted).Where(dependency => dependency.Target != scope.Address(name)).DistinctBy(dependency => (dependency.Target, dependency.Place))],
            Provider = scope.Placement.Stack?.Provider ?? Around()?.Provider,
            Module = scope.Prefix.TrimEnd('.'),
            Meta = Meta(written),
        };
    }

    /// <summary>What is told of the stack around a nested one.</summary>
    private StackFacts? Around()
    {
        var around = scope;
        while (around is { Placement: { IsSet: false, Outer: { } outer } })
        {
            around = outer;
        }

        return around.Placement.IsSet ? null : around.Placement.Stack;
    }

    private static MapValue Body(Value properties) => properties switch
    {
        MapValue map => map,
        UnknownValue unknown => new MapValue([]) { OpenBecause = unknown.Causes },
        ChoiceValue choice => new MapValue([]) { OpenBecause = [.. Cause.Of(choice).Take(Cause.Limit)] },
        _ => MapValue.Empty,
    };

    private IEnumerable<Dependency> Explicit(Value? written)
    {
        foreach (var each in written is ListValue list ? list.Values : written is null ? [] : [written])
        {
            var place = scope.Evaluator.Place(each);
            if (Texts.Of(each)?.Known is not { } name)
            {
                scope.Report("invalid-template", "\"DependsOn\" takes names of resources.", place);
            }
            else if (scope.Resources.Find(name) is null)
            {
                scope.Undeclared("resource", name, place);
            }
            else
            {
                yield return new Dependency(scope.Address(name), place, IsExplicit: true, []);
            }
        }
    }

    private MapValue? Meta(MapValue written)
    {
        var entries = written.Entries
            .Where(entry => Array.IndexOf(MetaAttributes, entry.Key) >= 0)
            .Select(entry => entry with { Value = scope.Evaluator.EvaluateFor(Guard.Always, entry.Value).Value })
            .ToList();
        if (written["Metadata"] is MapValue metadata && metadata.Find("aws:cdk:path") is { } construct)
        {
            entries.Add(construct);
        }

        return entries.Count == 0 ? null : new MapValue([.. entries]);
    }

    private Gap? Gap(Resource resource)
    {
        if (resource.Type.EndsWith("::MODULE", StringComparison.Ordinal))
        {
            return Gap(resource.Address, resource.Place, $"the module {resource.Type} is registered in the account");
        }

        return scope.Nested.Find(resource.Name) is not { } nested ? null : new Gap
        {
            Address = resource.Address,
            Place = resource.Place,
            Reason = nested.Reason,
            Inputs = resource["Parameters"] switch
            {
                MapValue map => map,
                null => resource.Body.IsOpen ? null : MapValue.Empty,
                _ => null,
            },
            Source = (resource["TemplateURL"] as TextValue ?? resource["Location"] as TextValue)?.ToString(),
            Guard = resource.Guard,
            Dependencies = resource.Dependencies,
        };
    }

    private static Gap Gap(Address address, Span place, string reason) => new() { Address = address, Place = place, Reason = reason };

    /// <summary>Reports each resource from which the dependencies lead back to itself, once per circle.</summary>
    private void ReportCircles(List<Resource> resources)
    {
        var byAddress = resources.ToDictionary(resource => resource.Address);
        var done = new HashSet<Address>();
        var path = new HashSet<Address>();
        var stack = new Stack<(Resource Resource, int Next)>();
        foreach (var resource in resources)
        {
            Enter(resource);
            while (stack.TryPop(out var step))
            {
                if (step.Next == step.Resource.Dependencies.Count)
                {
                    path.Remove(step.Resource.Address);
                    continue;
                }

                stack.Push(step with { Next = step.Next + 1 });
                var dependency = step.Resource.Dependencies[step.Next];
                if (path.Contains(dependency.Target))
                {
                    scope.Report("circular-dependency", $"\"{step.Resource.Name}\" and \"{dependency.Target}\" depend on each other.", dependency.Place);
                }
                else if (byAddress.TryGetValue(dependency.Target, out var next))
                {
                    Enter(next);
                }
            }
        }

        void Enter(Resource resource)
        {
            if (done.Add(resource.Address))
            {
                path.Add(resource.Address);
                stack.Push((resource, 0));
            }
        }
    }
}
