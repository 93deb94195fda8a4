using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Flags that kubeadm gives to kubelets.</summary>
public sealed class KubeletSettings : Fact
{
    /// <summary>Fields of kubelet settings.</summary>
    public static Shape Fields { get; } = new(
        "kubelet_settings",
        "Flags that kubeadm gives to kubelets: kubeletExtraArgs of its own configurations and of those of Cluster API.",
        Shape.Field<KubeletSettings>("provider_config", FieldType.Text, "Flag image-credential-provider-config; null for not written.", settings => settings.ProviderConfig),
        Shape.Field<KubeletSettings>("provider_folder", FieldType.Text, "Flag image-credential-provider-bin-dir; null for not written.", settings => settings.ProviderFolder));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Configuration of credential providers.</summary>
    public required Value ProviderConfig { get; init; }

    /// <summary>Folder of credential providers.</summary>
    public required Value ProviderFolder { get; init; }
}
