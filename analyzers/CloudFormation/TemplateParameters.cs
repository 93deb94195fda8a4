using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Values of parameters and pseudo parameters. Each has one value object, so that equal names are equal values.</summary>
internal sealed class TemplateParameters(TemplateScope scope, LoadOptions options)
{
    private const string SsmPrefix = "AWS::SSM::Parameter::Value<";

    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal);

    /// <summary>The value of a parameter or pseudo parameter; null if nothing has the name.</summary>
    internal Value? Find(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            value = scope.Template.Parameters.Find(name) is { } entry ? Declared(name, entry) : Pseudo(name);
            _values.Add(name, value);
        }

        return value;
    }

    /// <summary>The texts a parameter may have; null when it may have others.</summary>
    internal IReadOnlyList<string>? AllowedValues(string name)
    {
        if (scope.Template.Parameters[name] is not MapValue declaration || declaration["AllowedValues"] is not ListValue { IsOpen: false, Items.Length: > 0 } list)
        {
            return null;
        }

        var texts = list.Values.Select(value => Texts.Of(value)?.Known).OfType<string>().Distinct().ToList();
        return list.Values.All(value => Texts.Of(value)?.Known is not null) ? texts : null;
    }

    private Value Declared(string name, Entry entry)
    {
        var place = entry.KeyPlace ?? scope.Template.Source.At(0, 0);
        if (entry.Value is not MapValue declaration)
        {
            return scope.Wrong("invalid-template", $"The parameter \"{name}\" is not a map.", place);
        }

        var value = Value(name, declaration, place);
        return Texts.Of(declaration["NoEcho"])?.Known is "true" or "True" ? value.WithSensitive(true) : value;
    }

    private Value Value(string name, MapValue declaration, Facts.Text.Span place)
    {
        var type = Texts.Of(declaration["Type"])?.Known ?? "String";
        var isList = type.Contains("List<", StringComparison.Ordinal) || type.Contains("CommaDelimitedList", StringComparison.Ordinal);
        var reference = new Reference(scope.Address("Parameters." + name), "");
        DataType dataType = isList ? new ListType(DataType.Text) : DataType.Text;
        var written = declaration["Default"] is { } found and not NullValue ? Texts.Of(found) : null;
        if (type.StartsWith(SsmPrefix, StringComparison.Ordinal))
        {
            return Unknown(UnknownReason.External, $"parameter \"{name}\" is read from the SSM parameter \"{written?.Known}\"");
        }

        if (written is { Known: { } text, Trace: { } trace } && !options.DoubtDefaults)
        {
            var way = new Trace(StepKind.RootDefault, name, trace.Place, trace);
            return isList ? Split(text, way) : written.With(way);
        }

        var causes = written is null ? $"parameter \"{name}\" has no value" : $"parameter \"{name}\" has a default that may be overridden";
        var unknown = Unknown(UnknownReason.NoValue, causes);
        return isList || AllowedValues(name) is not { Count: <= ChoiceValue.Limit } allowed ? unknown : Choice(name, allowed, unknown);

        UnknownValue Unknown(UnknownReason reason, string detail) => new(reason, detail, place, reference, dataType) { IsNotNull = true };
    }

    private Value Choice(string name, IReadOnlyList<string> allowed, UnknownValue unknown)
    {
        var list = (ListValue)((MapValue)scope.Template.Parameters[name]!)["AllowedValues"]!;
        return ChoiceValue.Of(allowed.Select((text, at) =>
            new Alternative(scope.Is(name, allowed, at, unknown.Causes), new TextValue(text).With(list.Trace))));
    }

    private static Value Split(string text, Trace way) =>
        ListValue.Of(text.Length == 0 ? [] : text.Split(',').Select(item => new TextValue(item.Trim()).With(way)), SequenceKind.List, DataType.Text).With(way);

    private UnknownValue? Pseudo(string name)
    {
        var detail = name switch
        {
            "AWS::AccountId" => "the account is known when the stack is created",
            "AWS::Region" => "the region is known when the stack is created",
            "AWS::Partition" => "the partition is known when the stack is created",
            "AWS::URLSuffix" => "the domain of the partition is known when the stack is created",
            "AWS::StackName" => "the name of the stack is given when it is created",
            "AWS::StackId" => "the id of the stack is known when it is created",
            "AWS::NotificationARNs" => "the notification topics of the stack are given when it is created",
            _ => null,
        };
        return detail is null
            ? null
            : new UnknownValue(UnknownReason.NoValue, detail, null, new Reference(scope.Address(name), ""), name == "AWS::NotificationARNs" ? new ListType(DataType.Text) : DataType.Text)
            {
                IsNotNull = true,
            };
    }
}
