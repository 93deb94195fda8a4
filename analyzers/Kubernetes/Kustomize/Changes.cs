using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What one kustomization does to the objects that were taken in, in the order of kustomize.</summary>
/// <param name="by">The kustomization.</param>
/// <param name="state">The objects.</param>
/// <param name="files">The repository.</param>
/// <param name="problems">For what cannot be read.</param>
/// <param name="isPartial">Whether objects are missing because nobody can see them: then a patch without a target is no mistake.</param>
internal sealed class Changes(Kustomization by, BuildState state, FileTree files, ProblemLog problems, bool isPartial)
{
    /// <summary>Makes all changes.</summary>
    internal void Run()
    {
        if (state.Objects.Count > 0)
        {
            foreach (var patch in by.Merges.Concat(by.Patches))
            {
                Apply(patch);
            }

            if (by.Namespace is { } space)
            {
                SetNamespace(space);
            }

            Rename(by.NamePrefix, isPrefix: true);
            Rename(by.NameSuffix, isPrefix: false);
            Label();
            foreach (var patch in by.JsonPatches)
            {
                Apply(patch, isLate: true);
            }

            Replicas();
            ImageChanges.Apply(by, by.Images, state);
            Replacements.Run(by, state, files, problems, isPartial, (path, reason) => Doubt($"a replacement of a kustomization may change it, and {reason}", path, _ => true));
            foreach (var entry in by.Items("transformers"))
            {
                Transform(entry);
            }
        }

        state.Taken.Clear();
        foreach (var each in state.Objects)
        {
            if (!state.Taken.Add(each.Current))
            {
                by.Refuse($"{each.Current} is there twice after its changes", by.Namespace ?? by.NamePrefix ?? by.NameSuffix);
            }
        }
    }

    private void Apply(Patch patch, bool isLate = false)
    {
        if (patch.Unread is { } reason)
        {
            if (patch.IsAbsent)
            {
                by.Miss(reason, patch.Written);
            }
            else
            {
                by.Refuse($"a patch cannot be read: {reason}", patch.Written);
            }

            Doubt($"a patch of a kustomization may change it, and {reason}", patch.Written, each => patch.Target?.Selects(each) ?? true);
        }
        else if (patch.Operations is { } operations)
        {
            Operate(patch, operations, isLate);
        }
        else if (patch.Target is { } target)
        {
            if (patch.Merges.Count > 1)
            {
                by.Refuse("a patch with a target must be one object", patch.Written);
            }

            foreach (var each in state.Objects)
            {
                if (target.Selects(each) && patch.Merges.Count > 0)
                {
                    Merge(each, patch.Merges[0], patch);
                }
            }
        }
        else
        {
            foreach (var merge in patch.Merges)
            {
                MergeNamed(merge, patch);
            }
        }

        state.Objects.RemoveAll(each => each.IsGone);
    }

    /// <summary>
    /// Merges what names its target itself. Files of definitions are not read, so nothing is said of patches for these; nor of names that Flux substitutes: such an object comes with a
    /// component of the Kustomization that brings all this.
    /// </summary>
    private void MergeNamed(MapValue merge, Patch patch)
    {
        var id = ObjectId.Of(merge);
        var found = state.Objects.FindAll(each => !each.IsGone && each.Answers(id));
        if (found is [var only])
        {
            Merge(only, merge, patch);
        }
        else if (found.Count > 1 || (!isPartial && id.Kind != "CustomResourceDefinition" && !id.Name.Contains("${", StringComparison.Ordinal)))
        {
            by.Refuse(found.Count > 1 ? $"{id} is there twice, and a patch means it" : $"a patch is for {id}, which is not in the build", patch.Written);
        }
    }

    private static void Merge(BuildObject each, MapValue patch, Patch written)
    {
        var before = each.Current;
        if (written.MayRename || written.MayTurn)
        {
            each.Remember();
        }

        var schema = MergeSchema.Of(before);
        if (StrategicMerge.Merge(each.Body, patch, schema) is not MapValue { Entries.Length: > 0 } merged)
        {
            each.IsGone = true;
            return;
        }

        merged = StrategicMerge.WithoutBlanks(merged, schema);

        var old = each.Body["metadata"] as MapValue ?? MapValue.Empty;
        var metadata = merged["metadata"] as MapValue ?? MapValue.Empty;
        metadata = written.MayRename ? metadata : Keep(metadata, old, "name");
        metadata = Keep(metadata, old, "namespace");
        merged = merged.WithEntry("metadata", metadata);
        each.Body = written.MayTurn || each.Body["kind"] is not { } kind ? merged : merged.WithEntry("kind", kind);
    }

