using System.Text;

namespace Analyzer.Facts.Values;

/// <summary>
/// The name of a declared thing, unique in a repository: where it is evaluated and what it is called there. A class, like all small parts of
/// values: collections of own structs have no precompiled code, and every start would compile them anew.
/// </summary>
/// <param name="Scope">
/// The unit of evaluation: the folder of a Terraform root module, the path of a CloudFormation template, the folder or file of a manifest set.
/// </param>
/// <param name="Path">
/// The name inside the unit as its own tools print it: <c>module.eks["a"].aws_iam_role.node[0]</c>, a logical id, or
/// <c>Deployment/shop/api</c>. A template instance that stands for any number of instances has <c>[*]</c>.
/// </param>
public sealed record Address(string Scope, string Path) : IComparable<Address>
{
    private int _hash; // 0 until somebody asks: an address is looked up many times.

    /// <summary>The unit of evaluation.</summary>
    public string Scope
    {
        get;
        init => (field, _hash) = (value, 0);
    } = Scope;

    /// <summary>The name inside the unit.</summary>
    public string Path
    {
        get;
        init => (field, _hash) = (value, 0);
    } = Path;

    /// <summary>The same thing without the last instance key: all instances of one block share it.</summary>
    public Address Block => Path.EndsWith(']') && Path.LastIndexOf('[') is > 0 and var bracket ? this with { Path = Path[..bracket] } : this;

    /// <summary>The block behind all instances of it and of the modules around it: <c>module.eks["a"].aws_iam_role.node[0]</c> is <c>module.eks.aws_iam_role.node</c>.</summary>
    public Address WithoutKeys => Path.Contains('[', StringComparison.Ordinal) ? this with { Path = PathWithoutKeys(Path) } : this;

    /// <summary>True for something that is declared in a module with an address, which may be one instance or all: <c>module.eks["a"].aws_iam_role.node</c> is in both.</summary>
    public bool IsIn(Address module)
    {
        var length = module.Path.Length;
        return Scope == module.Scope && length > 0 && Path.Length > length && Path[length] is '.' or '[' && Path.StartsWith(module.Path, StringComparison.Ordinal);
    }

    /// <summary>A path, or the beginning of one, without instance keys. A key in quotes may have brackets in it.</summary>
    public static string PathWithoutKeys(string path)
    {
        if (!path.Contains('[', StringComparison.Ordinal))
        {
            return path;
        }

        var text = new StringBuilder(path.Length);
        var (inKey, inQuotes) = (false, false);
        for (var at = 0; at < path.Length; at++)
        {
            switch (path[at])
            {
                case '"' when inKey:
                    inQuotes = !inQuotes;
                    break;
                case '\\' when inQuotes:
                    at++;
                    break;
                case '[' when !inQuotes:
                    inKey = true;
                    break;
                case ']' when inKey && !inQuotes:
                    inKey = false;
                    break;
                case var unit when !inKey:
                    text.Append(unit);
                    break;
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Address? other) => ReferenceEquals(this, other) || (other is not null && Path == other.Path && Scope == other.Scope);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            _hash = HashCode.Combine(Scope, Path);
        }

        return _hash;
    }

    /// <inheritdoc/>
    public int CompareTo(Address? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byScope = string.CompareOrdinal(Scope, other.Scope);
        return byScope != 0 ? byScope : string.CompareOrdinal(Path, other.Path);
    }

    /// <summary>The path alone, as reports print it.</summary>
    public override string ToString() => Path;
}

/// <summary>
/// "This value is that attribute of that thing." Two values with equal references are equal even when nobody knows their text.
/// </summary>
/// <param name="Target">The thing.</param>
/// <param name="Attribute">Attribute path in the language's own spelling (<c>arn</c>, <c>identity[0].oidc[0].issuer</c>, <c>Arn</c>); empty for the thing itself (CloudFormation's Ref has <c>Ref</c>).</param>
public sealed record Reference(Address Target, string Attribute)
{
    /// <inheritdoc/>
    public override string ToString() => Attribute.Length == 0 ? Target.Path : $"{Target.Path}.{Attribute}";
}
