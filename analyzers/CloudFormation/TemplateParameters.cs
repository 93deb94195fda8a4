using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Values of parameters and pseudo parameters. Each has one value object, so that equal names are equal values.</summary>
internal sealed class TemplateParameters(TemplateScope scope)
{
    /// <summary>What stands before the name of a parameter in its address.</summary>
    internal const string Section = "Parameters.";

    private const string SsmPrefix = "AWS::SSM::Parameter::Value<";

    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);

    /// <summary>The value of a parameter or pseudo parameter; null if nothing has the name.</summary>
    internal Value? Find(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            if (!_busy.Add(name))
            {
                var place = scope.Template.Parameters.Find(name)?.KeyPlace ?? scope.Template.Source.At(0, 0);
                return scope.Wrong("circular-dependency", $"The parameter \"{name}\" depends on what it is given to.", place);
            }

            value = scope.Template.Parameters.Find(name) is { } entry ? Declared(name, entry) : Pseudo(name);
            _busy.Remove(name);
            _values.TryAdd(name, value);
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

    private Value Value(string name, MapValue declaration, Span place)
    {
        var type = Texts.Of(declaration["Type"])?.Known ?? "String";
        var isList = type.Contains("List<", StringComparison.Ordinal) || type.Contains("CommaDelimitedList", StringComparison.Ordinal);
        var reference = new Reference(scope.Address(Section + name), "");
        DataType dataType = isList ? new ListType(DataType.Text) : DataType.Text;
        var isPath = type.StartsWith(SsmPrefix, StringComparison.Ordinal);
        var given = Given(name, isList && !isPath);
        if (given is not null && !isPath)
        {
            return given;
        }

        var written = Texts.Of(scope.Placement.Given is null ? scope.Set.Given.Preferred(scope.Template, name) : null) ?? Texts.Of(declaration["Default"]);
        if (isPath)
        {
            var path = Texts.Of(given) ?? written;
            return Unknown(UnknownReason.External, $"parameter \"{name}\" is read from the SSM parameter \"{path}\"");
        }

        // What a nested stack is not given has its default for good; what nobody was seen to deploy may be given anything.
        if (written is { Known: { } text, Trace: { } trace } && (scope.Placement.Given is not null || !scope.Set.Doubts(scope.Template, name)))
        {
            var way = new Trace(scope.Placement.Given is null ? StepKind.RootDefault : StepKind.Default, name, trace.Place, trace);
            return isList ? TextFunctions.ListOf(text, way) : written.With(way);
        }

        var causes = written is null ? $"parameter \"{name}\" has no value" : $"parameter \"{name}\" has a default that may be overridden";
        var unknown = Unknown(UnknownReason.NoValue, causes);
        return isList || AllowedValues(name) is not { Count: <= ChoiceValue.Limit } allowed ? unknown : Choice(name, declaration, allowed, unknown);

        UnknownValue Unknown(UnknownReason reason, string detail) => new(reason, detail, place, reference, dataType) { IsNotNull = true };
    }

    private Value? Given(string name, bool isList)
    {
        if (scope.Placement.Given is { } given)
        {
            if (given.Written.Find(name) is not { } entry)
            {
                return given.Open;
            }

            var (outer, place) = (scope.Placement.Outer!, entry.KeyPlace ?? scope.Template.Source.At(0, 0));
            var (value, _) = outer.Evaluator.EvaluateFor(scope.Placement.Exists, entry.Value);
            return ReferenceEquals(value, TemplateEvaluator.Removed) ? null
                : Choices.Across([value], each => Typed(each[0], isList)).Through(StepKind.Argument, name, place);
        }

        return scope.Set.Given.Find(scope.Template, scope.Placement.Stack, name) is { } found
            ? Typed(found, isList).Through(StepKind.Given, name, found.Trace?.Place ?? scope.Template.Parameters.Find(name)!.KeyPlace!.Value)
            : null;
    }

    private static Value Typed(Value value, bool isList)
    {
        var text = Texts.Of(value);
        return !isList ? Texts.Textual(value)
            : text is { Known: { } known, Trace: { } trace } ? TextFunctions.ListOf(known, trace)
            : text is not null ? TextFunctions.Divide(text, ",", trim: true) ?? (Value)UnknownValue.From(new ListType(DataType.Text), text)
            : value is UnknownValue unknown ? TextFunctions.Joined(unknown, ",") ?? unknown
            : value;
    }

    private static Value Choice(string name, MapValue declaration, IReadOnlyList<string> allowed, UnknownValue unknown)
    {
        var reference = unknown.Reference!;
        var trace = declaration["AllowedValues"]!.Trace;
        return ChoiceValue.Of(allowed.Select(text => new Alternative(
            Guard.Is($"{reference.Target.Scope}|{reference}", text, true, name, allowed, unknown.Causes), new TextValue(text).With(trace))));
    }

    private Value? Pseudo(string name)
    {
        // A nested stack is deployed where the stack around it is; a set of stacks anywhere.
        if (scope.Placement is { IsSet: false, Outer: { } outer } && name is "AWS::AccountId" or "AWS::Region" or "AWS::Partition" or "AWS::URLSuffix")
        {
            return outer.Parameters.Find(name);
        }

        if (scope.Placement.Stack?.Find(name) is { } known)
        {
            return known;
        }

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
