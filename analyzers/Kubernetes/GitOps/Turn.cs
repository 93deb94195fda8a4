using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>When an object is created among those that are delivered with it: first by phase, then by wave.</summary>
/// <param name="Phase">0 before the others, 1 with them, 2 after them.</param>
/// <param name="Wave">Lower ones first.</param>
/// <param name="Place">Where that is written; the object itself where nothing is.</param>
internal sealed record Turn(int Phase, long Wave, Span Place)
{
    private const int Never = -1;
    private const int Unknown = -2;

    /// <summary>Earlier turns first; those of one phase and wave are equal.</summary>
    internal static IComparer<Turn> Order { get; } =
        Comparer<Turn>.Create(static (one, other) => one.Phase != other.Phase ? one.Phase.CompareTo(other.Phase) : one.Wave.CompareTo(other.Wave));

    /// <summary>True for a hook of another occasion: a failure, a deletion, a test.</summary>
    internal bool IsNever => Phase == Never;

    /// <summary>True if an annotation that decides is not known.</summary>
    internal bool IsUnknown => Phase == Unknown;

    /// <summary>True if the object has an annotation that only Argo CD reads.</summary>
    internal static bool IsOfArgo(ManifestObject each) =>
        each.Metadata["annotations"] is MapValue annotations && (annotations["argocd.argoproj.io/sync-wave"] ?? annotations["argocd.argoproj.io/hook"]) is not null;

    /// <summary>
    /// The turn Argo CD gives: it runs hooks of Helm too, unless there are hooks of its own, and takes their weight for a wave where no other is given. A wave that is no number is none.
    /// </summary>
    internal static Turn InArgo(ManifestObject each)
    {
        var hook = Note.Of(each, "argocd.argoproj.io/hook");
        var phase = hook.Text is { } own ? Earliest(own, PhaseOfArgo) : 1;
        if (hook is { Text: null, IsUnknown: false })
        {
            hook = Note.Of(each, "helm.sh/hook");
            phase = hook.Text is null or "crd-install" ? 1 : Earliest(hook.Text, PhaseOfHelmInArgo);
        }

        var wave = Note.Of(each, "argocd.argoproj.io/sync-wave");
        return Of(each, phase, hook, wave.IsUnknown || wave.Number is not null ? wave : Note.Of(each, "helm.sh/hook-weight"));
    }

    /// <summary>The turn in an installation by Helm: the weight counts among hooks alone.</summary>
    internal static Turn InHelm(ManifestObject each)
    {
        var hook = Note.Of(each, "helm.sh/hook");
        var phase = hook.Text is { } text ? Earliest(text, PhaseOfHelm) : 1;
        return Of(each, phase, hook, hook.Text is null ? new Note(null, false, null) : Note.Of(each, "helm.sh/hook-weight"));
    }

    private static Turn Of(ManifestObject each, int phase, Note hook, Note wave) =>
        new(hook.IsUnknown || wave.IsUnknown ? Unknown : phase, wave.Number ?? 0, (wave.Number is null ? hook.Place ?? wave.Place : wave.Place ?? hook.Place) ?? each.Place);

    /// <summary>The first of the phases an object runs in.</summary>
    private static int Earliest(string hooks, Func<string, int> phaseOf)
    {
        var phase = Never;
        foreach (var hook in hooks.Split(','))
        {
            var other = phaseOf(hook.Trim());
            phase = other != Never && (phase == Never || other < phase) ? other : phase;
        }

        return phase;
    }

    private static int PhaseOfArgo(string hook) => hook switch { "PreSync" => 0, "Sync" => 1, "PostSync" => 2, _ => Never };

    private static int PhaseOfHelmInArgo(string hook) => hook switch { "pre-install" or "pre-upgrade" => 0, "post-install" or "post-upgrade" => 2, _ => Never };

    private static int PhaseOfHelm(string hook) => hook switch { "pre-install" => 0, "post-install" => 2, _ => Never };

    /// <summary>An annotation: its text if there is one and all of it is known.</summary>
    private sealed record Note(string? Text, bool IsUnknown, Span? Place)
    {
        internal long? Number => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

        internal static Note Of(ManifestObject each, string name) => each.Metadata["annotations"] switch
        {
            null or NullValue => new Note(null, each.Metadata.IsOpen, null),
            MapValue annotations => annotations[name] switch
            {
                null or NullValue => new Note(null, annotations.IsOpen, null),

                // Placeholders of a ConfigMap are text still.
                TextValue { Known: { } text } known when !text.AsSpan().ContainsAny("${(<") => new Note(text, false, known.Trace?.Source.Place),
                var other => new Note(null, true, other.Trace?.Source.Place),
            },
            _ => new Note(null, true, null),
        };
    }
}
