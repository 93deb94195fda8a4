using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Terraform;

namespace Analyzer.Tests.Terraform;

/// <summary>A repository of Terraform files, loaded, with what tests ask of it.</summary>
internal sealed class Loaded
{
    internal Loaded(IEnumerable<(string Path, string Text)> files, LoadOptions? options = null)
    {
        var log = new ProblemLog();
        TerraformLoader.Load(new MemoryFiles(files), options ?? new LoadOptions { Parallelism = 2 }, Inventory, log);
        Problems = log.Sorted();
    }

    internal Inventory Inventory { get; } = new();

    internal IReadOnlyList<Problem> Problems { get; }

    /// <summary>Loads one file, <c>main.tf</c>.</summary>
    internal static Loaded Of(string text) => new([("main.tf", text)]);

    internal static Loaded Files(params IEnumerable<(string Path, string Text)> files) => new(files);

    /// <summary>The resource of an address in a scope; the root folder if none is given.</summary>
    internal Resource this[string address, string scope = ""] =>
        Inventory.Find(new Address(scope, address)) ?? throw new InvalidOperationException($"There is no {address}, only: {string.Join(", ", Addresses)}");

    internal IEnumerable<string> Addresses => Inventory.Resources.Select(resource => resource.Address.Path);

    internal IEnumerable<string> Codes => Problems.Select(problem => problem.Code);

    /// <summary>An attribute as short text: see <see cref="Show"/>.</summary>
    internal string Attribute(string address, string attribute) => Show(this[address].Body[attribute]);

    /// <summary>A value as short text: JSON-like, unknowns as <c>?reference</c>, guarded elements with <c>@guard</c>, open collections with <c>...</c>.</summary>
    internal static string Show(Value? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(Value? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("absent");
                break;
            case NullValue:
                text.Append("null");
                break;
            case BoolValue flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case NumberValue number:
                text.Append(number.Number);
                break;
            case TextValue known:
                text.Append('"');
                foreach (var part in known.Parts)
                {
                    if (part.Hole is { } hole)
                    {
                        text.Append('{');
                        Write(hole, text);
                        text.Append('}');
                    }
                    else
                    {
                        text.Append(part.Literal);
                    }
                }

                text.Append('"');
                break;
            case ListValue list:
                text.Append('[');
                foreach (var item in list.Items)
                {
                    text.Append(text[^1] == '[' ? "" : ", ");
                    Write(item.Value, text);
                    text.Append(item.Guard.IsAlways ? "" : $"@{item.Guard}");
                }

                text.Append(list.IsOpen ? "...]" : "]");
                break;
            case MapValue map:
                text.Append('{');
                foreach (var entry in map.Entries)
                {
                    text.Append(text[^1] == '{' ? "" : ", ").Append(entry.Key).Append(": ");
                    Write(entry.Value, text);
                    text.Append(entry.Guard.IsAlways ? "" : $"@{entry.Guard}");
                }

                text.Append(map.IsOpen ? "...}" : "}");
                break;
            case ChoiceValue choice:
                text.Append('(');
                foreach (var (guard, each) in choice.Alternatives)
                {
                    text.Append(text[^1] == '(' ? "" : " | ").Append(guard).Append(": ");
                    Write(each, text);
                }

                text.Append(')');
                break;
            case UnknownValue { Reference: { } reference }:
                text.Append('?').Append(reference);
                break;
            case UnknownValue unknown:
                text.Append('?').Append(unknown.Causes[0].Reason);
                break;
            default:
                text.Append(value.GetType().Name);
                break;
        }
    }
}
