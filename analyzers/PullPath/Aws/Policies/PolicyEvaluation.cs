using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>
/// Decides requests over policy documents: identity, trust, repository and boundary policies. Three-valued: a statement whose action, resource or condition is not known makes the answer Unknown,
/// never No. Documents are decoded values, see <see cref="PolicyText.Decode"/>.
/// </summary>
public static class PolicyEvaluation
{
    /// <summary>What one document says to a request.</summary>
    public static Decision Decide(Value document, AccessRequest request)
    {
        switch (document)
        {
            case NullValue:
                return Decision.Silent;
            case MapValue map:
                return Document(map, request);
            case TextValue:
                return PolicyText.Decode(document) is var decoded and not TextValue ? Decide(decoded, request) : Decision.Unknown(Cause.Of(document));
            case ChoiceValue choice:
                var all = choice.Alternatives.Select(alternative => Decide(alternative.Value, request)).ToList();
                return new Decision(
                    Model.Answer.Same(all.Select(each => each.Allow)),
                    Model.Answer.Same(all.Select(each => each.Deny)),
                    [.. all.SelectMany(each => each.Causes).Concat(choice.Alternatives.SelectMany(each => each.Guard.Causes)).Distinct().Take(Cause.Limit)]);
            default:
                return Decision.Unknown(Cause.Of(document));
        }
    }

    private static Decision Document(MapValue document, AccessRequest request)
    {
        var statements = document["Statement"];
        if (statements is null or NullValue)
        {
            return document.IsOpen ? Decision.Unknown(document.OpenBecause!.Value) : Decision.Silent;
        }

        return Statements(statements, request);
    }

    private static Decision Statements(Value statements, AccessRequest request)
    {
        switch (statements)
        {
            case MapValue one:
                return Statement(one, request);
            case ListValue list:
                var result = Decision.Silent;
                foreach (var item in list.Items)
                {
                    result = result.And(Statements(item.Value, request).Under(item.Guard));
                }

                return list.OpenBecause is { } because ? result.And(Decision.Unknown(because)) : result;
            case ChoiceValue choice:
                return choice.Alternatives.Aggregate(Decision.Silent, (sum, alternative) => sum.And(Statements(alternative.Value, request).Under(alternative.Guard)));
            case NullValue:
                return Decision.Silent;
            default:
                return Decision.Unknown(Cause.Of(statements));
        }
    }

    private static Decision Statement(MapValue statement, AccessRequest request)
    {
        var causes = new List<Cause>();
        var allows = EffectIs(statement, "Allow");
        var denies = EffectIs(statement, "Deny");
        var applies = Applies(statement, request, denies == Truth.Yes, causes);
        var allow = allows.And(applies);
        var deny = denies.And(applies);
        return allow == Truth.Unknown || deny == Truth.Unknown
            ? new Decision(allow, deny, causes.Count > 0 ? causes : [.. Cause.Of(statement).Distinct().Take(Cause.Limit)])
            : new Decision(allow, deny, []);
    }

    private static Truth Applies(MapValue statement, AccessRequest request, bool denies, List<Cause> causes)
    {
        var result = Both(statement, "Action", "NotAction", pattern => Pattern.Match(pattern, new TextValue(request.Action), ignoreCase: true), pattern => Pattern.Match(pattern, new TextValue(request.Action), ignoreCase: true));
        if (result == Truth.No)
        {
            return Truth.No;
        }

        result = result.And(Resource(statement, request, denies));
        if (result != Truth.No && request.Principal is { } principal)
        {
            result = result.And(Principal(statement, principal));
        }

        // "Is there a call that is allowed": a deny must meet all of them.
        return result == Truth.No ? Truth.No
            : result.And(Condition.Decide(statement["Condition"], denies ? request with { KeyHoles = Holes.Unknown } : request, causes)).And(statement.IsOpen ? Truth.Unknown : Truth.Yes);
    }

