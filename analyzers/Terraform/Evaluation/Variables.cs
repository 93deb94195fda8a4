using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The values of variables: what a call or a variable file gives, else the default, converted to the declared type.</summary>
internal static class Variables
{
    /// <summary>The value of a variable in a module instance.</summary>
    internal static Value ValueOf(ModuleInstance module, Declaration variable)
    {
        var value = Raw(module, variable);
        value = value is UnknownValue { IsError: false, Reference: not null } unknown ? Validations.Refine(module, variable, unknown) : value;
        return IsSensitive(variable) ? value.WithSensitive(true) : value;
    }

    /// <summary>True for a variable or output that is marked <c>sensitive</c> or <c>ephemeral</c>: neither is to be seen.</summary>
    internal static bool IsSensitive(Declaration declaration) =>
        declaration.Find("sensitive") is { Value.Kind: NodeKind.True } || declaration.Find("ephemeral") is { Value.Kind: NodeKind.True };

    private static Value Raw(ModuleInstance module, Declaration variable)
    {
        var name = "var." + variable.Name;
        if (module.Call is { } call)
        {
            if (call.Declaration.Find(variable.Name) is not { } argument)
            {
                return Default(module, variable, StepKind.Default);
            }

            var given = Constrained(module, variable, module.CallScope.Evaluate(argument.Value));
            return OrDefault(module, variable, StepKind.Default, Restriction.Under(module.Guard, given)).Through(StepKind.Argument, name, argument.Value.Place);
        }

        if (module.Root.Given.Of(variable, module.Root.Types.Of(variable)) is { } root)
        {
            return OrDefault(module, variable, StepKind.RootDefault, Constrained(module, variable, root.Value)).Through(StepKind.Given, name, root.Place);
        }

        return Default(module, variable, StepKind.RootDefault);
    }

    /// <summary>A variable that is not nullable takes its default where null is given.</summary>
    private static Value OrDefault(ModuleInstance module, Declaration variable, StepKind kind, Value given)
    {
        if (variable.Find("nullable") is not { Value.Kind: NodeKind.False } || variable.Find("default") is null)
        {
            return given;
        }

        return given switch
        {
            NullValue => Default(module, variable, kind),
            ChoiceValue choice when choice.Alternatives.Any(each => each.Value is NullValue) =>
                ChoiceValue.Of(choice.Alternatives.Select(each => each.Value is NullValue ? each with { Value = Default(module, variable, kind) } : each)),
            _ => given,
        };
    }

    private static Value Default(ModuleInstance module, Declaration variable, StepKind kind)
    {
        if (variable.Find("default") is not { } written)
        {
            return Unknown(module, variable, $"variable \"{variable.Name}\" has no value");
        }

        return kind == StepKind.RootDefault && module.Root.DoubtDefaults
            ? Unknown(module, variable, $"the default of variable \"{variable.Name}\" may be overridden")
            : Constrained(module, variable, module.Scope.Evaluate(written.Value)).Through(kind, "var." + variable.Name, written.Value.Place);
    }

    private static UnknownValue Unknown(ModuleInstance module, Declaration variable, string detail) =>
        new(UnknownReason.NoValue, detail, variable.Header, new Reference(module.AddressOf("var." + variable.Name), ""), module.Root.Types.Of(variable).Type)
        {
            IsNotNull = variable.Find("nullable") is { Value.Kind: NodeKind.False },
        };

    private static Value Constrained(ModuleInstance module, Declaration variable, Value value) => module.Root.Types.Of(variable).Convert(value);
}
