using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.CloudFormation;

/// <summary>The templates that resources of a template deploy: nested stacks, sets of stacks, serverless applications, where their templates are files of the repository.</summary>
internal sealed class NestedStacks(TemplateScope scope)
{
    private const string Set = "AWS::CloudFormation::StackSet";
    private const int DepthLimit = 32;

    private readonly Dictionary<string, Nested> _found = new(StringComparer.Ordinal);

    /// <summary>True for types of resources that deploy templates.</summary>
    internal static bool IsNesting(string type) => type is "AWS::CloudFormation::Stack" or Set or "AWS::Serverless::Application";

    /// <summary>What a resource deploys; null for resources that deploy no template.</summary>
    internal Nested? Find(string name)
    {
        if (scope.Resources[name] is not MapValue written || Texts.Of(written["Type"])?.Known is not { } type || !IsNesting(type))
        {
            return null;
        }

        if (!_found.TryGetValue(name, out var found))
        {
            _found.Add(name, new Nested(null, "what it deploys depends on what it gives back"));
            _found[name] = found = Follow(name, type, written);
        }

        return found;
    }

    /// <summary>The paths of the files that resources of the template deploy.</summary>
    internal IEnumerable<string> Paths() => scope.Resources.Entries
        .Select(entry => entry.Value is MapValue written && Texts.Of(written["Type"])?.Known is { } type && IsNesting(type) ? PathOf(type, written)?.Path : null)
        .OfType<string>();

    /// <summary>This scope and all below it.</summary>
    internal IEnumerable<TemplateScope> Below() =>
        scope.Resources.Entries.Select(entry => Find(entry.Key)?.Scope).OfType<TemplateScope>().SelectMany(child => child.Nested.Below().Prepend(child));

    private Nested Follow(string name, string type, MapValue written)
    {
        var existence = scope.Existence(written);
        if (existence.Truth == Truth.No)
        {
            return new Nested(null, "the stack is never made");
        }

        var isSet = type == Set || scope.Placement.IsSet;
        var placement = new Placement
        {
            Root = type == Set ? $"{scope.Placement.Root}#{scope.Prefix}{name}" : scope.Placement.Root,
            Prefix = type == Set ? "" : $"{scope.Prefix}{name}.",
            Outer = scope,
            Exists = existence.WhenTrue,
            IsSet = isSet,
            Given = Parameters(type, written),
        };
        if (type == Set && written["Properties"] is MapValue properties && properties["TemplateBody"] is { } body)
        {
            return Inline(body, placement);
        }

        if (PathOf(type, written) is not var (path, place))
        {
            return new Nested(null, "the template of the nested stack was not followed");
        }

        if (scope.Set.Find(path) is not { } template)
        {
            var isThere = scope.Set.Files.Read(path) is not null;
            scope.Report("nested-template-missing", isThere ? $"\"{path}\" is no template." : $"The template \"{path}\" is not there.", place);
            return new Nested(null, $"the template \"{path}\" {(isThere ? "cannot be read" : "is not there")}");
        }

        var depth = 0;
        for (var around = scope; around is not null; around = around.Placement.Outer)
        {
            if (ReferenceEquals(around.Template, template))
            {
                scope.Report("circular-stack", $"The template \"{path}\" nests itself.", place);
                return new Nested(null, "the template nests itself");
            }

            depth++;
        }

        if (depth > DepthLimit || !scope.Set.MayNest())
        {
            scope.Report("nesting-limit", "There are too many nested stacks; this one is not followed.", place);
            return new Nested(null, "there are too many nested stacks");
        }

        return new Nested(Checked(new TemplateScope(template, scope.Set, placement)), "");
    }

    /// <summary>Where the template of a resource is, relative to the root of the repository, and where that is written; null where it is not a file beside the template.</summary>
    private (string Path, Span Place)? PathOf(string type, MapValue written)
    {
        // The CDK says of what it will upload which file it is.
        var asset = written["Metadata"] is MapValue metadata && Texts.Of(metadata["aws:asset:property"])?.Known is "TemplateURL" ? metadata["aws:asset:path"] : null;
        var location = asset ?? (written["Properties"] as MapValue)?[type == "AWS::Serverless::Application" ? "Location" : "TemplateURL"];
        if (location is null || Texts.Of(scope.Evaluator.EvaluateFor(Guard.Always, location).Value) is not { Known: { Length: > 0 } known }
            || known.Contains("://", StringComparison.Ordinal) || known.StartsWith("arn:", StringComparison.Ordinal))
        {
            return null;
        }

        return FileTree.Resolve(scope.Template.Source.Folder, known) is { } path ? (path, scope.Evaluator.Place(location)) : null;
    }

    private Nested Inline(Value body, Placement placement)
    {
        if (body is not TextValue { Known: not null } || ScalarText.Embed(body) is not { } text || !scope.Set.MayNest())
        {
            return new Nested(null, "the template in the text cannot be read");
        }

        var depth = 0;
        for (var around = scope; around is not null; around = around.Placement.Outer)
        {
            depth++;
        }

        return depth <= DepthLimit && TemplateReader.ReadText(text, scope.Set) is { } template
            ? new Nested(Checked(new TemplateScope(template, scope.Set, placement)), "")
            : new Nested(null, "the text is no template");
    }

    /// <summary>Parameters that the nested template does not have would be refused.</summary>
    private TemplateScope Checked(TemplateScope child)
    {
        foreach (var entry in child.Placement.Given!.Written.Entries)
        {
            if (child.Template.Parameters.Find(entry.Key) is null && !child.Template.MakesNames && entry.KeyPlace is { } place)
            {
                scope.Report("reference-to-nothing", $"The nested template has no parameter \"{entry.Key}\".", place);
            }
        }

        return child;
    }

    private GivenParameters Parameters(string type, MapValue written)
    {
        if (written["Properties"] is not { } all)
        {
            return new GivenParameters(MapValue.Empty, null);
        }

        switch ((all as MapValue)?["Parameters"])
        {
            case null when all is MapValue { Entries: not [{ Key: "Fn::If" or "Fn::Transform" }] }:
                return new GivenParameters(MapValue.Empty, null);
            case ListValue list when type == Set:
                return new GivenParameters(
                    new MapValue([.. list.Values.OfType<MapValue>().Where(pair => pair["ParameterValue"] is not null && Texts.Of(pair["ParameterKey"])?.Known is not null)
                        .Select(pair => new Entry(Texts.Of(pair["ParameterKey"])!.Known!, pair["ParameterValue"]!, pair["ParameterKey"]!.Trace?.Place))
                        .DistinctBy(entry => entry.Key)]),
                    null);
            case MapValue map when !map.Entries.Any(entry => entry.Key.StartsWith("Fn::", StringComparison.Ordinal)):
                return new GivenParameters(map, null);
            case var other:
                var place = scope.Evaluator.Place(other ?? all);
                return new GivenParameters(MapValue.Empty, new UnknownValue(UnknownReason.NotComputed, "the parameters of the nested stack are computed", place));
        }
    }
}

/// <summary>What a resource deploys.</summary>
/// <param name="Scope">The template in its place; null if it was not followed.</param>
/// <param name="Reason">Why it was not.</param>
internal sealed record Nested(TemplateScope? Scope, string Reason);
