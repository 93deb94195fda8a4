using Analyzer.Languages.Evaluation;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Evaluation;

/// <summary>The declared types of variables, each read once for all instances of its module.</summary>
internal sealed class VariableTypes(RootContext root)
{
    private readonly Dictionary<Declaration, TypeConstraint> _types = [];

    /// <summary>The type of a variable; no constraint where none is written, or where old code quotes it (<c>"list"</c>).</summary>
    internal TypeConstraint Of(Declaration variable)
    {
        if (_types.TryGetValue(variable, out var known))
        {
            return known;
        }

        var type = TypeConstraint.Any;
        if (variable.Find("type") is { } written && StaticText.Of(written.Value) is null)
        {
            type = TypeExpressions.Read(written.Value, out var problem);
            if (problem is not null)
            {
                root.Problems.Add(problem);
            }
        }

        return _types[variable] = type;
    }
}
