using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

/// <summary>Where a value comes from: what it is (identity), what it was made of (derived), what only decided it (control), and every place on the way.</summary>
public class ProvenanceTests
{
    private const string Declared = """
        variable "on" {}
        resource "aws_iam_role" "r" {
          name = "role"
        }
        resource "aws_iam_role" "other" {}
        locals {
          arn  = aws_iam_role.r.arn
          map  = { a = aws_iam_role.r.arn, b = aws_iam_role.other.arn }
          list = [aws_iam_role.r.arn, aws_iam_role.other.arn]
        }
        module "m" {
          source = "./m"
          given  = local.arn
        }

        """;

    private const string Child = """
        variable "given" {}
        output "out" { value = var.given }
        """;

    [Theory]
    [InlineData("local.arn")]
    [InlineData("(local.arn)")]
    [InlineData("module.m.out")]
    [InlineData("\"${local.arn}\"")]
    [InlineData("tostring(local.arn)")]
    [InlineData("nonsensitive(sensitive(local.arn))")]
    [InlineData("try(local.arn, \"x\")")]
    [InlineData("coalesce(local.arn, \"x\")")]
    [InlineData("coalesce(null, local.arn)")]
    [InlineData("coalescelist([], local.list)[0]")]
    [InlineData("one([local.arn])")]
    [InlineData("element(local.list, 2)")]
    [InlineData("local.list[0]")]
    [InlineData("local.map.a")]
    [InlineData("local.map[\"a\"]")]
    [InlineData("lookup(local.map, \"a\", \"x\")")]
    [InlineData("true ? local.arn : \"x\"")]
    [InlineData("[for v in local.list : v][0]")]
    [InlineData("{ for k, v in local.map : k => v }.a")]
    [InlineData("(local.list[*])[0]")]
    [InlineData("([aws_iam_role.r, aws_iam_role.other][*].arn)[0]")]
    [InlineData("flatten([[local.arn], [\"x\"]])[0]")]
    [InlineData("concat([local.arn], [\"x\"])[0]")]
    [InlineData("merge({ x = 1 }, { a = local.arn }).a")]
    [InlineData("merge(local.map, { x = 1 }).a")]
    [InlineData("merge([{ a = \"x\" }, local.map]...).a")]
    [InlineData("values(local.map)[0]")]
    [InlineData("compact([local.arn])[0]")]
    [InlineData("distinct([local.arn, local.arn])[0]")]
    [InlineData("reverse([\"x\", local.arn])[0]")]
    [InlineData("sort([local.arn])[0]")]
    [InlineData("slice([\"x\", local.arn], 1, 2)[0]")]
    [InlineData("one(toset([local.arn]))")]
    [InlineData("tolist([local.arn])[0]")]
    [InlineData("one(setunion([local.arn], [local.arn]))")]
    [InlineData("chunklist([local.arn, \"x\"], 1)[0][0]")]
    [InlineData("zipmap([\"a\"], [local.arn]).a")]
    [InlineData("matchkeys([local.arn], [\"k\"], [\"k\"])[0]")]
    [InlineData("tomap({ a = local.arn }).a")]
    [InlineData("jsondecode(jsonencode({ a = local.arn })).a")]
    [InlineData("jsondecode(jsonencode(local.map)).a")]
    [InlineData("yamldecode(yamlencode(local.map)).a")]
    [InlineData("base64decode(base64encode(local.arn))")]
    [InlineData("split(\",\", join(\",\", local.list))[0]")]
    [InlineData("trimprefix(\"https://${local.arn}\", \"https://\")")]
    [InlineData("trimsuffix(\"${local.arn}:*\", \":*\")")]
    public void What_an_attribute_passes_through_unchanged_is_still_the_attribute(string expression) => Assert.Equal("aws_iam_role.r.arn", References(expression).FirstOrDefault());

