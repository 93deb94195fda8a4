using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

public class ExpressionTreeTests
{
    [Theory]
    [InlineData("1.5e-3", "(Number 1.5e-3)")]
    [InlineData("true", "(True)")]
    [InlineData("null", "(Null)")]
    [InlineData("b-c", "(Variable b-c)")]
    [InlineData("b -c", "(Binary:Subtract (Variable b) (Variable c))")]
    [InlineData("1 - 2 - 3", "(Binary:Subtract (Binary:Subtract (Number 1) (Number 2)) (Number 3))")]
    [InlineData("a || b && c == d < e + f * g", "(Binary:Or (Variable a) (Binary:And (Variable b) (Binary:Equal (Variable c) (Binary:Less (Variable d) (Binary:Add (Variable e) (Binary:Multiply (Variable f) (Variable g)))))))")]
    [InlineData("a % b / c != d >= e", "(Binary:NotEqual (Binary:Divide (Binary:Modulo (Variable a) (Variable b)) (Variable c)) (Binary:GreaterOrEqual (Variable d) (Variable e)))")]
    [InlineData("-b.c", "(Unary:Negate (GetAttribute c (Variable b)))")]
    [InlineData("!a == b", "(Binary:Equal (Unary:Not (Variable a)) (Variable b))")]
    [InlineData("--1", "(Unary:Negate (Unary:Negate (Number 1)))")]
    [InlineData("a ? b : c ? d : e", "(Conditional (Variable a) (Variable b) (Conditional (Variable c) (Variable d) (Variable e)))")]
    [InlineData("((b))", "(Parentheses (Parentheses (Variable b)))")]
    public void Operators_bind_as_in_the_language(string text, string tree) => Assert.Equal(tree, TreeText.OfExpression(text));

    [Theory]
    [InlineData("a.b.c", "(GetAttribute c (GetAttribute b (Variable a)))")]
    [InlineData("a[\"b\"]", "(Index (Variable a) (Template (TemplateText b)))")]
    [InlineData("a[0].1", "(Index (Index (Variable a) (Number 0)) (Number 1))")]
    [InlineData("a[b.c]", "(Index (Variable a) (GetAttribute c (Variable b)))")]
    [InlineData("a.*.b[0]", "(Index (Splat (Variable a) (GetAttribute b (SplatItem))) (Number 0))")]
    [InlineData("a.*.b.0", "(Splat (Variable a) (Index (GetAttribute b (SplatItem)) (Number 0)))")]
    [InlineData("a[*].b[0]", "(Splat+Marked (Variable a) (Index (GetAttribute b (SplatItem)) (Number 0)))")]
    [InlineData("a[*][*]", "(Splat+Marked (Variable a) (Splat+Marked (SplatItem) (SplatItem)))")]
    [InlineData("true.b", "(GetAttribute b (True))")]
    [InlineData("f(x, y...).z", "(GetAttribute z (Call+Expand f (Variable x) (Variable y)))")]
    [InlineData("provider::aws::arn_parse(x)", "(Call provider::aws::arn_parse (Variable x))")]
    [InlineData("ns :: f (x,)", "(Call ns::f (Variable x))")]
    public void Steps_stand_around_their_operand(string text, string tree) => Assert.Equal(tree, TreeText.OfExpression(text));

    [Theory]
    [InlineData("[1,\n2,]", "(Tuple (Number 1) (Number 2))")]
    [InlineData("{ a = 1, \"b\" : 2\n(c) = 3\n d.e = 4 }", "(Object (ObjectItem (TemplateText a) (Number 1)) (ObjectItem+Marked (Template (TemplateText b)) (Number 2)) (ObjectItem (Parentheses (Variable c)) (Number 3)) (ObjectItem (GetAttribute e (Variable d)) (Number 4)))")]
    [InlineData("{ true = 1, null = 2 }", "(Object (ObjectItem (TemplateText true) (Number 1)) (ObjectItem (TemplateText null) (Number 2)))")]
    [InlineData("[for v in c : v]", "(ForTuple (Variable v) (Variable c) (Variable v))")]
    [InlineData("[for k, v in c : v if k]", "(ForTuple+HasKey+HasCondition (Variable v) (Variable k) (Variable c) (Variable v) (Variable k))")]
    [InlineData("{\nfor k, v in c :\n k => v...\n if v }", "(ForObject+HasKey+HasCondition+Expand (Variable v) (Variable k) (Variable c) (Variable k) (Variable v) (Variable v))")]
    [InlineData("[for for in for : for]", "(ForTuple (Variable for) (Variable for) (Variable for))")]
    public void Collections_keep_their_parts_in_order(string text, string tree) => Assert.Equal(tree, TreeText.OfExpression(text));

