using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Something that writes new tokens for a registry into a secret, again and again.</summary>
public sealed class TokenRenewal : Fact
{
    /// <summary>Fields of renewals.</summary>
    public static Shape Fields { get; } = new(
        "token_renewal",
        "Something that writes new tokens for a registry into a secret, again and again: an ExternalSecret with a generator of tokens, a CronJob with a script.",
        Shape.Field<TokenRenewal>("name", FieldType.Text, "metadata.name", renewal => renewal.Name),
        Shape.Field<TokenRenewal>("registry_kind", FieldType.Text, "ecr, acr or gar.", renewal => new TextValue(renewal.RegistryKind)),
        Shape.Field<TokenRenewal>("token_seconds", FieldType.Number, "How long its tokens live.", renewal => NumberValue.Of(renewal.TokenSeconds)),
        Shape.Field<TokenRenewal>("interval_value", FieldType.Text, "The interval or schedule as written, the place to edit; null where none is written.", renewal => renewal.IntervalValue),
        Shape.Field<TokenRenewal>("interval_seconds", FieldType.Number, "The longest time between two new tokens in seconds; null for never again.", renewal => renewal.IntervalSeconds));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Kind of registry.</summary>
    public required string RegistryKind { get; init; }

    /// <summary>Life of a token.</summary>
    public required long TokenSeconds { get; init; }

    /// <summary>Interval as written.</summary>
    public required Value IntervalValue { get; init; }

    /// <summary>Interval in seconds.</summary>
    public required Value IntervalSeconds { get; init; }
}