    [Fact]
    public void What_is_decoded_from_a_text_with_known_parts_stands_in_that_text()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                locals { region = "eu-west-1" }
                resource "x_y" "here" {
                  a = yamldecode(<<-YAML
                    where: ${local.region}
                    what: here
                  YAML
                  )
                }
                resource "x_y" "there" { a = yamldecode(templatefile("${path.module}/there.yaml", { region = local.region })) }
                """),
            ("there.yaml", "where: ${region}\nwhat: there\n"));

        Assert.Equal(("main.tf", "here"), Place("here"));
        Assert.Equal(("there.yaml", "there"), Place("there"));

        (string, string) Place(string name)
        {
            var place = ((MapValue)loaded[$"x_y.{name}"].Body["a"]!)["what"]!.Trace!.Source.Place.Outermost;
            return (place.File.Path, place.Text);
        }
    }

    [Theory]
    [InlineData("upper(local.arn)")]
    [InlineData("\"${local.arn}/*\"")]
    [InlineData("format(\"%s/*\", local.arn)")]
    [InlineData("join(\"/\", [local.arn, \"*\"])")]
    [InlineData("replace(\"x/${local.arn}\", \"x/\", \"y/\")")]
    [InlineData("jsonencode({ a = local.arn })")]
    [InlineData("base64encode(local.arn)")]
    public void What_is_made_of_an_attribute_is_not_the_attribute_and_leads_to_it(string expression)
    {
        Assert.DoesNotContain("aws_iam_role.r.arn", References(expression));
        var loaded = With(expression);
        Assert.Contains(Cause.Of(loaded["x_y.z"].Body["a"]!), cause => cause.Reference?.ToString() == "aws_iam_role.r.arn");
        Assert.Contains(loaded["x_y.z"].Dependencies, dependency => dependency.Target.Path == "aws_iam_role.r");
    }

    [Theory]
    [InlineData("length(local.map)", "2")]
    [InlineData("keys(local.map)", "[\"a\", \"b\"]")]
    [InlineData("contains(local.list, local.arn)", "true")]
    [InlineData("can(local.arn)", "true")]
    [InlineData("local.arn == null", "false")]
    public void What_an_attribute_only_decides_is_none_and_waits_for_it(string expression, string value)
    {
        var loaded = With(expression);
        Assert.Equal(value, loaded.Attribute("x_y.z", "a"));
        Assert.Empty(References(expression));
        Assert.Contains(loaded["x_y.z"].Dependencies, dependency => dependency.Target.Path == "aws_iam_role.r");
    }

    [Fact]
    public void An_undecided_condition_leaves_each_branch_what_it_is()
    {
        var choice = Assert.IsType<ChoiceValue>(With("var.on ? local.arn : local.map.b")["x_y.z"].Body["a"]);
        Assert.Equal(["aws_iam_role.r.arn", "aws_iam_role.other.arn"], choice.Alternatives.Select(each => each.Value.References.First().ToString()));
    }

    /// <summary>From the argument back to the resource, with the text of every place.</summary>
    [Fact]
    public void The_way_has_every_place_from_the_argument_to_the_resource()
    {
        var steps = With("module.m.out")["x_y.z"].Body["a"]!.Trace!.Steps.Select(step => $"{step.Kind} {step.Name}: {Text(step.Place)}");
        Assert.Equal(
            [
                "Literal a: module.m.out",
                "Output module.m.out: var.given",
                "Argument var.given: local.arn",
                "Local local.arn: aws_iam_role.r.arn",
            ],
            steps);
    }

    [Fact]
    public void The_way_of_what_is_written_ends_where_it_is_written()
    {
        var steps = With("lookup({ a = aws_iam_role.r.name }, \"a\", \"x\")")["x_y.z"].Body["a"]!.Trace!.Steps.Select(step => $"{step.Kind} {step.Name}: {Text(step.Place)}").ToList();
        Assert.Equal("Literal : \"role\"", steps[^1]);
        Assert.Contains(steps, step => step.StartsWith("Attribute aws_iam_role.r.name", StringComparison.Ordinal));
    }

    private static string Text(Span place) => place.Text;

    private static Loaded With(string expression) => Loaded.Files(("main.tf", $"{Declared}resource \"x_y\" \"z\" {{\n  a = {expression}\n}}"), ("m/main.tf", Child));

    private static List<string> References(string expression) => With(expression)["x_y.z"].Body["a"]!.References.Select(each => each.ToString()).Where(each => each.StartsWith("aws_", StringComparison.Ordinal)).ToList();
}
