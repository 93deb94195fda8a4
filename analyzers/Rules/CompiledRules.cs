using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>
/// The rules of the product as its build leaves them: checked against the model, without examples, and so laid out that a run reads only those it judges. Their conditions stay text,
/// because parsing HCL costs next to nothing where Terraform was just read.
/// </summary>
/// <remarks>
/// All of it is what <see cref="BinaryWriter"/> writes: the number of rules; for each its path, its kind and the length of its body; then the bodies. It is read by the build that
/// wrote it and has no version.
/// </remarks>
public static class CompiledRules
{
    /// <summary>Writes rules that <see cref="RuleChecker"/> found right.</summary>
    public static void Write(IReadOnlyList<Rule> rules, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var bodies = rules.Select(Body).ToList();
        writer.Write(rules.Count);
        foreach (var (rule, body) in rules.Zip(bodies))
        {
            writer.Write(rule.File.Path);
            writer.Write(rule.For);
            writer.Write(body.Length);
        }

        bodies.ForEach(writer.Write);
    }

    /// <summary>The rules in what <see cref="Write"/> wrote; none of them is read yet.</summary>
    public static RuleSet Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = ReaderOf(bytes);
        var heads = new (string Path, string Kind, int Length)[reader.ReadInt32()];
        for (var index = 0; index < heads.Length; index++)
        {
            heads[index] = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        }

        var sources = new RuleSource[heads.Length];
        var start = (int)reader.BaseStream.Position;
        for (var index = 0; index < heads.Length; index++)
        {
            var (path, kind, length) = heads[index];
            sources[index] = new CompiledRule(new SourceFile(path, default), kind, bytes.Slice(start, length));
            start += length;
        }

        return RuleSet.Of(sources);
    }

    /// <summary>Reads where the bytes stand, without a copy of them.</summary>
    private static BinaryReader ReaderOf(ReadOnlyMemory<byte> bytes) => new(
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray()));

    private static byte[] Body(Rule rule)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        writer.Write(rule.Title);
        writer.Write((byte)rule.Level);
        writer.Write(rule.IsOff);
        writer.Write(rule.Since);
        writer.Write(rule.Why);
        writer.Write(rule.Fix);
        Each(rule.Checklist, writer.Write);
        Each(rule.See, writer.Write);
        Code(rule.When);
        Code(rule.Require);
        Code(rule.Anchor);
        Code(rule.Message);
        Each(rule.Levels, level =>
        {
            writer.Write((byte)level.Level);
            Code(level.When);
        });
        Each(rule.Related, related =>
        {
            Code(related.Value);
            Code(related.Message);
        });
        return stream.ToArray();

        void Each<T>(ImmutableArray<T> items, Action<T> write)
        {
            writer.Write(items.Length);
            foreach (var item in items)
            {
                write(item);
            }
        }

        // An expression fills the text that it was parsed from, so that this is what the rule's author wrote.
        void Code(Expression? expression) => writer.Write(expression?.Place.File is { } file ? file.TextOf(0, file.Bytes.Length) : "");
    }

    /// <summary>A rule in the compiled ones.</summary>
    private sealed class CompiledRule(SourceFile file, string kind, ReadOnlyMemory<byte> body) : RuleSource(file)
    {
        public override string Kind => kind;

        public override Rule Read(ProblemLog problems, bool withExamples)
        {
            using var reader = ReaderOf(body);
            return new Reading(File, reader).Rule(Id, kind);
        }
    }

    /// <summary>Reads in the order in which <see cref="Body"/> writes.</summary>
    private sealed class Reading(SourceFile file, BinaryReader reader)
    {
        internal Rule Rule(string id, string kind) => new()
        {
            Id = id,
            For = kind,
            File = file,
            IsChecked = true,
            Title = reader.ReadString(),
            Level = (Level)reader.ReadByte(),
            IsOff = reader.ReadBoolean(),
            Since = reader.ReadString(),
            Why = reader.ReadString(),
            Fix = reader.ReadString(),
            Checklist = Each(reader.ReadString),
            See = Each(reader.ReadString),
            When = ConditionIfAny(),
            Require = Condition(),
            Anchor = ConditionIfAny(),
            Message = Template(),
            Levels = Each(() => new LevelCase((Level)reader.ReadByte(), Condition())),
            Related = Each(() => new RelatedValue(Condition(), Template())),
        };

        private ImmutableArray<T> Each<T>(Func<T> read)
        {
            var items = new T[reader.ReadInt32()];
            for (var index = 0; index < items.Length; index++)
            {
                items[index] = read();
            }

            return ImmutableArray.Create(items);
        }

        private Expression? ConditionIfAny() => Code() is { Bytes.Length: > 0 } code ? HclParser.ParseExpression(code).Expression : null;

        private Expression Condition() => HclParser.ParseExpression(Code()).Expression;

        private Expression Template() => HclParser.ParseTemplate(Code()).Expression;

        /// <summary>Under the rule's path, by which evidence tells what stands in the rule from what stands in the user's files.</summary>
        private SourceFile Code() => SourceFile.FromText(file.Path, reader.ReadString());
    }
}
