using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>
/// Puts files of the repository in where <c>AWS::Include</c> or <c>Rain::Embed</c> names them. What is included from elsewhere stays a transform that may make anything.
/// </summary>
internal sealed class Includes(FileTree files, string folder, ProblemLog problems)
{
    private const string Name = "AWS::Include";
    private const string Transform = "Fn::Transform";

    /// <summary>True for a template that may name files.</summary>
    internal static bool May(ReadOnlySpan<byte> template) => template.IndexOf("AWS::Include"u8) >= 0 || template.IndexOf("Rain::Embed"u8) >= 0;

    /// <summary>The template with all its files in it.</summary>
    internal MapValue Splice(MapValue root)
    {
        var spliced = (MapValue)Within(root);
        if (spliced["Transform"] is not { } transforms)
        {
            return spliced;
        }

        var left = new List<Item>();
        foreach (var each in transforms is ListValue list ? list.Values : [transforms])
        {
            if (Included(each) is MapValue whole)
            {
                spliced = Merge(spliced, whole);
            }
            else
            {
                left.Add(new Item(each));
            }
        }

        return spliced.WithAll([.. spliced.Entries.Where(entry => entry.Key != "Transform" || left.Count > 0)
            .Select(entry => entry.Key == "Transform" ? entry with { Value = new ListValue([.. left]).With(entry.Value.Trace) } : entry)]);
    }

    /// <summary>Sections of a file that is included by the template as a whole join its own.</summary>
    private static MapValue Merge(MapValue root, MapValue more)
    {
        var entries = root.Entries.ToList();
        foreach (var entry in more.Entries)
        {
            var at = entries.FindIndex(own => own.Key == entry.Key);
            if (at < 0)
            {
                entries.Add(entry);
            }
            else if (entries[at].Value is MapValue own && entry.Value is MapValue theirs)
            {
                entries[at] = entries[at] with
                {
                    Value = own.WithAll([.. own.Entries, .. theirs.Entries.Where(each => own.Find(each.Key) is null)]),
                };
            }
        }

        return root.WithAll([.. entries]);
    }

    private Value Within(Value written)
    {
        switch (written)
        {
            case MapValue { Entries: [{ Key: Transform, Value: var call }] } when Included(call) is { } whole:
                return whole;
            case MapValue { Entries.Length: 1 } when Packaging.Embedded(written, files, folder) is { } text:
                return text;
            case MapValue map:
                var entries = ImmutableArray.CreateBuilder<Entry>(map.Entries.Length);
                var changed = false;
                foreach (var entry in map.Entries)
                {
                    if (entry.Key == Transform && Included(entry.Value) is MapValue more)
                    {
                        changed = true;
                        entries.AddRange(more.Entries.Where(each => map.Find(each.Key) is null));
                        continue;
                    }

                    var value = Within(entry.Value);
                    changed |= !ReferenceEquals(value, entry.Value);
                    entries.Add(ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value });
                }

                return changed ? map.WithAll(entries.ToImmutable()) : map;
            case ListValue list:
                return list.WithItems(Within);
            default:
                return written;
        }
    }

    /// <summary>What a call includes; null if it calls something else or the file is not one of the repository.</summary>
    private Value? Included(Value call)
    {
        if (call is not MapValue map || Texts.Of(map["Name"])?.Known != Name || map["Parameters"] is not MapValue parameters || Texts.Of(parameters["Location"]) is not { Known: { } location } written
            || location.Contains("://", StringComparison.Ordinal) || FileTree.Resolve(folder, location) is not { } path)
        {
            return null;
        }

        if (files.Read(path) is not { } source)
        {
            if (written.Trace?.Place is { } place)
            {
                problems.Add(new Problem("included-file-missing", $"The file \"{path}\" is not there.", place));
            }

            return null;
        }

        return TemplateReader.Roots(source, problems) is [var root] ? root : null;
    }
}
