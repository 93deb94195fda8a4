using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws;

/// <summary>In which account something is: what providers say, and which values stand for the account that everything is made in.</summary>
internal static class Accounts
{
    /// <summary>Stands for the account of the configuration where its number is not known: no number is equal to it.</summary>
    private const string Own = "own-account";

    private const int Digits = 12;

    /// <summary>The account a resource is made in, if its provider allows only one or takes a role of one; null where nobody says.</summary>
    internal static TextValue? Of(Resource resource)
    {
        if (resource.Provider is not { } provider)
        {
            return null;
        }

        return provider["allowed_account_ids"] is ListValue { Items: [{ Value: TextValue { Known: { } only } allowed }], IsOpen: false } && IsNumber(only) ? allowed
            : RoleTaken(provider) is TextValue { Known: { } arn } role && arn.Split(':') is [_, _, "iam", _, var number, ..] && IsNumber(number)
                ? (TextValue)new TextValue(number).With(role.Trace)
                : null;
    }

    /// <summary>The text with a word in place of each hole that stands for the own account.</summary>
    internal static TextValue WithOwn(TextValue text) => text.Known is not null || !text.Parts.Any(part => part.Hole is { } hole && IsOwn(hole)) ? text
        : TextValue.Of([.. text.Parts.Select(part => part.Hole is { } hole && IsOwn(hole) ? new TextPart(Own) : part)]);

    /// <summary>Whether the account in an ARN, or a number alone, is a given one; null stands for the own account.</summary>
    internal static Truth IsIn(TextValue written, TextValue? account)
    {
        var text = WithOwn(written).ToString();
        var number = text.Split(':') is ["arn", _, _, _, var inside, ..] ? inside : text;
        return number == Own ? account is null ? Truth.Yes : Truth.Unknown
            : IsNumber(number) && account?.Known is { } known ? Kleene.Of(number == known)
            : Truth.Unknown;
    }

    /// <summary>The account in an ARN of IAM; null for other texts, and where it is not known.</summary>
    internal static string? InArn(TextValue text) => text.Prefix.Split(':') is ["arn", _, "iam", _, var number, ..] && IsNumber(number) ? number : null;

    private static Value? RoleTaken(MapValue provider) => provider["assume_role"] switch
    {
        ListValue { Items: [{ Value: MapValue block }] } => block["role_arn"],
        MapValue block => block["role_arn"],
        _ => null,
    };

    private static bool IsOwn(Value hole) => hole.References.Any(reference => reference.Attribute == "account_id" || reference.Target.Path == "AWS::AccountId");

    /// <summary>True for the number of an account.</summary>
    internal static bool IsNumber(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);
}
