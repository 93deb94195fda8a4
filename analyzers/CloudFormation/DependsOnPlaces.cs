using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Finds <c>DependsOn</c> where CloudFormation does not read it: the order that somebody meant to write does not hold.</summary>
internal static class DependsOnPlaces
{
    private const string Key = "DependsOn";

    /// <summary>
    /// Reports it under <c>Metadata</c> and inside <c>Properties</c> of a resource. Properties of custom resources are what their owners say, and references in metadata are the way to depend
    /// on what a condition may leave out.
    /// </summary>
    internal static void Check(TemplateScope scope, string name, string type, MapValue written)
    {
        Report("Metadata");
        if (!type.StartsWith("Custom::", StringComparison.Ordinal) && type != "AWS::CloudFormation::CustomResource")
        {
            Report("Properties");
        }

        void Report(string section)
        {
            if ((written[section] as MapValue)?.Find(Key) is { KeyPlace: { } place, Value: var value } && !(section == "Metadata" && value.Deep().OfType<MapValue>().Any()))
            {
                scope.Report("depends-on-ignored", $"\"{Key}\" has no effect in the {section.ToLowerInvariant()} of \"{name}\": it belongs beside its type.", place, ProblemSeverity.Information);
            }
        }
    }
}
