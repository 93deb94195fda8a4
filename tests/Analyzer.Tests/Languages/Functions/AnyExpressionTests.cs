using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Languages.Operations;
using FsCheck;
using FsCheck.Fluent;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// For any expression over unknowns: what it gives of concrete values is a member of what it gives of the unknowns. The expressions are made by a grammar of types, so that most of them mean something.
/// <c>PULLPATH_ROUNDS=100000</c> tries more of them, <c>PULLPATH_SEED</c> others, <c>PULLPATH_DEPTH</c> deeper ones.
/// </summary>
public class AnyExpressionTests
{
    private const int Rounds = 12_000;
    private const int Depth = 5;

    private static readonly Gen<string> Words = Gen.Elements("", "a", "pre-", "k,", "-post", "1");

    /// <summary>Each generator once: they hold each other many times.</summary>
    private static readonly Dictionary<(string Kind, int Depth), Gen<string>> Made = [];

    [Fact]
    public void A_concrete_result_is_a_member_of_the_symbolic_one()
    {
        var rounds = Setting("PULLPATH_ROUNDS", Rounds);
        var unsound = new SortedSet<string>(StringComparer.Ordinal);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(rounds).WithReplay((ulong)Setting("PULLPATH_SEED", 20), 1971), Prop.ForAll(Arb.From(Expression(Setting("PULLPATH_DEPTH", Depth))), expression =>
        {
            if (Fault(expression) is { } fault)
            {
                unsound.Add(Smallest(expression) ?? fault);
            }
        }));
        Assert.True(unsound.Count == 0, string.Join('\n', unsound));
    }

    /// <summary>What was unsound once: types and errors that only parts decide that may not be there, orders that nobody knows, and errors that <c>can</c> must be able to see.</summary>
    [Theory]
    [InlineData("""can(base64decode(base64encode(jsonencode(local.ud[0]))))""")]
    [InlineData("""length(distinct(local.kl)) > 1""")]
    [InlineData("""keys(zipmap([for v in compact(["k", "a"]) : v if v != local.uo.a], [for v in concat(local.ut, local.ut) : v if v != local.ko.b]))""")]
    [InlineData("""max(try(1, 2), (local.ub ? (local.ul[0] == "a" ? 7 : -1) : index([], "x,y")), try(tonumber(local.uo.a), (-1 % -1)))""")]
    [InlineData("""merge(tomap((endswith("1", local.ko.b) ? merge(local.uo, local.uo) : { a = local.um["k"], (local.us) = "" })), tomap({ for v in [local.us] : v => 1... }))""")]
    [InlineData("""setsubtract(values({ for v in setsubtract(["a"], tolist(local.uz)) : v => 1... }), [trim(try(local.ud.a, local.us), local.ul[0])])""")]
    [InlineData("""sort(toset(flatten([formatlist("%s/%s", local.ul, ""), [one(tolist(local.uz))]])))""")]
    [InlineData("""tolist(concat([], [for v in (local.ub ? toset(["a", "b"]) : local.kl) : "${v}!"]))""")]
    [InlineData("""tomap(merge((can(tonumber(local.ut[0])) ? { a = local.uq } : { for k, v in { a = "x" } : k => v if k != "a" }), { for v in concat(local.kl, local.ul) : v => 1... }))""")]
    [InlineData("""tomap({ a = lookup({ for v in ["a"] : v => 1... }, local.uo.a, format("%s:%s", local.um["k"], true)) })""")]
    [InlineData("""tomap({ a = try(local.ud, local.up) })""")]
    [InlineData("""(local.kl == null) ? (local.ub ? { k = "y", a = local.us } : { for v in ["k"] : v => 1... }) : tomap({ a = substr(local.kl[1], 3, 1) })""")]
    [InlineData("""can(tomap(merge({ for v in ["a"] : v => 1... }, { for k, v in local.ko : k => v if k != local.kl[1] }))["a"])""")]
    [InlineData("""can((endswith(join(local.ul[0], local.ut), "1") || (abs(7) <= length(local.ut))))""")]
    [InlineData("""can(regex("^[a-k]", "%{ if (local.ud[0] != null) }a%{ else }b%{ endif }"))""")]
    [InlineData("""can({ for v in [format("%s:%s", "1", local.um["k"]), urlencode("1")] : v => 1... })""")]
    [InlineData("""can(urlencode("%{ if (alltrue([for v in local.ul : v != local.um["k"]]) != can(local.ud)) }a%{ else }b%{ endif }"))""")]
    [InlineData("""can(((local.ub != null) ? tomap({ a = "" }) : { for v in split("", local.us) : v => 1... }).a)""")]
    [InlineData("""can((local.uo[local.uo.a] == null))""")]
    [InlineData("""can(one(setunion(local.ut, ["a"])))""")]
    [InlineData("""sort(values({ for k, v in { for v in tolist(local.uz) : v => 1... } : k => v if k != "" }))""")]
    [InlineData("""{ for v in flatten([local.ut, [one(tolist(local.uz))]]) : v => 1... }""")]
    [InlineData("""coalescelist([for v in setunion(local.kl, toset(["a", "b"])) : v if v != ""], concat([for v in toset(["a", "b"]) : "${v}!"], reverse(tolist(local.uz))))[0]""")]
    [InlineData("""coalescelist((endswith(local.ut[0], "pre-") ? [title("")] : values({ a = local.ut[0], (local.us) = local.ko.b })), [])""")]
    [InlineData("""one((contains(local.kl, local.ut[0]) ? keys(local.ko) : [for v in toset(["a", "b"]) : v if v != local.us]))""")]
    [InlineData("""format("%v-%5s", try(local.uo, base64encode(local.us)), chomp(upper(local.uo.a)))""")]
    [InlineData("""concat(reverse((local.ub ? ["a"] : toset(["a", "b"]))), sort(sort(["k", "a"])))""")]
    [InlineData("""[for k, v in local.uo : "${k}=${v}"]""")]
    [InlineData("""can(abs((local.uo.n / local.uo.n)))""")]
    [InlineData("""format("%v-%5s", one(split(",", local.kl[1])), one(keys({ for v in tolist(local.uz) : v => 1... })))""")]
    [InlineData("""merge({ for v in compact(["1", local.uo.a]) : v => 1... }, { for v in formatlist("%s/%s", [for k, v in { k = "y", a = local.us } : "${k}=${v}"], lookup(local.um, local.uo.a, local.kl[1])) : v => 1... })""")]
    [InlineData("""try(length([for v in [local.us, local.um["k"]] : v if v != local.ut[0]]), abs((abs(local.uo.n) % 7)))""")]
    [InlineData("""try(length({ for k, v in local.ko : k => v if k != local.ul[0] }), (abs(try(local.un, local.ut[1])) + 2))""")]
    [InlineData("""(urlencode("pre-") == jsonencode(null)) ? try({ k = "y", a = local.us }, substr(local.ul[0], 3, 0)) : join(local.ko.b, (local.ub ? tolist(local.uz) : []))""")]
    [InlineData("""compact(setintersection(values({ for v in local.kl : v => 1... }), [for v in reverse(tolist(local.uz)) : "${v}!"]))""")]
    [InlineData("""can((anytrue([false, local.ub]) ? (local.ub ? local.um : local.um) : { for v in local.kl : v => 1... }))""")]
    [InlineData("""can(regex("^[a-k]", try({ a = "x" }.a, upper("pre-")))) ? setsubtract(split("", "-post${local.uo.a}pre-"), values({ for v in ["a"] : v => 1... })) : regexall("[a-z]", substr(lower("pre-"), 3, 1))""")]
    [InlineData("""can(tonumber("%{ for v in flatten([setsubtract(["k", "a"], []), [join(local.kl[1], local.ul)]]) }${v},%{ endfor }")) ? jsondecode(jsonencode(toset([chomp(local.us)]))) : coalescelist(regexall("[a-z]", trimprefix((local.ub ? "x,y" : local.kl[1]), local.up)), [one(split("-", "pre-"))])""")]
    [InlineData("""format("%s:%s", one(values({ for k, v in merge(local.um, { a = "x" }) : k => v if k != local.ko.b })), can(tonumber(substr(lower(urlencode("x,y")), 3, 1))))""")]
    [InlineData("""replace(lookup(((length(toset(["a"])) > 0) ? { for v in yamldecode(yamlencode(["a"])) : v => 1... } : zipmap(jsondecode(jsonencode([])), coalescelist(local.ul, []))), local.ko.b, trim(format("%s:%s", format("%s:%s", local.kl[1], local.ub), local.us), local.um["k"])), "a", local.kl[1])""")]
    [InlineData("""((length(flatten([[for k, v in local.uo : "${k}=${v}"], [one(tolist(local.uz))]])) > 0) ? setintersection([for k, v in jsondecode(jsonencode(local.um)) : "${k}=${v}"], [for k, v in { for v in ["k", "a"] : v => 1... } : "${k}=${v}"]) : coalescelist(keys({ for v in local.kl : v => 1... }), flatten([jsondecode(jsonencode(local.kl)), [urlencode(local.ul[0])]])))""")]
    [InlineData("""coalescelist((alltrue([for v in [for k, v in jsondecode(jsonencode(local.uo)) : "${k}=${v}"] : v != local.uo.a]) ? split(",", element(tolist(local.kl), -1)) : setunion(matchkeys(sort(local.ul), sort(local.ul), [local.um["k"]]), [trim(local.um["k"], local.um["k"])])), jsondecode(jsonencode([local.ut[0]])))""")]
    [InlineData("""can(regex("^[a-k]", "%{ for v in setsubtract([for v in values(local.um) : v if v != "1"], [for k, v in { for v in toset(["a", "b"]) : v => 1... } : "${k}=${v}"]) }${v},%{ endfor }"))""")]
    [InlineData("""setintersection([one(values({ for v in local.ul : v => 1... })), join(local.uo.a, jsondecode(jsonencode(regexall("[a-z]", "pre-"))))], [indent(2, element(flatten([local.kl, [local.uo.a]]), local.uo.n))])""")]
    [InlineData("""can({ for k, v in { for v in setsubtract(toset(["a", "b"]), local.kl) : v => 1... } : k => v if k != local.um["k"] })""")]
    [InlineData("""formatlist("%s/%s", (anytrue([can(tonumber(local.ut[0])), !true]) ? jsondecode(jsonencode([local.uq])) : sort(matchkeys(local.ul, local.ul, ["x,y"]))), one(split("", try(local.ud[0], local.ul[0]))))""")]
    [InlineData("""((true == (length(regexall("[a-z]", local.uo.a)) > 1)) ? slice(((local.up != local.ul[0]) ? tolist(local.kl) : coalescelist(toset(["a", "b"]), ["k", "a"])), 0, 2) : setintersection(values({ for k, v in { a = "x" } : k => "${v}" }), regexall("[a-z]", jsonencode(local.ud.a))))[0]""")]
    [InlineData("""format("%s:%s", lookup({ for k, v in { for k, v in { a = local.uo.a, (local.us) = "pre-" } : k => v if k != local.uq } : k => "${v}" }, local.uq, try(null, format("%s:%s", jsonencode(local.ud.a), length(local.ul[0])))), (md5(join(local.uq, formatlist("%s/%s", local.ul, local.ko.b))) != lower(format("%v-%5s", ("a" != local.ul[0]), title("a")))))""")]
    [InlineData("""[for v in compact([upper(one(tolist(local.uz))), abs(length(local.ko.b))]) : v if v != local.us]""")]
    [InlineData("""can(reverse((anytrue([false, false]) ? setsubtract([], local.ut) : compact(local.kl)))[1])""")]
    [InlineData("""split("", join("", formatlist("%s/%s", [for v in local.kl : "${v}!"], (local.ub ? local.ko.b : local.ko.b))))""")]
    [InlineData("""split(",", join(",", ["a,b", local.us]))""")]
    [InlineData("""can(((trim("", local.uq) != lower(local.us)) ? merge({ for v in toset(["a", "b"]) : v => 1... }, (local.ub ? { a = "x" } : local.ko)) : { a = yamlencode(local.ud) }).a)""")]
    [InlineData("""yamlencode("k,${trimsuffix(yamlencode(null), local.um["k"])}a")""")]
    [InlineData("""can(element([for k, v in local.um : "${k}=${v}"], 2))""")]
    [InlineData("""(local.kl[0] != null) ? { a = lookup(local.uo, local.us, local.us) } : ((false && true) ? { for k, v in { a = "x" } : k => v if k != local.us } : { for v in ["a"] : v => 1... })""")]
    [InlineData("""formatlist("%s/%s", reverse(yamldecode(yamlencode(toset(local.kl)))), ["k", "a"])""")]
    [InlineData("""can(values((local.ub ? zipmap(toset(["a", "b"]), ["a"]) : { a = local.kl[1] })))""")]
    [InlineData("""("" == lookup((can(tonumber(upper(local.uq))) ? { for v in ["a"] : v => 1... } : { for k, v in { for v in toset(["a", "b"]) : v => 1... } : k => v if k != local.ko.b }), "x,y", "z"))""")]
    [InlineData("""can(formatlist("%s/%s", matchkeys(yamldecode(yamlencode(["k", "a"])), yamldecode(yamlencode(["k", "a"])), [local.uo.a]), try(null, urlencode(local.ul[0]))))""")]
    [InlineData("""zipmap(flatten([setintersection(formatlist("%s/%s", reverse(toset(["a", "b"])), one(local.ul)), values(jsondecode(jsonencode(local.ko)))), [trimsuffix(tostring(contains(keys(local.uo), local.ul[0])), "x,y")]]), ["a"])""")]
    [InlineData("""concat((alltrue([for v in [local.uo.n] : v != "x,y"]) ? sort([for k, v in local.uo : "${k}=${v}"]) : setunion(["${"pre-"}pre-"], values({ for v in local.ul : v => 1... }))), ["a"])""")]
    [InlineData("""contains(keys({ k = "y", a = local.us }), "1") ? values({ for k, v in merge(merge(local.uo, {}), { for k, v in { a = "x" } : k => v if k != "" }) : k => "${v}" }) : yamldecode(yamlencode(compact(jsondecode(jsonencode(sort(local.kl))))))""")]
    [InlineData("""anytrue([endswith(lookup((strcontains(local.kl[1], "x,y") ? jsondecode(jsonencode(local.um)) : zipmap(["a"], ["k", "a"])), local.up, urlencode(trim("", local.up))), local.uo.a), local.ub])""")]
    [InlineData("""(split(",", join("a", tolist(local.uz)))[0] != null) ? [coalesce(trimspace(format("%v-%5s", local.ub, "x,y")), base64encode(join(local.ko.b, ["k", "a"]))), local.us] : (can(regex("^[a-k]", try(["k", "a"], upper(local.us)))) ? (anytrue([can(regex("^[a-k]", "")), alltrue([for v in [] : v != ""])]) ? sort(compact(toset(["a", "b"]))) : setsubtract([for v in ["k", "a"] : "${v}!"], formatlist("%s/%s", local.ul, local.uq))) : [])""")]
    public void What_was_unsound_once_leaves_room_for_each_result(string expression) => Assert.Null(Fault(expression, 60));

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var given) ? given : otherwise;

    /// <summary>The fault of the smallest part of an expression that has one by itself.</summary>
    private static string? Smallest(string expression)
    {
        foreach (var part in HclParser.ParseExpression(SourceFile.FromText("expression.tf", expression)).Expression.Children)
        {
            if (part.Kind is not (NodeKind.ObjectItem or NodeKind.TemplateText) && Smallest(part.Place.Text) is { } smaller)
            {
                return smaller;
            }
        }

        return Fault(expression);
    }

    private static string? Fault(string expression, int rounds = 6)
    {
        var symbolic = Expressions.Compute(expression, UnknownTableTests.Local);
        var random = new Random(expression.Length);
        for (var round = 0; round < rounds; round++)
        {
            var names = MembershipTests.Concrete(random);
            var concrete = Expressions.Compute(expression, name => names.GetValueOrDefault(name));

            if (!Members.Has(symbolic, concrete) && !Fails(expression, names) && !HangsOnAnError(expression, concrete, names))
            {
                return $"{expression}: {ExpressionBench.Shown(concrete)} is no member of {ExpressionBench.Shown(symbolic)}";
            }
        }

        return null;
    }

    /// <summary>Whether the type of a branch that is an error decides what the other branch becomes: the concrete result is then a choice of types itself, or open.</summary>
    private static bool HangsOnAnError(string expression, Value concrete, Dictionary<string, Value> names) =>
        concrete.Deep().Any(part => part is ChoiceValue or MapValue { IsOpen: true } or ListValue { IsOpen: true })
        && Parts(HclParser.ParseExpression(SourceFile.FromText("expression.tf", expression)).Expression)
            .Where(part => part.Kind == NodeKind.Conditional)
            .Any(part => part.Children.Skip(1).Any(branch => Cause.Of(Expressions.Compute(branch.Place.Text, name => names.GetValueOrDefault(name))).Any(cause => cause.Reason == UnknownReason.Error)));

    private static IEnumerable<Expression> Parts(Expression whole) => whole.Children.SelectMany(Parts).Prepend(whole);

    /// <summary>Terraform evaluates every part of an expression, so an error in any part is one of the whole; here it costs only what needs the part.</summary>
    private static bool Fails(string expression, Dictionary<string, Value> names)
    {
        var open = new Stack<Expression>([HclParser.ParseExpression(SourceFile.FromText("expression.tf", expression)).Expression]);
        while (open.TryPop(out var part))
        {
            if (part.Kind is not (NodeKind.Variable or NodeKind.ObjectItem or NodeKind.TemplateText)
                && Cause.Of(Expressions.Compute(part.Place.Text, name => names.GetValueOrDefault(name))).Any(cause => cause.Reason == UnknownReason.Error))
            {
                return true;
            }

            // What is tried fails where each attempt does.
            if (part is { Kind: NodeKind.Call, Name: "try" } && part.Children.All(attempt => Fails(attempt.Place.Text, names)))
            {
                return true;
            }

            foreach (var child in Evaluated(part, names))
            {
                open.Push(child);
            }
        }

        return false;
    }

    /// <summary>The parts that are evaluated in any case and need no names of the expression itself.</summary>
    private static IEnumerable<Expression> Evaluated(Expression whole, Dictionary<string, Value> names) => whole.Kind switch
    {
        NodeKind.Conditional or NodeKind.TemplateIf => Operators.TruthOf(Expressions.Compute(whole[0].Place.Text, name => names.GetValueOrDefault(name))) switch
        {
            Analyzer.Facts.Values.Truth.Yes => [whole[0], whole[1]],
            Analyzer.Facts.Values.Truth.No => [whole[0], .. whole.Children.Skip(2)],
            _ => [whole[0]],
        },
        NodeKind.ForTuple or NodeKind.ForObject or NodeKind.TemplateFor => whole.Children.Skip(whole.Has(NodeFlags.HasKey) ? 2 : 1).Take(1),
        NodeKind.Call when whole.Name is "try" or "can" => [],
        _ => whole.Children,
    };

    private static Gen<string> Expression(int depth) => Gen.OneOf(Text(depth), Number(depth), Truth(depth), List(depth), Map(depth), Any(depth));

    private static Gen<string> Text(int depth) => Of("Text", depth, () => depth == 0
        ? Gen.Elements("\"\"", "\"a\"", "\"pre-\"", "\"1\"", "\"x,y\"", "local.us", "local.us", "local.up", "local.uq", "local.ko.b", "local.kl[1]", "local.uo.a", "local.ut[0]", "local.ul[0]", "local.um[\"k\"]")
        : Gen.OneOf(
            Text(0),
            Make("\"{0}${{{1}}}{2}\"", Words, Text(depth - 1), Words),
            Make("\"${{{0}}}${{{1}}}\"", Text(depth - 1), Scalar(depth - 1)),
            Make("upper({0})", Text(depth - 1)),
            Make("title({0})", Text(depth - 1)),
            Make("trimspace({0})", Text(depth - 1)),
            Make("trimprefix({0}, {1})", Text(depth - 1), Text(0)),
            Make("trimsuffix({0}, {1})", Text(depth - 1), Text(0)),
            Make("trim({0}, {1})", Text(depth - 1), Text(0)),
            Make("replace({0}, {1}, {2})", Text(depth - 1), Text(0), Text(0)),
            Make("substr({0}, {1}, {2})", Text(depth - 1), Gen.Elements("0", "1", "3", "-1"), Gen.Elements("0", "1", "2", "-1")),
            Make("join({0}, {1})", Text(0), List(depth - 1)),
            Make("format(\"%s:%s\", {0}, {1})", Text(depth - 1), Scalar(depth - 1)),
            Make("format(\"%v-%5s\", {0}, {1})", Scalar(depth - 1), Text(depth - 1)),
            Make("element({0}, {1})", List(depth - 1), Number(0)),
            Make("lookup({0}, {1}, {2})", Map(depth - 1), Text(0), Text(depth - 1)),
            Make("coalesce({0}, {1})", Text(depth - 1), Text(depth - 1)),
            Make("try({0}, {1})", Any(depth - 1), Text(depth - 1)),
            Make("tostring({0})", Scalar(depth - 1)),
            Make("one({0})", List(depth - 1)),
            Make("jsonencode({0})", Any(depth - 1)),
            Make("yamlencode({0})", Any(depth - 1)),
            Make("base64encode({0})", Text(depth - 1)),
            Make("base64decode(base64encode({0}))", Text(depth - 1)),
            Make("md5({0})", Text(depth - 1)),
            Make("chomp({0})", Text(depth - 1)),
            Make("indent(2, {0})", Text(depth - 1)),
            Make("lower({0})", Text(depth - 1)),
            Make("strrev({0})", Text(depth - 1)),
            Make("urlencode({0})", Text(depth - 1)),
            Make("({0} ? {1} : {2})", Truth(depth - 1), Text(depth - 1), Text(depth - 1)),
            Make("\"%{{ if {0} }}{1}%{{ else }}b%{{ endif }}\"", Truth(depth - 1), Words),
            Make("\"%{{ for v in {0} }}${{v}},%{{ endfor }}\"", List(depth - 1))));

    private static Gen<string> Number(int depth) => Of("Number", depth, () => depth == 0
        ? Gen.Elements("0", "1", "2", "7", "-1", "local.un", "local.un", "local.uo.n", "local.ut[1]")
        : Gen.OneOf(
            Number(0),
            Make("({0} {1} {2})", Number(depth - 1), Gen.Elements("+", "-", "*", "/", "%"), Number(depth - 1)),
            Make("length({0})", Gen.OneOf(Text(depth - 1), List(depth - 1), Map(depth - 1))),
            Make("tonumber({0})", Text(depth - 1)),
            Make("max({0}, {1})", Number(depth - 1), Number(depth - 1)),
            Make("abs({0})", Number(depth - 1)),
            Make("index({0}, {1})", List(depth - 1), Text(0)),
            Make("try({0}, {1})", Number(depth - 1), Number(depth - 1)),
            Make("({0} ? {1} : {2})", Truth(depth - 1), Number(depth - 1), Number(depth - 1))));

    private static Gen<string> Truth(int depth) => Of("Truth", depth, () => depth == 0
        ? Gen.Elements("true", "false", "local.ub", "local.ub")
        : Gen.OneOf(
            Truth(0),
            Make("!{0}", Truth(depth - 1)),
            Make("({0} {1} {2})", Truth(depth - 1), Gen.Elements("&&", "||", "==", "!="), Truth(depth - 1)),
            Make("({0} {1} {2})", Number(depth - 1), Gen.Elements("<", ">", "<=", ">=", "=="), Number(depth - 1)),
            Make("({0} {1} {2})", Text(depth - 1), Gen.Elements("==", "!="), Text(depth - 1)),
            Make("({0} {1} null)", Any(depth - 1), Gen.Elements("==", "!=")),
            Make("startswith({0}, {1})", Text(depth - 1), Text(0)),
            Make("endswith({0}, {1})", Text(depth - 1), Text(0)),
            Make("strcontains({0}, {1})", Text(depth - 1), Text(0)),
            Make("contains({0}, {1})", List(depth - 1), Text(depth - 1)),
            Make("contains(keys({0}), {1})", Map(depth - 1), Text(0)),
            Make("can({0})", Any(depth - 1)),
            Make("can(regex(\"^[a-k]\", {0}))", Text(depth - 1)),
            Make("can(tonumber({0}))", Text(depth - 1)),
            Make("anytrue([{0}, {1}])", Truth(depth - 1), Truth(depth - 1)),
            Make("alltrue([for v in {0} : v != {1}])", List(depth - 1), Text(0)),
            Make("(length({0}) > {1})", List(depth - 1), Gen.Elements("0", "1", "2"))));

    private static Gen<string> List(int depth) => Of("List", depth, () => depth == 0
        ? Gen.Elements("[]", "[\"a\"]", "[\"k\", \"a\"]", "local.ul", "local.kl", "tolist(local.uz)", "local.ut", "toset([\"a\", \"b\"])")
        : Gen.OneOf(
            List(0),
            Make("[{0}]", Text(depth - 1)),
            Make("[{0}, {1}]", Text(depth - 1), Scalar(depth - 1)),
            Make("concat({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("[for v in {0} : \"${{v}}!\"]", List(depth - 1)),
            Make("[for v in {0} : v if v != {1}]", List(depth - 1), Text(0)),
            Make("[for k, v in {0} : \"${{k}}=${{v}}\"]", Map(depth - 1)),
            Make("distinct({0})", List(depth - 1)),
            Make("compact({0})", List(depth - 1)),
            Make("reverse({0})", List(depth - 1)),
            Make("sort({0})", List(depth - 1)),
            Make("toset({0})", List(depth - 1)),
            Make("tolist({0})", List(depth - 1)),
            Make("flatten([{0}, [{1}]])", List(depth - 1), Text(depth - 1)),
            Make("slice({0}, 0, {1})", List(depth - 1), Gen.Elements("0", "1", "2")),
            Make("split({0}, {1})", Gen.Elements("\",\"", "\"-\"", "\"\""), Text(depth - 1)),
            Make("setunion({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("setintersection({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("setsubtract({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("keys({0})", Map(depth - 1)),
            Make("values({0})", Map(depth - 1)),
            Make("coalescelist({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("chunklist({0}, 2)[*][0]", List(depth - 1)),
            Make("formatlist(\"%s/%s\", {0}, {1})", List(depth - 1), Text(depth - 1)),
            Make("regexall(\"[a-z]\", {0})", Text(depth - 1)),
            Make("matchkeys({0}, {0}, [{1}])", List(depth - 1), Text(0)),
            Make("jsondecode(jsonencode({0}))", List(depth - 1)),
            Make("yamldecode(yamlencode({0}))", List(depth - 1)),
            Make("({0} ? {1} : {2})", Truth(depth - 1), List(depth - 1), List(depth - 1))));

    private static Gen<string> Map(int depth) => Of("Map", depth, () => depth == 0
        ? Gen.Elements("{}", "{ a = \"x\" }", "{ k = \"y\", a = local.us }", "local.um", "local.ko", "local.uo")
        : Gen.OneOf(
            Map(0),
            Make("{{ a = {0} }}", Text(depth - 1)),
            Make("{{ a = {0}, (local.us) = {1} }}", Text(depth - 1), Text(depth - 1)),
            Make("merge({0}, {1})", Map(depth - 1), Map(depth - 1)),
            Make("{{ for k, v in {0} : k => \"${{v}}\" }}", Map(depth - 1)),
            Make("{{ for k, v in {0} : k => v if k != {1} }}", Map(depth - 1), Text(0)),
            Make("{{ for v in {0} : v => 1... }}", List(depth - 1)),
            Make("zipmap({0}, {1})", List(depth - 1), List(depth - 1)),
            Make("tomap({0})", Map(depth - 1)),
            Make("jsondecode(jsonencode({0}))", Map(depth - 1)),
            Make("({0} ? {1} : {2})", Truth(depth - 1), Map(depth - 1), Map(depth - 1))));

    private static Gen<string> Scalar(int depth) => Of("Scalar", depth, () => Gen.OneOf(Text(depth), Number(depth), Truth(depth)));

    private static Gen<string> Any(int depth) => Of("Any", depth, () => depth == 0
        ? Gen.Elements("null", "local.ud", "local.ud.a", "local.ud[0]")
        : Gen.OneOf(Any(0), Scalar(depth - 1), List(depth - 1), Map(depth - 1), Make("{0}.a", Map(depth - 1)), Make("{0}[0]", List(depth - 1)), Make("{0}[{1}]", List(depth - 1), Number(0)), Make("{0}[{1}]", Map(depth - 1), Text(0)), Make("{0}[*]", Any(0))));

    private static Gen<string> Of(string kind, int depth, Func<Gen<string>> make) => Made.TryGetValue((kind, depth), out var made) ? made : Made[(kind, depth)] = make();

    private static Gen<string> Make(string format, params Gen<string>[] parts) =>
        Gen.CollectToArray(parts, part => part).Select(each => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, [.. each.Cast<object>()]));
}