    private static MapValue Keep(MapValue metadata, MapValue old, string key) => old[key] is { } value ? metadata.WithEntry(key, value) : metadata.Without(key);

    private void Operate(Patch patch, IReadOnlyList<Value> operations, bool isLate)
    {
        if (patch.Target is not { } target)
        {
            by.Refuse("a JSON patch must say what its target is", patch.Written);
            return;
        }

        foreach (var each in state.Objects)
        {
            if (!target.Selects(each))
            {
                continue;
            }

            // Kustomize notes in annotations what an object was called, before most patches that one too; so there are some to add to.
            var isNoted = !isLate || each.Previous.Count > 0 || each.WantsHash;
            each.Remember();
            var (body, wrong, at) = JsonPatch.Apply(isNoted ? Annotated(each.Body) : each.Body, operations);
            if (body is null)
            {
                by.Refuse($"a patch cannot be carried out on {each.Current}: {wrong}", at ?? patch.Written);
            }

            each.Body = body ?? each.Body;
        }
    }

    private static MapValue Annotated(MapValue body) => body["metadata"] is MapValue metadata && metadata["annotations"] is null or NullValue
        ? body.WithEntry("metadata", metadata.WithEntry("annotations", MapValue.Empty))
        : body;

    /// <summary>Transformers in files of their own: those that come with kustomize are carried out, others may change anything.</summary>
    private void Transform(Value entry)
    {
        var path = FileTree.Resolve(by.Folder, ObjectId.Text(entry));
        var documents = path is not null && files.Read(path) is { } file ? YamlReader.Read(file, YamlOptions.Kubernetes, problems) : [];
        if (documents.Count == 0 || !documents.All(document => document.Root is NullValue || (document.Root is MapValue map && ObjectId.Text(map["apiVersion"]) == "builtin" && Transform(map))))
        {
            Doubt("a transformer of a kustomization may change it", entry, each => true);
        }
    }

    private bool Transform(MapValue configuration)
    {
        var fields = FieldSettings.Specs(configuration["fieldSpecs"]).ToList();
        switch (ObjectId.Text(configuration["kind"]))
        {
            case "LabelTransformer":
                Add(configuration["labels"] as MapValue, fields, "labels");
                return true;
            case "AnnotationsTransformer":
                Add(configuration["annotations"] as MapValue, fields, "annotations");
                return true;
            case "NamespaceTransformer":
                SetNamespace((configuration["metadata"] as MapValue)?["namespace"] ?? NullValue.Instance, configuration["unsetOnly"] is BoolValue { Value: true });
                return true;
            case "PrefixTransformer":
                Rename(configuration["prefix"], isPrefix: true);
                return true;
            case "SuffixTransformer":
                Rename(configuration["suffix"], isPrefix: false);
                return true;
            case "PatchTransformer":
                Apply(new PatchReader(by, files, problems).OfEntry(configuration));
                return true;
            case "ImageTagTransformer":
                ImageChanges.Apply(by, configuration["imageTag"] is MapValue image ? [image] : [], state);
                return true;
            default:
                return false;
        }
    }

    private void SetNamespace(Value space, bool unsetOnly = false)
    {
        var value = Through(space, "namespace");
        foreach (var each in state.Objects)
        {
            if (unsetOnly && each.Current.Namespace.Length > 0)
            {
                continue;
            }

            each.Remember();
            var body = each.Body;
            if (!each.Current.IsClusterScoped)
            {
                body = body.WithEntry("metadata", (body["metadata"] as MapValue ?? MapValue.Empty).WithEntry("namespace", value));
            }

            if (each.Current.Kind is "RoleBinding" or "ClusterRoleBinding" && body["subjects"] is ListValue subjects)
            {
                body = body.WithEntry("subjects", subjects.WithItems(subject =>
                    subject is MapValue map && ObjectId.Text(map["name"]) == "default" ? map.WithEntry("namespace", value) : subject));
            }

            each.Body = Set(body, each.Current, state.Settings.Namespace, _ => value);
        }
    }

