using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Terraform.Configuration;
using Analyzer.Terraform.Data;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Attributes that nobody writes and that follow from the configuration all the same, without asking a provider.</summary>
internal static class ComputedAttributes
{
    private const string Scheme = "https://";

    /// <summary>The value of an attribute that is read at a place, or null where only the provider knows.</summary>
    internal static Value? Of(ResourceInstance instance, string name, Span place) => (instance.Declaration.IsData, instance.Declaration.Type, name) switch
    {
        (true, "aws_iam_policy_document", "json" or "minified_json") => PolicyDocument.Json(instance.Body, instance.Declaration.Header),
        (true, "aws_region", "name" or "region" or "id") => ProviderText(instance, "region"),
        (true, "aws_partition", "partition" or "id") => Partition(instance, partition => partition),
        (true, "aws_partition", "dns_suffix") => Partition(instance, partition => partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"),
        (true, "google_client_config" or "google_project", "project" or "project_id") => ProviderText(instance, "project"),
        (true, "google_client_config", "region" or "zone") => ProviderText(instance, name),
        (true, "azurerm_client_config" or "azurerm_subscription", "subscription_id" or "tenant_id") => ProviderText(instance, name),
        (true, "template_file", "rendered") => Rendered(instance),
        (true, "terraform_remote_state", "outputs") => RemoteState.Outputs(instance),
        (_, "aws_eks_cluster", "identity") => ClusterIdentity(instance, place),
        (false, "terraform_data", "output") => instance.Configured("input"),
        (false, "kubernetes_namespace" or "kubernetes_namespace_v1", "id") => NameOf(instance),
        _ => null,
    };

    /// <summary>The names of <see cref="Of"/> that are values of a whole resource too.</summary>
    internal static IEnumerable<string> NamesOf(Declaration declaration) => (declaration.IsData, declaration.Type) switch
    {
        (true, "aws_iam_policy_document") => ["json", "minified_json"],
        (true, "aws_region") => ["name", "region", "id"],
        (true, "template_file") => ["rendered"],
        (true, "terraform_remote_state") => ["outputs"],
        (_, "aws_eks_cluster") => ["identity"],
        (false, "terraform_data") => ["output"],
        _ => [],
    };

    /// <summary>What a provider answers for an attribute that is written otherwise: AWS keeps the address of an OIDC provider without its scheme.</summary>
    internal static Value Returned(ResourceInstance instance, string name, Value configured) => (instance.Declaration.Type, name) switch
    {
        ("aws_iam_openid_connect_provider", "url") => TerraformFunctions.Find("replace")!.Body(new Call([configured, new TextValue(Scheme), new TextValue("")], instance.Declaration.Header)).With(configured.Trace),
        _ => configured,
    };

    /// <summary>
    /// Data sources that say under which account, region, project or subscription a provider works: each declaration of one answers the same, so all share one identity per
    /// provider configuration.
    /// </summary>
    internal static Reference? SharedIdentity(ResourceInstance instance, string path)
    {
        var declaration = instance.Declaration;
        if (!declaration.IsData || declaration.Attributes.Any(attribute => !MetaArguments.Contains(attribute.Name)) || declaration.Type is not (
            "aws_caller_identity" or "aws_partition" or "aws_region" or "google_project" or "google_client_config" or "azurerm_client_config" or "azurerm_subscription"))
        {
            return null;
        }

        var provider = instance.Module.ProviderOf(declaration, instance.Scope).Identity;
        return new Reference(
            new Address(instance.Address.Scope, provider.Length == 0 ? $"data.{declaration.Type}" : $"data.{declaration.Type}({provider})"),
            declaration.Type == "aws_region" && path is "id" or "region" ? "name" : path);
    }

    /// <summary>The issuer of a cluster: nobody knows it before it is made, but it is an address.</summary>
    private static ListValue ClusterIdentity(ResourceInstance instance, Span place)
    {
        var issuer = instance.Computed("identity[0].oidc[0].issuer", place);
        return Block("oidc", Block("issuer", new UnknownValue(issuer.Causes, DataType.Text) { Reference = issuer.Reference, Prefix = Scheme, IsNotNull = true }));

        static ListValue Block(string name, Value value) => ListValue.Of([MapValue.Of((name, value))], SequenceKind.List);
    }

    /// <summary>A namespace is known by its name.</summary>
    private static Value? NameOf(ResourceInstance instance) =>
        instance.Configured("metadata") is ListValue { Items: [{ Value: MapValue metadata }] } && metadata["name"] is { } name and not NullValue ? name : null;

    private static Value? ProviderText(ResourceInstance instance, string argument) =>
        instance.Declaration.Find(argument) is null && instance.Module.ProviderOf(instance.Declaration, instance.Scope).Arguments?[argument] is { } value and not NullValue ? value : null;

    private static Value? Partition(ResourceInstance instance, Func<string, string> of)
    {
        if (ProviderText(instance, "region") is not TextValue region)
        {
            return null;
        }

        // A region with holes decides too, if its first letters are known.
        var start = region.Known is not null || region.Prefix.Contains('-', StringComparison.Ordinal) ? region.Prefix : "";
        return start.Length == 0 ? null : new TextValue(of(
            start.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
            : start.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
            : start.StartsWith("us-isob-", StringComparison.Ordinal) ? "aws-iso-b"
            : start.StartsWith("us-iso-", StringComparison.Ordinal) ? "aws-iso"
            : start.StartsWith("eusc-", StringComparison.Ordinal) ? "aws-eusc"
            : "aws")).With(region.Trace);
    }

    private static Value? Rendered(ResourceInstance instance)
    {
        if (instance.Configured("template") is not { } template || instance.Declaration.Find("template") is not { } written)
        {
            return null;
        }

        var variables = instance.Configured("vars") ?? MapValue.Empty;
        return instance.Scope.FindFunction("templatestring")?.Body(new Call([template, variables], written.Value.Place));
    }
}
