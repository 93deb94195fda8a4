using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using FsCheck;
using FsCheck.Fluent;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// For any expression over unknowns: what it gives of concrete values is a member of what it gives of the unknowns. The expressions are made by a grammar of types, so that most of them mean something.
/// <c>PULLPATH_ROUNDS=100000</c> tries more of them.
/// </summary>
public class AnyExpressionTests
{
    private const int Rounds = 3000;

    private static readonly Gen<string> Words = Gen.Elements("", "a", "pre-", "k,", "-post", "1");

    /// <summary>Each generator once: they hold each other many times.</summary>
    private static readonly Dictionary<(string Kind, int Depth), Gen<string>> Made = [];

    [Fact]
    public void A_concrete_result_is_a_member_of_the_symbolic_one()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("PULLPATH_ROUNDS"), out var more) ? more : Rounds;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(rounds).WithReplay(20, 1971), Prop.ForAll(Arb.From(Expression(4)), IsSound));
    }

    private static bool IsSound(string expression)
    {
        var symbolic = Expressions.Compute(expression, UnknownTableTests.Local);
        var random = new Random(expression.Length);
        for (var round = 0; round < 6; round++)
        {
            var names = MembershipTests.Concrete(random);
            var concrete = Expressions.Compute(expression, name => names.GetValueOrDefault(name));
            if (!Members.Has(symbolic, concrete) && !Fails(expression, names))
            {
                throw new InvalidOperationException($"{expression}: {ExpressionBench.Shown(concrete)} is no member of {ExpressionBench.Shown(symbolic)}");
            }
        }

        return true;
    }

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

            // What stands in these is not evaluated in any case, or needs names that are not here.
            if (part.Kind is not (NodeKind.Conditional or NodeKind.ForTuple or NodeKind.ForObject or NodeKind.TemplateIf or NodeKind.TemplateFor)
                && part is not { Kind: NodeKind.Call, Name: "try" or "can" })
            {
                foreach (var child in part.Children)
                {
                    open.Push(child);
                }
            }
        }

        return false;
    }

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
