using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Languages.Yaml;

public sealed class YamlValueTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("On", "true")]
    [InlineData("n", "false")]
    [InlineData("OFF", "false")]
    [InlineData("\"yes\"", "'yes'")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("12", "12")]
    [InlineData("+12", "12")]
    [InlineData("-1.50", "-1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("0777", "511")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("-0b11", "-3")]
    [InlineData("08", "8")]
    [InlineData("1_000", "1000")]
    [InlineData("1234e56789", "'1234e56789'")]
    [InlineData("12:30:45", "'12:30:45'")]
    [InlineData("2001-01-01", "'2001-01-01'")]
    [InlineData("1.2.3", "'1.2.3'")]
    [InlineData(".", "'.'")]
    [InlineData("-", "[null]")]
    [InlineData("!!str 12", "'12'")]
    [InlineData("!!int 12", "12")]
    [InlineData("!!binary aGk=", "'aGk='")]
    [InlineData("! 12", "'12'")]
    [InlineData("!vault x", "'x'")]
    public void Kubernetes_reads_scalars_as_YAML_1_1(string text, string expected) => Assert.Equal(expected, Show(new Documents(text + "\n").All is [var only] ? only.Root : NullValue.Instance));

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("y", "true")]
    [InlineData("0777", "777")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("012345678901", "12345678901")]
    [InlineData("12:30:45", "'12:30:45'")]
    [InlineData("1_000", "'1_000'")]
    [InlineData("2001-01-01", "'2001-01-01T00:00:00Z'")]
    [InlineData("2001-1-2T3:4:5Z", "'2001-01-02T03:04:05Z'")]
    [InlineData("2001-12-14t21:59:43.10-05:00", "'2001-12-14T21:59:43-05:00'")]
    [InlineData("2001-12-14 21:59:43", "'2001-12-14T21:59:43Z'")]
    [InlineData("!!str 1", "'1'")]
    public void Terraform_reads_scalars_in_its_own_way(string text, string expected) => Assert.Equal(expected, Show(new Documents(text, YamlOptions.Terraform).Root));

    [Theory]
    [InlineData("yes", "'yes'")]
    [InlineData("True", "true")]
    [InlineData("null", "null")]
    [InlineData("012345678901", "'012345678901'")]
    [InlineData("2012-10-17", "'2012-10-17'")]
    [InlineData("1.0", "'1.0'")]
    [InlineData("!Ref A", "{Ref: 'A'}")]
    [InlineData("!Condition A", "{Condition: 'A'}")]
    [InlineData("!Sub '${A}-x'", "{Fn::Sub: '${A}-x'}")]
    [InlineData("!GetAtt a.b.c", "{Fn::GetAtt: ['a', 'b.c']}")]
    [InlineData("!GetAtt [a, b.c]", "{Fn::GetAtt: ['a', 'b.c']}")]
    [InlineData("!If [A, !Ref B, !Ref \"AWS::NoValue\"]", "{Fn::If: ['A', {Ref: 'B'}, {Ref: 'AWS::NoValue'}]}")]
    [InlineData("!Transform {Name: x}", "{Fn::Transform: {Name: 'x'}}")]
    [InlineData("Fn::Base64: !Sub x", "{Fn::Base64: {Fn::Sub: 'x'}}")]
    [InlineData("!Sub true", "{Fn::Sub: 'true'}")]
    [InlineData("!!str true", "'true'")]
    public void CloudFormation_keeps_text_and_knows_short_forms(string text, string expected)
    {
        var read = new Documents(text, YamlOptions.CloudFormation);
        Assert.Empty(read.Problems);
        Assert.Equal(expected, Show(read.Root));
    }

    [Fact]
    public void Short_forms_have_the_places_of_tag_and_argument()
    {
        var read = new Documents("a: !GetAtt Role.Arn\nb: !Join\n  - ','\n  - [x]\n", YamlOptions.CloudFormation);
        Assert.Equal("!GetAtt Role.Arn", read.Written("a"));
        Assert.Equal("!GetAtt", read.KeyWritten("a", "Fn::GetAtt"));
        Assert.Equal("Role", read.Written("a.Fn::GetAtt.0"));
        Assert.Equal("Arn", read.Written("a.Fn::GetAtt.1"));
        Assert.Equal("- ','\n  - [x]", read.Written("b.Fn::Join"));
    }

    [Theory]
    [InlineData("yes: 1", "{true: 1}")]
    [InlineData("0x10: 1", "{16: 1}")]
    [InlineData("\"yes\": 1", "{yes: 1}")]
    [InlineData("? a\n: 1", "{a: 1}")]
    public void Keys_are_text(string text, string expected) => Assert.Equal(expected, Show(new Documents(text).Root));

    [Fact]
    public void An_alias_is_the_value_it_names()
    {
        var read = new Documents("a: &x {b: 1}\nc: *x\nd: [*x]\n");
        Assert.Same(read["a"], read["c"]);
        Assert.Same(read["a"], read["d.0"]);
    }

    [Fact]
    public void An_anchor_may_be_named_again()
    {
        var read = new Documents("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
        Assert.Equal("{a: 1, b: 1, c: 2, d: 2}", Show(read.Root));
    }

    [Fact]
    public void Anchors_end_with_their_document()
    {
        var read = new Documents("a: &x 1\n---\nb: *x\n");
        Assert.Equal(["unknown-alias"], read.Codes);
        Assert.IsType<UnknownValue>(((MapValue)read.All[1].Root)["b"]);
    }

    [Theory]
    [InlineData("a: &x {k: v, l: w}\nb:\n  <<: *x\n  k: z\n", "{k: 'z', l: 'w'}")]
    [InlineData("a: &x {k: v, l: w}\nb:\n  k: z\n  <<: *x\n", "{k: 'z', l: 'w'}")]
    [InlineData("a: [&x {k: 1}, &y {k: 2, l: 3}]\nb:\n  <<: [*x, *y]\n", "{k: 1, l: 3}")]
    [InlineData("a: 1\nb:\n  <<: {c: 1}\n  d: 2\n", "{d: 2, c: 1}")]
    [InlineData("a: 1\nb:\n  \"<<\": {c: 1}\n", "{<<: {c: 1}}")]
    public void Merge_keys_give_what_is_not_written(string text, string expected)
    {
        var read = new Documents(text);
        Assert.Empty(read.Problems);
        Assert.Equal(expected, Show(read["b"]));
    }

    [Fact]
    public void A_merged_entry_keeps_its_place()
    {
        var read = new Documents("a: &x {k: v}\nb:\n  <<: *x\n");
        Assert.Equal(7, ((MapValue)read["b"]).Find("k")!.KeyPlace!.Value.Start);
    }

    [Fact]
    public void Merging_an_unknown_leaves_the_map_open()
    {
        var map = (MapValue)new Documents("b:\n  <<: *nobody\n  c: 1\n")["b"];
        Assert.True(map.IsOpen);
        Assert.NotNull(map["c"]);
    }

    [Fact]
    public void A_placeholder_that_happens_to_be_YAML_is_unknown()
    {
        var read = new Documents("image: {{ .Values.image }}\nreplicas: 2\n");
        Assert.Empty(read.Problems);
        var unknown = Assert.IsType<UnknownValue>(read["image"]);
        Assert.Equal(UnknownReason.Placeholder, unknown.Causes[0].Reason);
        Assert.Equal("{{ .Values.image }}", unknown.Causes[0].Place!.Value.Text);
    }

    internal static string Show(Value value) => value switch
    {
        NullValue => "null",
        BoolValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        TextValue text => $"'{text}'",
        ListValue list => $"[{string.Join(", ", list.Values.Select(Show))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Show(entry.Value)}"))}}}",
        _ => "?",
    };
}
