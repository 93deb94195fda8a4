namespace Analyzer.Languages.Recognition;

/// <summary>What the content of a YAML or JSON file may declare. Several at once are possible in files of several documents.</summary>
[Flags]
public enum ContentKinds : byte
{
    /// <summary>Nothing that matters: the file need not be parsed.</summary>
    None = 0,

    /// <summary>A CloudFormation template.</summary>
    CloudFormation = 1,

    /// <summary>Kubernetes objects.</summary>
    Kubernetes = 2,

    /// <summary>A kustomization.</summary>
    Kustomization = 4,

    /// <summary>A configuration of eksctl.</summary>
    Eksctl = 8,

    /// <summary>A Terraform plan or state as JSON.</summary>
    TerraformPlan = 16,

    /// <summary>Groups of alerting rules, as Prometheus and its kin load them.</summary>
    AlertRules = 32,
}

/// <summary>
/// Decides by a scan over the bytes whether a YAML or JSON file can matter, without parsing it. It errs on the side of reading: what it calls None declares
/// nothing, what it calls something may turn out to be none.
/// </summary>
public static class ContentScan
{
    /// <summary>The kinds a file may have. Only files whose names end in those of YAML and JSON (or CloudFormation's <c>.template</c>) should be asked about.</summary>
    /// <param name="path">Path or name of the file.</param>
    /// <param name="bytes">Its content.</param>
    public static ContentKinds Of(string path, ReadOnlySpan<byte> bytes)
    {
        var kinds = ContentKinds.None;
        if (IsMessage(bytes))
        {
            return kinds;
        }

        if (IsKustomization(path))
        {
            kinds |= ContentKinds.Kustomization;
        }

        if (HasKey(bytes, "apiVersion"u8) && HasKey(bytes, "kind"u8))
        {
            kinds |= bytes.IndexOf("eksctl.io/"u8) >= 0 ? ContentKinds.Eksctl | ContentKinds.Kubernetes : ContentKinds.Kubernetes;
        }

        if (IsTemplate(bytes))
        {
            kinds |= ContentKinds.CloudFormation;
        }

        if (HasKey(bytes, "terraform_version"u8) && HasKey(bytes, "format_version"u8))
        {
            kinds |= ContentKinds.TerraformPlan;
        }

        // Objects of Kubernetes that hold such groups are found as objects.
        if (kinds == ContentKinds.None && HasKey(bytes, "alert"u8) && HasKey(bytes, "expr"u8) && HasKey(bytes, "groups"u8))
        {
            kinds = ContentKinds.AlertRules;
        }

        return kinds;
    }

    /// <summary>True for a message in parts, such as the user data of a machine: it may have documents of YAML in it, and is none.</summary>
    private static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[TextCheck.MarkLength(bytes)..].TrimStart(" \t\r\n"u8);
        return start.StartsWith("MIME-Version:"u8) || start.StartsWith("Content-Type: multipart/"u8);
    }

    /// <summary>True for the three names that make a file a kustomization.</summary>
    public static bool IsKustomization(string path) =>
        path.AsSpan(path.LastIndexOf('/') + 1) is "kustomization.yaml" or "kustomization.yml" or "Kustomization";

    private static bool IsTemplate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("AWSTemplateFormatVersion"u8) >= 0)
        {
            return true;
        }

        // Every type of a resource has "::": AWS::EKS::Cluster, Custom::Name, Alexa::ASK::Skill, third parties' and modules.
        return bytes.IndexOf("::"u8) >= 0 && HasKey(bytes, "Resources"u8) && HasKey(bytes, "Type"u8);
    }

    /// <summary>Whether a word is written as a key anywhere: with a colon behind it, quotes and blanks aside.</summary>
    private static bool HasKey(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        while (true)
        {
            var found = bytes.IndexOf(word);
            if (found < 0)
            {
                return false;
            }

            bytes = bytes[(found + word.Length)..];
            var at = 0;
            while (at < bytes.Length && bytes[at] is (byte)'"' or (byte)'\'' or (byte)' ' or (byte)'\t')
            {
                at++;
            }

            if (at < bytes.Length && bytes[at] == (byte)':')
            {
                return true;
            }

            bytes = bytes[at..];
        }
    }
}