    private static Truth Resource(MapValue statement, AccessRequest request, bool denies)
    {
        if (statement["Resource"] is null or NullValue && statement["NotResource"] is null or NullValue && request.Principal is not null)
        {
            return Truth.Yes; // Trust and repository policies speak of the thing they hang on.
        }

        return Both(statement, "Resource", "NotResource", pattern => denies ? Denied(pattern) : Match(pattern, request.ResourceHoles), NotResource);

        // "Is there a resource that may be used": an allow needs one, a deny must cover all.
        Truth Denied(TextValue pattern) => Match(pattern, Holes.Unknown) is var all && all == Truth.Unknown && request.ResourceHoles == Holes.Free && pattern.Known is not null ? Truth.No : all;

        Truth Match(TextValue pattern, Holes holes) => Arns.Match(request.IsForeign ? Accounts.WithOwn(pattern) : pattern, request.Resource, holes);

        Truth NotResource(TextValue pattern) => request.ResourceHoles == Holes.Unknown ? Match(pattern, Holes.Unknown)
            : denies ? Match(pattern, Holes.Free) switch { Truth.No => Truth.No, _ => Truth.Unknown }
            : Match(pattern, Holes.Unknown) == Truth.Yes ? Truth.Yes
            : pattern.Known is not null ? Truth.No : Truth.Unknown;

        Truth Both(MapValue map, string positive, string negative, Func<TextValue, Truth> match, Func<TextValue, Truth> except) =>
            PolicyEvaluation.Both(map, positive, negative, match, except, request.Declared);
    }

    /// <summary>An element or its opposite: <c>Action</c> and <c>NotAction</c>. Yes if it covers the request; a statement with neither covers nothing.</summary>
    private static Truth Both(MapValue statement, string positive, string negative, Func<TextValue, Truth> match, Func<TextValue, Truth> except, Address? declared = null)
    {
        if (statement[positive] is { } wanted and not NullValue)
        {
            return Any(wanted, match, declared);
        }

        if (statement[negative] is { } unwanted and not NullValue)
        {
            return Any(unwanted, except, declared).Not();
        }

        return statement.IsOpen ? Truth.Unknown : Truth.No;
    }

    /// <summary>Whether any of one or several patterns matches.</summary>
    private static Truth Any(Value patterns, Func<TextValue, Truth> match, Address? declared)
    {
        if (declared is { } address && patterns.References.Any(reference => reference.Target == address && reference.Attribute is "arn" or "Arn"))
        {
            return Truth.Yes;
        }

        return patterns switch
        {
            TextValue text => match(text),
            ListValue list => Model.Answer.Has(list, each => Any(each, match, declared)),
            ChoiceValue choice => choice.Same(each => Any(each, match, declared)),
            UnknownValue { Element: { } element } => Any(element, match, declared).And(Truth.Unknown),
            UnknownValue unknown => match(TextValue.Of([new TextPart(PrefixOf(unknown)), new TextPart(new UnknownValue(unknown.Causes) { Reference = unknown.Reference })])),
            _ => Truth.No,
        };
    }

    /// <summary>How a value begins that nobody knows: an ARN is never a star.</summary>
    private static string PrefixOf(UnknownValue unknown) => unknown.Prefix.Length == 0 && unknown.Reference?.Attribute is "arn" or "Arn" ? "arn:" : unknown.Prefix;

    private static Truth Principal(MapValue statement, Func<string, Value, Truth> isCaller)
    {
        if (statement["NotPrincipal"] is { } other and not NullValue)
        {
            return other is ListValue { Items: [] } ? Truth.Yes : Truth.Unknown;
        }

        return statement["Principal"] switch
        {
            null or NullValue => statement.IsOpen ? Truth.Unknown : Truth.No,
            TextValue { Known: "*" } => Truth.Yes,
            MapValue kinds => kinds.Entries.Any(entry => OneOf(entry.Key, entry.Value).And(Model.Answer.Exists(entry.Guard))).Or(kinds.IsOpen ? Truth.Unknown : Truth.No),
            _ => Truth.Unknown,
        };

        Truth OneOf(string kind, Value value) => value switch
        {
            ListValue list => Model.Answer.Has(list, each => OneOf(kind, each)),
            ChoiceValue choice => choice.Same(each => OneOf(kind, each)),
            _ => isCaller(kind, value),
        };
    }

    private static Truth EffectIs(MapValue statement, string effect) => statement["Effect"] switch
    {
        TextValue { Known: { } known } => Kleene.Of(known == effect),
        null or NullValue => statement.IsOpen ? Truth.Unknown : Truth.No,
        _ => Truth.Unknown,
    };
}
