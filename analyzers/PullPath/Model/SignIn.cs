using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>
/// A service account that is to take an AWS role with its token. A role whose trust policy asks for service accounts, and which no declared one names, has one sign-in of
/// whoever there may be.
/// </summary>
public sealed class SignIn : Fact
{
    /// <summary>Fields of sign-ins.</summary>
    public static Shape Fields { get; } = new(
        "sign_in",
        "A service account that is to take an AWS role with its token: one for each that names a role, and one for each role for service accounts that none names.",
        Shape.Field<SignIn>("service_account", FieldType.Of("service_account"), "The service account; null for a role that no declared one names.", signIn => signIn.ServiceAccount),
        Shape.Field<SignIn>("identity", FieldType.Of("identity"), "The role.", signIn => signIn.Identity),
        Shape.Field<SignIn>("subject", FieldType.Text, "Subject of its token: system:serviceaccount:NAMESPACE:NAME; null where no service account is declared.", signIn => signIn.Subject),
        Shape.Field<SignIn>("audience", FieldType.Text, "Audience of its token; null where no service account is declared.", signIn => signIn.Audience),
        Shape.Field<SignIn>("meant", FieldType.List(FieldType.Of("service_account")), "Of a role that no declared service account names: the declared accounts that are the only one its trust policy asks for.", signIn => signIn.Meant),
        Shape.Field<SignIn>("edit_value", FieldType.Text, "The written value to edit: the annotation that names the role, or what the trust policy asks for where no service account can have it.", signIn => signIn.EditValue));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The service account, or null.</summary>
    public required Value ServiceAccount { get; init; }

    /// <summary>The role.</summary>
    public required Value Identity { get; init; }

    /// <summary>Subject of the token.</summary>
    public required Value Subject { get; init; }

    /// <summary>Audience of the token.</summary>
    public required Value Audience { get; init; }

    /// <summary>The accounts that are meant.</summary>
    public Value Meant { get; init; } = ListValue.Empty;

    /// <summary>The value to edit.</summary>
    public required Value EditValue { get; init; }
}
