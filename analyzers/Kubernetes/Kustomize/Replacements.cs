using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Copies values of one object into fields of others.</summary>
internal sealed class Replacements
{
    private readonly Kustomization _by;
    private readonly BuildState _state;
    private readonly bool _isPartial;

    private Replacements(Kustomization by, BuildState state, bool isPartial) => (_by, _state, _isPartial) = (by, state, isPartial);

    /// <summary>Carries out all replacements of a kustomization.</summary>
    internal static void Run(Kustomization by, BuildState state, FileTree files, ProblemLog problems, bool isPartial, Action<Value, string> unseen)
    {
        var run = new Replacements(by, state, isPartial);
        foreach (var entry in by.Items("replacements").OfType<MapValue>())
        {
            if (entry["path"] is TextValue { Known: { } path })
            {
                if (FileTree.Resolve(by.Folder, path) is not { } found || files.Read(found) is not { } file)
                {
                    var reason = $"{path} is not in the repository";
                    by.Miss(reason, entry["path"]!);
                    unseen(entry["path"]!, reason);
                    continue;
                }

                foreach (var document in YamlReader.Read(file, YamlOptions.Kubernetes, problems))
                {
                    foreach (var each in document.Root is ListValue list ? list.Values : [document.Root])
                    {
                        run.One(each as MapValue ?? MapValue.Empty, entry);
                    }
                }
            }
            else
            {
                run.One(entry, entry);
            }
        }
    }

    private void One(MapValue replacement, Value written)
    {
        var given = replacement["sourceValue"] is { } literal and not NullValue ? literal : null;
        if ((given is null && replacement["source"] is not MapValue) || replacement["targets"] is not ListValue targets)
        {
            _by.Refuse("a replacement has no value or no targets", written);
            return;
        }

        if ((given ?? ValueOf((MapValue)replacement["source"]!)) is not { } value)
        {
            return;
        }

        foreach (var target in targets.Values.OfType<MapValue>())
        {
            if (target["select"] is not MapValue select)
            {
                _by.Refuse("a target of a replacement selects nothing", target);
                continue;
            }

            var selector = new Selector(select);
            var rejects = (target["reject"] as ListValue)?.Values.OfType<MapValue>().Select(reject => new Selector(reject)).ToList() ?? [];
            foreach (var each in _state.Objects)
            {
                if (Meant(each, selector, rejects))
                {
                    Write(each, value, target);
                }
            }
        }
    }

    private static bool Meant(BuildObject each, Selector selector, List<Selector> rejects)
    {
        var ids = each.Previous.Append(each.Current).ToList();
        return selector.FitsMetadata(each) && ids.Exists(selector.SelectsId)
            && !rejects.Exists(reject => reject.FitsMetadata(each) && ids.Exists(reject.SelectsId));
    }

    private Value? ValueOf(MapValue source)
    {
        var found = _state.Objects.FindAll(each => each.Previous.Append(each.Current).Any(id => Fits(source, id)));
        if (found.Count == 0 && _isPartial)
        {
            return new UnknownValue(UnknownReason.Missing, "the source of a replacement is not seen", _by.PlaceOf(source));
        }

        if (found is not [var only])
        {
            _by.Refuse(found.Count == 0 ? "the source of a replacement is not in the build" : "the source of a replacement is there several times", source);
            return null;
        }

        var path = ObjectId.Text(source["fieldPath"]) is { Length: > 0 } written ? written : "metadata.name";
        Value? value = only.Body;
        foreach (var part in FieldPath.Split(path))
        {
            value = FieldPath.Step(value, part);
        }

        if (value is null or NullValue)
        {
            _by.Refuse($"{only.Current} has no {path}", source["fieldPath"] ?? source);
            return null;
        }

        var (delimiter, index) = Options(source);
        if (delimiter.Length == 0 || value is not TextValue { Known: { } text })
        {
            return value;
        }

        var parts = text.Split(delimiter);
        if (index < 0 || index >= parts.Length)
        {
            _by.Refuse($"{path} of {only.Current} has no part {index.ToString(CultureInfo.InvariantCulture)}", source);
            return null;
        }

        return new TextValue(parts[index]).With(value.Trace);
    }

    private static bool Fits(MapValue source, ObjectId id)
    {
        return Is("kind", id.Kind) && Is("name", id.Name) && Is("group", id.Group) && Is("version", id.Version)
            && (ObjectId.Text(source["namespace"]) is not { Length: > 0 } space || space == id.EffectiveNamespace);

        bool Is(string key, string text) => ObjectId.Text(source[key]) is not { Length: > 0 } wanted || wanted == text;
    }

    private void Write(BuildObject each, Value value, MapValue target)
    {
        var (delimiter, index) = Options(target);
        var create = (target["options"] as MapValue)?["create"] is BoolValue { Value: true };
        var paths = target["fieldPaths"] is ListValue list ? list.Values : [new TextValue("metadata.name")];
        foreach (var path in paths)
        {
            var (changed, any) = FieldPath.Set(each.Body, FieldPath.Split(ObjectId.Text(path)), create, old => Placed(old, value, delimiter, index, path));
            if (!any)
            {
                _by.Refuse($"{each.Current} has no {ObjectId.Text(path)}", path);
            }

            each.Body = changed as MapValue ?? each.Body;
        }
    }

    private Value Placed(Value? old, Value value, string delimiter, int index, Value path)
    {
        var place = _by.PlaceOf(path);
        if (delimiter.Length > 0 && old is not null && value is not UnknownValue)
        {
            var parts = ObjectId.Text(old).Split(delimiter).ToList();
            var text = ObjectId.Text(value);
            if (index < 0)
            {
                parts.Insert(0, text);
            }
            else if (index >= parts.Count)
            {
                parts.Add(text);
            }
            else
            {
                parts[index] = text;
            }

            return new TextValue(string.Join(delimiter, parts)).With(new Trace(StepKind.Overlay, "replacements", place, old.Trace));
        }

        // A text stays text and a number a number: only the value of a scalar is copied. What is made anew has no type to keep, not even that of the source.
        var copied = (old, value) switch
        {
            (TextValue, NumberValue or BoolValue) => new TextValue(ObjectId.Text(value)),
            (null or NumberValue or BoolValue, TextValue { Known: { } text }) => YamlReader.Scalar(text, YamlOptions.Kubernetes),
            _ => value,
        };
        return copied.With(new Trace(StepKind.Overlay, "replacements", place, value.Trace));
    }

    private static (string Delimiter, int Index) Options(MapValue entry)
    {
        var options = entry["options"] as MapValue;
        return (ObjectId.Text(options?["delimiter"]), int.TryParse(ObjectId.Text(options?["index"]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? index : 0);
    }
}
