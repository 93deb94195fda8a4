using System.Collections.Immutable;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>One instance of a resource: what is configured, attribute by attribute and on demand, and what others see when they refer to it.</summary>
internal sealed class ResourceInstance
{
    private readonly ResourceSet _set;
    private readonly Memo _configured;
    private readonly BlockReader _blocks;
    private Dictionary<string, Value?>? _read;
    private MapValue? _body;

    internal ResourceInstance(ResourceSet set, InstanceKey key)
    {
        _set = set;
        Key = key;
        Address = key.Suffix.Length == 0 ? set.Block : set.Block with { Path = set.Block.Path + key.Suffix };
        Scope = ReferenceEquals(key, InstanceKey.Single) ? set.Module.Scope : new ModuleScope(set.Module, key);
        _configured = new Memo(set.Module.Root.Problems, Address.Path);
        _blocks = new BlockReader(Address.Path);
    }

    internal InstanceKey Key { get; }

    internal Address Address { get; }

    internal Declaration Declaration => _set.Declaration;

    internal ModuleInstance Module => _set.Module;

    /// <summary>Where its expressions are evaluated.</summary>
    internal ModuleScope Scope { get; }

    /// <summary>The configured arguments and nested blocks, in written order.</summary>
    internal MapValue Body => _body ??= MakeBody();

    /// <summary>
    /// The configured value of an argument or of all nested blocks of a type; null if neither is written, and where a <c>dynamic</c> writes no block.
    /// </summary>
    internal Value? Configured(string name)
    {
        if (MetaArguments.Contains(name))
        {
            return null;
        }

        return Declaration.Find(name) is { } attribute ? _configured.Known(name) ?? Argument(name, attribute)
            : HasBlocks(name) && (_configured.Known(name) ?? Blocks(name)) is var blocks and not ListValue { Items: [], IsOpen: false } ? blocks
            : null;
    }

    private Value Argument(string name, Languages.Hcl.Attribute attribute) =>
        _configured.Get(name, attribute.NamePlace, () => Restriction.WithoutErrors(Restriction.Under(Key.Guard, Scope.Evaluate(attribute.Value))));

    private Value Blocks(string type) =>
        _configured.Get(type, Declaration.Header, () => Restriction.Under(Key.Guard, _blocks.Blocks(Declaration.Blocks, type, Scope)));

