using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>A template as it was read: its sections, not yet evaluated.</summary>
internal sealed class Template
{
    /// <summary>Transforms of AWS whose effect is known: none on what is written, or resources that serve those written.</summary>
    private static readonly string[] KnownTransforms =
    [
        "AWS::Serverless-2016-10-31", "AWS::LanguageExtensions", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen",
    ];

    private Template(SourceFile source, MapValue root)
    {
        Source = source;
        Parameters = Section(root, "Parameters");
        Mappings = Section(root, "Mappings");
        Conditions = Section(root, "Conditions");
        Rules = Section(root, "Rules");
        Outputs = Section(root, "Outputs");
        Modules = root.Find("Modules");
        Transforms = [.. FindTransforms(root["Transform"])];
        Resources = Section(root, "Resources");
        if (Transforms.Any(transform => transform.Name == Serverless.Transform))
        {
            Resources = Serverless.Expand(Resources, Section(root, "Globals"));
        }

        Nests = Resources.Entries.Any(entry => entry.Value is MapValue resource && Texts.Of(resource["Type"])?.Known is { } type && NestedStacks.IsNesting(type));
        Imports = root.Deep().Any(value => value is MapValue { Entries: [{ Key: "Fn::ImportValue" }] });
        Switches = Asked(Conditions).Concat(Asked(Rules)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    internal SourceFile Source { get; }

    /// <summary>Path of the file: the scope of all its addresses.</summary>
    internal string Path => Source.Path;

    internal MapValue Parameters { get; }

    internal MapValue Mappings { get; }

    internal MapValue Conditions { get; }

    internal MapValue Rules { get; }

    internal MapValue Resources { get; }

    internal MapValue Outputs { get; }

    /// <summary>Parameters that conditions and rules ask about: their values switch parts of the template on and off.</summary>
    internal IReadOnlySet<string> Switches { get; }

    /// <summary>True if a resource deploys another template.</summary>
    internal bool Nests { get; }

    /// <summary>True if something in it is what another template exports.</summary>
    internal bool Imports { get; }

    /// <summary>The section of modules that a packaging tool puts in before the template is deployed; null if there is none.</summary>
    internal Entry? Modules { get; }

    /// <summary>Names of the transforms of the whole template, with the place of each.</summary>
    internal IReadOnlyList<(string Name, Span Place)> Transforms { get; }

    /// <summary>Transforms that may change anything.</summary>
    internal IEnumerable<(string Name, Span Place)> UnknownTransforms => Transforms.Where(transform => Array.IndexOf(KnownTransforms, transform.Name) < 0);

    /// <summary>True when resources or conditions may exist that are not written: a transform or a loop makes them.</summary>
    internal bool MakesNames => Modules is not null || Transforms.Any(transform => transform.Name != "AWS::LanguageExtensions")
        || Resources.Entries.Concat(Conditions.Entries).Any(entry => IsMaker(entry.Key) || Loops.IsLoop(entry.Key)) || Resources.Entries.Any(entry => IsCall(entry.Value));

    /// <summary>Paths of templates, relative to this one, that a packaging tool puts in place of resources: they are parts of this one.</summary>
    internal IEnumerable<string> Parts => Resources.Entries.Select(entry => Called(entry.Value) is { Key: Packaging.Module, Value: TextValue { Known: { } path } } ? path : null).OfType<string>();

    /// <summary>True for a function in place of a resource or of its type: a packaging tool puts others there.</summary>
    internal static bool IsCall(Value written) => Called(written) is not null;

    private static Entry? Called(Value written) => written switch
    {
        MapValue { Entries: [var only] } when TemplateEvaluator.IsFunction(only.Key) => only,
        MapValue resource when resource["Type"] is MapValue { Entries: [var type] } && Packaging.IsDirective(type.Key) => type,
        _ => null,
    };

    /// <summary>True for keys that stand for entries that a macro makes when the stack is deployed.</summary>
    internal static bool IsMaker(string key) => key is "Fn::Transform" or "AWS::Include";

    /// <summary>The template that a document is; null if it is none.</summary>
    internal static Template? Of(SourceFile source, Value document)
    {
        if (document is not MapValue root)
        {
            return null;
        }

        var declares = root["Resources"] is MapValue resources
            && (root.Find("AWSTemplateFormatVersion") is not null || resources.Entries.Any(entry => Loops.IsLoop(entry.Key) || (entry.Value is MapValue resource && IsType(resource["Type"]))));
        return declares ? new Template(source, root) : null;
    }

    /// <summary>Names of everything that a section refers to.</summary>
    private static IEnumerable<string> Asked(MapValue section) => section.Deep().OfType<MapValue>()
        .Select(map => map.Entries is [{ Key: "Ref", Value: TextValue { Known: { } name } }] ? name : null).OfType<string>();

    private static bool IsType(Value? type) => type is TextValue { Known: { } name } && name.Contains("::", StringComparison.Ordinal);

    private static MapValue Section(MapValue root, string name) => root[name] as MapValue ?? MapValue.Empty;

    private static IEnumerable<(string Name, Span Place)> FindTransforms(Value? written)
    {
        foreach (var each in written is ListValue list ? list.Values : written is null ? [] : [written])
        {
            var name = each is MapValue call ? call["Name"] : each;
            if (each.Trace is { } trace)
            {
                yield return ((name as TextValue)?.Known ?? "", trace.Place);
            }
        }
    }
}