    [Theory]
    [InlineData("\"\"", "(Template)")]
    [InlineData("\"x\"", "(Template (TemplateText x))")]
    [InlineData("\"a\\tb\\u0041\\U0001F600\"", "(Template (TemplateText a\tbA😀))")]
    [InlineData("\"${b}\"", "(TemplateWrap (Variable b))")]
    [InlineData("\"${b}!\"", "(Template (Variable b) (TemplateText !))")]
    [InlineData("\"$${b} %%{c} $ $$ %\"", "(Template (TemplateText ${b} %{c} $ $$ %))")]
    [InlineData("\"$$${1}\"", "(Template (TemplateText $${1}))")]
    [InlineData("\"a ${~ b ~} c\"", "(Template (TemplateText a) (Variable b) (TemplateText c))")]
    [InlineData("\"${ {a = \"}\"}.a }\"", "(TemplateWrap (GetAttribute a (Object (ObjectItem (TemplateText a) (Template (TemplateText }))))))")]
    [InlineData("\"%{ if a }b%{ else }c%{ endif }\"", "(Template (TemplateIf+HasElse (Variable a) (Template (TemplateText b)) (Template (TemplateText c))))")]
    [InlineData("\"%{ for k, v in a }${v}, %{ endfor }\"", "(Template (TemplateFor+HasKey (Variable v) (Variable k) (Variable a) (Template (Variable v) (TemplateText , ))))")]
    [InlineData("\"%{ if a }%{ if b }c%{ endif }%{ endif }\"", "(Template (TemplateIf (Variable a) (Template (TemplateIf (Variable b) (Template (TemplateText c))))))")]
    public void Quoted_templates_are_decoded(string text, string tree) => Assert.Equal(tree, TreeText.OfExpression(text));

    [Theory]
    [InlineData("a = <<E\nx\nE\n", "(Template+Marked (TemplateText x⏎))")]
    [InlineData("a = <<E\nE\n", "(Template+Marked)")]
    [InlineData("a = <<E\n\\n \"q\" $${b}\nE\n", "(Template+Marked (TemplateText \\n \"q\" ${b}⏎))")]
    [InlineData("a = <<-E\n    x\n      y\n\n    z\n  E\n", "(Template+Marked (TemplateText x⏎  y⏎⏎z⏎))")]
    [InlineData("a = <<-E\n\tx\n  y\nE\n", "(Template+Marked (TemplateText x⏎ y⏎))")]
    [InlineData("a = <<-E\n  x\n${b}\nE\n", "(Template+Marked (TemplateText   x⏎) (Variable b) (TemplateText ⏎))")]
    [InlineData("a = <<E\n${~ 5 ~}\nE\n", "(Template+Marked (Number 5))")]
    [InlineData("a = <<-EOT\n    %{ if true ~}\n    yes\n    %{ else ~}\n    no\n    %{ endif ~}\n    tail\nEOT\n", "(Template+Marked (TemplateIf+HasElse (True) (Template (TemplateText     yes⏎)) (Template (TemplateText     no⏎))) (TemplateText     tail⏎))")]
    [InlineData("a = <<E\n${<<F\ny\nF\n}\nE\n", "(Template+Marked (Template+Marked (TemplateText y⏎)) (TemplateText ⏎))")]
    [InlineData("a = <<E\r\nx\r\nE\r\n", "(Template+Marked (TemplateText x⏎))")]
    [InlineData("a = <<E\nEE\n E E\n${1}E\n  E \n", "(Template+Marked (TemplateText EE⏎ E E⏎) (Number 1) (TemplateText E⏎))")]
    public void Heredocs_are_trimmed_and_unindented(string text, string tree) => Assert.Equal(tree, TreeText.OfAttribute(text));

    [Fact]
    public void The_carriage_return_of_a_heredoc_line_is_part_of_its_text() =>
        Assert.Equal("x\r\n", HclParser.ParseFile(SourceFile.FromText("f", "a = <<E\r\nx\r\nE\r\n")).Body.Find("a")!.Value[0].Name);

    [Theory]
    [InlineData("", "(Template)")]
    [InlineData("a \"b\" \\n", "(Template (TemplateText a \"b\" \\n))")]
    [InlineData("${a}", "(TemplateWrap (Variable a))")]
    [InlineData("x${a}\ny$", "(Template (TemplateText x) (Variable a) (TemplateText ⏎y$))")]
    [InlineData("${a", "(Error)")]
    [InlineData("}", "(Template (TemplateText }))")]
    public void A_whole_text_can_be_a_template(string text, string tree) => Assert.Equal(tree, TreeText.OfTemplate(text));

    [Theory]
    [InlineData("a\n+\nb", "(Binary:Add (Variable a) (Variable b))")]
    [InlineData("a b", "(Error)")]
    [InlineData("", "(Error)")]
    public void A_whole_text_can_be_an_expression(string text, string tree) => Assert.Equal(tree, TreeText.OfExpression(text));
}