    private bool HasBlocks(string type)
    {
        foreach (var block in Declaration.Blocks)
        {
            if (Declaration.NestedType(block) == type)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// An attribute as others see it: the configured value with a step that says which attribute it is, or what can be computed of it; null where only the provider knows.
    /// </summary>
    internal Value? Read(string name, Span place)
    {
        if (_read?.TryGetValue(name, out var known) == true)
        {
            return known;
        }

        var value = Configured(name) switch
        {
            null or NullValue => ComputedAttributes.Of(this, name, place),
            ChoiceValue choice when choice.Alternatives.Any(each => each.Value is NullValue) => OrComputed(choice, name, place),
            ListValue list when Declaration.Find(name) is null => OpenBlocks(list, Declaration.Blocks, name, name),
            var configured => ComputedAttributes.Returned(this, name, configured),
        };

        value = value?.Through(StepKind.Attribute, $"{Declaration.LocalName}{Key.Suffix}.{name}", Declaration.Find(name)?.Value.Place ?? place, new Reference(Address, name));
        (_read ??= new Dictionary<string, Value?>(StringComparer.Ordinal))[name] = value;
        return value;
    }

    /// <summary>Where a case configures nothing the provider computes something.</summary>
    private Value OrComputed(ChoiceValue configured, string name, Span place) =>
        ChoiceValue.Of(configured.Alternatives.Select(each => each.Value is NullValue ? each with { Value = Computed(name, place) } : each));

    /// <summary>An attribute that nobody configured.</summary>
    internal UnknownValue Computed(string path, Span place)
    {
        var reference = ComputedAttributes.SharedIdentity(this, path) ?? new Reference(Address, path);
        return new UnknownValue(
            Declaration.IsData ? UnknownReason.External : UnknownReason.Computed,
            Declaration.IsData ? $"{Address.Path}.{path} is read when it is applied" : $"{Address.Path}.{path} is known after it is applied",
            place,
            reference,
            IsText(path) ? DataType.Text : null)
        {
            IsNotNull = IsAlwaysSet(path),
        };
    }

    /// <summary>Attributes of a resource of a large provider that are texts wherever they are.</summary>
    private bool IsText(string path) => path is "id" or "arn" or "name" or "self_link" or "email" or "unique_id" or "principal_id" or "client_id" or "object_id"
        && Declaration.Type.IndexOf('_', StringComparison.Ordinal) is > 0 and var end
        && Declaration.Type[..end] is "aws" or "azurerm" or "azuread" or "google" or "kubernetes" or "null" or "random" or "terraform" or "time" or "tls";

    /// <summary>Attributes that identify a thing are never null; another that nobody wrote may stay so.</summary>
    private static bool IsAlwaysSet(string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return name is "id" or "arn" or "name" or "email" or "member" or "self_link" or "endpoint" or "fqdn" or "json"
            || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_arn", StringComparison.Ordinal);
    }

    /// <summary>The whole resource: what is configured, open because the provider adds attributes.</summary>
    internal MapValue Whole(Span place)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(_set.Names.Length);
        foreach (var name in _set.Names)
        {
            if (Read(name, place) is { } value)
            {
                entries.Add(new Entry(name, value));
            }
        }

        return (MapValue)new MapValue(entries.DrainToImmutable()) { OpenBecause = [Unseen(place, "")] }
            .Through(StepKind.Attribute, Declaration.LocalName + Key.Suffix, place, new Reference(Address, ""));
    }

    private Cause Unseen(Span place, string path) =>
        new(UnknownReason.Computed, $"attributes of {Address.Path} are known after it is applied", place, new Reference(Address, path));

    private MapValue MakeBody()
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(Declaration.Attributes.Count + Declaration.Blocks.Count);
        foreach (var attribute in Declaration.Attributes)
        {
            if (Configured(attribute.Name) is { } value)
            {
                entries.Add(new Entry(attribute.Name, BlockReader.WrittenAt(attribute, value), attribute.NamePlace));
            }
        }

        foreach (var type in Declaration.Blocks.Select(Declaration.NestedType).Distinct(StringComparer.Ordinal))
        {
            if (Declaration.Find(type) is null && Configured(type) is { } blocks)
            {
                entries.Add(new Entry(type, blocks, Declaration.Blocks.First(block => Declaration.NestedType(block) == type).TypePlace));
            }
        }

        return new MapValue(entries.DrainToImmutable()) { Place = Declaration.Block.Body.Place };
    }

    /// <summary>Nested blocks as others see them: each open, because the provider adds attributes to blocks too.</summary>
    private ListValue OpenBlocks(ListValue blocks, IEnumerable<Block> written, string type, string path)
    {
        var inner = written.Where(block => Declaration.NestedType(block) == type).Select(BlockReader.ContentOf).OfType<Body>().SelectMany(body => body.Blocks).ToList();
        var number = 0;
        return new ListValue([.. blocks.Items.Select(item => item with { Value = Open(item.Value, $"{path}[{number++}]") })], blocks.Kind, blocks.ElementType)
        {
            OpenBecause = blocks.OpenBecause,
        };

        Value Open(Value value, string at)
        {
            if (value is not MapValue map)
            {
                return value;
            }

            var entries = map.Entries.Where(entry => entry.Value is not NullValue).Select(entry =>
                entry.Value is ListValue nested && inner.Exists(block => Declaration.NestedType(block) == entry.Key)
                    ? entry with { Value = OpenBlocks(nested, inner, entry.Key, $"{at}.{entry.Key}") }
                    : entry);
            var place = map.Place ?? Declaration.Header;
            return new MapValue([.. entries]) { Place = map.Place, OpenBecause = [Unseen(place, at)] }
                .Through(StepKind.Attribute, $"{Declaration.LocalName}{Key.Suffix}.{at}", place, new Reference(Address, at));
        }
    }
}