    private void Rename(Value? given, bool isPrefix)
    {
        if (given is null || ObjectId.Text(given) is not { Length: > 0 } text)
        {
            return;
        }

        foreach (var each in state.Objects)
        {
            if (each.Original.Kind is "CustomResourceDefinition" or "APIService" or "Namespace")
            {
                continue;
            }

            each.Remember();
            (isPrefix ? each.Prefixes : each.Suffixes).Add(text);
            var metadata = each.Body["metadata"] as MapValue ?? MapValue.Empty;
            var body = metadata["name"] is { } name ? each.Body.WithEntry("metadata", metadata.WithEntry("name", Renamed(name))) : each.Body;
            each.Body = Set(body, each.Original, state.Settings.Names, name => name is null ? NullValue.Instance : Renamed(name));
        }

        Value Renamed(Value name) => TextValue.Of(isPrefix ? [Part(given), Part(name)] : [Part(name), Part(given)])
            .With(new Trace(StepKind.Overlay, isPrefix ? "namePrefix" : "nameSuffix", by.PlaceOf(given), name.Trace));
    }

    private void Label()
    {
        foreach (var entry in by.Items("labels").OfType<MapValue>())
        {
            if (entry["pairs"] is not MapValue pairs)
            {
                continue;
            }

            var own = FieldSettings.Specs(entry["fields"]);
            var fields = IsTrue(entry["includeSelectors"]) ? own.Union(state.Settings.CommonLabels)
                : IsTrue(entry["includeTemplates"]) ? own.Union(state.Settings.TemplateLabels)
                : own.Union([new FieldSpec("metadata/labels", Create: true)]);
            Add(pairs, [.. fields], "labels");
        }

        Add(by.Body["commonLabels"] as MapValue, state.Settings.CommonLabels, "commonLabels");
        Add(by.Body["commonAnnotations"] as MapValue, state.Settings.Annotations, "commonAnnotations");

        static bool IsTrue(Value? value) => value is BoolValue { Value: true };
    }

    private void Add(MapValue? pairs, IReadOnlyList<FieldSpec> fields, string name)
    {
        if (pairs is null)
        {
            return;
        }

        var added = pairs.Entries.Select(pair => pair with { Value = Through(pair.Value is TextValue or UnknownValue ? pair.Value : new TextValue(ObjectId.Text(pair.Value)).With(pair.Value.Trace), name) }).ToList();
        foreach (var each in state.Objects)
        {
            each.Body = Set(each.Body, each.Current, fields, value =>
            {
                return added.Aggregate(value.ToWriteIn(), (result, pair) => result.WithEntry(pair.Key, pair.Value));
            });
        }
    }

    private void Replicas()
    {
        foreach (var entry in by.Items("replicas").OfType<MapValue>())
        {
            if (entry["count"] is not { } count)
            {
                continue;
            }

            var (name, any) = (ObjectId.Text(entry["name"]), false);
            foreach (var each in state.Objects)
            {
                if (state.Settings.Replicas.Any(spec => spec.Fits(each.Current)) && (each.Current.Name == name || each.Previous.Exists(before => before.Name == name)))
                {
                    any = true;
                    each.Body = Set(each.Body, each.Current, state.Settings.Replicas, _ => Through(count, "replicas"));
                }
            }

            if (!any && !isPartial)
            {
                by.Refuse($"nothing that has replicas is called {name}", entry["name"] ?? entry);
            }
        }
    }

    /// <summary>Everything that a rule could ask for may be different; kind and name are not.</summary>
    private void Doubt(string why, Value at, Func<BuildObject, bool> means)
    {
        var cause = new Cause(UnknownReason.NotComputed, why, by.PlaceOf(at), null);
        foreach (var each in state.Objects.Where(means))
        {
            each.Body = each.Body.WithEntries(entry => entry.Key switch
            {
                "apiVersion" or "kind" => entry.Value,
                "metadata" when entry.Value is MapValue metadata => metadata.WithEntry("labels", Unknown(metadata["labels"])).WithEntry("annotations", Unknown(metadata["annotations"])),
                _ => Unknown(entry.Value),
            });
        }

        Value Unknown(Value? value) => new UnknownValue([cause]).With(value?.Trace);
    }

    private static MapValue Set(MapValue body, ObjectId id, IEnumerable<FieldSpec> fields, Func<Value?, Value> change)
    {
        foreach (var field in fields)
        {
            body = field.Fits(id) ? field.Apply(body, change) : body;
        }

        return body;
    }

    private Value Through(Value value, string name) => value.With(new Trace(StepKind.Overlay, name, by.PlaceOf(value), value.Trace));

    private static TextPart Part(Value value) => value is TextValue ? new TextPart(value) : new TextPart(ObjectId.Text(value));
}
